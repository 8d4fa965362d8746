#!/usr/bin/env bats
# segment moves: who went where since last month, worked out by hand.
bats_require_minimum_version 1.5.0
load ../helper

before=$DATA_DIR/segment/labelled.csv
now=$DATA_DIR/segment/labelled-now.csv

@test "pairs of segments with customers and exact sums, most customers first, then by name" {
    segment moves --previous="$before" "$now" | expect_same segment/moves.csv
}

@test "who is in one of the tables only came from, or went, nowhere" {
    printf 'customer,segment,revenue\na,x,1\nb,x,2\n' >before.csv
    printf 'customer,segment,revenue\nb,y,5\nc,y,7\n' >now.csv
    segment moves --previous=before.csv now.csv >got
    printf '%s\n' from,to,customers,value_before,value_now ,y,1,0,7 x,,1,1,0 x,y,1,2,5 | diff - got
}

@test "--changed leaves out who stayed" {
    segment moves --changed --previous="$before" "$now" >got
    segment moves --previous="$before" "$now" | awk -F, 'NR == 1 || $1 != $2' | diff - got
    [ "$(wc -l <got)" -eq 6 ]
}

@test "customers and values of both tables add up" {
    segment moves --json --previous="$before" "$now" >got
    [ "$(jq -s 'map(.customers) | add' got)" -eq 10 ]
    [ "$(jq -s 'map(.value_now) | add * 100 | round' got)" -eq 337125 ]
    [ "$(jq -s 'map(.value_before) | add * 100 | round' got)" -eq 335100 ]
}

@test "any label can be compared, and any amount added up" {
    printf 'id,tier,net\n1,high,10.5\n2,low,-3\n' >before.csv
    printf 'id,tier,net\n1,low,1.123456789\n2,low,1e1\n' >now.csv
    expect_error 1 "now.csv:3: column 'net': not an amount" \
        segment moves --customer=id --segment=tier --value=net --previous=before.csv now.csv
    printf 'id,tier,net\n1,low,1.123456789\n2,low,10\n' >now.csv
    segment moves --customer=id --segment=tier --value=net --previous=before.csv now.csv >got
    printf '%s\n' from,to,customers,value_before,value_now high,low,1,10.5,1.123457 low,low,1,-3,10 | diff - got
}

@test "without a revenue the values are empty, in the table that has none" {
    printf 'customer,segment\na,x\n' >before.csv
    printf 'customer,segment,revenue\na,y,5\n' >now.csv
    segment moves --previous=before.csv now.csv >got
    printf '%s\n' from,to,customers,value_before,value_now x,y,1,,5 | diff - got
    expect_error 2 "no column 'revenue'" segment moves --value=revenue --previous=before.csv now.csv
}

@test "blank labels are nowhere, blanks around labels and keys do not matter" {
    printf 'customer,segment\n" a",\nb,"x "\n' >before.csv
    printf 'customer,segment\na,x\n"b "," x"\n' >now.csv
    segment moves --previous=before.csv now.csv >got
    printf '%s\n' from,to,customers,value_before,value_now ,x,1,, x,x,1,, | diff - got
}

@test "a customer who stands twice is refused in either table" {
    printf 'customer,segment\na,x\na,y\n' >twice.csv
    printf 'customer,segment\na,x\n' >once.csv
    expect_error 1 "twice.csv:3: column 'customer': a customer who stands there already" \
        segment moves --previous=twice.csv once.csv
    expect_error 1 "twice.csv:3: column 'customer': a customer who stands there already" \
        segment moves --previous=once.csv twice.csv
    [ ! -s out ]
    segment moves --previous=once.csv --rejects=bad.csv --max-rejects=1 twice.csv 2>err | sed 1d | grep -qx 'x,x,1,,'
}

@test "two currencies are not added, nor compared" {
    printf 'customer,segment,revenue\na,x,¥5\n' >before.csv
    printf 'customer,segment,revenue\na,x,$5\n' >now.csv
    expect_error 1 "now.csv:2: column 'revenue': another currency than in the rows before" segment moves --previous=before.csv now.csv
}

@test "last month's table must be named, there and whole" {
    printf 'customer,segment\na,x\n' >now.csv
    expect_error 2 "name last month's table with --previous=FILE" segment moves now.csv
    expect_error 3 'No such file' segment moves --previous=none.csv now.csv
    printf 'customer,kind\na,x\n' >before.csv
    expect_error 2 'no column for the segment; have: customer, kind' segment moves --previous=before.csv now.csv
    [ ! -s out ]
    printf 'customer,segment\na,x,y\n' >before.csv
    expect_error 1 'before.csv:2: ' segment moves --previous=before.csv now.csv
    [ ! -s out ]
    expect_error 2 'standard input' segment moves --previous=- - <now.csv
}

@test "no order of rows or border of files changes a byte" {
    segment moves --previous="$before" "$now" >plain
    for file in "$before" "$now"; do
        { head -n 1 "$file" && sed 1d "$file" | sort -r; } >"reversed-$(basename "$file")"
    done
    segment moves --previous=reversed-labelled.csv reversed-labelled-now.csv | diff plain -
    head -n 3 "$now" >one.csv
    { head -n 1 "$now" && sed 1,3d "$now"; } >two.csv
    segment moves --previous="$before" two.csv one.csv | diff plain -
}

@test "a join by awk gives the same table" {
    for seed in 3 4; do
        awk -v seed=$seed 'BEGIN { srand(seed); print "customer,segment,revenue"
            for (i = 1; i <= 300; i++) if (rand() < 0.8) printf "c%d,s%d,%d\n", i, rand() * 4, rand() * 1000 }' >$seed.csv
    done
    awk -F, 'FNR == 1 { next } NR == FNR { from[$1] = $2; was[$1] = $3; next }
        { to[$1] = $2; is[$1] = $3 }
        END {
            for (c in from) all[c]; for (c in to) all[c]
            for (c in all) { p = from[c] "," to[c]; n[p]++; b[p] += was[c]; v[p] += is[c] }
            for (p in n) print p "," n[p] "," b[p] "," v[p]
        }' 3.csv 4.csv | sort -t, -k3,3nr -k1,1 -k2,2 >expected
    segment moves --previous=3.csv 4.csv | sed 1d | diff expected -
}
