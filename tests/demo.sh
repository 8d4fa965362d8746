#!/bin/sh
# The whole pipeline on a real order log: 69,659 orders of 23,570 customers of an online music shop, January 1997 to
# June 1998 (tests/data/README.md names the source). `make demo` runs it; everything lands in $BUILD/demo.
set -eu

build=${BUILD:-build}
demo=$build/demo
today=1998-06-30
PATH=$(cd "$build" && pwd):$PATH

rm -rf "$demo"
mkdir -p "$demo"
cp tests/data/cdnow.csv "$demo/orders.csv"
cd "$demo"

# A CSV without quoted cells as aligned columns, for the eye.
show() {
    awk -F, '{ for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } fields = NF }
        END { for (row = 1; row <= NR; row++) { line = "  "
            for (i = 1; i <= fields; i++) line = line sprintf("%-" width[i] "s  ", cell[row, i])
            sub(/ +$/, "", line); print line } }' "$1"
}

echo "What each customer is worth, and what kind of customer that makes him:"
echo "  $ score rfm --today=$today orders.csv | segment rfm >customers.csv"
score rfm --today=$today orders.csv | segment rfm >customers.csv
echo
echo "What the kinds are worth together:"
echo "  $ segment summary customers.csv >summary.csv"
segment summary customers.csv >summary.csv
cut -d, -f1-5 summary.csv >summary-shown.csv
show summary-shown.csv
rm summary-shown.csv
echo
echo "Who is to be contacted today; the five most urgent of $(remind due --dump=shop >policy.csv &&
    remind due --today=$today -p policy.csv --ledger=sent.csv --limit=40 customers.csv >due.csv && sed 1d due.csv | wc -l):"
echo "  $ remind due --dump=shop >policy.csv"
echo "  $ remind due --today=$today -p policy.csv --ledger=sent.csv --limit=40 customers.csv >due.csv"
echo "  $ head -6 due.csv | remind digest"
head -6 due.csv | remind digest | sed 's/^/  /'
echo
echo "How many come back, from the first order to the third:"
echo "  $ funnel steps --today=$today -s 'first: true' -s 'second: true' -s 'third: true' orders.csv >funnel.csv"
funnel steps --today=$today -s 'first: true' -s 'second: true' -s 'third: true' orders.csv >funnel.csv
cut -d, -f1-5,8-10 funnel.csv >funnel-shown.csv
show funnel-shown.csv
rm funnel-shown.csv
echo
echo "Written to $demo: $(ls | tr '\n' ' ')"
