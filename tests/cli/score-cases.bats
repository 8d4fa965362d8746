# score: predictions at given parameters against an independent computation in high precision, also at the edges of the
# models (a = 1, s = 1, alpha = beta, T = 0, t_x = T, x in the thousands, P(alive) of 1e-100, horizons of a day, of centuries
# and without end, hardly any discount and a large one). data/score/predictions.py made the data and tells how.
bats_require_minimum_version 1.5.0
load ../helper

CASES=$DATA_DIR/score/predictions.tsv

# Splits the cases by what one run of clv can answer: N.parameters, N.options, N.rows and N.wanted for each.
split_cases() {
    awk -F'\t' 'NR == 1 { next }
        $1 FS $2 FS $6 FS $7 != last {
            last = $1 FS $2 FS $6 FS $7; n++
            unit = $1 == "bgbb" || $1 == "sbg" ? "year" : "day"
            print "model,name,estimate,std_error" >(n ".parameters")
            count = split($2, values, " ")
            for (i = 1; i <= count; i++) { sub("=", ",", values[i]); print $1 "," values[i] "," >(n ".parameters") }
            print $1 ",unit," unit "," >(n ".parameters")
            # A spend model, so that discounted orders show in future_value.
            if ($1 != "sbg") print "gg,p,6,\ngg,q,4,\ngg,v,15," >(n ".parameters")
            print "--model=" $1, "--unit=" unit, "--horizon=" $6, "--discount=" $7 >(n ".options")
            print ($1 == "sbg" ? "cohort,period,customers" : "x,t_x," ($1 == "bgbb" ? "n" : "T") ",m") >(n ".rows")
        }
        $1 == "sbg" { for (i = 0; i <= $5; i++) print FNR "," i "," 100 - i >(n ".rows") }
        $1 != "sbg" { print $3 "," $4 "," $5 "," ($3 > 0 ? 20 : "") >(n ".rows") }
        { print $8 "," $9 "," $10 "," $11 "," $1 " " $2 " " $3 " " $4 " " $5 " " $6 " " $7 >(n ".wanted") }
        END { print n }' "$CASES"
}

# What clv says: p_alive, p_no_order, orders and discounted orders; of a cohort its last row.
ask() { # N
    local options
    read -r -a options <"$1.options"
    score clv --digits=17 --use="$1.parameters" "${options[@]}" "$1.rows" | awk -F, -v CONVFMT=%.17g '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; cohorts = $1 == "cohort"; next }
        cohorts && NR > 2 && $1 != last { print row }
        { spend = $at["expected_spend"]; last = $1
          row = $at["p_alive"] "," $at["p_no_order"] "," $at["expected_orders"] "," (spend == "" || spend == 0 ? "" : $at["future_value"] / spend)
          if (!cohorts) print row }
        END { if (cohorts) print row }'
}

@test "every prediction agrees with high precision to 1e-10" {
    groups=$(split_cases)
    for ((n = 1; n <= groups; n++)); do
        ask $n >$n.got
        paste -d, $n.got $n.wanted | awk -F, '
            function far(got, wanted) { return wanted == "" ? got != "" : got == "" || (got - wanted) ^ 2 > (1e-10 * wanted) ^ 2 }
            NF != 9 { print "no answer: " $0; bad = 1 }
            # The discounted orders of a finite horizon show where there is a spend model.
            { for (i = 1; i <= 4; i++) if (far($i, $(i + 4)) && !(i == 4 && ($8 == "" || $4 == ""))) { print $9 ": " $i ", not " $(i + 4); bad = 1 } }
            END { exit bad || !NR }'
    done
    [ "$(cat ./*.wanted | wc -l)" -eq "$(($(wc -l <"$CASES") - 1))" ]
    [ "$(cat ./*.wanted | wc -l)" -gt 200 ]
}

@test "the sample of CDNOW to the end of September 1997 is what BTYD sums up" {
    # cran/BTYD, cdnowSummary: customers, repeat purchases, those of the 39 weeks after, distinct histories.
    score rfm -q --today=1997-09-30 --customer=customer "$DATA_DIR/cdnow-sample.csv" >rows
    [ "$(($(wc -l <rows) - 1))" -eq 2357 ]
    [ "$(awk -F, 'NR > 1 { sum += $7 } END { print sum }' rows)" -eq 2457 ]
    [ "$(sed 1d rows | cut -d, -f7-9 | sort -u | wc -l)" -eq 1016 ]
    expect_status 0 score validate -v --model=nbd --holdout=1997-09-30 --today=1998-06-30 --customer=customer "$DATA_DIR/cdnow-sample.csv"
    grep -qx 'score: customers until 1997-09-30: 2357; their distinct histories: 1016' err
    [ "$(awk -F, '$2 == "total" { print $5 }' out)" -eq 1882 ]
}
