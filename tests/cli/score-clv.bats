bats_require_minimum_version 1.5.0
load ../helper

# The 1/10 sample of CDNOW in weeks to the end of its calibration period.
CDNOW=(--today=1997-09-30 --unit=week --customer=customer "$DATA_DIR/cdnow-sample.csv")

# parameters MODEL NAME=VALUE...: a file of parameters.
parameters() {
    local model=$1 pair
    shift
    echo model,name,estimate,std_error
    for pair in "$@"; do
        echo "$model,${pair%%=*},${pair#*=},"
    done
}

# predict COLUMN ARGUMENT...: what clv makes of x=2, t_x=30.43, T=38.86 and the like in $row by the parameters in p.csv.
predict() {
    local column=$1
    shift
    printf '%s\n' x,t_x,T "$row" | score clv --unit=week --digits=17 --use=p.csv "$@" >got.csv
    awk -F, -v name="$column" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next } { print $column }' got.csv
}

# close VALUE WANTED abs|rel TOLERANCE
close() {
    awk -v got="$1" -v wanted="$2" -v kind="$3" -v tolerance="$4" 'BEGIN {
        off = got - wanted; off = off < 0 ? -off : off; limit = kind == "rel" ? tolerance * wanted : tolerance
        if (got == "" || off > limit) { print got ", not " wanted " +- " limit; exit 1 } }'
}

# column FILE NAME: its values.
column() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next } { print $column }' "$1"
}

@test "one row a customer: the summary of the log and the seven values" {
    parameters nbd r=0.5 alpha=60 unit=day >p.csv
    expect_status 0 score clv -q --today=2026-03-31 --use=p.csv "$DATA_DIR/score/orders.csv"
    head -1 out | diff - <(echo customer,orders,revenue,cost,first_order,last_order,recency,x,t_x,T,m,p_alive,p_no_order,expected_orders,expected_spend,future_value,past_value,lifetime_value)
    score rfm -q --today=2026-03-31 "$DATA_DIR/score/orders.csv" | cut -d, -f1-11 | diff - <(cut -d, -f1-11 out)
    grep -qx 'bob,0,-5.00,0.0,,,,,,,,,,,,,-5,' out # refunds only: nothing is known of him but what was given back
}

@test "BG/NBD predictions are those published" {
    # BTYD (man/bgnbd.*.Rd), lifetimes (Hardie's workbook) and closed forms in 40-digit arithmetic.
    parameters bgnbd r=0.243 alpha=4.414 a=0.793 b=2.426 unit=week >p.csv
    row=0,0,0 close "$(row=0,0,0 predict expected_orders --horizon=2w)" 0.1033897397563 abs 1e-9
    close "$(row=2,30.43,38.86 predict expected_orders --horizon=39w)" 1.226 abs 0.001
    close "$(row=2,30.43,38.86 predict expected_orders --horizon=39w)" 1.226028174767 abs 1e-9
    close "$(row=10,35,39 predict expected_orders --horizon=2w)" 0.3915692070911 abs 1e-9
    close "$(row=23,39,39 predict p_alive)" 0.968555454221 abs 1e-9
    close "$(row=0,0,0 predict p_no_order --horizon=39w)" 0.573786352096 rel 1e-9
    close "$(row=10,34.14,38.86 predict p_alive)" 0.815302153978 abs 1e-9
    close "$(row=10,34.14,38.86 predict expected_orders --horizon=39w)" 5.93338254766 abs 1e-9
    close "$(row=0,0,38.86 predict p_alive)" 1 abs 1e-9
    close "$(row=0,0,38.86 predict expected_orders --horizon=39w)" 0.195098052011 abs 1e-9
    parameters bgnbd r=0.2425945 alpha=4.4136019 a=0.7929199 b=2.4258881 unit=week >p.csv
    while read -r horizon wanted; do
        close "$(row=0,0,0 predict expected_orders --horizon="$horizon")" "$wanted" abs 0.001
    done <<<"1d 0.0078
1w 0.0532
3w 0.1506
223d 1.0405
32w 1.0437
78w 1.8576"
}

