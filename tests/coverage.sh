#!/bin/sh
# How many branches of common/ the tests take, file by file, and below each file the lines of those that none takes.
# usage: sh tests/coverage.sh BUILD     a tree built with gcc --coverage in which tests have run; see 'make coverage'
#
# Counted is what gcov -b calls a branch: each of the two ways of every conditional jump that gcc -O0 makes of the .c
# files of common/, so `a && b` has four. Taken is what was gone at least once in all runs of all programs together.
# Not counted are headers, whose functions are compiled into many files.
set -u

build=$1
gcov=${GCOV:-gcov}
for notes in "$build"/common/*.gcno; do
    name=$(basename "$notes" .gcno)
    "$gcov" -t -b -c -o "$build/common" "common/$name.c" 2>/dev/null | awk -v file="common/$name.c" '
        /^ *-: *0:Source:/ { own = $0 ~ "Source:" file "$" }
        !own { next }
        /^branch / { all++; if ($3 == "taken" && $4 > 0) taken++; else if (last != line) { lines = lines " " line; last = line } }
        /^ *[0-9#=*-]+\*?: *[0-9]+:/ { split($0, part, ":"); line = part[2] + 0 }
        END { if (all > 0) printf "%s\t%d\t%d\t%s\n", file, taken, all, lines }'
done | awk -F'\t' '
    { printf "%6.2f %%  %4d of %4d  %s\n", 100 * $2 / $3, $2, $3, $1; if ($2 < $3) print "          lines" $4; taken += $2; all += $3 }
    END { if (all == 0) { print "no counts: was the tree built with --coverage?"; exit 1 }
          printf "%6.2f %%  %4d of %4d branches of common/\n", 100 * taken / all, taken, all
          exit taken < 0.95 * all }'
