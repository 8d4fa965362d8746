# score net: no published case is known, so one is worked out by hand here, and random rows are compared with whole
# numbers in awk. In score/accounts.csv, with both costs:
#
#   ann  120.00 - 40.00 - 5.5 = 74.50        cai  0.00 - 0.00 - 12.25 = -12.25        eve  0 - 3 = -3
#   bob   80.00 - 90          = -10.00       dee  nothing is known                    fay  1000.10 - 0.10 = 1000.00
bats_require_minimum_version 1.5.0
load ../helper

accounts=$DATA_DIR/score/accounts.csv

@test "the case worked out by hand: rows are kept, amounts are exact, blanks are nothing" {
    score net --cost=cost,service "$accounts" >got
    { echo customer,revenue,cost,service,net
        paste -d, <(sed 1d "$accounts") <(printf '%s\n' 74.50 -10.00 -12.25 '' -3 1000.00); } | diff - got
    score net --cost=3 --cost=service "$accounts" | cmp - got
}

@test "the cost is found by its name, the others are left alone" {
    score net "$accounts" | cut -d, -f5 >got
    printf '%s\n' net 80.00 80.00 0.00 '' -3 1000.00 | diff - got
}

@test "a margin is taken of the revenue alone" {
    score net --margin=35% --cost=cost,service "$accounts" | cut -d, -f5 >got
    printf '%s\n' net -3.5 -62 -12.25 '' -3 349.935 | diff - got
    score net --margin=0.35 --cost=cost,service "$accounts" | cut -d, -f5 | cmp - got
    score net --margin=0 "$accounts" | cut -d, -f5 | sed -n 2p | grep -qx -- -40
}

@test "ten thousand random rows are what whole numbers give" {
    awk 'BEGIN { srand(5); print "customer,revenue,cost,service"
        for (i = 1; i <= 10000; i++) {
            printf "%d", i
            for (j = 0; j < 3; j++) { if (rand() < 0.1) printf ","; else { v = int(rand() * 1000000); printf ",%d.%02d", v / 100, v % 100 } }
            print "" } }' >in.csv
    awk -F, 'NR > 1 { a = $2; b = $3; c = $4; known = a b c; sub(/\./, "", a); sub(/\./, "", b); sub(/\./, "", c)
        n = a - b - c; sign = n < 0 ? "-" : ""; if (n < 0) n = -n
        print known == "" ? "" : sprintf("%s%d.%02d", sign, int(n / 100), n % 100) }' in.csv >wanted
    score net --cost=cost,service in.csv | sed 1d | cut -d, -f5 | diff wanted -
}

@test "an expected value is added, by its name or another, or left out" {
    printf '%s\n' customer,revenue,cost,future_value,hope a,10.00,4,2.123456789,100 b,10.00,4,, c,10.00,4,¥1.50,1e2 >in.csv
    score net in.csv | cut -d, -f6 >got
    printf '%s\n' net 8.123456789 6 7.5 | diff - got
    score net --future=hope in.csv | cut -d, -f6 >got
    printf '%s\n' net 106 6 106 | diff - got
    score net --no-future in.csv | cut -d, -f6 >got
    printf '%s\n' net 6.00 6.00 6.00 | diff - got
    expect_error 2 "exclude each other" score net --no-future --future=hope in.csv
}

@test "it goes on from score rfm and on to segment summary" {
    score rfm -q --today=2026-03-31 "$DATA_DIR/score/orders.csv" | score net >got
    printf '%s\n' customer,net ann,28.25 bob,-5.00 cai,7.50 dee,30.00 eve,1.00 | diff - <(cut -d, -f1,16 got)
    [ "$(segment summary --segment=rfm got | awk -F, 'NR > 1 { sum += $7 } END { print sum }')" = 61.75 ]
}

@test "a sum beyond 64 bits is exact" {
    printf '%s\n' customer,revenue,a,b x,-9200000000000,9200000000000,9199999999999.99 >in.csv
    score net --cost=a,b in.csv | grep -q ',-27599999999999.99$'
}

@test "a cell that is no amount, and another currency, are refused by line" {
    printf '%s\n' customer,revenue,cost a,1,2 b,much,2 c,5,1 >in.csv
    expect_error 1 "in.csv:3: column 'revenue': not an amount" score net in.csv
    expect_status 1 score net --rejects=bad.csv in.csv
    [ "$(cut -d, -f4 out | tr '\n' ' ')" = 'net -1 4 ' ]
    printf '%s\n' customer,revenue,cost a,¥1,2 b,¥1,\$2 >in.csv
    expect_error 1 "in.csv:3: column 'cost': another currency than in the rows before" score net in.csv
}

@test "columns that are missing, counted twice or there already are wrong usage" {
    printf 'customer,revenue\na,1\n' >in.csv
    expect_error 2 "--cost" score net in.csv
    expect_error 2 "--revenue" score net --cost=2 <<<$'customer,cost\na,1'
    expect_error 2 "--cost: column 'cost' is counted already" score net --cost=cost,cost "$accounts"
    expect_error 2 "--cost: column 'revenue' is counted already" score net --cost=revenue "$accounts"
    expect_error 2 "--future: column 'service' is counted already" score net --cost=service --future=service "$accounts"
    expect_error 2 "no column 'sevice' (did you mean 'service'?)" score net --cost=sevice "$accounts"
    expect_error 2 "column 'service' is there already" score net --as=service "$accounts"
    expect_error 2 "--margin: not between 0% and 100%" score net --margin=35 "$accounts"
    score net --as=left "$accounts" | head -n 1 | grep -q ',left$'
}

@test "-v tells what net is made of" {
    expect_status 0 score net -v --margin=35% --cost=cost,service "$accounts"
    grep -qF "net is 35% of 'revenue' - 'cost' - 'service'" err
    grep -q 'blank cells that count as nothing: 7; rows where all are blank: 1' err
}
