#!/usr/bin/env bats
# segment tier: the sign, the three methods, cuts that are kept, and groups.
bats_require_minimum_version 1.5.0
load ../helper

labels() { # COLUMN-NUMBER: that column without its name, in one line
    sed 1d | cut -d, -f"$1" | tr '\n' ' ' | sed 's/ $//'
}

# A net a row, customers numbered: the order of the arguments.
nets() {
    echo customer,net
    local row=0 net
    for net in "$@"; do
        echo "c$((row += 1)),$net"
    done
}

@test "what is below zero is negative, zero is low, and the rest is parted into thirds" {
    # positive 1 2 3 4 5 6 7: the cuts are 3 and 5, and a value on a cut belongs below it
    nets -0.01 0 7 6 5 4 3 2 1 -900 | segment tier | labels 3 >got
    [ "$(cat got)" = "negative low high high medium medium low low low negative" ]
}

@test "negative is a sign and no quantile: there may be nobody, or everybody" {
    [ "$(nets 1 2 3 | segment tier | labels 3)" = "low medium high" ]
    [ "$(nets -1 -2 -3 | segment tier | labels 3)" = "negative negative negative" ]
    [ "$(nets 0 0.00 -0 | segment tier | labels 3)" = "low low low" ]
    [ "$(nets 5 | segment tier | labels 3)" = low ]
}

@test "equal values are of one tier, however many they are" {
    [ "$(nets 4 4 4 4 4 | segment tier | labels 3)" = "low low low low low" ]
    [ "$(nets 1 4 4 4 4 4 9 | segment tier | labels 3)" = "low low low low low low high" ]
}

@test "net is revenue less cost where there is no column net, to the last digit" {
    printf 'customer,revenue,cost\na,0.30,0.1\nb,0.3,0.30\nc,0.3,0.300001\nd,"¥1,200.50",¥200\n' >in.csv
    segment tier --json in.csv | jq -r .tier | tr '\n' ' ' >got
    [ "$(cat got)" = "low low negative high " ]
    expect_status 0 segment tier -v in.csv
    grep -q 'net is revenue less cost' err
}

@test "a column net wins over revenue and cost, and columns that are named win over it" {
    printf 'net,revenue,cost,margin\n-1,10,4,-5\n' >in.csv
    [ "$(segment tier in.csv | labels 5)" = negative ]
    [ "$(segment tier --revenue=revenue in.csv | labels 5)" = low ]
    [ "$(segment tier --net=revenue in.csv | labels 5)" = low ]
    [ "$(segment tier --net=margin in.csv | labels 5)" = negative ]
    expect_error 2 '--revenue and --cost do not go with it' segment tier --net=net --cost=cost in.csv
}

@test "a future value is added to the net" {
    printf 'net,future_value\n-20,19.9999999999\n-20,20\n-20,20.0000000001\n,7\n' >in.csv
    [ "$(segment tier --future=future_value --cuts=0,1 in.csv | labels 3)" = "negative low medium high" ]
    [ "$(segment tier --cuts=0,1 in.csv | labels 3)" = "negative negative negative " ]
}

@test "a blank amount counts as nothing beside another; where all are blank there is no tier" {
    printf 'revenue,cost\n10,\n,10\n,\n-,N/A\n' >in.csv
    [ "$(segment tier in.csv | labels 3)" = "low negative  " ]
    expect_status 0 segment tier -v in.csv
    grep -q 'rows without a tier: 2' err
    grep -q 'blank cells that count as nothing: 6' err
}

@test "by share: who has less than 80, less than 95 % of the sum ahead of him" {
    # 80 is a fifth ahead of nobody; ahead of 10 are 80 of 100, of 5 are 90, of the next 5 as well
    [ "$(nets 80 10 5 5 | segment tier --method=share | labels 3)" = "high medium medium medium" ]
    [ "$(nets 79.999999 10.000001 5 5 0 -50 | segment tier --method=share | labels 3)" = \
        "high high medium medium low negative" ]
    [ "$(nets 96 2 1 1 | segment tier --method=share | labels 3)" = "high low low low" ]
    [ "$(nets 95 3 2 | segment tier --method=share | labels 3)" = "high low low" ]
    [ "$(nets 1 1 1 1 | segment tier --method=share | labels 3)" = "high high high high" ]
    [ "$(nets 0.3 0.3 2.4 | segment tier --method=share | labels 3)" = "medium medium high" ]
}

@test "cuts of one's own: a value on a cut belongs below it" {
    [ "$(nets 100 100.01 20 20.01 0.01 0 -1 | segment tier --cuts=20,100 | labels 3)" = \
        "medium high low medium low low negative" ]
    nets 5 | segment tier --method=cuts --cuts=0,4.5 | sed 1d | grep -qx c1,5,high
}

