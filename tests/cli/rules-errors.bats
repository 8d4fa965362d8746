#!/usr/bin/env bats
# Every error of the rule language: what is said, in which line and column, and where the caret stands.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf 'customer,country,orders,revenue,last_order,Last name,收/支,twice,twice\na,CN,1,2,2026-01-01,x,,1,2\n' >in.csv
}

# The rule's line in errors.txt is the expression of a rule of its own.
@test "every error names its place and shows it" {
    while IFS= read -r expression; do
        status=0
        segment rules -e "A: $expression" in.csv >out 2>>got || status=$?
        [ "$status" -eq 2 ] || fail "status $status of: $expression"
        [ ! -s out ] || fail "output of: $expression"
    done <"$DATA_DIR/segment/errors.txt"
    expect_same segment/errors.txt got
}

@test "all errors of a file are said at once, in their order, before any output" {
    cp "$DATA_DIR/segment/wrong.rules" .
    expect_status 2 segment rules -f wrong.rules in.csv
    [ ! -s out ]
    expect_same segment/wrong.txt err
}

@test "several sources are told apart" {
    printf 'A: x > 1\n' >a.rules
    expect_status 2 segment rules -f a.rules -e 'B: x > 1' -e "C: customer = 'c'; D: x > 1" in.csv
    grep -v '^  ' err | cut -d: -f2-4 >got
    printf ' %s\n' a.rules:1:4 -e:1:4 '-e[2]:1:23' | diff - got
}

@test "a rule file on standard input is called so" {
    expect_error 2 "segment: stdin:2:4: unknown column 'x'" segment rules -f - in.csv < <(printf '# rules\nA: x > 1\n')
}

@test "--where is placed in the same way" {
    expect_status 2 segment rules -e 'A: else' --where='orders > 1 and reveneu < 5' in.csv
    grep -q "1:16: unknown column 'reveneu' (did you mean 'revenue'?)" err
}

@test "a caret stands under wide characters' own columns, and tabs are kept" {
    printf "新客\t: country = '中国' and\treveneu > 5\n" >wide.rules
    expect_status 2 segment rules -f wide.rules in.csv
    expect_same segment/wide.txt err
}

@test "a file that is not UTF-8 is refused where it stops being so" {
    printf 'A: orders > 1\nB: country = "\xd6\xd0"\n' >gbk.rules
    expect_error 2 'gbk.rules:2:15: not UTF-8 text' segment rules -f gbk.rules in.csv
}

@test "no source, however deep or long, does harm" {
    for sign in '(' '[' '-' 'not ' 'abs(' '"' '/' 'in (' '!'; do
        { printf 'A: '; printf "%.0s$sign" $(seq 20000); echo; } >deep.rules
        expect_status 2 segment rules -f deep.rules in.csv
    done
    { printf 'A: orders = 1'; printf '%.0s or orders = 2' $(seq 20000); echo; } >long.rules
    expect_status 0 segment rules -f long.rules in.csv
}

@test "random changes of good rules never crash and never lose their place" {
    awk -v seed=7 'BEGIN { srand(seed) }
        { line[NR] = $0 }
        END { for (n = 0; n < 300; n++) { text = line[1 + int(rand() * NR)]; at = 1 + int(rand() * length(text))
            junk = substr("()[]\"/~=<>!&|;:#,. -0a%", 1 + int(rand() * 22), 1)
            print substr(text, 1, at - 1) junk substr(text, at + int(rand() * 4)) } }' "$DATA_DIR/segment/lifecycle.rules" >fuzzed
    while IFS= read -r rule; do
        status=0
        segment rules -e "$rule" "$DATA_DIR/segment/people.csv" --today=2026-11-21 >out 2>err || status=$?
        [ "$status" -le 2 ] || fail "status $status of: $rule"
    done <fuzzed
}

@test "a text too long for a regular expression is a bad cell" {
    { echo 'id,note' && printf '1,' && printf 'a%.0s' $(seq 16384) && echo && printf '2,' && printf 'a%.0s' $(seq 16385) && echo; } >long.csv
    expect_error 1 "long.csv:3: column 'note': too long for a regular expression" segment rules -e 'A: note ~ /b$/' long.csv
    expect_error 1 "column 'note': too long for a regular expression" \
        segment rules -e "A: lower(coalesce(note, 'x')) !~ /b/" long.csv
    expect_status 0 segment rules --bad=missing -e 'A: note ~ /b/' long.csv
    sed 3d long.csv >short.csv
    expect_status 0 segment rules -e 'A: note ~ /b/' short.csv
}

@test "--check counts at most 5,000 rules" {
    seq 5001 | sed "s/.*/r&: amount = &/" >many.rules
    printf 'id,amount\n1,5\n' >in.csv
    expect_error 2 "--check counts at most 5000 rules" segment rules --check -f many.rules in.csv
    sed 1d many.rules >fewer.rules
    expect_status 0 segment rules --check -f fewer.rules in.csv
}