@test "MBG/NBD predictions are those of 40-digit arithmetic" {
    parameters mbgnbd r=0.525 alpha=6.183 a=0.891 b=1.614 unit=week >p.csv
    close "$(row=10,34.14,38.86 predict p_alive)" 0.802588431539 abs 1e-9
    close "$(row=10,34.14,38.86 predict expected_orders --horizon=39w)" 5.64891917966 abs 1e-9
    close "$(row=0,0,38.86 predict p_alive)" 0.389735080919 abs 1e-9
    close "$(row=0,0,38.86 predict expected_orders --horizon=39w)" 0.154012746675 abs 1e-9
}

@test "Pareto/NBD predictions are those published, for ever too" {
    # BTYD (man/pnbd.*.Rd), lifetimes (tests/test_estimation.py) and 40-digit arithmetic.
    parameters pnbd r=0.55 alpha=10.56 s=0.61 beta=11.64 unit=week >p.csv
    set -- 0.0507782062 0.0991608842 0.1454250652 0.1897992992 0.2324746582 0.2736127368 0.3133515937 0.3518102436 0.3890921095
    for week in 1 2 3 4 5 6 7 8 9; do
        close "$(row=0,0,0 predict expected_orders --horizon=${week}w)" "${!week}" abs 1e-9
    done
    close "$(row=10,35,39 predict expected_orders --horizon=2w)" 0.388411723242 abs 1e-9
    close "$(row=0,0,0 predict p_no_order --horizon=39w)" 0.5959380696 rel 1e-7
    close "$(row=10,34.14,38.86 predict p_alive)" 0.90069077797 abs 1e-9
    close "$(row=10,34.14,38.86 predict expected_orders --horizon=39w)" 6.22556646404 abs 1e-9
    close "$(row=0,0,38.86 predict p_alive)" 0.293219764465 abs 1e-9
    close "$(row=0,0,38.86 predict expected_orders --horizon=39w)" 0.105659032186 abs 1e-9
    parameters pnbd r=0.55315 alpha=10.57633 s=0.60625 beta=11.67150 unit=week >p.csv
    close "$(row=26,30.857142857143,31 predict expected_orders --horizon=52w)" 25.46 abs 0.01
    close "$(row=26,30.857142857143,31 predict p_alive)" 0.9979 abs 0.001
    parameters pnbd r=0.55 alpha=10.58 s=0.61 beta=11.67 unit=week >p.csv
    close "$(row=132,200,200 predict expected_orders --horizon=10w)" 6.2060517890 abs 1e-8
    close "$(row=133,200,200 predict expected_orders --horizon=10w)" 6.2528722476 abs 1e-8
    # A continuous rate of 0.0027 a week is 15.13 % a year of 365.25 days.
    parameters pnbd r=0.5629966 alpha=12.559037 s=0.4081095 beta=10.5148048 unit=week >p.csv
    close "$(row=7,35,77.86 predict expected_orders --horizon=inf --discount=0.15128895236202378)" 1.864183328 abs 1e-8
    parameters pnbd r=10.465 alpha=0.00798565 s=3.0516 beta=2.820 unit=week >p.csv
    for row in 40,5,6 50,1,37 50,4,37; do
        predict p_alive | awk '{ exit !($1 >= 0 && $1 <= 1 && $1 != "") }'
    done
}

@test "Gamma-Gamma expectations of the first customers of CDNOW are those published" {
    # lifetimes (tests/test_estimation.py), after Fader and Hardie 2013.
    parameters nbd r=1 alpha=1 unit=week >p.csv
    parameters gg p=6.25 q=3.74 v=15.44 | tail -n +2 >>p.csv
    printf '%s\n' x,t_x,T,m 2,1,9,22.35 1,1,9,11.77 0,0,9, 0,0,9, 0,0,9, 7,1,9,73.74 1,1,9,11.77 0,0,9, 2,1,9,25.55 0,0,9, |
        score clv --unit=week --use=p.csv >out.csv
    column out.csv expected_spend | paste -d' ' - <(printf '%s\n' 24.65 18.91 35.17 35.17 35.17 71.46 18.91 35.17 27.28 35.17) |
        awk '{ off = $1 - $2; if (off > 0.1 || off < -0.1) { print; bad = 1 } } END { exit bad || NR != 10 }'
}

