#!/bin/sh
# usage: score-models.sh DATADIR
# Fits the models of score to public data that is not kept here and compares with what other systems publish; speaks TAP. Run
# by `make check-data`, programs in PATH.
set -u

data=$1/score
count=0
failures=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# report STATUS NAME
report() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        failures=$((failures + 1))
    fi
}

# near NAME VALUE WANTED abs|rel TOLERANCE
near() {
    awk -v got="$2" -v wanted="$3" -v kind="$4" -v tolerance="$5" 'BEGIN {
        off = got - wanted; off = off < 0 ? -off : off; size = wanted < 0 ? -wanted : wanted
        limit = kind == "rel" ? tolerance * size : tolerance
        if (got == "" || off > limit) { print "# got " got ", not " wanted " +- " limit; exit 1 } }'
    report $? "$1"
}

# value MODEL NAME: of the parameters in $scratch/fit
value() {
    awk -F, -v model="$1" -v name="$2" '$1 == model && $2 == name { print $3 }' "$scratch/fit"
}

# sum COLUMN FILE, times the column weight where there is one
sum() {
    awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) { if ($i == name) column = i; if ($i == "weight") weight = i } next }
        { total += $column * (weight ? $weight : 1) } END { printf "%.9f", total }' "$2"
}

# Grocery (BTYDplus): visits without amounts, weeks to the end of 2006. Tight optima; BTYDplus finds the same for mbgnbd.
score fit -q --today=2006-12-31 --unit=week --customer=cust --model=bgnbd,mbgnbd,pnbd,mbgcnbd "$data/grocery_elog.csv" \
    >"$scratch/fit"
while read -r model name wanted kind tolerance; do
    near "grocery: $model $name" "$(value "$model" "$name")" "$wanted" "$kind" "$tolerance"
done <<END
bgnbd r 0.348646 rel 0.001
bgnbd alpha 2.581671 rel 0.001
bgnbd a 0.503845 rel 0.001
bgnbd b 3.644386 rel 0.001
bgnbd loglik -15836.566232 abs 0.01
mbgnbd r 1.256921 rel 0.001
mbgnbd alpha 6.039142 rel 0.001
mbgnbd a 0.368277 rel 0.001
mbgnbd b 0.715764 rel 0.001
mbgnbd loglik -15781.939376 abs 0.01
pnbd r 0.786437 rel 0.001
pnbd alpha 5.679041 rel 0.001
pnbd s 0.386239 rel 0.001
pnbd beta 5.717789 rel 0.001
pnbd loglik -15782.392139 abs 0.01
mbgcnbd k 2 abs 0
END

# Donations (BTYD): 11,104 donors, six years, then what is to be expected of them and of new ones.
sed '1s/.*/x,t_x,n,weight/' "$data/donations_bgbb.csv" >"$scratch/donors.csv"
score fit -q --model=bgbb --unit=year "$scratch/donors.csv" >"$scratch/fit"
while read -r name wanted tolerance; do
    near "donations: bgbb $name" "$(value bgbb "$name")" "$wanted" abs "$tolerance"
done <<END
alpha 1.204 0.01
beta 0.750 0.01
gamma 0.657 0.01
delta 2.783 0.01
loglik -33225.58 0.01
END
score clv -q --digits=17 --model=bgbb --unit=year --use="$scratch/fit" --horizon=5y "$scratch/donors.csv" >"$scratch/donors"
near "donations: expected 2002 to 2006" "$(sum expected_orders "$scratch/donors")" 12884.2 abs 0.5
printf '%s\n' x,t_x,n 0,0,0 >"$scratch/new.csv"
score clv --digits=17 --model=bgbb --unit=year --use="$scratch/fit" --horizon=6y "$scratch/new.csv" >"$scratch/new"
near "donations: expected donors without a repeat" "$(awk -F, 'NR == 2 { printf "%.6f", 11104 * $5 }' "$scratch/new")" 3454.9 abs 0.5
before=0
year=1995
for wanted in 5535.8 4717.1 4147.6 3724.7 3395.9 3131.6 2913.8 2730.5 2573.7 2437.9 2318.7; do
    year=$((year + 1))
    all=$(score clv --digits=17 --model=bgbb --unit=year --use="$scratch/fit" --horizon=$((year - 1995))y "$scratch/new.csv" |
        awk -F, 'NR == 2 { printf "%.9f", 11104 * $6 }')
    near "donations: expected repeats of $year" "$(awk -v a="$all" -v b="$before" 'BEGIN { printf "%.9f", a - b }')" "$wanted" abs 0.5
    before=$all
done

# Retention of Fader and Hardie 2007 (foretell), years 0 to 7 of 1,000 customers.
cohort() { # COLUMN
    awk -F, -v column="$1" 'NR == 1 { print "period,customers"; next } $1 <= 7 { print $1 "," $column }' \
        "$data/foretell_customer_retention.csv"
}
cohort 3 | score fit --model=sbg --unit=year --base=1000 >"$scratch/fit"
near "retention, high end: alpha" "$(value sbg alpha)" 0.668 rel 0.001
near "retention, high end: beta" "$(value sbg beta)" 3.806 rel 0.001
near "retention, high end: loglik" "$(value sbg loglik)" -1611.1581 abs 0.001
cohort 2 | score fit --model=sbg --unit=year --base=1000 >"$scratch/fit"
near "retention, regular: alpha" "$(value sbg alpha)" 0.704 rel 0.001
near "retention, regular: beta" "$(value sbg beta)" 1.182 rel 0.001
near "retention, regular: loglik" "$(value sbg loglik)" -1680.2652 abs 0.001

echo "1..$count"
exit $((failures > 0))
