# Working days: contacts moved off holidays and weekends, and the files that tell of them.
bats_require_minimum_version 1.5.0
load ../helper

CN=$DATA_DIR/remind/holidays-cn-2025.json,$DATA_DIR/remind/holidays-cn-2026.json

policy() {
    printf '%s\n' "$@" >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

# due DAY ARGUMENT...: a run on that day, with a ledger, without the header.
due() {
    local day=$1
    shift
    remind due -q -p policy.csv --ledger=sent.csv --holidays=CN="$CN" --today="$day" "$@" people.csv | sed 1d
}

# runs FROM TO: one run a day; the day, the day due and the key of each contact.
runs() {
    local day=$1
    while [ ! "$day" \> "$2" ]; do
        due "$day" | sed -E "s/^([^,]*,){5}([^,]*),.*,([^,]*)$/$day \2 \3/"
        day=$(date -u -d "$day + 1 day" +%F)
    done
}

recorded() {
    grep "^$1," sent.csv | grep -o '[^,]*/[^,]*/[0-9-]*/[0-9]' | sort | tr '\n' ' '
}

# One customer whose day is that after `start`, and how it is moved.
one() {
    policy rule,touch,anchor,after,shift,calendar,grace "R,call,start,3d,$2,${3-CN},${4-}"
    people customer,start "a,$1"
}

@test "after: the first day of work; key and nominal day stay, the reason says by which calendar" {
    one 2026-02-14 after
    [ -z "$(due 2026-02-17)" ]
    [ -z "$(due 2026-02-23)" ]
    [ "$(due 2026-02-24)" = 'a,,R,call,,2026-02-24,2026-02-17,0,0,,,start 2026-02-14 +3d shift CN,a/R/2026-02-17/0' ]
    [ -z "$(due 2026-02-25)" ]
}

@test "before: due ahead of its day, on a worked Saturday, and not again on the day itself" {
    one 2026-02-14 before
    [ -z "$(due 2026-02-13)" ]
    [ "$(due 2026-02-14)" = 'a,,R,call,,2026-02-14,2026-02-17,0,0,,,start 2026-02-14 +3d shift CN,a/R/2026-02-17/0' ]
    [ -z "$(due 2026-02-17)" ]
    [ -z "$(due 2026-02-24)" ]
}

@test "nearest: whichever is nearer, of two the later one" {
    one 2026-02-14 nearest # the 14th is 3 days away, the 24th 7
    [ -n "$(due 2026-02-14)" ]
    rm sent.csv
    one 2026-02-17 nearest # the 20th: 6 and 4
    [ -z "$(due 2026-02-20)" ]
    [ -n "$(due 2026-02-24)" ]
    rm sent.csv
    one 2026-02-16 nearest # the 19th: 5 and 5
    [ -z "$(due 2026-02-14)" ]
    [ -z "$(due 2026-02-23)" ]
    [ -n "$(due 2026-02-24)" ]
}

@test "none, or no shift at all, moves nothing" {
    one 2026-02-14 none
    [[ "$(due 2026-02-17)" == *,2026-02-17,2026-02-17,* ]]
    rm sent.csv
    one 2026-02-14 '' ''
    [[ "$(due 2026-02-17)" == *,2026-02-17,2026-02-17,* ]]
}

@test "a day of work is not moved, a worked weekend is one, and a calendar without files is Monday to Friday" {
    one 2026-02-11 after # Saturday the 14th
    [[ "$(due 2026-02-14)" == *,2026-02-14,2026-02-14,0,0,,,start\ 2026-02-11\ +3d,* ]]
    rm sent.csv
    one 2026-02-11 after none
    [ -z "$(due 2026-02-15)" ]
    [[ "$(due 2026-02-16)" == *'+3d shift weekend,'* ]]
    rm sent.csv
    one 2026-02-11 before ''
    [ -z "$(due 2026-02-12)" ]
    [[ "$(due 2026-02-13)" == *,2026-02-13,2026-02-14,*'+3d shift weekend,'* ]]
}

@test "grace counts from the day it was moved to" {
    one 2026-02-14 after CN 1d
    remind due -q -p policy.csv --holidays=CN="$CN" --today=2026-02-25 people.csv >out
    [ "$(wc -l <out)" -eq 2 ]
    remind due -q -p policy.csv --holidays=CN="$CN" --today=2026-02-26 people.csv >out
    [ "$(wc -l <out)" -eq 1 ]
    one 2026-02-14 before CN 1d
    remind due -q -p policy.csv --holidays=CN="$CN" --today=2026-02-15 people.csv >out
    [ "$(wc -l <out)" -eq 2 ]
    remind due -q -p policy.csv --holidays=CN="$CN" --today=2026-02-17 people.csv >out
    [ "$(wc -l <out)" -eq 1 ]
}

@test "escalation counts from the day it was moved to" {
    policy rule,touch,anchor,after,shift,calendar,escalate 'R,call,start,3d,after,CN,"1d:lead,3d:manager"'
    people customer,start a,2026-02-14
    runs 2026-02-14 2026-03-05 >got
    printf '%s\n' '2026-02-24 2026-02-24 a/R/2026-02-17/0' '2026-02-25 2026-02-24 a/R/2026-02-17/1' \
        '2026-02-27 2026-02-24 a/R/2026-02-17/2' | diff - got
}

@test "a weekly series over the Spring Festival: each day once, two that fall together are one contact" {
    policy rule,touch,anchor,every,shift,calendar WK,report,2026-02-03,1w,after,CN
    people customer a
    runs 2026-02-03 2026-03-10 >got
    printf '%s\n' '2026-02-03 2026-02-03 a/WK/2026-02-03/0' '2026-02-10 2026-02-10 a/WK/2026-02-10/0' \
        '2026-02-24 2026-02-24 a/WK/2026-02-24/0' '2026-03-03 2026-03-03 a/WK/2026-03-03/0' \
        '2026-03-10 2026-03-10 a/WK/2026-03-10/0' | diff - got
    [ "$(recorded missed)" = 'a/WK/2026-02-17/0 ' ]
}

@test "the same series moved before: the worked Saturday" {
    policy rule,touch,anchor,every,shift,calendar WK,report,2026-02-03,1w,before,CN
    people customer a
    runs 2026-02-03 2026-03-03 >got
    printf '%s\n' '2026-02-03 2026-02-03 a/WK/2026-02-03/0' '2026-02-10 2026-02-10 a/WK/2026-02-10/0' \
        '2026-02-14 2026-02-14 a/WK/2026-02-17/0' '2026-02-24 2026-02-24 a/WK/2026-02-24/0' \
        '2026-03-03 2026-03-03 a/WK/2026-03-03/0' | diff - got
    run ! grep -q '^missed' sent.csv
}

@test "a daily series: weekends are caught up on Monday with one contact" {
    policy rule,touch,anchor,every,shift D,look,2026-03-06,1d,after
    people customer a
    runs 2026-03-06 2026-03-10 | cut -d' ' -f3 >got
    printf '%s\n' a/D/2026-03-06/0 a/D/2026-03-09/0 a/D/2026-03-10/0 | diff - got
    [ "$(recorded missed)" = 'a/D/2026-03-07/0 a/D/2026-03-08/0 ' ]
}

@test "a chained rule and a win-back are moved too" {
    policy rule,touch,anchor,every,repeat_from,factor,shift,calendar C,call,start,1w,done,,after,CN W,win,start,,,1,before,CN
    people customer,start,usual_gap a,2026-02-10,7
    runs 2026-02-11 2026-02-28 >got
    printf '%s\n' '2026-02-14 2026-02-14 a/W/2026-02-17/0' '2026-02-24 2026-02-24 a/C/2026-02-17/0' | diff - got
}

@test "a holiday announced after the contact was printed does not bring it back" {
    one 2026-02-14 after none
    [[ "$(due 2026-02-17)" == *,2026-02-17,2026-02-17,* ]]
    one 2026-02-14 after CN
    [ -z "$(due 2026-02-18)" ]
    [ -z "$(due 2026-02-24)" ]
    policy rule,touch,anchor,every,shift,calendar WK,report,2026-02-10,1w,after,none
    rm sent.csv
    [ -n "$(due 2026-02-17)" ]
    policy rule,touch,anchor,every,shift,calendar WK,report,2026-02-10,1w,after,CN
    [ -z "$(due 2026-02-18)" ]
}

@test "--explain shows the day that the contact waits for" {
    one 2026-02-14 after
    remind due -q -p policy.csv --holidays=CN="$CN" --today=2026-02-20 --explain=a people.csv >out
    [ "$(sed 1d out)" = 'a,R,due,not-yet,2026-02-24,2026-02-17,0,start 2026-02-14 +3d shift CN' ]
}

@test "a year that no file covers is unknown, and named once; an empty list without papers is none" {
    one 2027-04-28 after
    people customer,start a,2027-04-28 b,2027-04-29 c,2027-04-27
    expect_status 0 remind due -p policy.csv --holidays=CN="$CN" --today=2027-05-03 people.csv
    [ "$(wc -l <out)" -eq 4 ]
    [ "$(grep -c 'nothing is known of 2027' err)" -eq 1 ]
    expect_status 0 remind due -p policy.csv --holidays=CN="$CN,$DATA_DIR/remind/holidays-cn-2027.json" --today=2027-05-03 people.csv
    [ "$(grep -c 'nothing is known of 2027' err)" -eq 1 ]
    echo '{"year": 2027, "papers": ["https://example.org"], "days": []}' >2027.json
    expect_status 0 remind due -p policy.csv --holidays=CN="$CN,2027.json" --today=2027-05-03 people.csv
    run ! grep -q 'nothing is known' err
    expect_status 0 remind due -p policy.csv --holidays=CN="$CN" --today=2026-12-03 people.csv
    run ! grep -q 'nothing is known' err # nobody was moved by it yet
}

@test "a list of a shop's own: CSV, without a name the calendar of rules that name none" {
    one 2026-12-22 after ''
    due() {
        remind due -q -p policy.csv --holidays="$DATA_DIR/remind/holidays-eu.csv" --today="$1" people.csv | sed 1d
    }
    [ -z "$(due 2026-12-27)" ]
    [[ "$(due 2026-12-28)" == *,2026-12-28,2026-12-25,*'+3d shift holidays,'* ]]
    one 2026-12-16 before ''
    [[ "$(due 2026-12-19)" == *,2026-12-19,2026-12-19,* ]]
}

@test "two calendars in one policy" {
    policy rule,touch,anchor,after,shift,calendar A,call,2026-12-25,0d,before,CN B,call,2026-12-25,0d,before,EU
    people customer a
    remind due -q -p policy.csv --holidays=CN="$CN" --holidays=EU="$DATA_DIR/remind/holidays-eu.csv" --today=2026-12-24 \
        people.csv | sed 1d | cut -d, -f3,6 >got
    [ "$(cat got)" = B,2026-12-24 ]
}

@test "what is wrong with shift and calendar is said with row and column" {
    one 2026-02-14 later
    expect_error 2 "policy.csv:2:17: column 'shift': none of 'after', 'before', 'nearest' and 'none'" \
        remind due -p policy.csv --holidays=CN="$CN" people.csv
    [ ! -s out ]
    one 2026-02-14 '' CN
    expect_error 2 "column 'calendar': has no meaning without 'shift'" remind due -p policy.csv people.csv
    one 2026-02-14 after CM
    expect_error 2 "column 'calendar': no calendar 'CM' (did you mean 'CN'?)" \
        remind due -p policy.csv --holidays=CN="$CN" people.csv
    one 2026-02-14 after UK
    expect_error 2 "column 'calendar': no calendar 'UK': give it with --holidays=UK=FILE" remind due -p policy.csv people.csv
}

@test "what is wrong with a holiday file is said with its line, and nothing is printed" {
    one 2026-02-14 after
    printf '{"year": 2026,\n"days": [\n{"date": "2026-13-01", "isOffDay": true}]}' >bad.json
    expect_error 2 "bad.json:3: not a date such as 2026-10-01" remind due -p policy.csv --holidays=CN=bad.json people.csv
    [ ! -s out ]
    printf 'date,working\n2026-05-01,no\n2026-05-02,maybe\n' >bad.csv
    expect_error 2 "bad.csv:3: column 'working': neither 'yes' nor 'no'" remind due -p policy.csv --holidays=CN=bad.csv people.csv
    expect_error 3 "none.json: No such file" remind due -p policy.csv --holidays=CN=none.json people.csv
    expect_error 2 "a file's name is missing" remind due -p policy.csv --holidays=CN= people.csv
    expect_error 2 "'none' is Monday to Friday always" remind due -p policy.csv --holidays=none=bad.csv people.csv
}

@test "what a limit or the staff put off is missed, not forgotten, when the next one of its series comes" {
    policy rule,touch,anchor,every,owner,priority 'P,plan,2026-03-02,1w,mei,1' 'Q,ask,2026-03-02,1w,mei,2'
    people customer a
    [ "$(due 2026-03-02 --limit=1 | wc -l)" -eq 1 ]
    [ "$(recorded deferred)" = 'a/Q/2026-03-02/0 ' ]
    printf 'key,mark\na/P/2026-03-02/0,snooze 9d\n' | remind mark -q --ledger=sent.csv --today=2026-03-02 >/dev/null
    [ "$(due 2026-03-09 | wc -l)" -eq 2 ]
    [ "$(recorded missed)" = 'a/P/2026-03-02/0 a/Q/2026-03-02/0 ' ]
    [ -z "$(due 2026-03-11)" ]
}