@test "BG/BB predictions are those published" {
    # BTYD (man/bgbb.*.Rd), pymc-marketing (tests/clv/models/test_beta_geo_beta_binom.py), lifetimes.
    discrete() { # COLUMN x,t_x,n ARGUMENT...
        local column=$1 history=$2
        shift 2
        printf '%s\n' x,t_x,n "$history" | score clv --unit=year --model=bgbb --digits=17 --use=p.csv "$@" >got.csv
        column got.csv "$column"
    }
    parameters bgbb alpha=1.2 beta=0.75 gamma=0.66 delta=2.78 unit=year >p.csv
    close "$(discrete p_alive 3,4,6)" 0.4383438546 abs 1e-8
    close "$(discrete expected_orders 3,4,6 --horizon=10y)" 1.840812702 abs 1e-8
    close "$(discrete expected_orders 3,4,6 --horizon=inf --discount=10%)" 1.621379186 abs 1e-8
    parameters bgbb alpha=1.2035 beta=0.7497 gamma=0.6567 delta=2.7834 unit=year >p.csv
    close "$(discrete p_alive 0,0,6)" 0.11 abs 0.006
    close "$(discrete p_alive 2,4,6)" 0.59 abs 0.006
    close "$(discrete p_alive 6,6,6)" 0.93 abs 0.006
    set -- .4985 .9233 1.2969 1.6323 1.9381 2.2202 2.4826 2.7285 2.9603 3.1798 3.3887
    for ((n = 1; n <= 11; n++)); do
        close "$(discrete expected_orders 0,0,0 --horizon=${n}y)" "${!n}" rel 0.001
    done
}

@test "one period at no discount is worth what it brings, at 100 percent half, two periods a half and a quarter" {
    # lifetimes (tests/test_utils.py); nobody drops out and everybody buys.
    parameters bgbb alpha=1e9 beta=1e-3 gamma=1e-9 delta=1e3 unit=year >p.csv
    parameters gg p=6.25 q=3.74 v=15.44 | tail -n +2 >>p.csv
    while read -r years discount wanted; do
        printf '%s\n' x,t_x,n,m 6,6,6,30 | score clv --unit=year --model=bgbb --digits=17 --use=p.csv --horizon=$years \
            --discount=$discount >got.csv
        close "$(awk -F, 'NR == 2 { printf "%.12f", $9 / $8 }' got.csv)" "$wanted" rel 1e-5
    done <<<"1y 0 1
1y 100% 0.5
2y 100% 0.75"
}

@test "sbg tells of each period how many renewals are to come" {
    # 2F1 series of Fader and Hardie 2010 in 40-digit arithmetic, for who is there after 7 periods.
    parameters sbg alpha=0.668 beta=3.806 unit=year >p.csv
    seq 0 7 | awk 'BEGIN { print "period,customers" } { print $1 "," 1000 - 100 * $1 }' >cohort.csv
    score clv --model=sbg --unit=year --digits=17 --use=p.csv --horizon=5y cohort.csv >got.csv
    close "$(column got.csv expected_orders | tail -n 1)" 4.26152253055871099 abs 1e-12
    score clv --model=sbg --unit=year --digits=17 --use=p.csv --horizon=inf --discount=10% cohort.csv >got.csv
    close "$(column got.csv expected_orders | tail -n 1)" 6.84540866446451776 abs 1e-12
    # A loyal rest remains: who stayed longer stays longer.
    column got.csv expected_orders | sort -n | diff - <(column got.csv expected_orders)
}

@test "CDNOW fitted here: expected orders of 39 weeks and mean p_alive are those of the other systems" {
    while read -r model orders alive; do
        score clv -q --model="$model" --spend=none --horizon=39w "${CDNOW[@]}" >out.csv
        close "$(column out.csv expected_orders | awk '{ sum += $1 } END { printf "%.9f", sum }')" "$orders" abs 0.05
        close "$(column out.csv p_alive | awk '{ sum += $1 } END { printf "%.9f", sum / NR }')" "$alive" abs 0.0002
    done <<<"bgnbd 1653.409 0.813440
pnbd 1665.513 0.446277
mbgnbd 1576.728 0.448721"
}

