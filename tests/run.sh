#!/bin/sh
# Runs unit programs, scripts and bats files, as many at once as there are processors, and ends with one line,
# "N passed, N failed"; fails when a test did.
# usage: BUILD=DIR [DATA=DIR] sh tests/run.sh [UNIT-PROGRAM|SCRIPT.sh|FILE.bats]...
# All speak TAP, scripts are given DATA; what ends early, or with a status of its own, counts as one more failure.
set -u

PATH=$BUILD:$PATH
logs=$(mktemp -d)
export PATH DATA logs
trap 'rm -rf "$logs"' EXIT

# One of them, into a log of its own, whose last line is its status.
one='
    log=$logs/$(echo "$1" | tr / _)
    case $1 in
    *.bats) bats --tap "$1" ;;
    *.sh) sh "$1" "${DATA:-}" ;;
    *) "$1" ;;
    esac >"$log" 2>"$log.err"
    echo "status $?" >>"$log"
'

# Shows what failed in the test $1 by its log $2, and adds up its counts.
sum() {
    status=$(sed -n "\$s/^status //p" "$2")
    planned=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$2")
    skips=$(grep -ac '^ok .*# skip' "$2")
    good=$(grep -ac '^ok ' "$2")
    bad=$(grep -ac '^not ok ' "$2")
    grep -a -A 2 '^not ok ' "$2" | grep -a '^not ok \|^#'
    if [ "${planned:-none}" != $((good + bad)) ]; then
        echo "not ok - $1 ended early (status $status)"
        bad=$((bad + 1))
    elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        echo "not ok - $1 ended with status $status"
        bad=1
    fi
    [ "$bad" -eq 0 ] || cat "$2.err"
    skipped=$((skipped + skips))
    passed=$((passed + good - skips))
    failed=$((failed + bad))
}

passed=0
failed=0
skipped=0
# The long ones first, so that none is left to run alone; the words are paths of this tree, without blanks.
[ $# -eq 0 ] || ls -S -- "$@" | grep '\.bats$\|\.sh$' >"$logs/.list"
[ $# -eq 0 ] || printf '%s\n' "$@" | grep -v '\.bats$\|\.sh$' >>"$logs/.list"
[ $# -eq 0 ] || xargs -n 1 -P "$(nproc)" sh -c "$one" sh <"$logs/.list"
for test in "$@"; do
    sum "$test" "$logs/$(echo "$test" | tr / _)"
done

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
