#!/usr/bin/env bats
# segment rules: labels by the first rule that is true; treatments, reasons, checks.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    people=$DATA_DIR/segment/people.csv
    lifecycle=$DATA_DIR/segment/lifecycle.rules
    printf 'customer,amount,city\na,3,Rome\nb,7,\nc,,Oslo\nd,12,Rome\n' >in.csv
}

# Every combination of scores, in order: 125 rows.
every_score() {
    awk 'BEGIN { print "r_score,f_score,m_score"
        for (r = 1; r <= 5; r++) for (f = 1; f <= 5; f++) for (m = 1; m <= 5; m++) print r "," f "," m }'
}

@test "the first rule that is true labels the row, and no rule leaves it blank" {
    segment rules -e 'big: amount > 10; some: amount > 5; roman: city = "Rome" and amount > 2' in.csv >got
    printf '%s\n' customer,amount,city,segment a,3,Rome,roman b,7,,some c,,Oslo, d,12,Rome,big | diff - got
}

@test "a rule file with whole columns, continued lines and treatments" {
    cp "$people" "$lifecycle" .
    segment rules -f lifecycle.rules --why --today=2026-11-21 people.csv | expect_same segment/lifecycle.csv
}

@test "the same from a pipe, from several files and by JSON" {
    { head -n 4 "$people"; } >one.csv
    { head -n 1 "$people"; tail -n +5 "$people"; } >two.csv
    segment rules -f "$lifecycle" --today=2026-11-21 one.csv two.csv >got
    segment rules -f "$lifecycle" --today=2026-11-21 <"$people" | diff - got
    segment rules -f "$lifecycle" --today=2026-11-21 --json "$people" | jq -r '.segment + ">" + .treatment' >got
    printf '%s\n' 'Champion>' 'New>after-sales' 'At risk>' 'Prospect>few-promos' 'Loss>' 'CN team>' 'Rest>' 'Champion>' |
        diff - got
}

@test "files come before single rules, each in the order given" {
    printf 'f: amount > 11\n' >f.rules
    printf 'g: amount > 6\n' >g.rules
    segment rules -e 'e: amount > 2' -f f.rules -e 'last: else' -f g.rules --why in.csv | cut -d, -f4,5 >got
    printf '%s\n' segment,why e,-e:1 g,g.rules:1 'last,-e[2]:1' f,f.rules:1 | diff - got
}

@test "rules may come from standard input, the table from a file" {
    echo 'rest: else' | segment rules -f - --why in.csv | tail -n 1 >got
    echo 'd,12,Rome,rest,stdin:1' | diff - got
    expect_error 2 'standard input' segment rules -f - <in.csv
}

@test "a treatment column is there when any rule gives one" {
    segment rules -e 'big: amount > 10 -> call; rest: else' in.csv >got
    printf '%s\n' customer,amount,city,segment,treatment a,3,Rome,rest, b,7,,rest, c,,Oslo,rest, d,12,Rome,big,call | diff - got
}

@test "a treatment table is joined by label, and a label without a row is named once" {
    printf 'treatment,label,max_contacts\ncall,big,1/7d\n"wait, and see",rest,\n' >treat.csv
    expect_status 0 segment rules -e 'big: amount > 10; some: amount > 2; rest: amount is missing' --treat=treat.csv in.csv
    printf '%s\n' customer,amount,city,segment,treatment,max_contacts a,3,Rome,some,, b,7,,some,, \
        'c,,Oslo,rest,"wait, and see",' d,12,Rome,big,call,1/7d | diff - out
    echo "segment: treat.csv: no row for label 'some'" | diff - err
}

@test "a treatment table that cannot be used is refused" {
    printf 'name,x\n' >treat.csv
    expect_error 2 "treat.csv:1: no column 'label' or 'segment'" segment rules -e 'a: else' --treat=treat.csv in.csv
    printf 'label,x\na,1\na,2\n' >treat.csv
    expect_error 2 "treat.csv:3: label 'a' stands there twice" segment rules -e 'a: else' --treat=treat.csv in.csv
    printf 'label,x\n,1\n' >treat.csv
    expect_error 2 'treat.csv:2: a label is missing' segment rules -e 'a: else' --treat=treat.csv in.csv
    printf 'label,city\na,1\n' >treat.csv
    expect_error 2 "column 'city' is there already" segment rules -e 'a: else' --treat=treat.csv in.csv
    printf 'label,treatment\na,1\n' >treat.csv
    expect_error 2 "two of the new columns would be called 'treatment'" \
        segment rules -e 'a: else -> b' --treat=treat.csv in.csv
    expect_error 3 'none.csv' segment rules -e 'a: else' --treat=none.csv in.csv
}