@test "CDNOW fitted here: mean expected orders by number of repeat purchases are those of BTYD" {
    # The walkthrough of BTYD; x = 0 to 6, and 7 or more.
    by_frequency() {
        score clv -q --model="$1" --spend=none --horizon=39w "${CDNOW[@]}" | awk -F, 'NR > 1 { x = $7 > 7 ? 7 : $7; sum[x] += $13; n[x]++ }
            END { for (x = 0; x <= 7; x++) printf "%.7f\n", sum[x] / n[x] }'
    }
    off() { # TOLERANCE
        awk -v tolerance="$1" '{ off = $1 - $2; if (off > tolerance || off < -tolerance) { print; bad = 1 } } END { exit bad || NR != 8 }'
    }
    paste -d' ' <(by_frequency pnbd) <(printf '%s\n' .138 .600 1.196 1.714 2.399 2.907 3.819 6.403) | off 0.002
    paste -d' ' <(by_frequency bgnbd) <(printf '%s\n' .2250893 .5231364 1.044126 1.520256 2.163824 2.653789 3.503957 6.157036) | off 0.001
}

@test "CDNOW fitted here: the best customer and a new one, a year ahead, as in BTYD" {
    score fit -q --model=bgnbd --spend=none "${CDNOW[@]}" >p.csv
    close "$(row=0,0,0 predict expected_orders --horizon=52w)" 1.444004 rel 0.0001
    close "$(row=26,30.857142857142858,31 predict expected_orders --horizon=52w)" 25.75659 rel 0.0001
    close "$(row=26,30.857142857142858,31 predict p_alive)" 0.9688523 rel 0.0001
}

@test "parameters fitted before give what fitting gives, to the byte" {
    score clv -q --save=saved.csv "${CDNOW[@]}" >one
    score fit -q "${CDNOW[@]}" >fitted.csv
    cmp fitted.csv saved.csv
    score clv -q --use=saved.csv "${CDNOW[@]}" >two
    cmp one two
}

@test "the summary of a log gives what the log gives" {
    for model in mbgnbd bgnbd pnbd nbd; do
        score clv -q --digits=17 --model=$model "${CDNOW[@]}" >one
        score rfm -q --digits=17 "${CDNOW[@]}" | score clv -q --digits=17 --model=$model --unit=week >two
        paste -d, <(cut -d, -f1,11-17 one) <(cut -d, -f1,15-21 two) | awk -F, 'NR > 1 {
                for (i = 2; i <= 8; i++) { off = $i - $(i + 8); off = off < 0 ? -off : off
                    if (off > 1e-9 * $i || ($i == "") != ($(i + 8) == "")) { print; bad = 1 } } }
            END { exit bad || NR != 2358 }'
    done
}

@test "days, weeks, months and years give the same predictions" {
    for model in mbgnbd pnbd mbgcnbd nbd; do
        score clv -q --digits=17 --model=$model "${CDNOW[@]}" | cut -d, -f11-17 >weeks
        for unit in day month year; do
            score clv -q --digits=17 --model=$model --unit=$unit --today=1997-09-30 --customer=customer \
                "$DATA_DIR/cdnow-sample.csv" | cut -d, -f11-17 >others
            paste -d, weeks others | awk -F, 'NR > 1 { for (i = 1; i <= 7; i++) { off = $i - $(i + 7); off = off < 0 ? -off : off
                    if (off > 1e-9 * $i) { print; bad = 1 } } } END { exit bad || NR != 2358 }'
        done
    done
}

@test "future, past and lifetime value are what their names say" {
    score clv -q --digits=17 --discount=0 "${CDNOW[@]}" >plain
    awk -F, 'function far(a, b) { return a - b > 1e-9 || b - a > 1e-9 }
        NR > 1 && (far($15, $13 * $14) || far($16, $3) || far($17, $15 + $16)) { print; bad = 1 } END { exit bad }' plain
    score clv -q --digits=17 --discount=0 --margin=30% "${CDNOW[@]}" >third
    paste -d, plain third | awk -F, 'function far(a, b) { return a - b > 1e-9 || b - a > 1e-9 }
        NR > 1 && (far($32, 0.3 * $15) || far($33, 0.3 * $16) || far($34, 0.3 * $17) || $30 != $13) { print; bad = 1 } END { exit bad }'
    # A discount takes something away, more from what comes later.
    score clv -q --digits=17 --discount=50% "${CDNOW[@]}" >less
    paste -d, plain less | awk -F, 'NR > 1 && !($32 < $15 && $32 > $15 / 1.5) { print; bad = 1 } END { exit bad }'
}

