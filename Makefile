# GNU make. 'make help' lists what can be made. Programs, modes and tests are found by their files; nothing is listed here.
VERSION = 0.1.0

PREFIX ?= /usr/local
PROGRAM_PREFIX ?=
CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build
SANITIZE ?=

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion
OWN_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -ffp-contract=off -Icommon -DREGULARS_VERSION='"$(VERSION)"' \
  $(WARNINGS) $(STRICT) $(SANITIZE)

FOLDERS := $(sort $(foreach file,$(wildcard cmd/*/*.c),$(word 2,$(subst /, ,$(file)))))
PROGRAMS := $(patsubst cmd/%/main.c,%,$(wildcard cmd/*/main.c))
MANUALS := $(wildcard man/*.[57] $(PROGRAMS:%=man/%.1))
COMMON := $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c)) $(PROGRAMS:%=$(BUILD)/unit/modes_%)
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c cmd/*/*.c tests/unit/*.c tests/fuzz/*.c tests/data-checks/*.c))
PACKAGES = gcc libc6-dev make libcsv-dev libgsl-dev tzdata locales bats jq mandoc
RUN_TESTS = BUILD="$(abspath $(BUILD))" sh tests/run.sh
LINK = $(CC) $(SANITIZE) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter $(BUILD)/cmd/%.a,$^) $(BUILD)/libcommon.a $(LIBS) -lcsv -lm

.SECONDARY:
.PHONY: all check unit sanitize check-libcsv coverage fuzz check-data check-calendars check-mail simulate bench demo deps man install uninstall dist clean help

all: $(addprefix $(BUILD)/,$(PROGRAMS) $(MANUALS)) ## the programs and their manual, in $(BUILD) (the default)

$(BUILD)/libcommon.a: $(COMMON)
	rm -f $@ && $(AR) rcs $@ $(COMMON)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/test_%: $(BUILD)/tests/unit/test_%.o $(BUILD)/libcommon.a
	@mkdir -p $(@D)
	$(LINK)

# A fuzz target with its corpus in place of a fuzzer, unless there is one.
REPLAY = $(BUILD)/tests/fuzz/replay.o
$(BUILD)/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/memory.o $(REPLAY) $(BUILD)/libcommon.a
	@mkdir -p $(@D)
	$(LINK)

# One program: main.c, an archive of the other files of its folder, and the libraries that its file 'libs' names. Unit
# tests that include a header of the folder get the same; so does modes_PROGRAM, which is main.c in the hands of
# tests/unit/modes.c.
define PROGRAM_RULES
$(BUILD)/cmd/$(1).a: $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard cmd/$(1)/*.c)))
	rm -f $$@ && $$(AR) rcs $$@ $$^
$(BUILD)/$(1): $(BUILD)/cmd/$(1)/main.o $(BUILD)/cmd/$(1).a $(BUILD)/libcommon.a
	$$(LINK)
$(BUILD)/unit/modes_$(1): $(BUILD)/unit/modes_$(1).o $(BUILD)/tests/unit/modes.o $(BUILD)/cmd/$(1).a $(BUILD)/libcommon.a
	$$(LINK)
$(1)_UNITS := $(patsubst tests/%.c,$(BUILD)/%,$(shell grep -ls '"../../cmd/$(1)/' tests/unit/test_*.c tests/fuzz/fuzz_*.c))
$$($(1)_UNITS): $(BUILD)/cmd/$(1).a
$(BUILD)/$(1) $(BUILD)/unit/modes_$(1) $$($(1)_UNITS): LIBS = $(if $(wildcard cmd/$(1)/libs),$(shell cat cmd/$(1)/libs))
endef
$(foreach folder,$(FOLDERS),$(eval $(call PROGRAM_RULES,$(folder))))

$(BUILD)/unit/modes_%.o: cmd/%/main.c Makefile
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) $(CFLAGS) -Dprogram_main=modes_check -MMD -MP -c -o $@ $<

man: $(addprefix $(BUILD)/,$(MANUALS)) ## the manual alone
$(BUILD)/man/%: man/% man/fill.awk $(addprefix $(BUILD)/,$(PROGRAMS))
	@mkdir -p $(@D)
	awk -v build=$(BUILD) -v programs="$(PROGRAMS)" -f man/fill.awk $< >$@.new && mv $@.new $@

# Lets calls of the C library fail, for tests/cli/faults.bats.
$(BUILD)/fault.so: tests/faults/fault.c Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(CFLAGS) $(WARNINGS) -fPIC -shared -o $@ $<

check: all $(UNITS) $(FUZZERS) $(BUILD)/fault.so ## all tests; ends with 'N passed, N failed'
	$(RUN_TESTS) $(UNITS) $(FUZZERS) tests/cli/*.bats

unit: $(UNITS) ## the unit tests
	$(RUN_TESTS) $(UNITS)

# Sanitizers end a program with a status that no test expects; gcc's warnings are not to be trusted beside them.
SANITIZED = SANITIZED=1 ASAN_OPTIONS=exitcode=99 LSAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 \
  $(MAKE) --no-print-directory STRICT= CFLAGS="-O1 -g -fno-omit-frame-pointer"
sanitize: ## all tests with AddressSanitizer, leaks included, and UndefinedBehaviorSanitizer, in build-sanitize
	+$(SANITIZED) BUILD=build-sanitize SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all" check

check-libcsv: ## all tests with every record read by libcsv, the short way shut, in build-libcsv
	$(MAKE) --no-print-directory BUILD=build-libcsv CFLAGS="$(CFLAGS) -DREADER_LIBCSV_ALONE" check

# Without optimization, so that branches are those of the source.
COVERAGE = $(MAKE) --no-print-directory BUILD=build-coverage CC=gcc STRICT= CFLAGS="-O0 -g --coverage" LDFLAGS=--coverage
coverage: ## the branches of common/ that all tests take, file by file, from a tree of its own, build-coverage
	-$(COVERAGE) check
	sh tests/coverage.sh build-coverage

# Needs clang. What it finds is left in build-fuzz; once mended it becomes a file of tests/fuzz/corpus/NAME.
FUZZ = $(FUZZERS:$(BUILD)/fuzz/fuzz_%=%)
FUZZ_OPTIONS = $(if $(RUNS),-runs=$(RUNS),-max_total_time=$(or $(SECONDS),60)) -max_len=256 -timeout=10 -entropic=0 \
  -print_final_stats=1 -artifact_prefix=build-fuzz/
# What is nearest to a wrong word: watching each comparison of letters took half of the time, and nothing hangs on it.
build-fuzz/common/diag.o: OWN_CFLAGS += -fno-sanitize-coverage=trace-cmp
# Inputs are short: they are searched in several goes as longer ones are.
build-fuzz/common/lane.o build-fuzz/common/reader.o: OWN_CFLAGS += -DLANE_AHEAD='((size_t)64)'
fuzz: ## SECONDS=60 or RUNS=N, FUZZ="NAME...": fuzz targets (all) under libFuzzer, in build-fuzz
	$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang REPLAY= LDFLAGS=-fsanitize=fuzzer \
	  SANITIZE=-fsanitize=fuzzer-no-link,address,undefined $(FUZZ:%=build-fuzz/fuzz/fuzz_%)
	for name in $(FUZZ); do mkdir -p build-fuzz/corpus/$$name && \
	  ASAN_OPTIONS=malloc_context_size=4:max_malloc_fill_size=0:quarantine_size_mb=0:thread_local_quarantine_size_kb=0 \
	  build-fuzz/fuzz/fuzz_$$name $(FUZZ_OPTIONS) build-fuzz/corpus/$$name tests/fuzz/corpus/$$name || exit 1; done

# What the reader makes of a file, for tests/data-checks/csv.sh.
$(BUILD)/rows: $(BUILD)/tests/data-checks/rows.o $(BUILD)/libcommon.a
	$(LINK)

check-data: all $(BUILD)/rows ## DATA=DIR: the tests that need files too large or too foreign to be kept here
	@test -d "$(DATA)" || { echo "usage: make check-data DATA=DIR" >&2; exit 2; }
	DATA="$(abspath $(DATA))" $(RUN_TESTS) $(wildcard tests/data-checks/*.sh)

# What other programs make of our calendars and messages: theirs are installed where that can be done, and tests of what
# is not there are skipped, by name.
CALENDARS = calcurse khal todoman libical-dev python3-icalendar
MAILERS = msmtp python3-aiosmtpd
INSTALL_PEERS = $(MAKE) --no-print-directory deps PACKAGES="$(1)" || echo "$@: cannot install $(1): skipping what is not there"
check-calendars: all ## what calcurse, khal, todoman and libical make of 'remind ics'; installs them
	+@$(call INSTALL_PEERS,$(CALENDARS))
	$(RUN_TESTS) tests/calendars/*.bats

check-mail: all ## 'remind digest --mail' and --split through msmtp to a mail server; installs them
	+@$(call INSTALL_PEERS,$(MAILERS))
	$(RUN_TESTS) tests/mail/*.bats

simulate: all ## PEOPLE=10000 DAYS=365 SEED=1: a year of remind under cron, held against a model; takes minutes
	BUILD="$(abspath $(BUILD))" tests/simulation/run $(or $(PEOPLE),10000) $(or $(DAYS),365) $(or $(SEED),1)

bench: all ## ROWS=N PEERS=VENV: what every mode costs, beside other tools; outputs compared; takes minutes
	BUILD="$(abspath $(BUILD))" PEERS="$(PEERS)" tests/bench/run $(if $(ROWS),--rows=$(ROWS))

demo: all ## the whole pipeline on a real order log, into $(BUILD)/demo
	BUILD=$(BUILD) sh tests/demo.sh

deps: ## installs what building and testing need (Debian, Ubuntu)
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	test -z "$$missing" && exit 0; echo "installing$$missing"; \
	as_root=; test "$$(id -u)" = 0 || as_root=sudo; \
	$$as_root apt-get update -q && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing
ifneq ($(filter deps,$(MAKECMDGOALS)),)
$(OBJECTS): | deps
endif

BIN = $(DESTDIR)$(PREFIX)/bin
SHARE = $(DESTDIR)$(PREFIX)/share
NAMES = $(addprefix $(PROGRAM_PREFIX),$(PROGRAMS))
COMPLETIONS = $(NAMES:%=$(SHARE)/bash-completion/completions/%) $(NAMES:%=$(SHARE)/zsh/site-functions/_%) \
  $(NAMES:%=$(SHARE)/fish/vendor_completions.d/%.fish)
# A program's page is installed under the program's new name and speaks of it by that.
PAGE = $(SHARE)/man/man$(subst .,,$(suffix $(1)))/$(if $(filter $(basename $(1)),$(PROGRAMS)),$(PROGRAM_PREFIX))$(1)
PAGES = $(foreach page,$(notdir $(MANUALS)),$(call PAGE,$(page)))
RENAME = $(foreach program,$(PROGRAMS),s/^\.(Nm|Xr) $(program)( 1|$$)/.\1 $(PROGRAM_PREFIX)$(program)\2/;)

install: all ## PREFIX=DIR, DESTDIR=DIR, PROGRAM_PREFIX=WORD: programs, manual and completions
	mkdir -p $(sort $(BIN) $(dir $(COMPLETIONS) $(PAGES)))
	for program in $(PROGRAMS); do name="$(PROGRAM_PREFIX)$$program"; \
	  install -m 755 $(BUILD)/$$program $(BIN)/$$name && \
	  $(BIN)/$$name --generate=bash >$(SHARE)/bash-completion/completions/$$name && \
	  $(BIN)/$$name --generate=zsh >$(SHARE)/zsh/site-functions/_$$name && \
	  $(BIN)/$$name --generate=fish >$(SHARE)/fish/vendor_completions.d/$$name.fish || exit 1; done
	$(foreach page,$(notdir $(MANUALS)),sed -E '$(RENAME)' $(BUILD)/man/$(page) >$(call PAGE,$(page)) &&) :

uninstall: ## removes what install put there
	rm -f $(NAMES:%=$(BIN)/%) $(COMPLETIONS) $(PAGES)

dist: ## regulars-$(VERSION).tar.gz of the last commit
	git archive --format=tar --prefix=regulars-$(VERSION)/ HEAD | gzip -n9 >regulars-$(VERSION).tar.gz

clean: ## removes all build trees
	rm -rf build build-sanitize build-libcsv build-coverage build-fuzz $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | sed 's/\$$(BUILD)/$(BUILD)/; s/\$$(VERSION)/$(VERSION)/' | expand -t 12

-include $(OBJECTS:.o=.d) $(PROGRAMS:%=$(BUILD)/unit/modes_%.d)
