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
