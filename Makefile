# GNU make. 'make help' lists what can be made.
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

PROGRAMS := $(patsubst cmd/%/main.c,%,$(wildcard cmd/*/main.c))
COMMON := $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c))
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
MANUALS := $(wildcard man/*.[157])

.SECONDARY:
.PHONY: all
all: $(addprefix $(BUILD)/,$(PROGRAMS)) $(addprefix $(BUILD)/,$(MANUALS))

$(BUILD)/libcommon.a: $(COMMON)
	rm -f $@ && $(AR) rcs $@ $(COMMON)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# One program: every file of its folder, the common archive, and the libraries its file 'libs' names.
define PROGRAM_RULES
$(BUILD)/$(1): $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/$(1)/*.c)) $(BUILD)/libcommon.a
	$$(CC) $$(SANITIZE) $$(LDFLAGS) -o $$@ $$^ $(if $(wildcard cmd/$(1)/libs),$(shell cat cmd/$(1)/libs)) -lcsv -lm
endef
$(foreach program,$(PROGRAMS),$(eval $(call PROGRAM_RULES,$(program))))
