#!/bin/sh
# Scores, RFM groups, summaries, natural breaks and clusters against what other packages make of the same data: rfm
# (rsquaredacademy/rfm, MIT), numpy, pandas, jenkspy, classInt, scikit-learn and R.
# usage: BUILD=DIR sh tests/data-checks/segment.sh DATA, where DATA/segment holds the files
# Speaks TAP. Where the package adds 1 to every cut, its own scores are read and only the grouping is compared.
set -u
LC_ALL=C
export LC_ALL

data=$1/segment
root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$(cd "${BUILD:-$root/build}" && pwd):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=0
failures=0

# check WHAT EXPECTED GOT
check() {
    tests=$((tests + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $tests - $1"
        return
    fi
    failures=$((failures + 1))
    echo "not ok $tests - $1"
    echo "# expected: $2" | head -n 1
    echo "#      got: $3" | head -n 1
}

# check_file WHAT EXPECTED-FILE GOT-FILE
check_file() {
    check "$1" same "$(diff "$2" "$3" >"$work/difference" && echo same || sed -n 2p "$work/difference")"
}

# column FILE NAME: the cells of one column, of a file without quotes
column() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$1"
}

# tally FILE NAME: "value count" of one column, in one line, values in order
tally() {
    column "$1" "$2" | sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); printf "%s%s %s", sep, $0, n; sep = ", " }'
}

# cuts FILE SCORE: the values of its cuts, ten digits
cuts() {
    awk -F, -v score="$2" '$1 == score { printf "%s%.10g", sep, $3; sep = " " }' "$1"
}

# The log: scores, row by row and in all.
score rfm --today=2006-12-31 --save="$work/cuts.csv" "$data/rfm_orders.csv" >"$work/rfm.csv"
check "995 customers" 995 "$(column "$work/rfm.csv" customer | wc -l | tr -d ' ')"
check "4906 orders" 4906 "$(column "$work/rfm.csv" orders | awk '{ n += $1 } END { print n }')"
check "customers by number of orders" "1 42, 2 83, 3 143, 4 187, 5 176, 6 150, 7 94, 8 51, 9 38, 10 20, 11 3, 12 5, 13 2, 14 1" \
    "$(column "$work/rfm.csv" orders | sort -n | uniq -c | awk '{ printf "%s%s %s", sep, $2, $1; sep = ", " }')"
check "cuts of recency" "114 180 296.4 481" "$(cuts "$work/cuts.csv" r)"
check "cuts of frequency" "3 4 5 7" "$(cuts "$work/cuts.csv" f)"
check "cuts of monetary value" "254.8 381 505.4 665" "$(cuts "$work/cuts.csv" m)"
check "rows per recency score" "1 197, 2 201, 3 198, 4 199, 5 200" "$(tally "$work/rfm.csv" r_score)"
check "rows per frequency score" "1 268, 2 187, 3 176, 4 244, 5 120" "$(tally "$work/rfm.csv" f_score)"
check "rows per monetary score" "1 199, 2 201, 3 197, 4 203, 5 195" "$(tally "$work/rfm.csv" m_score)"
for pair in "Abbey O'Reilly:343" "Add Senger:412" "Aden Lesch:323" "Aden Murphy:544" "Admiral Senger:433" \
    "Agness O'Keefe:555" "Ailene Hermann:355" "Aiyanna Bruen:321" "Akeelah Walsh:445"; do
    check "the scores of ${pair%:*}" "${pair#*:}" "$(awk -F, -v who="${pair%:*}" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "rfm") at = i } $1 == who { print $at }' "$work/rfm.csv")"
done

# The groups, row by row. The file's words for them are its own.
segment rfm "$work/rfm.csv" >"$work/eleven.csv"
segment rfm --groups=10 --as=ten "$work/eleven.csv" >"$work/both.csv"
awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { print $1 "," $at["recency"] "," $at["orders"] "," $at["revenue"] "," $at["r_score"] "," $at["f_score"] "," \
        $at["m_score"] "," $at["segment"] "," $at["ten"] }' "$work/both.csv" | sort >"$work/got"