@test "only some labels are kept on request" {
    segment rules -e 'big: amount > 10; some: amount > 2; rest: else' --only=big,rest in.csv | cut -d, -f1,4 >got
    printf '%s\n' customer,segment c,rest d,big | diff - got
    expect_error 2 "--only: no label 'bigg' (did you mean 'big'?)" segment rules -e 'big: else' --only=bigg in.csv
}

@test "the column has another name on request, and never that of a column that is there" {
    segment rules -e 'a: else' --as=kind in.csv | head -n 1 >got
    echo customer,amount,city,kind | diff - got
    sed 's/city/segment/' in.csv >taken.csv
    expect_error 2 "column 'segment' is there already" segment rules -e 'a: else' taken.csv
    expect_status 0 segment rules -e 'a: else' --as=kind taken.csv
}

@test "rows pass byte for byte, whatever is in them" {
    printf 'id,note,amount\r\n1,"a ""b"", c",5\r\n2,  x ,0005.10\r\n"3","line\nbreak",¥6\r\n' >odd.csv
    segment rules -e 'a: amount > 5.5; b: else' odd.csv >got
    printf 'id,note,amount,segment\n1,"a ""b"", c",5,b\n2,x,0005.10,b\n"3","line\nbreak",¥6,a\n' | diff - got
}

@test "a cell of the wrong kind stops the run, naming line, column and rule" {
    printf 'x,y\n1,2\n2,many\n3,1\n' >bad.csv
    printf '# rules\nA: y > 100\nB: x > 1\n' >bad.rules
    expect_status 1 segment rules -f bad.rules bad.csv
    echo "segment: bad.csv:3: column 'y': not a number, as rule 'A' asks (bad.rules:2)" | diff - err
    expect_status 1 segment rules -f bad.rules --show-values bad.csv
    grep -qF "'many'" err
    expect_error 1 "column 'y': not a date" segment rules -e 'A: y < today or y > 1' <(sed 2d bad.csv)
    expect_error 1 "column 'y': not a length of time" segment rules -e 'A: y < 5d' bad.csv
}

@test "a cell that no rule gets to look at may be anything" {
    printf 'x,y\n2,many\n' >bad.csv
    segment rules -e 'A: x > 1; B: y > 1' bad.csv | tail -n 1 | grep -qx '2,many,A'
}

@test "a cell of the wrong kind in a whole column stops the run too" {
    printf 'x,y\n1,2\n2,many\n' >bad.csv
    expect_status 1 segment rules -e 'A: x > 0 or pct(y) > 5' bad.csv
    echo "segment: bad.csv:3: column 'y': not a number, as a function over the whole column asks" | diff - err
}

@test "--bad=missing counts such cells, each once, and names the first" {
    printf 'x,y\n1,2\nfew,many\n3,4\n,some\n' >bad.csv
    expect_status 0 segment rules --bad=missing -e 'A: y > 3 or y < 1; B: x > 0; C: else' bad.csv
    printf '%s\n' x,y,segment 1,2,B few,many,C 3,4,A ,some,C | diff - out
    echo "segment: cells that could not be read count as missing: 3 (first: bad.csv:3, column 'y')" | diff - err
    expect_status 0 segment rules --bad=missing -e 'A: pct(y) > 50 or y > 3; C: else' bad.csv
    grep -qF 'count as missing: 2 (first: bad.csv:3' err
}

@test "bad cells go to the rejects and the other rows are labelled" {
    printf 'x,y\n1,2\n2,many\n3,4\n' >bad.csv
    expect_status 1 segment rules -e 'A: mean(y) = 3; B: else' --rejects=rejected.csv bad.csv
    printf '%s\n' x,y,segment 1,2,A 3,4,A | diff - out
    grep -q "^3,.*column 'y': not a number" rejected.csv
}

