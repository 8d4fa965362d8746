# score lapse: no published case is known, so one is worked out by hand here, and tests/unit/test_rhythm.c compares
# random customers with a slower count. The days of score/orders.csv:
#
#   ann  12-24 01-05 03-01 03-10    gaps 12 55 9, usual 12, ratios 1, 4.58, 0.75
#   bob  01-07                      no gap; usual is the median of 12, 10 and 6
#   cai  02-01 02-11                gap 10, usual 10, no ratio: it would be 1 by definition
#   dee  02-14 02-20                gap 6, usual 6, no ratio
#   eve  03-03                      no gap
#
# On 2026-03-31 ann is silent for 21 days, 1.75 of her usual gap; of the ratios 0.75, 1 and 4.58 two are below.
bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-03-31
orders=$DATA_DIR/score/orders.csv

@test "the case worked out by hand" {
    expect_status 0 score lapse $TODAY "$orders"
    printf '%s\n' customer,events,first,last,usual_gap,gap,gap_ratio,lapse_risk \
        ann,5,2025-12-24,2026-03-10,12,21,1.75,0.6666666667 bob,1,2026-01-07,2026-01-07,10,83,8.3,1 \
        cai,2,2026-02-01,2026-02-11,10,48,4.8,1 dee,2,2026-02-14,2026-02-20,6,39,6.5,1 \
        eve,1,2026-03-03,2026-03-03,10,28,2.8,0.6666666667 | diff - out
    grep -q '1 row left out: dated after today' err
}

@test "the row order does not matter but for the order of the customers, nor how the log is cut into files" {
    log=$DATA_DIR/cdnow-sample.csv
    score lapse -q --today=1998-06-30 --customer=customer "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -t, -k5 -k2; } >shuffled.csv
    ! cmp -s "$log" shuffled.csv
    score lapse -q --today=1998-06-30 --customer=customer shuffled.csv >two
    diff <(sort one) <(sort two)
    head -n 3000 "$log" >a.csv
    { head -n 1 "$log" && sed 1,3000d "$log"; } >b.csv
    score lapse -q --today=1998-06-30 --customer=customer a.csv b.csv | cmp - one
}

@test "risk rises with silence, and is 0 on a day with an event" {
    for day in 10 11 15 22 27 31; do
        score lapse -q --today=2026-03-$day "$orders" | sed -n 's/^ann,.*,//p'
    done >risks
    printf '%s\n' 0 0 0 0.3333333333 0.6666666667 0.6666666667 | diff - risks
    score lapse -q --today=2026-05-05 "$orders" | grep -q '^ann,5,2025-12-24,2026-03-10,12,56,4.666666667,1$'
}

@test "several events of a day are one day, and no amount is asked for" {
    printf '%s\n' who,when a,2026-01-01 a,2026-01-01T08:00 a,2026-01-03 a,2026-01-07 >log.csv
    score lapse -q --today=2026-01-08 --customer=who --date=when log.csv >got
    printf '%s\n' customer,events,first,last,usual_gap,gap,gap_ratio,lapse_risk \
        a,4,2026-01-01,2026-01-07,3,1,0.3333333333,0 | diff - got
}

@test "an event log is read by the usual names of its time" {
    printf '%s\n' member,posted_at,event a,2026-01-01,post a,2026-01-03,like >log.csv
    score lapse -q --today=2026-01-05 log.csv | grep -qx 'a,2,2026-01-01,2026-01-03,2,2,1,'
}

@test "where nobody has a gap, or nobody has two, what cannot be known is empty" {
    printf '%s\n' customer,date a,2026-01-01 b,2026-01-03 >log.csv
    expect_status 0 score lapse --today=2026-01-05 log.csv
    grep -qx 'a,1,2026-01-01,2026-01-01,,4,,' out
    grep -q 'nobody was there on three days' err
    echo a,2026-01-03 >>log.csv
    score lapse -q --today=2026-01-05 log.csv >got
    printf '%s\n' a,2,2026-01-01,2026-01-03,2,2,1, b,1,2026-01-03,2026-01-03,2,2,1, | diff - <(sed 1d got)
}