sed '1d; s/About To Sleep/about-to-sleep/; s/At Risk/at-risk/; s/Cannot Lose Them/cannot-lose/; s/Champions/champions/
    s/Hibernating/hibernating/; s/Lost/lost/; s/Loyal,/loyal,/; s/Need Attention/need-attention/; s/New Customers/new/
    s/Potential Loyalist/potential-loyalist/; s/Promising/promising/; s/about_to_sleep/about-to-sleep/
    s/at_risk/at-risk/; s/cant_lose/cannot-lose/; s/need_attention/need-attention/; s/potential_loyalist/potential-loyalist/' \
    "$data/rfm_orders_expected_default.csv" | sort >"$work/expected"
check_file "every customer's measures, scores and groups" "$work/expected" "$work/got"
check "customers per group of eleven" "about-to-sleep 29, at-risk 138, cannot-lose 22, champions 139, hibernating 148,\
 lost 111, loyal 98, need-attention 52, new 99, potential-loyalist 104, promising 55" "$(tally "$work/eleven.csv" segment)"
check "customers per group of ten" "about-to-sleep 76, at-risk 136, cannot-lose 22, champions 99, hibernating 240,\
 loyal 169, need-attention 46, new 30, potential-loyalist 146, promising 31" "$(tally "$work/both.csv" ten)"

# The dumped rules are the groups.
for set in 11 10; do
    segment rules --dump="rfm$set" >"$work/rfm.rules"
    segment rules -f "$work/rfm.rules" "$work/rfm.csv" >"$work/by-rules.csv"
    segment rfm --groups="$set" "$work/rfm.csv" >"$work/by-mode.csv"
    check_file "rules dumped as rfm$set give what the mode gives" "$work/by-mode.csv" "$work/by-rules.csv"
done

# Mean revenue of each cell of the heat map, summed.
check "the heat map of mean revenue" 12634 "$(awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { cell = $at["r_score"] $at["f_score"]; n[cell]++; sum[cell] += $at["revenue"] }
    END { for (cell in n) total += sum[cell] / n[cell]; printf "%.0f", total }' "$work/rfm.csv")"

# Ranges of the package, on the package's own scores.
sed '1s/recency_score/r_score/; 1s/frequency_score/f_score/; 1s/monetary_score/m_score/' \
    "$data/rfm_orders_expected.csv" >"$work/package.csv"
segment rules -f "$root/tests/data/segment/rfm-readme.rules" "$work/package.csv" >"$work/readme.csv"
segment rules -f "$root/tests/data/segment/rfm-tests.rules" "$work/package.csv" >"$work/tests.csv"
check "customers per group of the package's page" "About To Sleep 102, At Risk 28, Can't Lose 47, Champions 35, Lost 148,\
 Loyal 170, Need Attention 10, New 104, Potential Loyalist 342, Promising 9" \
    "$(tally "$work/readme.csv" segment | sed 's/ Them//; s/ Customers//g')"
check "champions of the package's tests: customers, orders, revenue" "158 1234 120178" "$(awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["segment"] == "Champions" { n++; orders += $at["transaction_count"]; sum += $at["amount"] }
    END { print n, orders, sum }' "$work/tests.csv")"

# A customer table instead of a log.
score rfm --input=summary --orders=number_of_orders --revenue=revenue --recency=recency_days --save="$work/cuts.csv" \
    "$data/rfm_customer.csv" >"$work/table.csv"
check "39999 rows of a customer table" 39999 "$(column "$work/table.csv" rfm | wc -l | tr -d ' ')"
check "its cuts of recency" "76 125 176 265" "$(cuts "$work/cuts.csv" r)"
check "its cuts of frequency" "7 9 10 12" "$(cuts "$work/cuts.csv" f)"
check "its cuts of monetary value" "640 826 1002 1225" "$(cuts "$work/cuts.csv" m)"

