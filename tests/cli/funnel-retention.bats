# funnel retention. PostHog's published cases (test_retention_query_runner.py, issue 13748), then a case by hand:
#   ann  Sep 1, 2, 4 (5 + 1 + 2)      bob  Sep 1, 9 (3 + 1)      cai  Sep 2 (4)
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' customer,time,group,amount ann,2026-09-01,red,5.00 bob,2026-09-01,blue,3 ann,2026-09-02,red,1 \
        cai,2026-09-02,blue,4 ann,2026-09-04,blue,2 bob,2026-09-09,blue,1 >log.csv
}

retention() {
    funnel retention -q --time-zone=UTC "$@"
}

# Counts of each cohort that has people, one line a cohort.
counts() {
    retention "$@" | awk -F, 'NR > 1 { if ($1 != last && NR > 2) print line; line = ($1 == last ? line " " : "") $4
        last = $1 } END { print line }'
}

@test "PostHog, day by day, recurring (ph-ret-day)" {
    sed -n '1p;/^ph-ret-day,/p' "$DATA_DIR/funnel/returns.csv" >case.csv
    counts --cohort=each --periods=10 --today=2020-06-20 case.csv >got
    printf '%s\n' '1 1 1 0 0 1 1 0 0 0 0' '2 2 1 0 1 2 0 0 0 0' '2 1 0 1 2 0 0 0 0' '1 0 0 1 0 0 0 0' '1 1 0 0 0 0' \
        '2 0 0 0 0' | diff - got
}

@test "PostHog, unbounded, recurring, events before the first day left out (ph-ret-rolling-2)" {
    sed -n '1p;/^ph-ret-rolling-2,/p' "$DATA_DIR/funnel/returns.csv" >case.csv
    counts --cohort=each --kind=unbounded --periods=4 --today=2020-06-15 --where='time >= 2020-06-11' case.csv >got
    printf '%s\n' '2 1 1 0 0' '1 1 0 0' '3 2 0' '3 0' | diff - got
}

@test "PostHog issue 13748: three people, n-day and unbounded (ph-issue-13748)" {
    sed -n '1p;/^ph-issue-13748,/p' "$DATA_DIR/funnel/returns.csv" >case.csv
    [ "$(counts --periods=6 --today=2020-01-07 case.csv)" = '3 1 0 0 0 1 0' ]
    [ "$(counts --periods=6 --kind=unbounded --today=2020-01-07 case.csv)" = '3 2 1 1 1 1 0' ]
}

@test "the case by hand: the first cohort, with intervals, and a day that is not over" {
    retention --periods=3 --today='2026-09-04 12:00' log.csv >got
    diff - got <<'END'
cohort,period,size,returned,rate,low,high
2026-09-01,0,2,2,1,0.3423802275,1
2026-09-01,1,2,1,0.5,0.09453120573,0.9054687943
2026-09-01,2,2,0,0,0,0.6576197725
2026-09-01,3,2,,,,
2026-09-02,0,1,1,1,0.2065493144,1
2026-09-02,1,1,0,0,0,0.7934506856
2026-09-02,2,1,,,,
END
}

@test "brackets are spans of periods, and each is empty until its last day is over" {
    retention --kind=bracket --brackets=1,3,7 --today=2026-09-08 log.csv | cut -d, -f1-5 >got
    diff - got <<'END'
cohort,period,size,returned,rate
2026-09-01,0,2,2,1
2026-09-01,1,2,1,0.5
2026-09-01,2..3,2,1,0.5
2026-09-01,4..7,2,0,0
2026-09-02,0,1,1,1
2026-09-02,1,1,0,0
2026-09-02,2..3,1,0,0
2026-09-02,4..7,1,,
END
}

@test "weights are added up exactly, and have no interval" {
    retention --weight=amount --periods=3 --today=2026-09-10 log.csv >got
    diff - got <<'END'
cohort,period,size,returned,rate,low,high
2026-09-01,0,8.00,8.00,1,,
2026-09-01,1,8.00,1.00,0.125,,
2026-09-01,2,8.00,0.00,0,,
2026-09-01,3,8.00,2.00,0.25,,
2026-09-02,0,4.00,4.00,1,,
2026-09-02,1,4.00,0.00,0,,
2026-09-02,2,4.00,0.00,0,,
2026-09-02,3,4.00,0.00,0,,
END
    for i in $(seq 100); do echo "x,2026-09-01,,0.10"; done >>log.csv
    retention --weight=amount --today=2026-09-10 log.csv | grep -q '^2026-09-01,0,18.00,18.00,1,,$'
    echo 'x,2026-09-01,,$1' >>log.csv
    echo 'x,2026-09-01,,€1' >>log.csv
    expect_error 1 "another currency than in the rows before" retention --weight=amount --today=2026-09-10 log.csv
}

