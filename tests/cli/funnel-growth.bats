# funnel growth: PostHog's published lifecycles (test_lifecycle_query_runner.py), then a case by hand:
#   ann  January, February, April      bob  January      cai  February, April
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' customer,time,group ann,2026-01-03,red bob,2026-01-31,blue ann,2026-02-01,red ann,2026-02-03,red \
        cai,2026-02-28,blue ann,2026-04-30,red cai,2026-04-01,red >log.csv
}

growth() {
    funnel growth -q --time-zone=UTC "$@"
}

# published CASE: new, returning, resurrecting and dormant from 2020-01-12 on.
published() {
    sed -n "1p;/^$1,/p" "$DATA_DIR/funnel/returns.csv" >case.csv
    growth --period=day --today=2020-01-19 case.csv | awk -F, '$1 >= "2020-01-12" && $1 != "period" {
        new = new " " $3; stayed = stayed " " $4; back = back " " $5; gone = gone " " (0 - $6) }
        END { print new; print stayed; print back; print gone }'
}

@test "PostHog's lifecycle of four people (ph-lifecycle-1)" {
    published ph-lifecycle-1 >got
    printf '%s\n' ' 1 0 0 1 0 0 0 0' ' 1 1 0 0 0 0 0 0' ' 1 0 0 1 0 1 0 1' ' 0 -2 -1 0 -2 0 -1 0' | diff - got
}

@test "PostHog's lifecycle of one (ph-lifecycle-3)" {
    published ph-lifecycle-3 >got
    printf '%s\n' ' 0 0 0 0 0 0 0 0' ' 1 1 0 0 0 0 0 0' ' 0 0 0 1 0 1 0 1' ' 0 0 -1 0 -1 0 -1 0' | diff - got
}

@test "the case by hand, a period without anybody included; who goes in a month is known at its end" {
    growth --today=2026-05-20 log.csv >got
    diff - got <<'END'
period,active,new,retained,resurrected,churned,quick_ratio
2026-01-01,2,2,0,0,0,
2026-02-01,2,1,1,0,1,1
2026-03-01,0,0,0,0,2,0
2026-04-01,2,0,0,2,0,
2026-05-01,0,0,0,0,,
END
    growth --today=2026-05-31 log.csv | grep -q '^2026-05-01,0,0,0,0,2,0$'
}

@test "groups are those of the first event, and begin with their first period" {
    growth --by=group --today=2026-02-28 log.csv >got
    diff - got <<'END'
group,period,active,new,retained,resurrected,churned,quick_ratio
blue,2026-01-01,1,1,0,0,0,
blue,2026-02-01,1,1,0,0,1,1
red,2026-01-01,1,1,0,0,0,
red,2026-02-01,1,0,1,0,0,
END
    expect_error 2 "no column 'gruop' (did you mean 'group'?)" growth --by=gruop log.csv
    expect_error 2 "--by: the output has a column 'new' of its own" \
        sh -c "sed 1s/group/new/ log.csv | funnel growth --by=new"
}

@test "the identity holds on a real log, and the new are its customers" {
    for period in day week month; do
        growth --period=$period --today=1998-06-30 "$DATA_DIR/cdnow.csv" | awk -F, 'NR > 1 {
            if (NR > 2 && $6 != "" && $2 != before + $3 + $5 - $6) exit 1; before = $2; new += $3 }
            END { exit new != 23570 }'
    done
}

@test "the same bytes for any order of the rows and any split into files" {
    log=$DATA_DIR/cdnow-sample.csv
    growth --period=week --week-start=sunday --today=1998-06-30 "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -r; } >shuffled.csv
    growth --period=week --week-start=sunday --today=1998-06-30 shuffled.csv | cmp - one
    head -n 3000 "$log" >a.csv
    { head -n 1 "$log" && sed 1,3000d "$log"; } >b.csv
    growth --period=week --week-start=sunday --today=1998-06-30 b.csv a.csv | cmp - one
}

@test "rows dated after today are left out and counted" {
    expect_status 0 funnel growth --today=2026-04-15 log.csv
    grep -q '1 row left out: dated after today' err
}

@test "exports of known services are read by their own forms: who counts, and times in UTC" {
    local exports=$DATA_DIR/exports
    # Two of five rows of Shopify's are no orders that count, one is a further line of an order.
    funnel growth --today=2026-12-31 -q --time-zone=UTC "$exports/shopify-orders.csv" | cut -d, -f1-3 >got
    printf '%s\n' period,active,new 2026-08-01,1,1 2026-09-01,0,0 2026-10-01,1,1 2026-11-01,1,0 2026-12-01,0,0 | diff - got
    funnel steps --today=2026-12-31 -q -s 'one: true' -s 'two: true' "$exports/shopify-orders.csv" | cut -d, -f2,3 >got
    printf '%s\n' name,people one,2 two,1 | diff - got
    funnel retention --today=2026-12-31 -q --period=month --periods=1 --weight=Amount "$exports/stripe.csv" | cut -d, -f3 >got
    # A payment of 23:30 UTC on the last of September is one of October in Shanghai.
    funnel growth --today=2026-12-31 -q --time-zone=UTC "$exports/stripe.csv" | sed -n 2p | grep -q '^2026-09-01,1,1'
    funnel growth --today=2026-12-31 -q --time-zone=Asia/Shanghai "$exports/stripe.csv" | sed -n 2p | grep -q '^2026-10-01,2,2'
    funnel people --today=2026-12-31 -q --time-zone=Asia/Shanghai -s 'paid: true' "$exports/stripe.csv" | sed -n 2p |
        grep -q ',2026-10-01 07:30:00,'
}

@test "the phases of groups that segment has are told from what growth writes" {
    { echo customer,time,group
        for month in 1 2 3 4 5 6; do
            for i in 1 2 3 4 5 6 7 8 9 10; do echo "s$i,2026-0$month-05,book club"; done
            for i in $(seq $((8 + 2 * month))); do echo "g$i,2026-0$month-05,runners"; done
            for i in $(seq $((12 - 2 * month))); do echo "f$i,2026-0$month-05,chess"; done
        done
        for i in 1 2 3 4; do echo "n$i,2026-05-20,choir" && echo "n$i,2026-06-20,choir"; done; } >log.csv
    funnel growth --by=group --today=2026-06-30 -q log.csv >growth.csv
    segment rules --dump=group >group.rules
    segment rules -f group.rules -q growth.csv >phases.csv
    grep -E '2026-0[56]-01' phases.csv | cut -d, -f1,2,3,9 >got
    printf '%s\n' 'book club,2026-05-01,10,settled' 'book club,2026-06-01,10,settled' chess,2026-05-01,2,fading chess,2026-06-01,0,fading \
        choir,2026-05-01,4,founding choir,2026-06-01,4,settled runners,2026-05-01,18,growing runners,2026-06-01,20,growing | diff - got
}
