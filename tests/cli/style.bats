# The rules of the house that can be seen by looking at the sources.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$ROOT_DIR"
}

# none PATTERN FILE...: no line matches, strings and comments included.
none() {
    ! grep -nE "$@"
}

# The same, leaving one file out: all_but FILE PATTERN.
all_but() {
    none "$2" $(ls common/*.[ch] cmd/*/*.[ch] | grep -vxE "$1")
}

@test "nothing depends on the locale" {
    none '\<(setlocale|newlocale|uselocale|localeconv|nl_langinfo)\>' common/*.[ch] cmd/*/*.[ch]
    none '\<(isalpha|isdigit|isspace|isalnum|ispunct|isupper|islower|toupper|tolower|strcasecmp|strcoll)\>' \
        common/*.[ch] cmd/*/*.[ch]
}

@test "only program.c and diag.c may end the program" {
    all_but 'common/(program|diag)\.c' '\<(exit|quick_exit|abort)\('
}

@test "numbers are read by number.c, and no text is copied without a length" {
    all_but 'common/number\.c' '\<(strtod|strtof|strtold)\('
    all_but none '\<(atoi|atol|atoll|atof|strtol|strtoll|strtoul|strtoull|scanf|sscanf|fscanf)\('
    all_but none '\<(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|alloca)\('
}

@test "standard output belongs to output.c, standard error to diag.c" {
    all_but 'common/output\.c' '\<(printf|vprintf|puts|putchar)\(|\<(stdout|STDOUT_FILENO)\>'
    all_but 'common/diag\.c' '\<perror\(|\<stderr\>'
}

@test "time is asked in one place (and for the seed of a map), and nothing is random" {
    all_but 'common/(clock|map)\.c' '[^_.>a-z]time\(|\<(clock_gettime|gettimeofday|localtime|localtime_r|gmtime|mktime)\('
    all_but none '[^_a-z](rand|srand|random|srandom|drand48)\('
}

@test "macros are constants or the length of an array" {
    ! grep -nE '^ *# *define +[A-Za-z_0-9]+\(' common/*.[ch] cmd/*/*.[ch] |
        grep -v '(\([a-z]*\)) (sizeof(\([a-z]*\)) / sizeof((\([a-z]*\))\[0\]))$'
}

@test "structs have tags, only functions have typedefs, and no name ends in _t" {
    all_but 'common/money\.h' '^ *(__extension__ )?typedef [^(]*$'
    all_but none '^(struct|enum|union) [a-z_0-9]+_t\>'
}

@test "no file is a collection" {
    [ -z "$(find . -path ./.git -prune -o \( -name 'common.[ch]' -o -name 'util*.[ch]' -o -name 'csv.h' \) -print)" ]
}

@test "a source begins with its licence and says what it is" {
    for file in common/*.[ch] cmd/*/*.[ch] tests/*/*.[ch]; do
        [ "$(sed -n 1p "$file")" = '// SPDX-License-Identifier: GPL-3.0-or-later' ] || fail "$file"
        [ "$(sed -n 2p "$file")" = '/*' ] || fail "$file has no comment at its head"
    done
}

@test "a header is guarded by its name" {
    for file in common/*.h cmd/*/*.h; do
        guard=$(basename "${file%.h}" | tr 'a-z' 'A-Z')_H
        grep -q "^#ifndef $guard\$" "$file" && grep -q "^#define $guard\$" "$file" || fail "$file"
    done
}

@test "lines are at most 120 characters, without tabs or blanks at the end, and nothing is left to do" {
    LC_ALL=C.UTF-8 none '.{121}' common/*.[ch] cmd/*/*.[ch] tests/unit/*.[ch]
    none '	|[ 	]$' common/*.[ch] cmd/*/*.[ch] tests/unit/*.[ch]
    none '\<(TODO|FIXME|XXX)\>' common/*.[ch] cmd/*/*.[ch] tests/unit/*.[ch]
}

@test "sources are formatted by .clang-format" {
    clang-format --version 2>/dev/null | grep -q 'version 14\.' || skip "clang-format 14 is not there"
    clang-format --dry-run --Werror common/*.[ch] cmd/*/*.[ch] tests/unit/*.[ch]
}

@test "no file has a state of its own but the program's name and the temporary file" {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers add state"
    objdump -t "$BUILD"/libcommon.a "$BUILD"/cmd/*.a |
        awk '/file format/ { sub(/:.*/, ""); file = $1 } / O \.(data|bss|data\.rel|data\.rel\.local)[ \t]/ { print file, $NF }' | sort >"$BATS_TEST_TMPDIR/state"
    grep -v '^diag\.o \|^output\.o ' "$BATS_TEST_TMPDIR/state" && fail "see above"
    [ "$(grep -c '^diag\.o ' "$BATS_TEST_TMPDIR/state")" -eq 1 ]
}

@test "the version is the newest one in NEWS.md" {
    version=$(sed -n 's/^VERSION = //p' Makefile)
    [ "$(grep -m 1 '^## ' NEWS.md | sed 's/^## \([0-9.]*\).*/\1/')" = "$version" ]
}
