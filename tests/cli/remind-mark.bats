# remind mark: what the staff did with their contacts goes back into the ledger.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    cp "$DATA_DIR"/remind/*.csv .
}

due() {
    local day=$1
    shift
    remind due -q -p policy.csv --ledger=sent.csv --today="$day" "$@" people.csv
}

mark() {
    local day=$1
    shift
    remind mark --ledger=sent.csv --today="$day" "$@"
}

# What the ledger has beyond the file before.csv: event and key.
added() {
    tail -n +"$(($(wc -l <before.csv) + 1))" sent.csv | sed 's/^\([a-z]*\),.*,\([^,]*\/[^,]*\),\([^,]*\)$/\1 \2 \3/'
}

@test "the sheet the staff ticked: done, skip, snooze, stop; blank cells and other columns are left alone" {
    cp sent.csv before.csv
    mark 2026-11-25 ticked.csv | expect_same remind/mark.csv
    added | diff - <(cat <<'END'
done C01/AS3/2026-11-21/0 
snooze C02/AS14/2026-11-21/0 7d
stop C05/WB/2026-08-30/0 
done C03/WK/2026-11-16/0 
skip C04/CALL/2026-10-20/0 
END
    )
}

@test "an entry holds the contact it is about" {
    printf 'key,mark\nC05/WB/2026-08-30/0,done\n' | mark 2026-11-25 >/dev/null
    tail -n 1 sent.csv >got
    [ "$(cat got)" = 'done,2026-11-25,,C05,mei,WB,call and ask what is missing,phone,2026-08-30,2026-08-30,87,0,3,1.00,last_order 2026-05-02 +2x60d,C05/WB/2026-08-30/0,' ]
}

@test "any table will do: other columns, other names, tabs, any case, blanks around" {
    printf 'note\tid\twhat\nx\t C05/WB/2026-08-30/0 \t DONE \ny\tC06/WB/2026-07-23/0\tSnooze  2w\n' >sheet.tsv
    mark 2026-11-25 --key=id --mark=what sheet.tsv >out
    printf 'mark\tcontacts\ndone\t1\nsnooze\t1\n' | diff - out
}

@test "--all gives every row the mark, so the open list can be closed at once" {
    remind open --ledger=sent.csv --today=2026-11-25 | mark 2026-11-25 --all=done >out
    printf 'mark,contacts\ndone,7\n' | diff - out
    [ "$(remind open --ledger=sent.csv --today=2026-11-25 | wc -l)" -eq 1 ]
    expect_error 2 "--all: 'later'" mark 2026-11-25 --all=later ticked.csv
    expect_error 2 "--all" mark 2026-11-25 --all= ticked.csv
}

@test "done and skipped contacts do not come back" {
    mark 2026-11-25 ticked.csv >/dev/null
    remind open --ledger=sent.csv --today=2026-11-25 | cut -d, -f1 | tr '\n' ' ' >got
    [ "$(cat got)" = 'customer C06 C08 ' ]
}

@test "a snoozed contact comes back on its day, with the same key, past any grace" {
    mark 2026-11-25 ticked.csv >/dev/null
    due 2026-12-01 | grep -q C02/AS14 && fail "too early"
    due 2026-12-02 | grep C02/AS14 >got
    [ "$(cat got)" = 'C02,mei,AS14,ask how it works out,wechat,2026-12-02,2026-11-21,0,0,2,0.50,first_order 2026-11-07 +14d snooze 2026-12-02,C02/AS14/2026-11-21/0' ]
    due 2026-12-03 | grep -q C02/AS14 && fail "twice"
    remind open --ledger=sent.csv --today=2026-12-03 | grep -q C02/AS14
}

@test "a contact can be snoozed again once it is back, but the same sheet read twice changes nothing" {
    mark 2026-11-25 ticked.csv >/dev/null
    cp sent.csv before.csv
    expect_status 0 mark 2026-11-26 ticked.csv
    grep -q 'marked so before, and left alone: 5' err
    cmp before.csv sent.csv
    printf 'mark,contacts\n' | diff - out
    due 2026-12-02 >/dev/null
    printf 'key,mark\nC02/AS14/2026-11-21/0,snooze 1w\n' >again.csv
    mark 2026-12-03 again.csv | tail -n 1 >got
    [ "$(cat got)" = snooze,1 ]
    due 2026-12-09 | grep -q C02/AS14 && fail "too early"
    due 2026-12-10 | grep -q C02/AS14
}

@test "stop ends the rule for this customer, for good" {
    mark 2026-11-25 ticked.csv >/dev/null
    sed -i 's/^\(C05.*\)2026-05-02/\12026-11-01/' people.csv
    due 2027-06-01 --max-jump=1y >out
    grep -q '^C05,' out && fail "contacted"
    remind due -q -n -p policy.csv --ledger=sent.csv --today=2027-06-01 --explain=C05 people.csv | grep -q '^C05,WB,ledger,stopped,'
    sed -i 's/^\(C06.*\)2026-03-05,1/\12026-11-01,1/' people.csv
    due 2027-06-01 | grep -q '^C06,'
}

