# Days in the life of a shop, told as what is in the files and what has to come out; each by the id of its published case
# (tests/cases-remind.md).
bats_require_minimum_version 1.5.0
load ../helper

policy() {
    printf '%s\n' "$@" >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

due() {
    local day=$1
    shift
    remind due -q -p policy.csv --ledger=sent.csv --today="$day" "$@" people.csv
}

keys() {
    grep -o '[^,]*/[^,]*/[0-9-]*/[0-9]' | sort | tr '\n' ' '
}

recorded() {
    grep "^$1," sent.csv | keys
}

@test "scenario-003: a weekly rule missed twice is caught up with once" {
    policy rule,segment,touch,anchor,every,channel,priority WK,demanding,report,2026-11-02,1w,email,1
    people customer,segment C1,demanding
    [ "$(due 2026-11-02 | keys)" = 'C1/WK/2026-11-02/0 ' ]
    [ "$(due 2026-11-25 | keys)" = 'C1/WK/2026-11-23/0 ' ]
    [ "$(recorded missed)" = 'C1/WK/2026-11-09/0 C1/WK/2026-11-16/0 ' ]
}

@test "scenario-004: after-sales care past its grace is not made any more" {
    policy rule,segment,touch,anchor,after,grace,channel,priority AS3,new,check-in,first_order,P3D,P7D,wechat,1
    people customer,segment,first_order C1,new,2026-11-01
    [ -z "$(due 2026-11-23 | keys)" ]
    rm sent.csv
    [ "$(due 2026-11-11 | keys)" = 'C1/AS3/2026-11-04/0 ' ] # the last day of grace
}

@test "scenario-006: a torn last line is reported, left out of account, and cut off before the next one is written" {
    policy rule,touch,anchor,after VIP,call,start,0d
    people customer,start C1,2026-11-23 C2,2026-11-23
    due 2026-11-23 >first
    sed -i '/^printed/d' sent.csv
    truncate -s "$(($(sed '/C2/,$d' sent.csv | wc -c) + 12))" sent.csv # within the line of C2
    [ "$(tail -c 1 sent.csv | wc -l)" -eq 0 ]
    remind due -p policy.csv --ledger=sent.csv --today=2026-11-23 people.csv >second 2>err
    grep -q 'sent.csv: the last line is not whole' err || fail "$(cat err)"
    [ "$(sed 1d second | keys)" = 'C2/VIP/2026-11-23/0 ' ]
    [ "$(recorded due)" = 'C1/VIP/2026-11-23/0 C2/VIP/2026-11-23/0 ' ]
    [ "$(awk -F, 'NF < 17' sent.csv | wc -l)" -eq 0 ]
}

@test "scenario-007: two crons at once print each contact once between them; --no-wait is status 3" {
    policy rule,touch,anchor,after R,call,start,0d
    { echo customer,start && for i in $(seq 300); do echo "c$i,2026-11-23"; done; } >people.csv
    due 2026-11-23 >one &
    local first=$!
    due 2026-11-23 >two
    wait "$first"
    [ "$(cat one two | grep -c /R/)" -eq 300 ]
    [ "$(cat one two | grep -o '[^,]*/R/[^,]*' | sort -u | wc -l)" -eq 300 ]
    [ "$(recorded due | wc -w)" -eq 300 ]
    flock sent.csv sleep 3 &
    local holder=$!
    sleep 0.5
    expect_error 3 'lock' remind due -p policy.csv --ledger=sent.csv --no-wait --today=2026-11-23 people.csv
    [ ! -s out ]
    kill "$holder" 2>/dev/null || :
    wait "$holder" 2>/dev/null || :
}

@test "scenario-009: two a day for an owner: two by priority and age, the third the next day, none lost" {
    policy rule,segment,touch,anchor,after,owner,priority,grace A,,call,start,0d,s1,2,1d B,gold,ask,2026-11-23,0d,s1,1,1d
    people customer,segment,start x,,2026-11-22 y,,2026-11-23 z,gold,
    [ "$(due 2026-11-23 --limit=2 | sed 1d | sed 's/.*,//' | tr '\n' ' ')" = 'z/B/2026-11-23/0 x/A/2026-11-22/0 ' ]
    [ "$(recorded deferred)" = 'y/A/2026-11-23/0 ' ]
    [ "$(due 2026-11-24 --limit=2 | keys)" = 'y/A/2026-11-23/0 ' ]
    [ -z "$(due 2026-11-25 --limit=2 | keys)" ]
}

@test "scenario-011: an unknown time zone is named with row and column, --time-zone is used, and the reason says tz?" {
    policy rule,touch,anchor,after,time R,call,start,0d,10:00
    people customer,tz,start C1,Asia/Shangai,2026-11-21 C2,Asia/Shanghai,2026-11-21
    remind due -p policy.csv --time-zone=Europe/Berlin --today='2026-11-20 18:00' people.csv >out 2>err
    [ "$(cat err)" = "remind: people.csv:2: column 'tz': no such time zone; the contacts of this customer take --time-zone" ]
    grep -q '^C2,.*,start 2026-11-21 +0d,' out # it is the 21st in Shanghai
    run ! grep -q '^C1,' out                   # not yet in Berlin
    remind due -q -p policy.csv --time-zone=Europe/Berlin --today='2026-11-21 01:00' people.csv >out
    grep -q '^C1,.*,start 2026-11-21 +0d tz?,' out
}