@test "groups are those of the first event, in order of their names" {
    retention --by=group --periods=1 --today=2026-09-10 log.csv | cut -d, -f1-5 >got
    diff - got <<'END'
group,cohort,period,size,returned
blue,2026-09-01,0,1,1
blue,2026-09-01,1,1,0
blue,2026-09-02,0,1,1
blue,2026-09-02,1,1,0
red,2026-09-01,0,1,1
red,2026-09-01,1,1,1
END
    expect_error 2 "--by: the output has a column 'size' of its own" \
        sh -c "sed 1s/group/size/ log.csv | funnel retention --by=size"
}

@test "a heat table: one row a cohort, cells that are not over empty" {
    retention --wide --periods=3 --today=2026-09-04 log.csv >got
    printf '%s\n' cohort,size,0,1,2,3 2026-09-01,2,1,0.5,0,0.5 2026-09-02,1,1,0,0, | diff - got
}

@test "weeks begin on Monday, or on Sunday when asked; months are those of the calendar" {
    first() {
        retention "$@" --today=2026-12-31 log.csv | cut -d, -f1 | sed 1d | uniq | paste -s -d' '
    }
    printf '%s\n' customer,time a,2026-11-15 b,2026-11-16 c,2026-10-31 >log.csv
    [ "$(first --period=week)" = '2026-10-26 2026-11-09 2026-11-16' ]
    [ "$(first --period=week --week-start=sunday)" = '2026-10-25 2026-11-15' ]
    [ "$(first --period=month)" = '2026-10-01 2026-11-01' ]
}

@test "the same bytes for any order of the rows and any split into files" {
    log=$DATA_DIR/cdnow-sample.csv
    run_on() {
        retention --period=month --customer=customer --weight=amount --by=cds --today=1998-06-30 "$@"
    }
    awk -F, '!seen[$2]++' "$log" >one.csv # one row a person, so that no two are his first
    run_on one.csv >one
    { head -n 1 one.csv && sed 1d one.csv | sort -r; } >shuffled.csv
    run_on shuffled.csv | cmp - one
    head -n 500 one.csv >a.csv
    { head -n 1 one.csv && sed 1,500d one.csv; } >b.csv
    run_on b.csv a.csv | cmp - one
    funnel retention -q --period=month --today=1998-06-30 "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -r; } >shuffled.csv
    funnel retention -q --period=month --today=1998-06-30 shuffled.csv | cmp - one
}

@test "rows dated after today are left out and counted" {
    expect_status 0 funnel retention --today=2026-09-05 log.csv
    grep -q '1 row left out: dated after today' err
}

@test "what does not go together is wrong usage" {
    expect_error 2 "--brackets goes with --kind=bracket" funnel retention --brackets=1,2 log.csv
    expect_error 2 "--periods does not go with" funnel retention --kind=bracket --periods=3 log.csv
    for list in 3,1 0,1 1,x 1,,2 '' 1,1; do
        expect_error 2 "--brackets: not an ascending list" funnel retention --kind=bracket --brackets="$list" log.csv
    done
    expect_error 2 "--periods: at most 999" funnel retention --periods=1000 log.csv
    expect_error 2 "--week-start goes with --period=week" funnel retention --week-start=sunday log.csv
}

@test "the sums of ClickHouse's and Doris's retention() are those of the first cohort" {
    sed -n '1p;/^ch-retention-doc,/p' "$DATA_DIR/funnel/returns.csv" >case.csv
    [ "$(counts --periods=2 --today=2020-01-03 case.csv | head -n 1)" = '5 5 5' ]
    sed -n '1p;/^doris-retention,/p' "$DATA_DIR/funnel/returns.csv" >case.csv
    [ "$(counts --periods=2 --today=2022-10-14 case.csv)" = '3 2 1' ]
}

@test "a sum too large for one person is refused, though other people's rows came between and were large themselves" {
    printf '%s\n' customer,time,amount quy,2026-09-01,1000000000000 pia,2026-09-01,9000000000000 \
        pia,2026-09-01,1000000000000 >large.csv
    run -1 retention --weight=amount --today=2026-09-03 large.csv
    [ "$output" = "funnel: large.csv:4: column 'amount': the sum is too large" ]
}
