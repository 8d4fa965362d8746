bats_require_minimum_version 1.5.0
load ../helper

# The 1/10 sample of CDNOW in weeks to the end of its calibration period: the input of the published fits.
CDNOW=(--today=1997-09-30 --unit=week --customer=customer "$DATA_DIR/cdnow-sample.csv")

# near FILE MODEL NAME COLUMN VALUE abs|rel TOLERANCE
near() {
    awk -F, -v model="$2" -v name="$3" -v column="$4" -v wanted="$5" -v kind="$6" -v tolerance="$7" '
        $1 == model && $2 == name {
            found = 1; off = $column - wanted; off = off < 0 ? -off : off
            size = wanted < 0 ? -wanted : wanted; limit = kind == "rel" ? tolerance * size : tolerance
            if ($column == "" || off > limit) { printf "%s %s: %s, not %s +- %s\n", model, name, $column, wanted, limit; bad = 1 } }
        END { if (!found) print model " has no " name; exit bad || !found }' "$1"
}

# Rows of a CSV in another order, under its header.
shuffled() {
    head -1 "$1"
    tail -n +2 "$1" | awk '{ print (NR * 7919) % 100003 "\t" $0 }' | sort -n | cut -f2-
}

@test "BG/NBD, Pareto/NBD and Gamma-Gamma of CDNOW have the parameters published for them" {
    # Fader, Hardie, Lee 2005; lifetimes (tests/test_estimation.py); CLVTools (tests/testthat/test_correctness_*.R).
    expect_status 0 score fit -q --model=bgnbd,pnbd "${CDNOW[@]}"
    near out bgnbd r 3 0.243 abs 0.01
    near out bgnbd alpha 3 4.414 abs 0.01
    near out bgnbd a 3 0.793 abs 0.01
    near out bgnbd b 3 2.426 abs 0.01
    near out bgnbd loglik 3 -9582.4 abs 0.05
    near out bgnbd r 3 0.2425945 rel 0.001
    near out bgnbd alpha 3 4.4136019 rel 0.001
    near out bgnbd a 3 0.7929199 rel 0.001
    near out bgnbd b 3 2.4258881 rel 0.001
    near out bgnbd loglik 3 -9582.4292 abs 0.0001
    near out pnbd r 3 0.553 abs 0.01
    near out pnbd alpha 3 10.578 abs 0.01
    near out pnbd s 3 0.606 abs 0.01
    near out pnbd beta 3 11.669 abs 0.01
    near out pnbd loglik 3 -9595.0 abs 0.05
    near out pnbd r 3 0.55315 rel 0.001
    near out pnbd alpha 3 10.57633 rel 0.001
    near out pnbd s 3 0.60625 rel 0.001
    near out pnbd beta 3 11.67150 rel 0.001
    near out pnbd loglik 3 -9594.9762 abs 0.001
    near out gg p 3 6.25 abs 0.01
    near out gg q 3 3.74 abs 0.01
    near out gg v 3 15.44 abs 0.01
    near out gg loglik 3 -4055.9177 abs 0.01
    grep -qx 'gg,customers,946,' out
    grep -qx 'bgnbd,customers,2357,' out
}

@test "MBG/NBD of CDNOW has the parameters published for it" {
    # lifetimes and BTYDplus; the likelihood recomputed at the optimum.
    expect_status 0 score fit -q --spend=none "${CDNOW[@]}"
    near out mbgnbd r 3 0.525 abs 0.001
    near out mbgnbd alpha 3 6.183 abs 0.001
    near out mbgnbd a 3 0.891 abs 0.001
    near out mbgnbd b 3 1.614 abs 0.001
    near out mbgnbd loglik 3 -9582.135715 abs 0.001
    near out mbgnbd r 3 0.524843 rel 0.001
    near out mbgnbd alpha 3 6.183086 rel 0.001
    near out mbgnbd a 3 0.891359 rel 0.001
    near out mbgnbd b 3 1.614002 rel 0.001
}

@test "standard errors of CDNOW are those that lifetimes and CLVTools find" {
    expect_status 0 score fit -q --spend=none --model=bgnbd,pnbd "${CDNOW[@]}"
    near out bgnbd r 4 0.0125574 rel 0.01
    near out bgnbd alpha 4 0.378224 rel 0.01
    near out bgnbd a 4 0.185734 rel 0.01
    near out bgnbd b 4 0.705414 rel 0.01
    near out pnbd r 4 0.0476264 rel 0.02
    near out pnbd alpha 4 0.8427222 rel 0.02
    near out pnbd s 4 0.1872594 rel 0.02
    near out pnbd beta 4 6.2105448 rel 0.02
}