@test "-v tells how many rows have no label and how many of those met an unknown" {
    expect_status 0 segment rules -v -e 'A: amount > 10; B: city = "Rome"' in.csv
    grep -qx 'segment: rows without a label: 2' err
    grep -qx 'segment: rows without a label or left to else that met an unknown: 1' err
    expect_status 0 segment rules -v -e 'A: amount > 10; B: else' in.csv
    grep -qx 'segment: rows without a label: 0' err
    grep -qx 'segment: rows without a label or left to else that met an unknown: 1' err
}

@test "--where is asked first: its rows are not in whole columns either" {
    segment rules -e 'above: amount > mean(amount); rest: else' --where='city = "Rome" or amount > 5' in.csv >got
    printf '%s\n' customer,amount,city,segment a,3,Rome,rest b,7,,rest d,12,Rome,above | diff - got
}

@test "the order of the rows changes no label, also of whole columns" {
    awk 'BEGIN { srand(3); print "id,x"; for (i = 0; i < 500; i++) printf "%d,%.3f\n", i, exp(20 * rand()) }' >rows.csv
    rules='a: x > mean(x) + sd(x); b: pct(x) > 60; c: share(x) > 0.0001; d: rank(x) > 250; e: x < q(x, 12.5); f: else'
    segment rules -e "$rules" rows.csv | sort >forth
    { head -n 1 rows.csv; tail -n +2 rows.csv | tac; } | segment rules -e "$rules" | sort | diff forth -
}

# In the order of the file a plain sum would lose every 0.5 beside 1e17; the sum is 49, the mean 0.49.
@test "whole columns do not depend on the order of the rows, nor on how they are cut into files" {
    awk 'BEGIN { print "id,x,y"; print "1,100000000000000000,7"; for (i = 2; i < 100; i++) printf "%d,0.5,%d\n", i, i % 7
        print "100,-100000000000000000," }' >rows.csv
    cat >whole.rules <<'RULES'
wrong : mean(x) * 100 < 49 or mean(x) * 100 > 49 or share(x) between 0.0103 and 1000 or q(x, 50) != 0.5
top   : rank(x) = 1 and pct(x) = 100
last  : rank(x) = 100 and pct(x) = 1
high  : y > mean(y) + sd(y) and pct(y) > 85
half  : y >= q(y, 50) and share(y) > 0.01
ranked: rank(y) > 80
rest  : else
RULES
    segment rules -f whole.rules rows.csv | sed 1d | sort >forth
    cut -d, -f4 forth | sort | uniq -c | awk '{ print $2, $1 }' >counts
    printf '%s\n' 'half 28' 'high 14' 'last 1' 'ranked 14' 'rest 42' 'top 1' | diff - counts
    for seed in 1 2 3; do
        sed 1d rows.csv | awk -v seed=$seed 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort | cut -f2 >shuffled
        { echo id,x,y && sed 20q shuffled; } >one.csv
        { echo id,x,y; } >two.csv
        { echo y,id,x && sed -n '21,77p' shuffled | awk -F, '{ print $3 "," $1 "," $2 }'; } >three.csv
        { echo id,x,y && sed 1,77d shuffled; } >four.csv
        segment rules -f whole.rules one.csv two.csv three.csv four.csv | sed 1d | sort | diff forth -
        cat one.csv four.csv | segment rules -q -f whole.rules three.csv two.csv - | awk -F, 'NR > 1 {
            print $2 "," $3 "," $1 "," $4 }' | sort | diff forth -
        segment rules --check -f whole.rules one.csv two.csv three.csv four.csv >cut.check
        segment rules --check -f whole.rules rows.csv | diff - cut.check
    done
}

@test "--check counts for each rule what it matches, what only it matches, and what hides it" {
    cat >check.rules <<'RULES'
big: amount > 10
positive: amount > 0
roman: city = 'Rome' and amount > 1
never: amount < 0
rest: else
RULES
    expect_status 1 segment rules --check -f check.rules in.csv
    cat >expected <<'CSV'
rule,line,matched,alone,shadowed_by
big,1,1,0,
positive,2,3,1,
roman,3,2,0,big
never,4,0,0,
rest,5,1,1,
(none),,0,,
(several),,2,,
CSV
    diff expected out
    grep -v roman check.rules | segment rules --check -f - in.csv >out
    expect_status 0 segment rules --check -e 'big: amount > 10' in.csv
    printf '%s\n' rule,line,matched,alone,shadowed_by big,1,1,1, '(none),,3,,' '(several),,0,,' | diff - out
}

