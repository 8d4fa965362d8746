# remind open: what was printed and is not done yet.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    cp "$DATA_DIR"/remind/*.csv .
}

@test "the columns of due, when it was printed, and its age; oldest first" {
    printf 'customer,start\nz,2026-11-22\n' >people.csv
    printf 'rule,touch,anchor,after\nR,call,start,0d\n' >policy.csv
    remind due -q -p policy.csv --ledger=sent.csv --today='2026-11-22 09:00' people.csv >/dev/null
    remind open --ledger=sent.csv --today=2026-11-25 | expect_same remind/open.csv
}

@test "marked contacts are gone, snoozed ones too until they are printed again" {
    remind mark --ledger=sent.csv --today=2026-11-25 ticked.csv >/dev/null
    [ "$(remind open --ledger=sent.csv --today=2026-11-25 | cut -d, -f1 | tr '\n' ' ')" = 'customer C06 C08 ' ]
}

@test "what a later day knows is left out" {
    remind mark --ledger=sent.csv --today=2026-11-25 ticked.csv >/dev/null
    [ "$(remind open --ledger=sent.csv --today=2026-11-24 | wc -l)" -eq 8 ]
    [ "$(remind open --ledger=sent.csv --today=2026-11-20 | wc -l)" -eq 1 ]
}

@test "an escalated contact stands there once, at its last level" {
    printf 'customer,start\nz,2026-11-22\n' >people.csv
    printf 'rule,touch,anchor,after,owner,escalate\nR,call,start,0d,me,3d:lead\n' >policy.csv
    rm sent.csv
    for day in 2026-11-22 2026-11-25; do
        remind due -q -p policy.csv --ledger=sent.csv --today=$day people.csv >/dev/null
    done
    remind open --ledger=sent.csv --today=2026-11-26 | sed 1d >got
    [ "$(cat got)" = 'z,lead,R,call,,2026-11-22,2026-11-22,4,1,,,start 2026-11-22 +0d,z/R/2026-11-22/1,2026-11-25,1' ]
}

@test "it needs no lock, and a line not yet whole is not read" {
    remind open --ledger=sent.csv --today=2026-11-25 >usual
    printf 'done,2026-11-25,,C01' >>sent.csv
    cp sent.csv before.csv
    exec 9>>sent.csv
    flock 9
    expect_error 0 'not whole' remind open --ledger=sent.csv --today=2026-11-25
    exec 9>&-
    cmp usual out
    cmp before.csv sent.csv
}

@test "a ledger that is not there, or is none, is a failure" {
    expect_error 3 no-ledger remind open --ledger=no-ledger
    expect_error 1 'not a ledger' remind open --ledger=people.csv
    expect_error 2 'which ledger' remind open
    expect_error 2 operand remind open --ledger=sent.csv people.csv
}

@test "JSON, tabs and -o" {
    [ "$(remind open --ledger=sent.csv --today=2026-11-25 --json | jq -s 'map(.age) | add')" -eq 28 ]
    remind open --ledger=sent.csv --today=2026-11-25 -D '\t' -o got.tsv
    [ "$(cut -f14,15 got.tsv | sed -n 2p)" = "$(printf '2026-11-21\t4')" ]
}

@test "a device is no ledger, and is not read for ever" {
    expect_error 3 '/dev/zero: not a regular file' remind open --ledger=/dev/zero
}
