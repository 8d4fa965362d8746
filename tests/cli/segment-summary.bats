#!/usr/bin/env bats
# segment summary: sums, shares, order and the peak of the whale curve, worked out by hand from segment/labelled.csv.
bats_require_minimum_version 1.5.0
load ../helper

customers=$DATA_DIR/segment/labelled.csv

@test "segments come by net, with exact sums, shares, the running share and the peak" {
    segment summary "$customers" | expect_same segment/summary.csv
}

@test "the order of the rows changes nothing but ties" {
    { head -n 1 "$customers"; sed 1d "$customers" | sort -r; } | segment summary | expect_same segment/summary.csv
}

@test "means leave blanks out and read amounts as well as numbers" {
    segment summary --mean=orders,revenue "$customers" | expect_same segment/summary-mean.csv
    segment summary --mean=orders --mean=revenue "$customers" | expect_same segment/summary-mean.csv
}

@test "a mean column may be given by number and is called by its name" {
    segment summary --mean=4 "$customers" | head -n 1 >got
    grep -q ',mean_orders$' got
}

@test "any column can be the segment, and the output's first column is still called segment" {
    segment summary --segment=country "$customers" | expect_same segment/summary-country.csv
}

@test "a row without a segment is counted under the empty name" {
    printf 'segment,revenue\n,5\n"",6\n  ,7\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        ,3,1,18,1,,,,1, | diff - got
}

@test "blanks around a label do not make another segment" {
    printf 'segment\nvip\n" vip"\n"vip "\n' | segment summary >got
    sed 1d got | grep -qx 'vip,3,1,,,,,,1,'
}

@test "a column net is used as it stands, also beside revenue and cost" {
    printf 'segment,revenue,cost,net\na,10,4,1\nb,10,4,2\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        b,1,0.5,10,0.5,4,2,0.6666666667,0.6666666667, a,1,0.5,10,0.5,4,1,0.3333333333,1,yes | diff - got
}

@test "with net alone revenue and cost are empty" {
    printf 'segment,net\na,-1\nb,2\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        b,1,0.5,,,,2,2,2,yes a,1,0.5,,,,-1,-1,1, | diff - got
}

@test "with revenue alone the order and the running share are those of revenue, and there is no peak" {
    printf 'segment,revenue\na,1\nb,3\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        b,1,0.5,3,0.75,,,,0.75, a,1,0.5,1,0.25,,,,1, | diff - got
}

@test "with labels alone the order and the running share are those of the customers" {
    printf 'segment\na\nb\nb\nc\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        b,2,0.5,,,,,,0.5, a,1,0.25,,,,,,0.75, c,1,0.25,,,,,,1, | diff - got
}

@test "equal segments keep the order of first appearance" {
    printf 'segment,net\nz,1\na,1\nm,1\n' | segment summary | sed 1d | cut -d, -f1 >got
    printf 'z\na\nm\n' | diff - got
}

@test "shares of a loss are empty, and where nobody earns nothing is the peak" {
    printf 'segment,net\na,-1\nb,-2\n' | segment summary >got
    printf '%s\n' segment,customers,customer_share,revenue,revenue_share,cost,net,net_share,running_share,peak \
        a,1,0.5,,,,-1,,, b,1,0.5,,,,-2,,, | diff - got
}

@test "where all lose but one the peak is that one, whatever the total" {
    printf 'segment,net\na,5\nb,-9\n' | segment summary | sed 1d >got
    printf '%s\n' a,1,0.5,,,,5,,,yes b,1,0.5,,,,-9,,, | diff - got
}

@test "ten thousand times 0.10 is exactly 1000.00" {
    { echo segment,revenue; yes 'a,0.10' | head -n 10000; } | segment summary | grep -q '^a,10000,1,1000.00,1,'
}

@test "a header without rows gives the header" {
    printf 'segment,revenue\n' | segment summary >got
    [ "$(wc -l <got)" -eq 1 ]
}

@test "in JSON lines numbers are numbers and what is empty is null" {
    segment summary --json "$customers" | jq -c '[.segment, .customers, .net, .peak]' >got
    printf '%s\n' '["champions",2,1500.25,null]' '["loyal",2,700.00,null]' '["one-off",2,13.75,"yes"]' \
        '[null,1,0,null]' '["heavy",1,-220.10,null]' | jq -c . | diff - got
}

@test "what is no amount is refused with its line, and set aside with --rejects" {
    printf 'segment,revenue\na,1\na,x1\na,2\n' >in.csv
    expect_error 1 "in.csv:3: column 'revenue': not an amount" segment summary in.csv
    expect_status 1 segment summary --rejects=bad.csv in.csv
    grep -q '^a,2,1,3,1,' out
    grep -q "^3,column 'revenue': not an amount" bad.csv
    expect_status 0 segment summary --rejects=bad.csv --max-rejects=1 in.csv
}

@test "two currencies cannot be added, not even revenue and cost" {
    printf 'segment,revenue,cost\na,¥1,$1\n' >in.csv
    expect_error 1 "in.csv:2: column 'cost': another currency than in the rows before" segment summary in.csv
}

@test "a mean of what is no number is refused" {
    printf 'segment,age\na,old\n' >in.csv
    expect_error 1 "in.csv:2: column 'age': not a number" segment summary --mean=age in.csv
}

@test "an unknown column, or one twice, is a usage error" {
    expect_error 2 "no column 'ordres' (did you mean 'orders'?)" segment summary --mean=ordres "$customers"
    expect_error 2 "--mean: 'orders' stands there twice" segment summary --mean=orders,orders "$customers"
    expect_error 2 "--mean: 'orders' stands there twice" segment summary --mean=orders --mean=4 "$customers"
    expect_error 2 "no column ''" segment summary --mean=orders, "$customers"
    [ ! -s out ]
}

@test "without a segment column it says what to type" {
    printf 'customer,revenue\na,1\n' >in.csv
    expect_error 2 "--segment" segment summary in.csv
}

@test "-v tells what net is made of and which blanks counted as nothing" {
    expect_status 0 segment summary -v "$customers"
    grep -q 'net is revenue less cost' err
    grep -q 'cost: blank cells that count as nothing: 2' err
}
