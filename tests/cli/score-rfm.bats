bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-03-31

# Rows of a CSV in another order, under its header.
shuffled() {
    head -1 "$1"
    tail -n +2 "$1" | awk '{ print (NR * 7919) % 100003 "\t" $0 }' | sort -n | cut -f2-
}

@test "a log gives one row a customer, in order of first appearance" {
    expect_status 0 score rfm $TODAY "$DATA_DIR/score/orders.csv"
    expect_same score/rfm-orders.csv out
    grep -q '1 row left out: dated after today' err
}

@test "the CDNOW log: customers, orders and revenue are exact" {
    expect_status 0 score rfm --today=1998-06-30 -q "$DATA_DIR/cdnow.csv"
    run -0 awk -F, 'NR > 1 { customers++; orders += $2; cents += sprintf("%.0f", $3 * 100) }
        END { printf "%d %d %d", customers, orders, cents }' out
    [ "$output" = "23570 69659 250031563" ]
}

@test "x, t_x, T and m of the CDNOW sample equal a count by hand of its purchase days" {
    awk -F, 'NR > 1 && $3 <= "1997-09-30" {
            split($3, part, "-"); day = part[3] + substr("000031059090120151181212243273304334", part[2] * 3 - 2, 3)
            if (!($2 in first)) { order[++n] = $2; first[$2] = day }
            if (!(($2, day) in seen)) { seen[$2, day] = 1; days[$2]++ }
            last[$2] = day; if (day > first[$2]) value[$2] += $5 }
        END { for (i = 1; i <= n; i++) { c = order[i]; x = days[c] - 1
            printf "%s,%d,%.9f,%.9f,%s\n", c, x, (last[c] - first[c]) / 7, (273 - first[c]) / 7,
                x ? sprintf("%.9f", value[c] / x) : "" } }' "$DATA_DIR/cdnow-sample.csv" >wanted
    score rfm -q --today=1997-09-30 --unit=week --customer=customer "$DATA_DIR/cdnow-sample.csv" |
        tail -n +2 | cut -d, -f1,7-10 >got
    [ "$(wc -l <wanted)" -eq 2357 ]
    paste -d, wanted got | awk -F, 'function far(a, b) { return a - b > 1e-7 || b - a > 1e-7 }
        $1 != $6 || $2 != $7 || far($3, $8) || far($4, $9) || ($5 == "") != ($10 == "") || far($5, $10) { print; wrong = 1 }
        END { exit wrong }'
}

@test "row order does not matter but for the order of the customers" {
    shuffled "$DATA_DIR/cdnow.csv" >shuffled.csv
    score rfm -q --today=1998-06-30 "$DATA_DIR/cdnow.csv" | sort >one
    score rfm -q --today=1998-06-30 shuffled.csv | sort >two
    ! cmp -s "$DATA_DIR/cdnow.csv" shuffled.csv
    diff one two
}

@test "it does not matter how the log is cut into files" {
    head -20000 "$DATA_DIR/cdnow.csv" >a.csv
    { head -1 "$DATA_DIR/cdnow.csv"; tail -n +20001 "$DATA_DIR/cdnow.csv"; } >b.csv
    score rfm -q --today=1998-06-30 "$DATA_DIR/cdnow.csv" >one
    score rfm -q --today=1998-06-30 a.csv b.csv >two
    cmp one two
}

@test "--sorted gives the same bytes and refuses a customer's earlier day" {
    score rfm -q --today=1998-06-30 "$DATA_DIR/cdnow.csv" >one
    score rfm -q --today=1998-06-30 --sorted "$DATA_DIR/cdnow.csv" >two
    cmp one two
    expect_error 1 "orders.csv:8: column 'date': before this customer's last order, but --sorted promises date order" \
        score rfm $TODAY --sorted "$DATA_DIR/score/orders.csv"
    [ ! -s out ]
}

@test "refunds can be ignored or refused" {
    score rfm -q $TODAY --refunds=ignore "$DATA_DIR/score/orders.csv" | cut -d, -f1-3 >got
    printf '%s\n' customer,orders,revenue ann,5,41.75 bob,0,0.00 cai,2,12.50 dee,1,100.00 eve,1,1.00 | diff - got
    expect_error 1 "orders.csv:3: column 'amount': a refund" \
        score rfm $TODAY --refunds=error "$DATA_DIR/score/orders.csv"
}

