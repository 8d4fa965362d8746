# What messages and notes about tables tell to do, where a table was nearly right.
bats_require_minimum_version 1.5.0
load ../helper

TODAY='--today=2026-11-21 --time-zone=UTC'

@test "a note counts the records that alone have more cells than the header, all empty" {
    printf 'id,name,amount\n1,a,5\n2,b, c,\n3,d,6,\n4,e,7,,\n' >in.csv
    expect_status 0 segment rules -e 'x: true' in.csv
    diff <(echo 'segment: in.csv: 3 records have more cells than the header, all empty, the first in line 3 (an unquoted comma?)') err
    printf 'id,name,amount\n1,a,5\n2,b, c,\n' | expect_status 0 segment rules -q -e 'x: true'
    diff /dev/null err
}

@test "no note is said where every record has more cells than the header, or none" {
    printf 'id,name\n1,a,\n2,b,\n' >in.csv
    expect_status 0 segment rules -e 'x: true' in.csv
    diff /dev/null err
    printf 'id,name\n1,a,\n' >one.csv
    printf 'id,name\n2,b\n' >two.csv
    expect_status 0 segment rules -e 'x: true' one.csv two.csv
    grep -q 'one.csv: 1 record has more cells than the header, all empty, the first in line 2' err
}

@test "a blank date or amount names the column of order ids that was not used" {
    printf 'order id,email,created at,total\n1,a@x,2026-11-01,5\n1,a@x,,\n' >in.csv
    expect_error 1 "column 'created at': blank, but a date is needed (or use --order-id='order id')" score rfm $TODAY in.csv
    expect_status 0 score rfm $TODAY --order-id='order id' in.csv
    sed '1s/order id/line/' in.csv >none.csv
    expect_status 1 score rfm $TODAY none.csv
    ! grep -q 'order-id' err
}

@test "thousands are parted by spaces and apostrophes too" {
    printf "id;date;amount\na;2026-11-01;1 234,50\nb;2026-11-01;CHF 1'234,50\n" >in.csv
    expect_status 0 score rfm $TODAY --customer=id --decimal=, in.csv
    [ "$(grep -c '1234.50' out)" -eq 2 ]
}

@test "where a preamble may stand before the header, the message says so" {
    printf 'Report of x\n\nid,date,amount\n1,2026-01-01,5\n' >in.csv
    expect_error 2 'if the header stands further down, try --header-match=COL or --skip-lines=N' score rfm $TODAY in.csv
    expect_error 2 'if the header stands further down' segment rfm in.csv
    expect_status 0 score rfm $TODAY --header-match=id --customer=id in.csv
    sed 1,2d in.csv >none.csv
    expect_status 2 score rfm $TODAY --customer=no none.csv
    ! grep -q 'further down' err
}

@test "a missing column that another mode makes names that mode" {
    printf 'id,date,amount\n1,2026-01-01,5\n' >in.csv
    expect_error 2 "no column 'r_score'; have: id, date, amount (run 'score rfm' first, or name it with --r-score=COL)" segment rfm in.csv
    expect_error 2 "no column 'owner'; have: id, date, amount (run 'remind due' first, or name it with --owner=COL)" remind digest in.csv
    expect_error 2 "--owner: no column 'who'; have: id, date, amount" remind digest --owner=who in.csv
}

@test "an amount that is too large is out of range" {
    printf 'customer,date,amount\na,2026-11-01,9200000000000\na,2026-11-02,9200000000000\n' >in.csv
    expect_status 0 score rfm $TODAY in.csv
    grep -q ',18400000000000,' out
    echo 'a,2026-11-03,9200000000000.01' >>in.csv
    expect_error 1 "in.csv:4: column 'amount': an amount out of range" score rfm $TODAY in.csv
}

@test "an else without a name is told how it is written" {
    expect_error 2 "-e:1:14: ':' is missing; the last rule is written NAME: else" segment rules -e 'a: true; else' <<<a
}

@test "what is read from standard input is not overwritten either" {
    printf 'customer,date,amount\na,2026-11-01,5\n' >in.csv
    cp in.csv kept.csv
    expect_error 2 "--save would overwrite '/dev/stdin', which is read" score rfm $TODAY --save=in.csv <in.csv
    expect_error 2 "--rejects would overwrite '/dev/stdin', which is read" score rfm $TODAY --rejects=in.csv - <in.csv
    cmp in.csv kept.csv
    expect_status 0 score rfm $TODAY --save=cuts.csv <in.csv
}

@test "an amount that is too large is out of range with a currency mark and in every mode" {
    printf 'customer,revenue,cost\na,CNY 99999999999999999,1\n' >in.csv
    expect_error 1 "in.csv:2: column 'revenue': an amount out of range" score net in.csv
    sed 's/revenue/value/' in.csv >value.csv
    expect_error 1 "value.csv:2: column 'value': an amount out of range" segment tier --net=value value.csv
    printf 'customer,date,amount\na,2026-11-01,￥-9.3e2\n' >in.csv
    expect_error 1 "in.csv:2: column 'amount': not an amount" score rfm $TODAY in.csv
    printf 'customer,date,amount\na,2026-11-01,(US$9300000000000.00)\n' >in.csv
    expect_error 1 "in.csv:2: column 'amount': an amount out of range" score rfm $TODAY in.csv
}

@test "a header with full-width commas is told what to do" {
    printf 'customer，date，amount\na，2026-11-01，5\n' >in.csv
    expect_error 2 "the header is one column with full-width commas, make them ',' first" score rfm $TODAY in.csv
    sed 's/，/,/g' in.csv >good.csv
    expect_status 0 score rfm $TODAY good.csv
}

@test "the parameters saved by score clv spare every file that is read" {
    printf 'customer,date,amount\na,2026-11-01,5\n' >in.csv
    expect_error 2 "--save would overwrite 'in.csv', which is read" score clv --save=in.csv in.csv
    printf 'customer,name\na,Li\n' >people.csv
    expect_error 2 "--save would overwrite 'people.csv', which is read" \
        score clv $TODAY --horizon=1y --customers=people.csv --save=people.csv in.csv
    diff <(printf 'customer,name\na,Li\n') people.csv
}

@test "a number with the other decimal mark is told the option too" {
    printf 'customer;segment;orders\na;x;4,5\n' >in.csv
    for mode in 'breaks -k 1 --column=orders' 'kmeans -k 1 --columns=orders' 'summary --mean=orders'; do
        expect_error 1 "in.csv:2: column 'orders': not a number (or use --decimal=,)" segment $mode in.csv
        expect_status 0 segment $mode --decimal=, in.csv
    done
    printf 'orders\nfour\n' >none.csv
    expect_status 1 segment breaks -k 1 --column=orders none.csv
    ! grep -q 'decimal' err
}

@test "a day in last month's table that is written in another way is told the option" {
    printf 'customer,orders\na,4\n' >in.csv
    printf 'customer,stage,stage_since,stage_seen\na,new,13/10/2026,13/10/2026\n' >before.csv
    expect_error 1 "before.csv:2: column 'stage_since': not a date (or use --dates=dmy)" \
        segment stage $TODAY --previous=before.csv in.csv
    expect_status 0 segment stage $TODAY --dates=dmy --previous=before.csv in.csv
}