@test "rows are the parameters, the likelihood and its company, then the covariances" {
    expect_status 0 score fit -q "${CDNOW[@]}"
    cut -d, -f1,2 out | diff - <(printf '%s\n' model,name mbgnbd,{r,alpha,a,b,loglik,aic,bic,customers,unit} \
        'mbgnbd,"cov:r' 'mbgnbd,"cov:r' 'mbgnbd,"cov:r' 'mbgnbd,"cov:alpha' 'mbgnbd,"cov:alpha' 'mbgnbd,"cov:a' \
        gg,{p,q,v,loglik,aic,bic,customers} 'gg,"cov:p' 'gg,"cov:p' 'gg,"cov:q')
    grep -qx 'mbgnbd,unit,week,' out
    awk -F, '$1 == "mbgnbd" { value[$2] = $3 }
        function far(a, b) { return a - b > 1e-9 || b - a > 1e-9 }
        END { exit far(value["aic"], 8 - 2 * value["loglik"]) || far(value["bic"], 4 * log(2357) - 2 * value["loglik"]) }' out
}

@test "the order of the rows, files and repeated rows change no digit" {
    score fit -q "${CDNOW[@]}" >one
    shuffled "$DATA_DIR/cdnow-sample.csv" >shuffled.csv
    score fit -q --today=1997-09-30 --unit=week --customer=customer shuffled.csv >two
    cmp one two
    printf '%s\n' x,t_x,T 0,0,30 2,9,30 2,9,30 2,28,30 1,3,30 1,3,30 1,24,30 4,6,30 4,25,30 0,0,30 0,0,30 7,11,30 8,29,30 \
        >rows.csv
    printf '%s\n' x,t_x,T,weight 8,29,30,1 2,9,30,1.5 7,11,30,1 0,0,30,3 2,9,30,0.5 2,28,30,1 1,3,30,2 1,24,30,1 4,6,30,1 \
        4,25,30,1 >weights.csv
    score fit --model=nbd rows.csv >one
    score fit --model=nbd weights.csv >two
    cmp one two
}

@test "the summary of a log gives what the log gives" {
    score fit -q --model=mbgnbd,mbgcnbd "${CDNOW[@]}" | grep -v mbgcnbd >one
    score rfm -q --digits=17 "${CDNOW[@]}" | score fit -q --unit=week >two
    paste -d, <(sed 's/"[^"]*"/cov/' one) <(sed 's/"[^"]*"/cov/' two) | awk -F, '
        NR > 1 && $2 != "unit" { off = $3 - $7; off = off < 0 ? -off : off; size = $3 < 0 ? -$3 : $3
            if ($1 != $5 || $2 != $6 || off > 1e-9 * size) { print; bad = 1 } } END { exit bad || NR != 26 }'
}

@test "days are sevenths of weeks, in parameters and standard errors" {
    score fit -q --spend=none --model=bgnbd,mbgnbd,pnbd "${CDNOW[@]}" >weeks
    score fit -q --spend=none --model=bgnbd,mbgnbd,pnbd --today=1997-09-30 --customer=customer "$DATA_DIR/cdnow-sample.csv" >days
    paste -d, weeks days | awk -F, '$2 ~ /^(r|alpha|a|b|s|beta)$/ { rows++
            factor = $2 == "alpha" || $2 == "beta" ? 7 : 1
            for (i = 3; i <= 4; i++) { off = $(i + 4) / $i / factor - 1; if (off > 1e-9 || off < -1e-9) { print; bad = 1 } } }
        END { exit bad || rows != 12 }'
}

@test "each group is fitted as if it were alone" {
    awk -F, 'NR == 1 { print $0 ",shop"; next } { print $0 "," ($2 % 2 ? "north" : "south") }' "$DATA_DIR/cdnow-sample.csv" >log.csv
    options=(-q --today=1997-09-30 --unit=week --customer=customer)
    expect_status 0 score fit "${options[@]}" --by=shop log.csv
    score fit "${options[@]}" --where='shop = "north"' log.csv | sed 's/^/north,/; 1s/^north/shop/' >wanted
    score fit "${options[@]}" --where='shop = "south"' log.csv | tail -n +2 | sed 's/^/south,/' >>wanted
    sort wanted >a
    sort out | diff a -
    score rfm "${options[@]}" --digits=17 log.csv >summary.csv
    paste -d, summary.csv <(awk -F, 'NR == 1 { print "shop"; next } { print ($1 % 2 ? "north" : "south") }' summary.csv) >grouped.csv
    score fit -q --unit=week --by=shop grouped.csv | cut -d, -f1-3 | diff - <(cut -d, -f1-3 out)
}

@test "a customer of two groups is refused" {
    printf '%s\n' customer,date,amount,shop a,2026-01-01,5,north a,2026-01-09,5,south >log.csv
    expect_error 1 "log.csv:3: column 'shop': another group than in this customer's rows before" \
        score fit --by=shop --today=2026-02-01 log.csv
}

