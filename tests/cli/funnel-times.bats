# funnel times: PostHog's histograms (test_funnel_time_to_convert.py), then a case by hand as of the end of September 10:
#   ann 1 -> 3 (2 days)   bob 1 -> 5 (4 days)   cai 8 -> on the way (2 days and most of the 10th)   dan 2 -> 6 (4 days)
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' customer,time,event,group ann,2026-09-01,join,red bob,2026-09-01,join,blue dan,2026-09-02,join,red \
        ann,2026-09-03,order,red bob,2026-09-05,order, dan,2026-09-06,order, cai,2026-09-08,join,red \
        eve,2026-09-02,order, >log.csv
}

times() {
    funnel times -q --time-zone=UTC "$@"
}

# published CASE STEPS
published() {
    sed -n "1p;/^$1,/p" "$DATA_DIR/funnel/case-events.csv" >case.csv
    times --today=2021-07-01 --steps="$2" --unit=s --histogram=2220,42510,82800 case.csv
}

@test "PostHog's bins, as the edges they are (ph-hist-auto, ph-hist-dup)" {
    published ph-hist-auto 'step one,step two' >got
    printf '%s\n' from,to,converted,share 2220,42510,2,0.6666666667 42510,82800,0,0 82800,,1,0.3333333333 | diff - got
    published ph-hist-dup 'step one,step one' >got
    printf '%s\n' from,to,converted,share 2220,42510,2,0.6666666667 42510,82800,0,0 82800,,1,0.3333333333 | diff - got
}

@test "the case by hand: who is on his way counts until today" {
    times --steps=join,order --today=2026-09-10 log.csv | cut -d, -f1-5 >got
    printf '%s\n' time,at_risk,converted,censored,converted_share 2,4,1,0,0.25 4,2,2,1,1 | diff - got
    times --steps=join,order --today=2026-09-15 log.csv | cut -d, -f1-5 >got
    printf '%s\n' time,at_risk,converted,censored,converted_share 2,4,1,0,0.25 4,3,2,0,0.75 7.999988426,0,0,1,0.75 |
        diff - got
}

@test "quantiles with their intervals, empty where they are not reached" {
    times --steps=join,order --today=2026-09-15 --quantiles=0.25,0.5,0.9 log.csv >got
    printf '%s\n' quantile,time,low,high,people,converted 0.25,2,2,4,4,3 0.5,4,2,,4,3 0.9,,4,,4,3 | diff - got
}

@test "groups are those of the start, in order of their names" {
    times --steps=join,order --by=group --today=2026-09-10 log.csv | cut -d, -f1-6 >got
    diff - got <<'END'
group,time,at_risk,converted,censored,converted_share
blue,4,1,1,0,1
red,2,3,1,0,0.3333333333
red,4,1,1,1,1
END
    expect_error 2 "--by: the output has a column 'low' of its own" \
        sh -c "sed 1s/group/low/ log.csv | funnel times --steps=join,order --by=low"
}

@test "the last row accounts for everybody, and the share is that of steps where nobody waits" {
    for unit in s h; do
        times -s 'first: true' -s 'second: true' --unit=$unit --today=1998-06-30 "$DATA_DIR/cdnow.csv" | awk -F, '
            NR > 1 { people += $3 + $4; left = $2 - $3 } END { exit people != 23570 || left != 0 }'
    done
}

@test "the same bytes for any order of the rows and any split into files" {
    log=$DATA_DIR/cdnow-sample.csv
    steps=(-s 'first: true' -s 'second: true' --today=1998-06-30)
    times "${steps[@]}" "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -r; } >shuffled.csv
    times "${steps[@]}" shuffled.csv | cmp - one
    { head -n 1 "$log" && sed 1d "$log" | sort -t, -k3,3; } >sorted.csv
    times "${steps[@]}" --sorted sorted.csv | cmp - one
    head -n 3000 "$log" >a.csv
    { head -n 1 "$log" && sed 1,3000d "$log"; } >b.csv
    times "${steps[@]}" b.csv a.csv | cmp - one
}

@test "exports of events and a wide sheet are read as by steps" {
    funnel times -q --steps=join,order --today=2026-10-31 join="$DATA_DIR/funnel/members.csv" \
        order="$DATA_DIR/funnel/orders.csv" | cut -d, -f2-4 >got
    printf '%s\n' at_risk,converted,censored 4,1,0 3,1,0 2,1,0 0,0,1 | diff - got
    printf '%s\n' customer,join,order a,2026-09-01,2026-09-02 b,2026-09-01, >sheet.csv
    times --wide-steps=join,order --today=2026-09-10 --quantiles=0.5 sheet.csv | tail -n 1 >got
    echo '0.5,1,1,,2,1' | diff - got
}

@test "what does not go together is wrong usage" {
    expect_error 2 "two steps at least" times --steps=join --today=2026-09-10 log.csv
    expect_error 2 "--quantiles and --histogram do not go together" \
        times --steps=join,order --quantiles=0.5 --histogram=0,1 log.csv
    for list in 1.5 -1 0.5,0.5 x ''; do
        expect_error 2 "--quantiles: not an ascending list of shares" times --steps=join,order --quantiles="$list" log.csv
    done
    expect_error 2 "--histogram: not an ascending list of times" times --steps=join,order --histogram=3,1 log.csv
}