@test "the cuts must be two, from zero on and ascending" {
    nets 1 >in.csv
    for cuts in '' 1 1,2,3 2,1 -1,2 a,b 1,; do
        expect_error 2 '--cuts: not two amounts' segment tier --cuts="$cuts" in.csv
    done
    expect_error 2 'needs --cuts=LOW,HIGH or --use=FILE' segment tier --method=cuts in.csv
    expect_error 2 'does not go with --method=share' segment tier --method=share --cuts=1,2 in.csv
}

@test "saved cuts label next month's rows as they would have been labelled" {
    nets 1 2 3 4 5 6 7 >in.csv
    for method in tertile share; do
        segment tier --method=$method --save=cuts.csv in.csv >learnt.csv
        segment tier --use=cuts.csv in.csv | diff learnt.csv -
        segment tier --cuts="$(sed 1d cuts.csv | cut -d, -f2 | paste -sd,)" in.csv | diff learnt.csv -
    done
    nets 1 2 3 4 5 6 7 | segment tier --save=cuts.csv >learnt.csv
    printf 'tier,cut\nmedium,3\nhigh,5\n' | diff - cuts.csv
    [ "$(nets 100 200 300 -1 | segment tier --use=cuts.csv | labels 3)" = "high high high negative" ]
}

@test "the cuts do not overwrite the customers" {
    nets 1 2 3 >in.csv
    cp in.csv kept.csv
    expect_error 2 "--save would overwrite 'in.csv', which is read" segment tier --save=in.csv in.csv
    cmp kept.csv in.csv
}

@test "a cut between two values has all its digits, and comes back as it was" {
    nets 1 2 2.5 3.1 | segment tier --save=cuts.csv >learnt.csv # positions 1 and 2
    printf 'tier,cut\nmedium,2\nhigh,2.5\n' | diff - cuts.csv
    nets 1 2 3.1 | segment tier --save=cuts.csv >learnt.csv # positions 2/3 and 4/3
    printf 'tier,cut\nmedium,1.666666666666666\nhigh,2.366666666666666\n' | diff - cuts.csv
    nets 1 2 3.1 | segment tier --use=cuts.csv | diff learnt.csv -
}

@test "groups have their own cuts, saved and used by group" {
    printf 'shop,net\nA,1\nB,100\nA,2\nB,200\nA,3\nB,300\nB,-1\n' >in.csv
    [ "$(segment tier --by=shop --save=cuts.csv in.csv | labels 3)" = \
        "low low medium medium high high negative" ]
    segment tier --by=shop in.csv >learnt.csv
    head -n 3 cuts.csv | diff - <(printf 'group,tier,cut\nA,medium,1.666666666666666\nA,high,2.333333333333333\n')
    segment tier --by=shop --use=cuts.csv in.csv | diff learnt.csv -
}

@test "a group that the saved cuts do not know is named, not guessed" {
    printf 'shop,net\nA,1\nA,2\nA,3\n' | segment tier --by=shop --save=cuts.csv >learnt.csv
    printf 'shop,net\nA,3\nC,3\nC,0\nC,-1\n' >in.csv
    expect_status 0 segment tier --by=shop --use=cuts.csv in.csv
    [ "$(labels 3 <out)" = "high  low negative" ]
    grep -q 'the cuts know nothing of their group: 1' err
}

@test "a file that is no file of cuts is refused with its line" {
    nets 1 >in.csv
    printf 'tier,cut\nmedium,1\nlow,2\n' >cuts.csv
    expect_error 2 'cuts.csv:3: not a row that --save writes (tier,cut)' segment tier --use=cuts.csv in.csv
    printf 'tier,cut\nmedium,1\nmedium,2\n' >cuts.csv
    expect_error 2 'cuts.csv:3: not a row' segment tier --use=cuts.csv in.csv
    printf 'tier,cut\nmedium,1\n' >cuts.csv
    expect_error 2 'cuts.csv: there must be two cuts' segment tier --use=cuts.csv in.csv
    printf 'tier,cut\nmedium,3\nhigh,2\n' >cuts.csv
    expect_error 2 'cuts.csv: there must be two cuts' segment tier --use=cuts.csv in.csv
    printf 'tier,cut\n' >cuts.csv
    expect_error 2 'cuts.csv: there must be two cuts' segment tier --use=cuts.csv in.csv
    printf 'tier,cut\nmedium,1\nhigh,2\n' >cuts.csv
    expect_error 2 "no column 'group'" segment tier --by=net --use=cuts.csv in.csv
    expect_error 3 'No such file' segment tier --use=none.csv in.csv
    expect_error 3 'none/cuts.csv' segment tier --save=none/cuts.csv in.csv
    expect_error 2 '--use has the cuts' segment tier --use=cuts.csv --cuts=1,2 in.csv
    expect_error 2 '--save writes cuts that are learnt' segment tier --use=cuts.csv --save=x.csv in.csv
}