@test "what --check says adds up: none, alone and several are all rows" {
    for set in rfm-readme rfm-tests; do
        every_score | segment rules --check -f "$DATA_DIR/segment/$set.rules" >got || true
        awk -F, 'NR > 1 { rows += NR > 1 && $1 !~ /^\(/ ? $4 : $3 } END { exit rows != 125 }' got
    done
}

# The numbers of rules that match a combination of scores, as published and counted: E24, E25, E26.
@test "the coverage of three published sets of RFM groups" {
    segment rules --dump=rfm11 | grep -v '^prospect' >rfm11.rules
    every_score | segment rules --check -f rfm11.rules | cut -d, -f1,3-5 >got
    printf '%s\n' rule,matched,alone,shadowed_by champions,7,7, loyal,8,8, potential-loyalist,24,24, new,7,7, \
        promising,16,16, need-attention,8,8, about-to-sleep,8,8, at-risk,22,22, cannot-lose,8,8, hibernating,11,11, \
        lost,6,6, '(none),0,,' '(several),0,,' | diff - got
    every_score | segment rules --check -f "$DATA_DIR/segment/rfm-readme.rules" | expect_same segment/check-readme.csv
    tail -n 2 "$EXPECTED_DIR/segment/check-readme.csv" | diff <(printf '%s\n' '(none),,10,,' '(several),,58,,') -
    every_score | { segment rules --check -f "$DATA_DIR/segment/rfm-tests.rules" || echo "status $?"; } >got
    expect_same segment/check-tests.csv got
    tail -n 3 got | diff <(printf '%s\n' '(none),,36,,' '(several),,39,,' 'status 1') -
    awk -F, '$5 != "" && NR > 1 { print $1 }' got | diff <(printf '%s\n' New Promising "Can't Lose") -
}

@test "--check reads every cell that any rule asks for" {
    printf 'x,y\n2,many\n' >bad.csv
    expect_error 1 "column 'y': not a number, as rule 'B' asks (-e:1)" segment rules --check -e 'A: x > 1; B: y > 1' bad.csv
}

@test "built-in sets are printed as they are run" {
    for set in rfm11 rfm10; do
        segment rules --dump=$set >dumped.rules
        every_score | segment rules -f dumped.rules | segment rules --as=again -f dumped.rules >got
        awk -F, 'NR > 1 && ($4 == "" || $4 != $5) { bad = 1 } END { exit bad }' got
    done
    expect_error 2 "--dump: no set 'rfm12'; there are: rfm11, rfm10" segment rules --dump=rfm12 </dev/null
}

@test "wrong usage is refused" {
    expect_error 2 'no rules: give -f FILE or -e' segment rules in.csv
    expect_error 2 'there is no rule in what -f and -e give' segment rules -e '# nothing' in.csv
    expect_error 2 '--check labels nothing' segment rules --check --why -e 'a: else' in.csv
    expect_error 2 '--check labels nothing' segment rules --check --only=a -e 'a: else' in.csv
    expect_error 3 'none.rules' segment rules -f none.rules in.csv
    [ ! -s out ]
}

@test "a table of a header alone is labelled, and checked" {
    echo amount >empty.csv
    segment rules -e 'a: pct(amount) > 5' empty.csv | diff <(echo amount,segment) -
    segment rules --check -e 'a: pct(amount) > 5' empty.csv >got
    printf '%s\n' rule,line,matched,alone,shadowed_by a,1,0,0, '(none),,0,,' '(several),,0,,' | diff - got
}

@test "today is an option, so that a label can be told again" {
    printf 'd\n2026-08-23\n2026-08-22\n' >dates.csv
    segment rules -e 'late: d < today-90d; fine: else' --today=2026-11-21 dates.csv >got
    printf '%s\n' d,segment 2026-08-23,fine 2026-08-22,late | diff - got
}

@test "rows stream: labels leave before the input ends" {
    mkfifo rows
    segment rules -e 'a: else' rows >got 2>&1 &
    { echo x; yes 1 | head -n 400000; sleep 1; wc -c <got >seen; } >rows
    wait $!
    [ "$(cat seen)" -gt 100000 ]
}