@test "auto takes the best by BIC and says which" {
    expect_status 0 score fit --model=auto "${CDNOW[@]}"
    grep -qx 'score: the best model by BIC is mbgnbd' err
    grep -q '^mbgnbd,r,' out
    ! grep -q '^bgnbd' out
}

@test "a log without amounts will do, without a spend model" {
    cut -d, -f2,3 "$DATA_DIR/cdnow-sample.csv" >visits.csv
    score fit -q --today=1997-09-30 --unit=week visits.csv >one
    score fit -q --spend=none "${CDNOW[@]}" >two
    cmp one two
}

@test "-v tells how the fit went, and a correlation that the spend model cannot have is a note" {
    expect_status 0 score fit -v "${CDNOW[@]}"
    grep -q '^score: mbgnbd: log-likelihood -9582.1357.., BIC 19195.33.*, [0-9]* evaluations, largest slope' err
    grep -qx 'score: gg: correlation of x and m: 0.114' err
    score rfm -q "${CDNOW[@]}" | awk -F, 'NR > 1 && $7 > 0 { $10 *= 1 + $7 / 3 } 1' OFS=, >steep.csv
    expect_status 0 score fit --unit=week steep.csv
    grep -q 'gg: who buys more often spends more on a purchase (correlation of x and m 0.[3-9]' err
}

@test "where nobody came back there is nothing to learn" {
    printf '%s\n' x,t_x,T 0,0,5 0,0,9 >rows.csv
    expect_error 1 "mbgnbd: nobody came back after the day of the first purchase" score fit rows.csv
    [ ! -s out ]
    printf '%s\n' customer,date,amount a,2026-01-01,5 a,2026-01-01,7 b,2026-01-01,5 >log.csv
    expect_error 1 "nobody came back" score fit --today=2026-01-01 log.csv # T is 0 for all
}

@test "where nobody drops out, that is said, and nothing is printed" {
    printf '%s\n' x,t_x,T,weight 0,0,30,60 1,10,30,12 2,20,30,8 4,25,30,5 8,28,30,3 >rows.csv
    for model in bgnbd mbgnbd pnbd; do
        expect_error 1 "$model: no dropout can be found: that nobody ever leaves is as likely" score fit --model=$model rows.csv
        [ ! -s out ]
    done
    expect_status 0 score fit --model=nbd rows.csv
    expect_status 0 score fit --model=auto rows.csv
    grep -q '^nbd,r,' out
}

@test "a model that does not converge says which parameter runs away" {
    printf '%s\n' x,t_x,T 10,48,50 10,47,50 10,46,50 10,49,50 >rows.csv
    expect_error 1 "nbd: does not converge: 'r' grows without bound" score fit --model=nbd rows.csv
    [ ! -s out ]
}

@test "where every customer pays alike there is no spend model, and the mean is told" {
    printf '%s\n' x,t_x,T,m 1,11,40,5 2,14,40,5 4,30,40,5 9,39,40,5 0,0,7, 0,0,30, >alike.csv
    expect_error 1 "gg: does not converge: what a purchase is worth differs too little from customer to customer; take 5, the mean of all" \
        score fit --model=nbd alike.csv
    grep -q '^nbd,r,' out
    ! grep -q '^gg,' out
    expect_error 1 "take 5, the mean of all, for everybody (--spend=none does without)" score clv --model=nbd alike.csv
    awk -F, 'NR > 1 && !($7 > 0 && $8 == "" && $9 == "") { print; bad = 1 } END { exit bad || NR != 7 }' out
    printf '%s\n' x,t_x,T,m 3,5,10,1e11 2,4,10,1e-11 1,1,10,3 0,0,3, >apart.csv
    expect_error 1 'gg: does not converge: the customers are too few, or amounts are out of all proportion' score fit --model=nbd apart.csv
}

@test "a spend model without a mean is printed, with status 1" {
    # A purchase is worth an exponential amount, whose mean is 5 / u^2 over customers: q is 0.5.
    awk 'function u() { state = (state * 16807) % 2147483647; return state / 2147483647 }
        BEGIN { state = 7; print "x,t_x,T,m"
            for (i = 0; i < 900; i++) { x = int(-2 * log(u())); sum = 0; mean = 5 / u()^2
                for (k = 0; k < x; k++) sum -= mean * log(u())
                printf "%d,%d,60,%s\n", x, x ? 20 + i % 31 : 0, x ? sum / x : "" } }' >rows.csv
    expect_error 1 "and a mean spend needs it above 1" score fit --model=nbd rows.csv
    near out gg q 3 0.5 abs 0.1
    grep -q '^nbd,r,' out
}