@test "of one key with two marks the later row counts" {
    printf 'key,mark\nC05/WB/2026-08-30/0,skip\nC05/WB/2026-08-30/0,done\nC05/WB/2026-08-30/0,done\n' | mark 2026-11-25 >out
    printf 'mark,contacts\ndone,1\nskip,1\n' | diff - out
}

@test "an unknown key or mark is refused by its line, and nothing is recorded" {
    cp sent.csv before.csv
    refused() { # WORDS ROW
        printf 'key,mark\nC05/WB/2026-08-30/0,done\n%s\n' "$2" >sheet.csv
        expect_error 1 "sheet.csv:3: $1" mark 2026-11-25 sheet.csv
        cmp before.csv sent.csv
    }
    refused "column 'key': the ledger has no contact with this key" C05/WB/2026-08-31/0,done
    refused "column 'key': the ledger has no contact with this key" C05/WX/2026-08-30/0,done
    refused "column 'key': not a key" C05,done
    refused "column 'key': blank" ,done
    refused "column 'mark': not done, skip" C06/WB/2026-07-23/0,dnoe
    refused "column 'mark': not done, skip" 'C06/WB/2026-07-23/0,done now'
    refused "column 'mark': not done, skip" C06/WB/2026-07-23/0,snooze
    refused "column 'mark': not done, skip" 'C06/WB/2026-07-23/0,snooze 3h'
    refused "column 'mark': not done, skip" 'C06/WB/2026-07-23/0,snooze -3d'
    expect_error 2 mark mark 2026-11-25 --mark=tick sheet.csv
    expect_error 2 'which ledger' remind mark ticked.csv
    expect_error 3 no-ledger remind mark --ledger=no-ledger ticked.csv
    [ ! -e no-ledger ]
}

@test "with --rejects the other rows are recorded" {
    printf 'key,mark\nC05/WB/2026-08-30/0,done\nnobody/WB/2026-08-30/0,done\nC06/WB/2026-07-23/0,maybe\n' >sheet.csv
    expect_status 1 mark 2026-11-25 --rejects=bad.csv sheet.csv
    printf 'mark,contacts\ndone,1\n' | diff - out
    [ "$(sed 1d bad.csv | cut -d, -f1 | sort | tr '\n' ' ')" = '3 4 ' ]
}

@test "an apostrophe that a spreadsheet put before a key is not part of it" {
    printf "key,mark\n'C05/WB/2026-08-30/0,done\n" | mark 2026-11-25 >out
    printf 'mark,contacts\ndone,1\n' | diff - out
}

@test "an empty sheet needs no more than its header" {
    cp sent.csv before.csv
    head -n 1 ticked.csv | mark 2026-11-25 >out
    printf 'mark,contacts\n' | diff - out
    cmp before.csv sent.csv
}

@test "a clock that is not trusted, and a lock that is held, stop it" {
    cp sent.csv before.csv
    expect_error 3 '--force-clock' mark 2026-11-20 ticked.csv
    expect_error 3 '--force-clock' mark 2027-11-20 ticked.csv
    exec 9>>sent.csv
    flock 9
    expect_error 3 'another run holds the lock' mark 2026-11-25 --no-wait ticked.csv
    exec 9>&-
    cmp before.csv sent.csv
    mark 2026-11-20 --force-clock ticked.csv
}

@test "due, a filter and mark in one pipe do not wait for each other" {
    rm sent.csv
    due 2026-11-21 | timeout 20 remind mark --ledger=sent.csv --today=2026-11-21 --all=done >out
    printf 'mark,contacts\ndone,7\n' | diff - out
}

@test "killed at any call, and run again: every mark is recorded once" {
    [ -z "${SANITIZED:-}" ] || skip "a sanitizer must be loaded before any other library"
    "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC -shared -o kill_at.so "$TESTS_DIR/faults/kill_at.c"
    cp sent.csv before.csv
    for half in '' 1; do
        for ((call = 1; call < 40; call++)); do
            cp before.csv sent.csv
            status=0
            env KILL_AT="$call" ${half:+KILL_HALF=1} LD_PRELOAD=./kill_at.so \
                remind mark --ledger=sent.csv --today=2026-11-25 ticked.csv >out 2>err || status=$?
            mark 2026-11-25 -q ticked.csv >/dev/null 2>&1
            [ "$(added | sort | tr '\n' ';')" = 'done C01/AS3/2026-11-21/0 ;done C03/WK/2026-11-16/0 ;skip C04/CALL/2026-10-20/0 ;snooze C02/AS14/2026-11-21/0 7d;stop C05/WB/2026-08-30/0 ;' ] ||
                fail "call $call: $(added)"
            [ "$status" -eq 77 ] || break
        done
        [ "$status" -eq 0 ] && [ "$call" -gt 5 ]
    done
}