@test "without anything to reckon with it says what to type" {
    printf 'customer,revenue\na,1\n' >in.csv
    expect_error 2 'no net, and not both revenue and cost' segment tier in.csv
    [ ! -s out ]
}

@test "what is no amount, and another currency, are refused with line and column" {
    printf 'net\n1\nx\n' >in.csv
    expect_error 1 "in.csv:3: column 'net': not an amount" segment tier in.csv
    [ ! -s out ]
    printf 'revenue,cost\n¥5,1\n6,$2\n' >in.csv
    expect_error 1 "in.csv:3: column 'cost': another currency than in the rows before" segment tier in.csv
    printf 'net\n1\nx\n9\n' | segment tier --rejects=bad.csv --max-rejects=1 2>err | sed 1d | cut -d, -f2 | paste -sd, >got
    [ "$(cat got)" = low,high ]
    sed 1d bad.csv | grep -q '^3,'
}

@test "--only, --as, --names and --treat" {
    nets 1 2 3 -1 >in.csv
    segment tier --only=high,negative --as=return in.csv >got
    printf 'customer,net,return\nc3,3,high\nc4,-1,negative\n' | diff - got
    segment tier --names=zh --only=high,负回报 in.csv >got
    printf 'customer,net,tier\nc3,3,高回报\nc4,-1,负回报\n' | diff - got
    printf 'tier,service_cost\nhigh,20\nmedium,5\nlow,1\n' >treat.csv
    expect_status 0 segment tier --treat=treat.csv in.csv
    printf 'customer,net,tier,service_cost\nc1,1,low,1\nc2,2,medium,5\nc3,3,high,20\nc4,-1,negative,\n' | diff - out
    grep -q "treat.csv: no row for label 'negative'" err
    expect_error 2 "no label 'hihg' (did you mean 'high'?)" segment tier --only=hihg in.csv
    printf 'net,tier\n1,x\n' >in.csv
    expect_error 2 'name the new one with --as=NAME' segment tier in.csv
}

@test "the real customers keep their order, and no order of rows or border of files changes a label" {
    segment tier --by=country "$DATA_DIR/segment/people.csv" >plain.csv
    sed -E '1s/,tier$//; s/,(high|medium|low|negative)?$//' plain.csv | diff - "$DATA_DIR/segment/people.csv"
    for method in tertile share; do
        segment tier --method=$method "$DATA_DIR/segment/people.csv" | sort >sorted
        { head -n 1 "$DATA_DIR/segment/people.csv" && sed 1d "$DATA_DIR/segment/people.csv" | sort -r; } >reversed.csv
        segment tier --method=$method reversed.csv | sort | diff sorted -
        head -n 4 reversed.csv >one.csv
        { head -n 1 reversed.csv && sed 1,4d reversed.csv; } >two.csv
        segment tier --method=$method one.csv two.csv | sort | diff sorted -
    done
}

@test "a brute-force reading of the definition gives the same tiers" {
    awk 'BEGIN { srand(7); print "customer,net"
        for (i = 1; i <= 300; i++) printf "c%d,%.2f\n", i, (int(rand() * 400) - 100) * (rand() < 0.1 ? 10 : 1) / 4 }' >in.csv
    # in quarters, so that awk's arithmetic is exact; every value against every other
    awk -F, 'NR > 1 { net[++n] = $2 * 4 }
        END {
            for (i = 1; i <= n; i++) if (net[i] > 0) { total += net[i]; positive++ }
            for (i = 1; i <= n; i++) {
                ahead = below = 0
                for (j = 1; j <= n; j++) if (net[j] > net[i]) ahead += net[j]; else if (net[j] > 0 && net[j] < net[i]) below++
                if (net[i] < 0) { print "negative,negative"; continue }
                if (net[i] == 0) { print "low,low"; continue }
                # more than a third, two thirds of the others strictly below: above the type-7 quantile
                t = below > 2 * (positive - 1) / 3 ? "high" : below > (positive - 1) / 3 ? "medium" : "low"
                s = 100 * ahead < 80 * total ? "high" : 100 * ahead < 95 * total ? "medium" : "low"
                print t "," s
            }
        }' in.csv >expected
    paste -d, <(segment tier in.csv | cut -d, -f3) <(segment tier --method=share in.csv | cut -d, -f3) | sed 1d >got
    cut -d, -f2 expected | diff - <(cut -d, -f2 got)
    cut -d, -f1 expected | diff - <(cut -d, -f1 got)
}
