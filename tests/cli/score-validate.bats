# score validate: the published comparisons on the CDNOW sample (2,357 customers, 39 weeks to learn from, 39 to foretell):
# cran/BTYD, walkthrough: tracking and expectations by frequency; lifetimes, tests/test_utils.py: the same tracking. Sums
# of expectations at the exact optimum were computed in 40-digit arithmetic.
bats_require_minimum_version 1.5.0
load ../helper

log=$DATA_DIR/cdnow-sample.csv

validate() {
    score validate -q --holdout=1997-09-30 --today=1998-06-30 --customer=customer "$@"
}

# near TOLERANCE: expected values on descriptor 3, one a line, against standard input.
near() {
    paste -d, - /dev/fd/3 | awk -F, -v t="$1" '$1 - $2 > t || $2 - $1 > t || $1 == "" || $2 == "" { print; bad = 1 } END { exit bad || !NR }'
}

@test "1,882 orders came, and the models foretold what exact arithmetic gives" {
    validate --model=bgnbd,pnbd,mbgnbd "$log" >got
    [ "$(awk -F, '$2 == "total" { print $5 }' got | sort -u)" = 1882 ]
    awk -F, '$2 == "total" { print $6 }' got | near 0.05 3< <(printf '%s\n' 1653.409 1665.513 1576.728)
    awk -F, '$2 == "total" { print $4 - ($6 / $5 - 1) }' got | near 1e-9 3< <(printf '0\n0\n0\n')
}

@test "tracking by week is the published one of the Pareto/NBD" {
    validate --model=pnbd "$log" >got
    weeks='1997-05-20|1997-05-27|1997-06-03|1997-06-10|1997-06-17|1997-06-24'
    awk -F, '$2 == "cumulative"' got | grep -E ",($weeks)," >cumulative
    cut -d, -f5 cumulative | diff - <(printf '%s\n' 1359 1414 1484 1517 1573 1672)
    cut -d, -f6 cumulative | near 0.6 3< <(printf '%s\n' 1309 1385 1460 1533 1604 1674)
    awk -F, '$2 == "incremental"' got | grep -E ",($weeks)," | cut -d, -f6 |
        near 0.01 3< <(printf '%s\n' 78.308 76.419 74.648 72.983 71.414 69.933)
    [ "$(grep -c ,cumulative, got)" -eq 78 ]
    tail -n 1 <(grep ,cumulative, got) | grep -q ',cumulative,1998-06-30,.*,4339,'
}

@test "means by frequency are the published ones of both models" {
    validate --model=pnbd,bgnbd "$log" | awk -F, '$2 == "frequency"' >got
    printf '%s\n' 0 1 2 3 4 5 6 7+ | diff - <(awk -F, '$1 == "pnbd" { print $3 }' got)
    awk -F, '$1 == "pnbd" { print $5 }' got | near 0.0005 3< <(printf '%s\n' 0.237 0.697 1.393 1.560 2.532 2.947 3.862 6.359)
    awk -F, '$1 == "pnbd" { print $6 }' got | near 0.002 3< <(printf '%s\n' 0.138 0.600 1.196 1.714 2.399 2.907 3.819 6.403)
    awk -F, '$1 == "bgnbd" { print $6 }' got |
        near 0.001 3< <(printf '%s\n' 0.2250893 0.5231364 1.044126 1.520256 2.163824 2.653789 3.503957 6.157036)
    [ "$(awk -F, '$1 == "pnbd" { sum += $4 } END { print sum }' got)" -eq 2357 ]
}

@test "weeks add up, deciles hold everybody, and the lift falls from the first to the last" {
    validate --model=mbgnbd "$log" >got
    awk -F, '$2 == "incremental" { a += $5; e += $6 } $2 == "cumulative" { ca = $5; ce = $6 }
        END { exit !(a == ca && e - ce < 1e-5 && ce - e < 1e-5) }' got
    awk -F, '$2 == "decile" { a += $5; e += $6; lift += $4; n++ } $2 == "bias" { ba = $5; be = $6 }
        END { exit !(n == 10 && a / n - ba < 1e-7 && ba - a / n < 1e-7 && e / n - be < 1e-7 && be - e / n < 1e-7 && lift - n < 1e-7) }' got
    awk -F, '$2 == "decile" { if ($3 > 1 && $6 > last) exit 1; last = $6 }' got
}

@test "the order of the rows changes no digit" {
    validate --digits=17 --model=mbgnbd,mbgcnbd "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -t, -k5 -k2; } >shuffled.csv
    validate --digits=17 --model=mbgnbd,mbgcnbd shuffled.csv | cmp - one
}

@test "what came after today, or from customers who came after the day, changes nothing" {
    validate --model=nbd "$log" >one
    { cat "$log"; echo x,0004,1998-07-01,1,5.00; echo x,new,1997-10-01,1,5.00; echo x,new,1998-01-01,1,5.00; } >more.csv
    validate --model=nbd more.csv | cmp - one
}

@test "all models over time are judged where none is named" {
    validate "$log" | sed 1d | cut -d, -f1 | uniq >got
    printf '%s\n' mbgnbd bgnbd pnbd mbgcnbd nbd | diff - got
}

@test "a wrong day or model is wrong usage" {
    expect_error 2 "--holdout=DATE is missing" score validate "$log"
    expect_error 2 "--holdout: '30.9.1997' is not a date" score validate --holdout=30.9.1997 "$log"
    expect_error 2 "--holdout: not before today" score validate --holdout=1998-06-30 --today=1998-06-30 "$log"
    expect_error 2 "--model: 'gg' is no model of orders over time; there are: mbgnbd, bgnbd, pnbd" \
        score validate --holdout=1997-09-30 --model=nbd,gg "$log"
    expect_error 2 "--model: '' is no model" score validate --holdout=1997-09-30 --model=nbd, "$log"
}

@test "where nobody bought before the day, there is nothing to learn from" {
    expect_error 1 "nobody bought on or before 1996-12-31, the day of --holdout" \
        score validate --holdout=1996-12-31 --today=1998-06-30 --customer=customer "$log"
    [ ! -s out ]
    head -n 1 "$log" | validate >got
    printf 'model,metric,group,value,actual,expected\n' | diff - got
}

@test "a model that cannot be fitted is named, the others are judged, and the status is 1" {
    printf '%s\n' customer,date,amount a,2026-01-01,5 b,2026-01-02,5 c,2026-02-02,5 a,2026-08-01,5 >log.csv
    expect_error 1 "mbgnbd: nobody came back after the day of the first purchase, so there is nothing to learn from" \
        score validate --holdout=2026-06-30 --today=2026-09-30 --model=mbgnbd log.csv
    # Everybody comes to the end, at his own pace.
    awk 'BEGIN { print "customer,date,amount"; split("3 40 10 70 5 20 30 8 55 14", pace)
        for (i = 1; i <= 10; i++) for (day = i; day < 240; day += pace[i])
            printf "%d,2026-%02d-%02d,1\n", i, day / 28 + 1, day % 28 + 1 }' >log.csv
    expect_error 1 "bgnbd: no dropout can be found: that nobody ever leaves is as likely" \
        score validate --holdout=2026-06-30 --today=2026-09-30 --model=bgnbd,nbd log.csv
    [ "$(sed 1d out | cut -d, -f1 | uniq)" = nbd ]
}
