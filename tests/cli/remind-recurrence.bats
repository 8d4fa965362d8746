# remind due: rules that repeat by RFC 5545, birthdays, lunar days, days announced ahead, sequences that end.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    columns=rule,touch,anchor,after,every
}

people() {
    printf '%s\n' "$@" >people.csv
}

# due DAY ROW...: what a policy of these rows gives on that day, as "customer nominal reason" a line.
due() {
    local day=$1
    shift
    printf '%s\n' $columns "$@" >policy.csv
    remind due -q -p policy.csv --today="$day" $options people.csv | sed 1d | awk -F, '{ print $1, $7, $12 }'
}

refused() {
    local words=$1
    shift
    printf '%s\n' $columns "$@" >policy.csv
    expect_error 2 "$words" remind due -p policy.csv --today=2026-11-21 people.csv
}

@test "a recurrence rule from a date: the latest day that is due, and the rule as its reason" {
    people customer a
    [ "$(due 2026-11-25 'R,t,2026-11-02,,FREQ=WEEKLY;BYDAY=MO')" = 'a 2026-11-23 2026-11-02 FREQ=WEEKLY;BYDAY=MO' ]
    [ "$(due 2026-11-25 'R,t,2026-11-02,,RRULE:FREQ=MONTHLY;BYDAY=1MO')" = 'a 2026-11-02 2026-11-02 RRULE:FREQ=MONTHLY;BYDAY=1MO' ]
    [ "$(due 2026-11-25 'R,t,2026-11-02,,"FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3"' | cut -d' ' -f2)" = 2026-11-09 ]
    [ "$(due 2026-11-25 'R,t,2026-11-02,,FREQ=DAILY;UNTIL=20261115' | cut -d' ' -f2)" = 2026-11-15 ]
    [ "$(due 2026-11-25 'R,t,2026-11-02,,R/P1W' | cut -d' ' -f2-)" = '2026-11-23 2026-11-02 +3w' ]
    [ -z "$(due 2026-11-01 'R,t,2026-11-02,,FREQ=DAILY')" ]
}

@test "a recurrence rule from a day of the customer's: that day is not in it, nor counted" {
    people customer,start a,2026-11-02 b,2026-11-03 c,
    due 2026-11-02 'R,t,start,,FREQ=WEEKLY;BYDAY=MO' | diff /dev/null -
    due 2026-11-16 'R,t,start,,FREQ=WEEKLY;BYDAY=MO;COUNT=1' | cut -d' ' -f1,2 |
        diff - <(printf '%s\n' 'a 2026-11-09' 'b 2026-11-09')
}

@test "missed days of a rule are caught up with once, and recorded" {
    people customer a
    printf '%s\n' rule,touch,anchor,every 'WK,report,2026-11-02,FREQ=WEEKLY;BYDAY=MO' >policy.csv
    for day in 2026-11-02 2026-11-25 2026-11-25 2026-11-29 2026-11-30; do
        remind due -q -p policy.csv --ledger=sent.csv --today=$day people.csv | sed 1d | cut -d, -f13
    done >got
    printf '%s\n' a/WK/2026-11-02/0 a/WK/2026-11-23/0 a/WK/2026-11-30/0 | diff - got
    grep ^missed sent.csv | cut -d, -f10 | sort | paste -sd' ' | grep -x '2026-11-09 2026-11-16'
}

@test "chained to the day the last one was done, a rule gives its next day" {
    people customer a
    printf '%s\n' rule,touch,anchor,every,repeat_from 'R,t,2026-11-02,FREQ=WEEKLY;BYDAY=MO,done' >policy.csv
    run_on() { remind due -q -p policy.csv --ledger=sent.csv --today="$1" people.csv; }
    run_on 2026-11-04 | cut -d, -f7 | tail -1 | grep -x 2026-11-02
    run_on 2026-11-12 | sed 1d | diff /dev/null -
    run_on 2026-11-12 >/dev/null
    printf 'key,mark\na/R/2026-11-02/0,done\n' | remind mark -q --ledger=sent.csv --today=2026-11-12 >/dev/null
    run_on 2026-11-15 | sed 1d | diff /dev/null -
    run_on 2026-11-16 | tail -1 | cut -d, -f7,12 | grep -x '2026-11-16,done 2026-11-12 FREQ=WEEKLY;BYDAY=MO'
}

@test "birthdays: every=1y from the day of birth, also of those who gave month and day alone" {
    people customer,birthday a,1990-02-28 b,02-28 c,--02-28
    [ "$(due 2026-02-28 'B,greet,birthday,,1y' | head -1)" = 'a 2026-02-28 birthday 1990-02-28 +36y' ]
    due 2026-02-28 'B,greet,birthday,,1y' | sed -n '2,3p' |
        diff - <(printf '%s\n' 'b 2026-02-28 birthday 02-28' 'c 2026-02-28 birthday 02-28')
    people customer,birthday b,02-30
    expect_error 1 "column 'birthday'" remind due -p policy.csv --today=2026-11-21 people.csv
    people customer,birthday b,0001-01-01
    expect_error 1 'give month and day' remind due -p policy.csv --today=2026-11-21 people.csv
    people customer,birthday b,02-28 # only a rule by the year knows what to do with it
    printf '%s\n' rule,touch,anchor,after R,t,birthday,3d >policy.csv
    expect_error 1 'not a date' remind due -p policy.csv --today=2026-11-21 people.csv
}

@test "29 February: on the 28th in other years, or with --leap=mar1 on 1 March" {
    people customer,birthday a,2000-02-29 b,02-29
    due 2026-03-01 'B,greet,birthday,,1y' | cut -d' ' -f2 | uniq | grep -x 2026-02-28
    options=--leap=mar1
    due 2026-03-01 'B,greet,birthday,,1y' | cut -d' ' -f2 | uniq | grep -x 2026-03-01
    due 2028-03-01 'B,greet,birthday,,1y' | cut -d' ' -f2 | uniq | grep -x 2028-02-29
    due 2026-03-01 'B,greet,birthday,1y,' 2>/dev/null | diff /dev/null -
}

