# Runs a check for every mode of every program, each in a fresh folder with the ordinary input of tests/contract.
#
#   each NAME       calls the function NAME (with _ for -) for every mode, with $program, $mode and its $options set, in a
#                   folder that holds `input.csv` and `usual`, the output for it; names the modes for which it fails
#   mode ARG...     runs the mode with its options and these
# The other functions are for the checks.

CONTRACT_DIR=$TESTS_DIR/contract

# The mode under check with its usual options, then these; side files are fresh for every run.
mode() {
    cp -R "$CONTRACT_DIR"/files/. .
    "$program" "$mode" "${options[@]}" "$@"
}

# expect_status and expect_error want a command; these are them for `mode`.
mode_status() {
    local wanted=$1
    shift
    expect_status "$wanted" mode "$@"
}

# The usual input gives the same bytes again: from standard input, as altered by the check.
same_as_usual() {
    mode "$@" >got 2>err || fail "status $? of: $program $mode $*; it said: $(head -c 2000 err)"
    cmp usual got
}

refused() { # STATUS WORDS ARGUMENT...: that status, a message with these words, nothing on standard output
    local status=$1 words=$2
    shift 2
    mode_status "$status" "$@"
    grep -qF -e "$words" err || fail "'$words' is not in: $(head -c 2000 err)"
    [ ! -s out ] || fail "standard output: $(head -c 200 out)"
}

# Does the mode write text, to which the options of tables do not apply?
writes_text() {
    grep -q '^# text' "$CONTRACT_DIR/$program-$mode"
}

lines() {
    wc -l <input.csv | tr -d ' '
}

# Reads tests/contract/PROGRAM-MODE: false when this check is not for this mode.
load_contract() {
    local file=$CONTRACT_DIR/$program-$mode
    if [ ! -f "$file" ] || grep -q "^# not: $1\( \|\$\)" "$file"; then
        return 1
    fi
    if grep -q '^# no table' "$file"; then
        case $1 in
        help | version | unknown-option | full-disk | closed-output | twice | output-file) ;;
        *) return 1 ;;
        esac
    fi
    eval "options=($(sed -n '/^#/!{p;q}' "$file"))"
    sed '/^#/d' "$file" | sed 1d >input.csv
}

# Runs the function NAME (with _ for -) for every mode.
each() {
    local program mode failed='' options
    for program in $(programs); do
        for mode in $(modes "$program"); do
            mkdir -p "$BATS_TEST_TMPDIR/$program-$mode"
            set +e
            (
                set -e
                cd "$BATS_TEST_TMPDIR/$program-$mode"
                if load_contract "$1"; then
                    mode <input.csv >usual 2>usual.err || true
                    "${1//-/_}"
                fi
            ) >"$BATS_TEST_TMPDIR/report" 2>&1
            if [ $? -ne 0 ]; then
                failed="$failed $program-$mode"
                echo "$program $mode $1:"
                head -c 4000 "$BATS_TEST_TMPDIR/report"
            fi
            set -e
        done
    done
    [ -z "$failed" ] || fail "$1 fails for:$failed"
}