@test "sbg of staggered cohorts has the parameters published for it" {
    # jdmaturen/shifted_beta_geometric_py.
    {
        echo cohort,period,customers
        i=0
        for cohort in '10000 8000 6480 5307 4391' '10000 8000 6480 5307' '10000 8000 6480' '10000 8000'; do
            i=$((i + 1))
            period=0
            for customers in $cohort; do
                echo "$i,$period,$customers"
                period=$((period + 1))
            done
        done
    } >cohorts.csv
    expect_status 0 score fit --model=sbg --unit=year cohorts.csv
    near out sbg alpha 3 3.798 rel 0.01
    near out sbg beta 3 15.192 rel 0.01
    grep -qx 'sbg,customers,40000,' out
    # Any order of the rows, percentages, and cohorts that begin in other periods.
    score fit --model=sbg --unit=year cohorts.csv >one
    shuffled cohorts.csv | score fit --model=sbg --unit=year | cmp one -
    awk -F, 'NR > 1 { $2 += 2000 + $1; $3 /= 100 } 1' OFS=, cohorts.csv | score fit --model=sbg --unit=year --base=10000 | cmp one -
}

@test "cohorts that cannot be are refused with file and line" {
    refuse() { # REASON ROW...
        local reason=$1
        shift
        printf '%s\n' period,customers "$@" >cohort.csv
        expect_error 1 "cohort.csv:$reason" score fit --model=sbg cohort.csv
        [ ! -s out ]
    }
    refuse '4: its period does not follow the one before' 0,10 1,9 3,8
    refuse '4: more customers than in the period before' 0,10 1,8 2,9
    refuse '2: no customers at the beginning' 0,0 1,0
    refuse "3: column 'period': not the number of a period" 0,10 0.5,9
    expect_error 1 "sbg: nobody" score fit --model=sbg <<<$'period,customers\n0,10\n1,10'
    expect_error 2 "no column 'period'" score fit --model=sbg "$DATA_DIR/cdnow-sample.csv"
}

@test "bgbb needs opportunities, and refuses what cannot be" {
    expect_error 2 "this model needs a table with the columns x, t_x and n" score fit --model=bgbb "${CDNOW[@]}"
    expect_error 2 "'mbgnbd' and 'bgbb' do not read the same columns" score fit --model=mbgnbd,bgbb "${CDNOW[@]}"
    expect_error 1 "t_x is smaller than x, but there is one purchase an opportunity at most" \
        score fit --model=bgbb <<<$'x,t_x,n\n3,2,6'
    expect_error 1 "opportunities are whole numbers" score fit --model=bgbb <<<$'x,t_x,n\n2,2.5,6'
    expect_error 1 "t_x is larger than n" score fit --model=bgbb <<<$'x,t_x,n\n2,7,6'
}

@test "summaries that cannot be are refused with line and column" {
    refuse() { # ROW COLUMN REASON
        printf '%s\n' x,t_x,T,m,weight 1,3,9,5,1 "$1" >rows.csv
        expect_error 1 "rows.csv:3: column '$2': $3" score fit rows.csv
        [ ! -s out ]
    }
    refuse 1,10,9,5,1 t_x 't_x is larger than T: both count from the first purchase, to the last one and to today'
    refuse 1,10,1e300,5,1 T 'a number out of range'
    refuse 1,nan,9,5,1 t_x 'not a number'
    refuse 1.5,3,9,5,1 x 'not a whole number of repeat purchases'
    refuse -1,3,9,5,1 x 'below 0'
    refuse 1,0,9,5,1 t_x 't_x is 0, but there were repeat purchases'
    refuse 0,3,9,,1 t_x 't_x is above 0, but there was no repeat purchase'
    refuse 1,,9,5,1 t_x 'blank, but a number is needed'
    refuse 1,3,9,,1 m 'blank, but a number is needed'
    refuse 1,3,9,-5,1 m 'below 0'
    refuse 1,3,9,5,0 weight 'a weight of 0'
}

@test "models and columns that are not there are wrong usage" {
    expect_error 2 "--model: 'bg' is no model; there are mbgnbd, bgnbd, pnbd" score fit --model=bg "${CDNOW[@]}"
    expect_error 2 "--model: 'gg' is chosen with --spend" score fit --model=gg "${CDNOW[@]}"
    printf '%s\n' x,t_x,T 1,3,9 0,0,9 >rows.csv
    expect_error 2 "no column 'litt'" score fit --model=mbgcnbd rows.csv
    expect_error 2 "no column 'shop'" score fit --by=shop rows.csv
    printf '%s\n' x,t_x 1,3 0,0 >rows.csv
    expect_error 2 "no column 'T'" score fit --input=summary rows.csv
}