@test "a horizon without end needs a discount, and leaves p_no_order blank" {
    expect_error 2 "--horizon=inf: without a --discount above 0 the value has no end" score clv --horizon=inf --discount=0 "${CDNOW[@]}"
    expect_status 0 score clv -q --digits=17 --horizon=inf "${CDNOW[@]}"
    awk -F, 'NR > 1 && ($12 != "" || $13 <= 0) { print; bad = 1 } END { exit bad }' out
    # Hundreds of years are nearly for ever.
    score clv -q --digits=17 --horizon=600y --discount=10% "${CDNOW[@]}" >long
    paste -d, out long | awk -F, 'NR > 1 { off = $32 / $15 - 1; if (off > 1e-9 || off < -1e-9) { print; bad = 1 } } END { exit bad }'
}

@test "intervals hold their values and widen with certainty" {
    score clv -q --digits=17 --intervals=95% "${CDNOW[@]}" >wide
    head -1 wide | cut -d, -f18- | diff - <(echo p_alive_low,p_alive_high,p_no_order_low,p_no_order_high,expected_orders_low,expected_orders_high,expected_spend_low,expected_spend_high,future_value_low,future_value_high,lifetime_value_low,lifetime_value_high)
    awk -F, 'NR > 1 { split("11 12 13 14 15 17", value, " ")
        for (i = 1; i <= 6; i++) if (!($(16 + 2 * i) < $value[i] && $value[i] < $(17 + 2 * i))) { print i, $0; bad = 1 }
        if ($18 < 0 || $19 > 1 || $20 < 0 || $21 > 1 || $22 < 0 || $26 < 0) { print; bad = 1 } } END { exit bad }' wide
    score clv -q --digits=17 --intervals=50% "${CDNOW[@]}" >narrow
    paste -d, wide narrow | awk -F, 'NR > 1 && !($18 < $47 && $48 < $19 && $26 < $55) { print; bad = 1 } END { exit bad }'
    expect_error 2 "--intervals: not a certainty between 0 and 1" score clv --intervals=2 "${CDNOW[@]}"
}

@test "an interval of a mean is that of the delta method by hand" {
    # NBD: ln E = ln(r + x) - ln(alpha + T) + ln h; slopes 1/(r+x) and -1/(alpha+T).
    printf '%s\n' model,name,estimate,std_error nbd,r,0.4,0.02 nbd,alpha,12,0.8 nbd,unit,week, 'nbd,"cov:r,alpha",0.0138,' >p.csv
    row=3,20,30
    predict expected_orders_low --horizon=10w --intervals=0.95 >low
    awk '{ wanted = 3.4 / 42 * 10; a = 1 / 3.4; b = -1 / 42; v = a * a * 0.0004 + b * b * 0.64 + 2 * a * b * 0.0138
        wanted *= exp(-1.9599639845400545 * sqrt(v)); off = $1 / wanted - 1; exit !(off < 1e-6 && off > -1e-6) }' low
}

@test "a customer nobody knows anything of keeps his row" {
    parameters mbgnbd r=0.5 alpha=6 a=0.9 b=1.6 unit=day >p.csv
    printf '%s\n' customer,x,t_x,T,revenue ann,2,20,30,50.5 bob,,,,0 >rows.csv
    score clv --use=p.csv rows.csv >out.csv
    grep -qx 'bob,,,,0,,,,,,0,' out.csv
    grep -q '^ann,2,20,30,50.5,0\.[0-9]*,' out.csv
}

@test "--customers keeps each row of its table and adds the results" {
    parameters mbgnbd r=0.5 alpha=60 a=0.9 b=1.6 unit=day >p.csv
    printf '%s\n' name,customer Z,zed A,ann >people.csv
    expect_status 0 score clv --today=2026-03-31 --use=p.csv --customers=people.csv "$DATA_DIR/score/orders.csv"
    grep -qx 'Z,zed,0,0.00,0.0,,,,,,,,,,,,,0,' out
    grep -q '^A,ann,5,41.75,' out
    grep -qx 'score: 4 customers of the log are not in people.csv and are left out' err
    printf '%s\n' customer,p_alive a,1 >people.csv
    expect_error 2 "column 'p_alive' is there already" score clv --use=p.csv --customers=people.csv "$DATA_DIR/score/orders.csv"
}