@test "a day that comes again is announced ahead: after beside every moves each of its days" {
    people customer,birthday a,1990-11-28 b,11-28
    due 2026-11-20 'B,plan a gift,birthday,-7d,1y' | cut -d' ' -f2 | uniq | grep -x 2025-11-21
    due 2026-11-21 'B,plan a gift,birthday,-7d,1y' |
        diff - <(printf '%s\n' 'a 2026-11-21 birthday 1990-11-28 +36y -7d' 'b 2026-11-21 birthday 11-28 -7d')
    people customer a
    due 2026-11-21 'R,t,2026-01-31,1m,"FREQ=MONTHLY;BYMONTHDAY=-1"' | grep -x 'a 2026-11-30 .*' && false
    due 2026-11-30 'R,t,2026-01-31,1m,"FREQ=MONTHLY;BYMONTHDAY=-1"' |
        grep -x 'a 2026-11-30 2026-01-31 FREQ=MONTHLY;BYMONTHDAY=-1 +1m'
}

@test "a launch is announced 30 and 7 days before, and each once" {
    people customer a
    set -- L30,t,2026-12-24,-30d, L7,t,2026-12-24,-7d,
    due 2026-11-23 "$@" | diff /dev/null -
    [ "$(due 2026-11-24 "$@")" = 'a 2026-11-24 2026-12-24 -30d' ]
    [ "$(due 2026-12-17 "$@" | wc -l)" -eq 2 ]
}

@test "lunar birthdays: of a solar day of birth, of a lunar day without a year; a 30th on the 29th" {
    people customer,birthday a,1990-10-03 b,08-15 c,'lunar 08-15' d,'农历8-15'
    due 2026-09-25 'B,greet,birthday,,lunar' | diff - <(printf '%s\n' 'a 2026-09-25 birthday 1990-10-03 lunar 08-15 +36y' \
        'b 2026-09-25 birthday lunar 08-15' 'c 2026-09-25 birthday lunar 08-15' 'd 2026-09-25 birthday lunar 08-15')
    people customer,birthday a,12-30
    due 2026-02-16 'B,greet,birthday,,lunar' | grep -x 'a 2026-02-16 birthday lunar 12-30' # that month has 29 days
    people customer,birthday a,1899-05-01
    expect_error 1 'not within the table of lunar days' remind due -p policy.csv --today=2026-11-21 people.csv
}

@test "a festival on a lunar day, announced ten days ahead" {
    people customer a
    due 2026-09-15 'M,moon cakes,lunar 08-15,-10d,lunar' | grep -x 'a 2026-09-15 lunar 08-15 -10d'
    due 2026-09-14 'M,moon cakes,lunar 08-15,-10d,lunar' | cut -d' ' -f2 | grep -x 2025-09-26
    due 2026-06-19 'D,dragon boats,05-05,,lunar' | grep -x 'a 2026-06-19 lunar 05-05'
    due 2026-05-05 'D,childhood,05-05,,1y' | grep -x 'a 2026-05-05 05-05'
    expect_error 2 'today is not within the table' remind due -p <(printf '%s\n' $columns 'M,t,lunar 08-15,,lunar') \
        --today=2101-06-01 people.csv
}

@test "a sequence on day 3, 14 and 30 ends when one of several events comes" {
    columns=rule,touch,anchor,after,stop
    set -- 'AS3,t,bought,3d,replied|again|left' 'AS14,t,bought,14d,replied|again|left' 'AS30,t,bought,30d,replied|again|left'
    people customer,bought,replied,again,left a,2026-11-01,,, b,2026-11-01,2026-11-10,, c,2026-11-01,,2026-10-01,2026-12-20 \
        d,2026-11-01,,,2026-11-15
    due 2026-11-04 "$@" | cut -d' ' -f1 | paste -sd' ' | grep -x 'a b c d'
    due 2026-11-15 "$@" | cut -d' ' -f1,2 | sort -u | grep -c 2026-11-15 | grep -x 2
    due 2026-12-01 "$@" | cut -d' ' -f1 | sort -u | paste -sd' ' | grep -x 'a c'
    refused "no column 'rplied'" 'AS3,t,bought,3d,replied|rplied'
}

@test "what a rule may not be is refused in its cell" {
    people customer,start a,2026-11-20
    refused "policy.csv:2:12: column 'every': 'FREQ=HOURLY': dates go by the day" R,t,start,,FREQ=HOURLY
    refused "'BYMONTHDAY=1': days of the month do not go with FREQ=WEEKLY" 'R,t,start,,FREQ=WEEKLY;BYMONTHDAY=1'
    refused 'there is no such day in any year' 'R,t,start,,FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'
    refused "column 'every': neither a period" 'R,t,start,,R/P1W MO'
    refused 'COUNT=' R,t,start,,R3/P1W
    refused "column 'anchor': a day without a year" R,t,02-28,3d,
    refused "column 'anchor': a day without a year" R,t,02-28,,1m
    refused "a lunar day without a year: 'every' must be lunar" 'R,t,lunar 08-15,,1y'
    refused 'not a lunar day from 1900 to 2100' 'R,t,lunar 13-01,,lunar'
    columns=rule,touch,anchor,after,every,repeat_from
    refused "'done' has no meaning with 'after'" R,t,start,3d,1w,done
    columns=rule,touch,anchor,after,factor
    refused "'factor' says when, and so does 'after' or 'every'" R,t,start,3d,2
}
