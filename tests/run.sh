#!/bin/sh
# Runs unit programs, scripts and bats files and ends with one line, "N passed, N failed"; fails when a test did.
# usage: BUILD=DIR [DATA=DIR] sh tests/run.sh [UNIT-PROGRAM|SCRIPT.sh|FILE.bats]...
# All speak TAP, scripts are given DATA; what ends early, or with a status of its own, counts as one more failure.
set -u

passed=0
failed=0
skipped=0
PATH=$BUILD:$PATH
suites=
export PATH
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# What TAP in $log adds up to.
count() {
    skipped=$((skipped + $(grep -c '^ok .*# skip' "$log")))
    passed=$((passed + $(grep -c '^ok ' "$log") - $(grep -c '^ok .*# skip' "$log")))
    failed=$((failed + $(grep -c '^not ok ' "$log")))
}

# run NAME COMMAND...
run() {
    name=$1
    shift
    "$@" >"$log"
    status=$?
    count
    grep -A 2 '^not ok ' "$log" | grep '^not ok \|^#'
    planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$log")
    if [ "${planned:-none}" != "$(grep -c '^ok \|^not ok ' "$log")" ]; then
        echo "not ok - $name ended early (status $status)"
        failed=$((failed + 1))
    elif [ "$status" -ne 0 ] && ! grep -q '^not ok ' "$log"; then
        echo "not ok - $name ended with status $status"
        failed=$((failed + 1))
    fi
}

for test in "$@"; do
    case $test in
    *.bats) suites="$suites $test" ;;
    *.sh) run "$test" sh "$test" "${DATA:-}" ;;
    *) run "$test" "$test" ;;
    esac
done

if [ -n "$suites" ]; then
    jobs=
    if parallel --version 2>/dev/null | grep -q '^GNU'; then
        jobs="-j $(nproc)"
    fi
    # The words of both lists are paths of this tree, without blanks.
    bats $jobs --tap $suites >"$log"
    status=$?
    grep -v '^ok \|^1\.\.' "$log"
    before=$failed
    count
    if [ "$status" -ne 0 ] && [ "$failed" -eq "$before" ]; then
        echo "not ok - bats ended with status $status"
        failed=$((failed + 1))
    fi
fi

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