@test "groups have their own parameters, fitted or from a file" {
    awk -F, 'NR == 1 { print $0 ",shop"; next } { print $0 "," ($2 % 2 ? "north" : "south") }' "$DATA_DIR/cdnow-sample.csv" >log.csv
    options=(-q --today=1997-09-30 --unit=week --customer=customer)
    score clv "${options[@]}" --by=shop --save=p.csv log.csv >one
    score clv "${options[@]}" --by=shop --use=p.csv log.csv >two
    cmp one two
    score clv "${options[@]}" --where='shop = "north"' log.csv >north
    grep ',north,' one | cut -d, -f1,3- | diff - <(tail -n +2 north)
    expect_error 2 "p.csv: it has parameters for groups; name their column with --by=shop" score clv "${options[@]}" --use=p.csv log.csv
    grep -v '^south' p.csv >half.csv
    expect_error 1 "half.csv has no parameters for this group (fit it too, or leave it out with --where)" score clv "${options[@]}" --by=shop --use=half.csv log.csv
    [ ! -s out ]
}

@test "tonight's customers are scored by last month's parameters, new ones and a group that is empty tonight too" {
    awk -F, 'NR == 1 { print $0 ",shop"; next } { print $0 "," ($2 % 2 ? "north" : "south") }' "$DATA_DIR/cdnow-sample.csv" >log.csv
    score fit -q --by=shop --customer=customer --today=1997-08-31 log.csv -o august.csv
    # The line of cron; orders of new customers and of September are there, the south sells nothing.
    { grep -v ',south$' log.csv; echo 9,newcomer,1997-09-20,1,5.00,north; } >tonight.csv
    expect_status 0 score clv -q --by=shop --use=august.csv --customer=customer --today=1997-09-30 tonight.csv
    grep -q '^newcomer,north,1,5.00,1997-09-20,.*,5,' out
    [ "$(sed 1d out | cut -d, -f2 | sort -u)" = north ]
    awk -F, 'NR > 1 && !($12 > 0 && $12 <= 1 && $14 > 0) { print; bad = 1 } END { exit bad }' out
    # One customer is not enough to fit a group.
    echo 9,alone,1997-09-20,1,5.00,west >>tonight.csv
    expect_error 1 "group 2: mbgnbd: nobody came back" score clv -q --by=shop --customer=customer --today=1997-09-30 tonight.csv
    [ ! -s out ]
}

@test "a file of parameters for another unit, another model or of something else is refused" {
    parameters mbgnbd r=0.5 alpha=6 a=0.9 b=1.6 unit=week >p.csv
    expect_error 2 "p.csv:6: these parameters are for --unit=week, but --unit=day is in use" \
        score clv --use=p.csv --today=1997-09-30 --customer=customer "$DATA_DIR/cdnow-sample.csv"
    expect_error 2 "p.csv: it has no parameters of the model wanted" score clv --use=p.csv --model=pnbd "${CDNOW[@]}"
    parameters pnbd r=0.5 alpha=6 s=0.9 beta=1.6 | tail -n +2 >>p.csv
    expect_error 2 "p.csv: there are several models; choose one with --model=NAME" score clv --use=p.csv "${CDNOW[@]}"
    expect_status 0 score clv -q --use=p.csv --model=pnbd "${CDNOW[@]}"
    parameters mbgnbd r=0.5 alpha=6 a=0.9 >p.csv
    expect_error 2 "p.csv: parameters are missing: it is not a file that score fit wrote" score clv --use=p.csv "${CDNOW[@]}"
    parameters mbgnbd r=0.5 alpha=-6 a=0.9 b=2 >p.csv
    expect_error 2 "p.csv:3: not a row that score fit writes" score clv --use=p.csv "${CDNOW[@]}"
    parameters sbg alpha=0.7 beta=3.8 unit=week >p.csv
    expect_error 2 "p.csv: sbg reads a table of another kind than this is taken for; say so with --model=sbg" \
        score clv --use=p.csv "${CDNOW[@]}"
    parameters bgbb alpha=1 beta=1 gamma=1 delta=1 unit=week >p.csv
    expect_error 2 "p.csv: bgbb reads a table of another kind" score clv --use=p.csv "${CDNOW[@]}"
    parameters mbgnbd r=0.5 alpha=6 a=0.9 b=1.6 >p.csv
    expect_error 2 "p.csv: there are no covariances, which --intervals needs" score clv --use=p.csv --intervals=90% "${CDNOW[@]}"
    [ ! -s out ]
}