# Quantiles and dates in rules.
for pair in 20:15.2 40:17.92 60:21 80:24.08; do
    check "the ${pair%:*} % quantile of mpg" 32 "$(segment rules \
        -e "yes: abs(q(mpg, ${pair%:*}) - ${pair#*:}) <= 0.000000001" "$data/mtcars.csv" | grep -c ',yes$')"
done
check "last orders more than 90 days ago" 574 "$(segment rules --today=2026-11-21 \
    -e 'lapsed: last_order < today-90d' "$data/value1k.csv" | grep -c ',lapsed$')"

# What is earned and lost.
segment rules -e 'loss: revenue - cost < 0; even: revenue - cost = 0; profit: else' "$data/value1k.csv" |
    segment summary >"$work/summary.csv"
check "customers who earn and who lose" "loss 207, profit 793" \
    "$(sed 1d "$work/summary.csv" | awk -F, '{ printf "%s%s %s", sep, $1, $2; sep = ", " }' | awk -F', ' '{ print $2 ", " $1 }')"
check "the net of all" 79003.61 "$(column "$work/summary.csv" net | awk '{ n += $1 } END { printf "%.2f", n }')"
check "the peak is where losses begin" "profit yes" "$(awk -F, '$10 == "yes" { print $1, $10 }' "$work/summary.csv")"

# Natural breaks: jenkspy's columns (mthh/jenkspy), and R's precip as classInt's style 'jenks' divides it.
# breaks FILE COLUMN CLASSES: the lowest value and the upper bounds
breaks() {
    segment breaks --column="$2" -k "$3" --table -v "$1" 2>"$work/fit" |
        awk -F, 'NR == 2 { printf "%.6g", $2 } NR > 1 { printf " %.6g", $3 }'
}
check "jenkspy's 50 whole numbers in 4 classes" "1 416 767 1083 1424" "$(breaks "$data/jenks_int50.csv" x 4)"
check "their fit" "SDCM 411243.0662, GVF 0.9597493767" "$(sed -n 's/.*: SDCM/SDCM/p' "$work/fit")"
check "jenkspy's 2000 numbers in 5 classes" "0.00281096 2.09355 4.2055 6.17815 8.09176 9.99798" \
    "$(breaks "$data/jenks_uniform.csv" x 5)"
check "precip in 5 classes" "7 20.7 33.4 40.8 49.2 67" "$(breaks "$data/precip.csv" inches 5)"
check "its fit" 0.948512 "$(sed -n 's/.*GVF //p' "$work/fit" | cut -c1-8)"

# k-means: scikit-learn 1.2.1, with which R 4.2.2 agrees; iris and wine are scikit-learn's copies.
# clusters ARGUMENT...: the profile in $work/profile, the sizes in one line; $work/fit has what -v says
clusters() {
    segment kmeans --table -v "$@" 2>"$work/fit" >"$work/profile"
    column "$work/profile" rows | sort -n | awk '{ printf "%s%s", sep, $1; sep = " " }'
}

# near A B: within a millionth
near() {
    awk -v a="$1" -v b="$2" 'BEGIN { print (a - b <= 1e-6 && b - a <= 1e-6) ? "near" : a " and " b }'
}

inertia() {
    sed -n 's/.*: inertia \([0-9.]*\) .*/\1/p' "$work/fit"
}

iris=--columns=sepal_length,sepal_width,petal_length,petal_width
check "sizes of 3 clusters of iris" "38 50 62" "$(clusters --scale=none $iris -k 3 "$data/iris.csv")"
check "their inertia" near "$(near "$(inertia)" 78.851441426)"
awk -F, 'NR > 1 { print $4, $5, $6, $7 }' "$work/profile" | sort -n >"$work/centres"
printf '%s\n' '5.006 3.428 1.462 0.246' '5.901613 2.748387 4.393548 1.433871' '6.85 3.073684 5.742105 2.071053' \
    >"$work/expected"
check "their centres" near "$(paste -d' ' "$work/centres" "$work/expected" | awk '
    { for (i = 1; i <= 4; i++) if ($i - $(i + 4) > 1e-6 || $(i + 4) - $i > 1e-6) bad = bad " " $i }
    END { print bad == "" && NR == 3 ? "near" : "far:" bad }')"
check "sizes of 2 clusters of iris" "53 97" "$(clusters --scale=none $iris -k 2 "$data/iris.csv")"
check "their inertia" near "$(near "$(inertia)" 152.347952)"
check "their silhouette" near "$(near "$(sed -n 's/.*silhouette \([0-9.]*\) .*/\1/p' "$work/fit")" 0.681046)"
wine=--columns=$(head -n 1 "$data/wine.csv" | sed 's/,cls$//')
check "sizes of 3 clusters of wine, in z-scores" "51 62 65" "$(clusters "$wine" -k 3 "$data/wine.csv")"
check "their inertia" near "$(near "$(inertia)" 1277.928489)"
# The adjusted Rand index of the clusters and the three vines (Hubert and Arabie 1985).
check "their agreement with the vines" near "$(near "$(segment kmeans "$wine" -k 3 "$data/wine.csv" | awk -F, '
    function pairs(n) { return n * (n - 1) / 2 }
    NR > 1 { n++; a[$14]++; b[$15]++; ab[$14 "," $15]++ }
    END { for (i in ab) both += pairs(ab[i]); for (i in a) one += pairs(a[i]); for (i in b) other += pairs(b[i])
        chance = one * other / pairs(n); printf "%.9f", (both - chance) / ((one + other) / 2 - chance) }')" 0.897495)"

# Tiers of return, and what a second month makes of the same cuts.
segment tier --save="$work/tiers.csv" "$data/value1k.csv" >"$work/tiered.csv"
check "customers per tier" "high 264, low 265, medium 264, negative 207" "$(tally "$work/tiered.csv" tier)"
check "the cuts of the tiers" "medium 27.43 high 96.35" "$(sed 1d "$work/tiers.csv" | tr ',\n' '  ' | sed 's/ $//')"
segment tier --use="$work/tiers.csv" "$data/value1k.csv" >"$work/again.csv"
check_file "saved cuts give the same tiers" "$work/tiered.csv" "$work/again.csv"
check "the net of all tiers" 79003.61 "$(segment summary --segment=tier "$work/tiered.csv" >"$work/summary.csv" &&
    column "$work/summary.csv" net | awk '{ n += $1 } END { printf "%.2f", n }')"
{ head -n 1 "$data/value1k.csv" && sed 1d "$data/value1k.csv" | sort -t, -k7,7 -k5,5; } >"$work/shuffled.csv"
for method in tertile share; do
    segment tier --method=$method --by=country "$data/value1k.csv" | sort >"$work/plain.csv"
    segment tier --method=$method --by=country "$work/shuffled.csv" | sort >"$work/other.csv"
    check_file "tiers by $method in another order of rows" "$work/plain.csv" "$work/other.csv"
done

# The onion of a community.
segment core --activity=events "$data/onion.csv" >"$work/onion.csv"
check "members per class of activity" "casual 2, observer 1, regular 4, top 2" "$(tally "$work/onion.csv" core)"

# Stages of the customers of an order log, and how they move within a quarter.
segment stage --today=2006-12-31 --since "$work/rfm.csv" >"$work/stages.csv"
segment stage --today=2007-03-31 --previous="$work/stages.csv" "$work/rfm.csv" >"$work/later.csv"
segment moves --segment=stage --previous="$work/stages.csv" "$work/later.csv" >"$work/moves.csv"
check "stages a quarter later: customers" 995 "$(column "$work/moves.csv" customers | awk '{ n += $1 } END { print n }')"
check "stages by rules written in awk" "$(awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { o = $at["orders"]; r = $at["recency"]
      print(o < 1 ? "prospect" : r > 365 ? "lost" : r > 180 || (o == 1 && r > 90) ? "lapsed" : o >= 4 ? "loyal" : \
        o >= 2 ? "repeat" : "new") }' "$work/rfm.csv" | sort | uniq -c | awk '{ printf "%s%s %s", sep, $2, $1; sep = ", " }')" \
    "$(tally "$work/stages.csv" stage)"

echo "1..$tests"
[ "$failures" -eq 0 ]