@test "a column of refunds lowers the revenue, whatever its sign" {
    printf '%s\n' who,date,amount,back a,2026-01-01,10,2.5 a,2026-01-02,10,-1 b,2026-01-03,4, >log.csv
    score rfm -q $TODAY --customer=who --refunded=back log.csv | cut -d, -f1-3 >got
    printf '%s\n' customer,orders,revenue a,2,16.5 b,1,4.0 | diff - got
}

@test "rows of one order id are one order; a blank customer and date are those of its first row" {
    expect_status 0 score rfm $TODAY --order-id='order id' "$DATA_DIR/score/lines.csv"
    expect_same score/rfm-lines.csv out
}

@test "one order id of two customers is refused" {
    printf '%s\n' id,customer,date,amount 7,a,2026-01-01,1 7,b,2026-01-01,1 >log.csv
    expect_error 1 "log.csv:3: column 'customer': another customer has the same order id" \
        score rfm $TODAY --order-id=id log.csv
}

@test "an order dated after today is left out with its further rows, whose date is blank" {
    printf '%s\n' id,customer,date,amount 1,a,2026-01-01,5 2,a,2027-01-01,7 2,,,3 1,,,4 >log.csv
    expect_status 0 score rfm --order-id=id --today=2026-02-01 log.csv
    grep -q '^a,1,9,2026-01-01,2026-01-01,' out
    grep -qx 'score: 2 rows left out: dated after today' err
    # A part of its own date is what is known of the order so far.
    printf '%s\n' 2,a,2026-01-05,2 2,,,9 >>log.csv
    expect_status 0 score rfm --order-id=id --today=2026-02-01 log.csv
    grep -q '^a,2,20,2026-01-01,2026-01-05,' out
}

@test "--customers keeps each row of its table and adds the results" {
    expect_status 0 score rfm $TODAY --customers="$DATA_DIR/score/people.csv" "$DATA_DIR/score/orders.csv"
    expect_same score/rfm-people.csv out
    grep -qx "score: 3 customers of the log are not in .*people.csv and are left out" err
}

@test "--customers refuses a table that has the new columns already" {
    printf '%s\n' customer,revenue a,1 >people.csv
    expect_error 2 "column 'revenue' is there already" \
        score rfm $TODAY --customers=people.csv "$DATA_DIR/score/orders.csv"
}

@test "--where leaves rows out before anything is counted" {
    score rfm -q $TODAY --where="note is missing" "$DATA_DIR/score/orders.csv" | cut -d, -f1-3 >got
    printf '%s\n' customer,orders,revenue ann,2,8.25 cai,1,12.50 eve,1,1.00 | diff - got
}

@test "the bins can be 2 to 9, and cuts can be given" {
    score rfm -q $TODAY --bins=2 "$DATA_DIR/score/orders.csv" | awk -F, '{ print $NF }' | diff - <(printf '%s\n' rfm 222 '' 121 112 211)
    score rfm -q $TODAY --cuts=r:21,48 --cuts=f:1,2,3 --bins=3 "$DATA_DIR/score/orders.csv" | awk -F, '{ print $NF }' |
        diff - <(printf '%s\n' rfm 342 '' 221 213 211)
    expect_error 2 "--bins: 10 is not between 2 and 9" score rfm --bins=10 "$DATA_DIR/score/orders.csv"
    expect_error 2 "--cuts: 'x:1,2' is not r, f or m, a colon" score rfm --cuts=x:1,2 "$DATA_DIR/score/orders.csv"
    expect_error 2 "--cuts: 'r:2,1' is not" score rfm --cuts=r:2,1 "$DATA_DIR/score/orders.csv"
}

@test "saved cuts give the same scores again, with 17 digits" {
    expect_status 0 score rfm -q --today=1998-06-30 --save=cuts.csv -o one.csv "$DATA_DIR/cdnow.csv"
    expect_status 0 score rfm -q --today=1998-06-30 --use=cuts.csv -o two.csv "$DATA_DIR/cdnow.csv"
    cmp one.csv two.csv
    expect_same score/rfm-cuts.csv cuts.csv
}

@test "cuts are never saved over the orders or the result" {
    cp "$DATA_DIR/shop.csv" .
    expect_error 2 "--save would overwrite 'shop.csv', which is read" score rfm --save=shop.csv shop.csv
    cmp "$DATA_DIR/shop.csv" shop.csv
    expect_error 2 "--save and --output are the same file, 'x.csv'" score rfm --save=x.csv -o x.csv shop.csv
}