@test "a spend model without a mean leaves its columns blank, with status 1" {
    parameters mbgnbd r=0.5 alpha=6 a=0.9 b=1.6 unit=week >p.csv
    parameters gg p=6 q=0.9 v=15 | tail -n +2 >>p.csv
    expect_error 1 "p.csv: q is not above 1, so there is no mean spend: expected_spend stays blank" score clv -q --use=p.csv "${CDNOW[@]}"
    awk -F, 'NR > 1 && !($13 > 0 && $14 == "" && $15 == "" && $16 >= 0 && $17 == "") { print; bad = 1 } END { exit bad || NR != 2358 }' out
}

@test "customers whose orders were worth nothing are left out of the spend fit and still scored" {
    awk -F, 'NR == 1 || $2 > 200 { print; next } { $5 = "0.00"; print }' OFS=, "$DATA_DIR/cdnow-sample.csv" >log.csv
    score clv -q --today=1997-09-30 --unit=week --customer=customer log.csv >out.csv
    awk -F, 'NR > 1 && !($14 > 0) { print; bad = 1 } END { exit bad || NR != 2358 }' out.csv
    score fit -q --today=1997-09-30 --unit=week --customer=customer log.csv | grep '^gg,customers' >got
    awk -F, 'NR > 1 && $7 > 0 && $10 > 0 { n++ } END { print "gg,customers," n "," }' out.csv | diff - got
}

@test "no prediction is blank, endless or out of bounds for customers at the edges" {
    {
        echo x,t_x,T
        for t in 1 30 10000 1000000; do
            echo "0,0,$t"
            echo "1,$t,$t"
            echo "5000,$t,$t"
            awk -v t=$t 'BEGIN { print "3," t / 1e6 "," t; print "20000," t / 2 "," t; print "60," t / 300 "," t }'
        done
        echo 0,0,0
    } >edges.csv
    for p in 'bgnbd r=0.3 alpha=4 a=1 b=2' 'mbgnbd r=0.3 alpha=4 a=1e-6 b=2' 'mbgnbd r=40 alpha=1e-3 a=30 b=1e3' \
        'pnbd r=0.5 alpha=10 s=1 beta=10' 'pnbd r=0.5 alpha=1e-3 s=30 beta=1e5' 'mbgcnbd k=3 r=0.5 alpha=10 a=1 b=2' 'nbd r=0.4 alpha=3'; do
        parameters $p unit=day >p.csv
        for horizon in 1d 1y 100y inf; do
            score clv --use=p.csv --horizon=$horizon --digits=17 edges.csv |
                awk -F, -v p="$p $horizon" -v endless=$([ $horizon = inf ] && echo 1 || echo 0) 'NR > 1 && ($4 == "" || $4 < 0 || $4 > 1 || $6 == "" || $6 < 0 ||
                    (endless ? $5 != "" : $5 == "" || $5 < 0 || $5 > 1)) { print p ": " $0; bad = 1 } END { exit bad || NR != 26 }'
        done
    done
}

@test "options that do not go together are wrong usage" {
    expect_error 2 "--use takes parameters and --save writes fitted ones" score clv --use=a --save=b "${CDNOW[@]}"
    expect_error 2 "--model=auto chooses while fitting" score clv --use=a --model=auto "${CDNOW[@]}"
    expect_error 2 "--model: one model, or auto" score clv --model=bgnbd,pnbd "${CDNOW[@]}"
    expect_error 2 "--horizon: '12' is not a period" score clv --horizon=12 "${CDNOW[@]}"
    printf '%s\n' x,t_x,T 1,3,9 0,0,9 >rows.csv
    expect_error 2 "--customers joins the results of a log" score clv --customers=rows.csv --model=nbd rows.csv
}

@test "the main column can be renamed, and a column that is there already is refused" {
    printf '%s\n' customer,x,t_x,T,lifetime_value ann,2,20,30,5 bob,0,0,9,5 >rows.csv
    parameters mbgnbd r=0.5 alpha=60 a=0.9 b=1.6 unit=day >p.csv
    expect_error 2 "column 'lifetime_value' is there already (name the new one with --as=NAME)" score clv --use=p.csv rows.csv
    expect_status 0 score clv --use=p.csv --as=clv rows.csv
    head -1 out | grep -q ',past_value,clv$'
}