@test "rows of --customers are kept in their order, also of people who are not in the log" {
    expect_status 0 score lapse $TODAY --customers="$DATA_DIR/score/people.csv" "$orders"
    printf '%s\n' name,customer,city,events,first,last,usual_gap,gap,gap_ratio,lapse_risk Fay,fay,Oslo,0,,,,,, \
        'Ann,ann,"Paris, France",5,2025-12-24,2026-03-10,12,21,1.75,0.6666666667' Gus,gus,,0,,,,,, \
        Cai,cai,上海,2,2026-02-01,2026-02-11,10,48,4.8,1 | diff - out
    grep -q '3 customers of the log are not in' err
}

@test "it takes the rows of score rfm by way of --customers" {
    score rfm -q $TODAY "$orders" | score lapse -q $TODAY --customers=- "$orders" | head -n 2 >got
    head -n 1 got | grep -q '^customer,orders,.*,rfm,events,first,last,usual_gap,gap,gap_ratio,lapse_risk$'
    sed -n 2p got | grep -q '^ann,5,.*,5,2025-12-24,2026-03-10,12,21,1.75,0.6666666667$'
}

@test "--as renames the risk, and is named where the name is taken" {
    score lapse -q $TODAY --as=risk "$orders" | head -n 1 | grep -q ',gap_ratio,risk$'
    printf 'customer,lapse_risk\nann,9\n' >people.csv
    expect_error 2 "column 'lapse_risk' is there already (name the new one with --as=NAME)" \
        score lapse $TODAY --customers=people.csv "$orders"
    expect_error 2 "--as: the output has a column 'gap' of its own" score lapse $TODAY --as=gap "$orders"
    printf 'customer,gap\nann,9\n' >people.csv
    expect_error 2 "column 'gap' is there already" score lapse $TODAY --customers=people.csv "$orders"
}

@test "a time after now is left out, the same day before it is not" {
    printf '%s\n' customer,date 'a,2026-01-01 08:00' 'a,2026-01-03 11:59' 'a,2026-01-03 12:01' >log.csv
    expect_status 0 score lapse --today='2026-01-03 12:00' log.csv
    grep -qx 'a,2,2026-01-01,2026-01-03,2,0,0,' out
    grep -q '1 row left out: dated after today' err
}

@test "bad cells are refused by line, and set aside with --rejects" {
    printf '%s\n' customer,date a,2026-01-01 b, ,2026-01-01 c,yesterday a,2026-01-05 >log.csv
    expect_error 1 "log.csv:3: column 'date': blank, but a date is needed" score lapse --today=2026-01-09 log.csv
    [ ! -s out ]
    expect_status 1 score lapse --today=2026-01-09 --rejects=bad.csv log.csv
    grep -qx 'a,2,2026-01-01,2026-01-05,4,4,1,' out
    [ "$(wc -l <bad.csv)" -eq 4 ]
}

@test "rows of one order id are one event" {
    score lapse -q $TODAY --order-id="order id" "$DATA_DIR/score/lines.csv" | sed 1d >got
    printf '%s\n' ann,2,2026-01-05,2026-02-05,31,54,1.741935484, bob,1,2026-01-06,2026-01-06,31,84,2.709677419, | diff - got
}

@test "the export of a known service tells its order ids itself" {
    score lapse -q --today=2026-12-01 "$DATA_DIR/exports/shopify-orders.csv" | cut -d, -f1,2 >got
    score rfm -q --today=2026-12-01 "$DATA_DIR/exports/shopify-orders.csv" | cut -d, -f1,2 | sed 1s/orders/events/ | diff - got
}

@test "an old log is worth a note" {
    expect_status 0 score lapse --today=2026-12-31 "$DATA_DIR/score/posts.csv"
    grep -q 'the last row is of 2026-04-02, today is 2026-12-31' err
}
