# remind as cron runs it, for weeks: missed nights, runs made twice, killed at any call, wrong clocks; see tests/simulation.
# 'make simulate' is the whole year of 10,000 customers.
bats_require_minimum_version 1.5.0
load ../helper

simulate() {
    BUILD=$BUILD "$TESTS_DIR/simulation/run" "$@" >out
}

@test "three months of a shop: every run does what the model says, nobody is contacted twice or forgotten" {
    simulate 60 90 1 || fail "$(cat out)"
    grep -q '^ok ' out
    grep -q 'faults 0$' out
    # It was no easy time.
    grep -Eq 'made twice [1-9]' out
    grep -Eq 'clocks refused [1-9]' out
    grep -Eq 'put off [1-9][0-9]+, missed [1-9]' out
    [ -n "${SANITIZED:-}" ] || grep -Eq 'killed [1-9]' out
}

@test "the simulation finds a line of the ledger that was lost, limits that are not kept, customers who are left out" {
    local breach
    for breach in forget limit cap optout swallow; do
        ! simulate 80 40 3 "$breach" || fail "$breach was not found: $(cat out)"
        grep -q '^not ok' out
    done
}

@test "the simulation finds a contact that is on two lists, and one that is on none" {
    run ! simulate 40 40 3 twice
    grep -q 'contacted twice' out
    run ! simulate 40 40 3 lose
    grep -q 'on nobody' out
}
