# What every bats file loads: the programs in PATH, a scratch folder to stand in, and comparisons by byte.
#
#   DATA_DIR, EXPECTED_DIR    tests/data and tests/expected, as absolute paths
#   BUILD                     the build tree (default: build)
#   UPDATE=1                  expect_same writes the expected file instead; review the difference before committing it

TESTS_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT_DIR=$(dirname "$TESTS_DIR")
DATA_DIR=$TESTS_DIR/data
EXPECTED_DIR=$TESTS_DIR/expected
BUILD=$(cd "$ROOT_DIR" && cd "${BUILD:-build}" && pwd)
PATH=$BUILD:$PATH

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Says why and fails the test.
fail() {
    printf '%s\n' "$*" >&2
    return 1
}

# expect_same EXPECTED [GOT]: GOT (default: standard input) has the bytes of tests/expected/EXPECTED.
expect_same() {
    local expected=$EXPECTED_DIR/$1 got=${2:-$BATS_TEST_TMPDIR/got}
    [ $# -ge 2 ] || cat >"$got"
    if [ "${UPDATE:-}" = 1 ]; then
        mkdir -p "$(dirname "$expected")"
        cp "$got" "$expected"
    else
        diff "$expected" "$got"
    fi
}

# expect_status STATUS COMMAND...: runs it with standard output and error in the files `out` and `err`.
expect_status() {
    local wanted=$1 status=0
    shift
    "$@" >out 2>err || status=$?
    [ "$status" -eq "$wanted" ] || fail "status $status, not $wanted, of: $*; it said: $(head -c 2000 err)"
}

# expect_error STATUS WORDS COMMAND...: that status, and a message that contains WORDS.
expect_error() {
    local wanted=$1 words=$2
    shift 2
    expect_status "$wanted" "$@"
    grep -qF -e "$words" err || fail "'$words' is not in: $(head -c 2000 err)"
}

# Programs and modes as they list themselves, so that a new one is tested without being named anywhere.
programs() {
    local main
    for main in "$ROOT_DIR"/cmd/*/main.c; do
        basename "$(dirname "$main")"
    done
}

modes() {
    "$1" --help | sed -n '/^Modes:$/,/^$/s/^  \([a-z][a-z0-9-]*\) .*/\1/p'
}

# Makes locales in the folder $1 and has the programs find them: of German, whose decimal mark is a comma, and of Turkish,
# whose capital i has a dot. Fails where they do not work: nothing would be tested.
make_locales() {
    local locale
    mkdir "$1"
    export LOCPATH=$1
    for locale in de_DE tr_TR; do
        localedef -i "$locale" -f UTF-8 "$1/$locale.UTF-8" || fail "localedef: no $locale (package locales)"
    done
    [ "$(LC_ALL=de_DE.UTF-8 /usr/bin/env printf '%.1f' 1,5)" = 1,5 ] || fail 'the German locale has no decimal comma'
}

# Can a program be run on a terminal here? Not where script(1) or /dev/pts is missing.
has_terminal() {
    script -qec true /dev/null </dev/null >/dev/null 2>&1
}