@test "a file of cuts that --save did not write is refused with its line" {
    printf '%s\n' score,cut,value r,1,10 f,1,2 m,one,5 >cuts.csv
    expect_error 2 "cuts.csv:4: not a row that --save writes (score,cut,value)" \
        score rfm --use=cuts.csv "$DATA_DIR/score/orders.csv"
    printf '%s\n' score,cut,value r,1,10 f,1,2 >cuts.csv
    expect_error 2 "cuts.csv: r, f and m each need ascending cuts numbered from 1" \
        score rfm --use=cuts.csv "$DATA_DIR/score/orders.csv"
    [ ! -s out ]
}

@test "a customer table keeps its rows and gets scores; who never ordered gets none" {
    expect_status 0 score rfm $TODAY --input=summary "$DATA_DIR/score/table.tsv"
    expect_same score/rfm-table.tsv out
}

@test "a customer table with days since the last order gives the same scores as with dates" {
    printf '%s\n' id,orders,revenue,recency a,1,10,89 b,0,, c,12,900.5,30 d,3,45,44 e,,, f,5,45,44 >days.csv
    score rfm -q $TODAY --input=summary "$DATA_DIR/score/table.tsv" | awk -F'\t' '{ print $NF }' >one
    score rfm -q $TODAY --input=summary days.csv | awk -F, '{ print $NF }' >two
    diff one two
}

@test "a score that equal values leave empty is named" {
    expect_status 0 score rfm --today=1998-06-30 "$DATA_DIR/cdnow.csv"
    grep -qx 'score: equal values leave these scores to nobody: f_score 2' err
}

@test "an old log is worth a word" {
    expect_status 0 score rfm --today=1999-06-30 "$DATA_DIR/cdnow.csv"
    grep -qx 'score: the last order is of 1998-06-30, today is 1999-06-30 (set the day with --today=DATE)' err
}

@test "a date or an amount that another option would read is refused with that option" {
    printf '%s\n' 'customer;date;amount' 'a;31/12/2025;1.234,50' >log.csv
    expect_error 1 "log.csv:2: column 'date': not a date (or use --dates=dmy)" score rfm $TODAY log.csv
    expect_error 1 "log.csv:2: column 'amount': not an amount (or use --decimal=,)" score rfm $TODAY --dates=dmy log.csv
    score rfm -q $TODAY --dates=dmy --decimal=, log.csv | cut -d';' -f1-3 | diff <(printf '%s\n' 'customer;orders;revenue' 'a;1;1234.50') -
    expect_status 1 score rfm $TODAY --rejects=bad.csv log.csv
    tail -n 1 bad.csv | diff <(echo "2;column 'date': not a date;a;31/12/2025;1.234,50") -
}

@test "bad cells are refused with file, line and column" {
    printf '%s\n' customer,date,amount a,2026-01-01,1 b,2026-02-30,1 >log.csv
    expect_error 1 "log.csv:3: column 'date': not a date" score rfm $TODAY log.csv
    printf '%s\n' customer,date,amount a,2026-01-01,twelve >log.csv
    expect_error 1 "log.csv:2: column 'amount': not an amount" score rfm $TODAY log.csv
    printf '%s\n' customer,date,amount 186****05,2026-01-01,1 >log.csv
    expect_error 1 "log.csv:2: column 'customer': masked" score rfm $TODAY log.csv
    printf '%s\n' customer,date,amount a,2026-01-01,¥1 b,2026-01-01,\$1 >log.csv
    expect_error 1 "log.csv:3: column 'amount': another currency than in the rows before" score rfm $TODAY log.csv
}

@test "options that contradict each other are wrong usage" {
    expect_error 2 "--use and --cuts both say" score rfm --use=x --cuts=r:1 "$DATA_DIR/score/orders.csv"
    expect_error 2 "--sorted keeps no order ids" score rfm --sorted --order-id=id "$DATA_DIR/score/orders.csv"
    expect_error 2 "go with --input=summary" score rfm --recency=x "$DATA_DIR/score/orders.csv"
    expect_error 2 "--input=summary takes" score rfm --input=summary --date=x "$DATA_DIR/score/orders.csv"
}

@test "a time of day after that of --today is not known yet" {
    printf '%s\n' customer,date,amount 'a,2026-01-01 09:00,1' 'a,2026-01-01 18:00,5' >log.csv
    score rfm -q --today='2026-01-01 12:00' log.csv | cut -d, -f1-3 | diff - <(printf '%s\n' customer,orders,revenue a,1,1)
    score rfm -q --today=2026-01-01 log.csv | cut -d, -f1-3 | diff - <(printf '%s\n' customer,orders,revenue a,2,6)
}
