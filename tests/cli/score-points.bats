# score points: no published case of it is known, so one is worked out by hand here, and random tables are compared with
# awk. The gravity of a community in the Orbit model, which is published, is a case of points too. In segment/people.csv
# with score/points.rules on 2026-11-21:
#
#   1001  10 + 12 x 2 + 5.5 = 39.5    1003  10 + 7 x 2 = 24          1005  10 - 20 = -10        1007  0
#   1002  10 + 5.5          = 15.5    1004  nothing is known: 0      1006  10 + 4 x 2 + 5.5     1008  10 + 5 x 2 = 20
bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-11-21
people=$DATA_DIR/segment/people.csv
rules=$DATA_DIR/score/points.rules

@test "the case worked out by hand" {
    score points $TODAY -f "$rules" "$people" >got
    { echo "$(head -n 1 "$people"),points"
        paste -d, <(sed 1d "$people") <(printf '%s\n' 39.5 15.5 24 0 -10 23.5 0 20); } | diff - got
}

@test "--parts adds a column for each rule, and they add up" {
    score points $TODAY --parts -f "$rules" "$people" | cut -d, -f1,10- >got
    head -n 1 got | grep -q 'points,points_1,points_2,points_3,points_4$'
    grep -q '39.5,10,24,5.5,0$' got
    score points --json $TODAY --parts -f "$rules" "$people" |
        jq -e '.points == ([.points_1, .points_2, .points_3, .points_4] | add)' >sums
    [ "$(sort -u sums)" = true ]
}

@test "rules of several files and of -e count together, in their order" {
    printf '1: true\n' >one.rules
    score points $TODAY -q --parts -e '3: true; 4: false' -e '5: true' -f "$rules" -f one.rules "$people" >got
    head -n 1 got | grep -q ',points_8$'
    sed -n 2p got | grep -q ',48.5,10,24,5.5,0,1,3,0,5$'
}

@test "ten thousand random rows are what awk adds up" {
    awk 'BEGIN { srand(9); print "id,a,b,kind"
        for (i = 1; i <= 10000; i++) printf "%d,%s,%s,%s\n", i, rand() < 0.1 ? "" : int(rand() * 20), int(rand() * 20) - 5, rand() < 0.5 ? "x" : "y" }' >in.csv
    awk -F, 'NR > 1 { p = 3; known = $2 != ""
        if (known && $2 > 10) p += 10
        if ($4 == "x") p += known ? $2 * $3 : 0
        if ($3 < 0 || (known && $2 < 5)) p -= 2.5
        if (known && !($2 > 10)) p += $3 / 4
        print p }' in.csv >wanted
    score points -e '3: true; 10: a > 10; a * b: kind = "x"; -2.5: b < 0 or a < 5; b / 4: not (a > 10)' in.csv |
        sed 1d | cut -d, -f5 | diff wanted -
}

@test "what is unknown counts nothing: a condition, or the points of one that is true" {
    printf 'a,b\n1,2\n,2\n1,\n' >in.csv
    score points --parts -e '5: a > 0; b * 3: true; 1: not (a > 0)' in.csv >got
    printf '%s\n' a,b,points,points_1,points_2,points_3 1,2,11,5,6,0 ,2,6,0,6,0 1,,5,5,,0 | diff - got
    expect_status 0 score points -v -e 'b: true' in.csv
    grep -q 'rules that were true but whose points were unknown: 1' err
}

@test "the gravity of the Orbit model: 441, 504 and 666, so 2.1 and 5.4 a member" {
    printf '%s\n' month,exploring,participating,contributing,leading \
        2022-01,17,8,4,1 2022-02,15,9,5,1 2022-03,12,10,6,2 >orbit.csv
    score points -e '1 * 1 * exploring: true; 4 * 4 * participating: true; 7 * 7 * contributing: true' \
        -e '10 * 10 * leading: true' orbit.csv | sed 1d | cut -d, -f6 >got
    printf '%s\n' 441 504 666 | diff - got
    awk 'NR > 1 { printf "%.1f\n", ($1 - last) / 30 } { last = $1 }' got | diff - <(printf '2.1\n5.4\n')
}

@test "the same from one row a member: points of his level" {
    { echo member,level
        awk 'BEGIN { split("17 8 4 1", n); for (l = 1; l <= 4; l++) for (i = 0; i < n[l]; i++) print ++m "," l }'; } >members.csv
    score points -e '1: level = 1; 16: level = 2; 49: level = 3; 100: level = 4' members.csv |
        awk -F, 'NR > 1 { sum += $3 } END { print sum }' >got
    [ "$(cat got)" = 441 ]
}

@test "whole columns can be asked for, in conditions and in points" {
    printf 'v\n1\n2\n3\n4\n' >in.csv
    score points -e '10: pct(v) > 50; v - mean(v): true' in.csv | cut -d, -f2 >got
    printf '%s\n' points -1.5 -0.5 10.5 11.5 | diff - got
}

@test "-f - takes the rules from standard input" {
    score points -f - "$people" <<<'7: orders > 3' | cut -d, -f10 | head -n 2 >got
    printf 'points\n7\n' | diff - got
}

@test "a cell that a rule cannot read is refused by line, column and rule; or is missing" {
    printf 'v,w\n1,1\nmany,1\n3,1\n' >in.csv
    expect_error 1 "in.csv:3: column 'v': not a number, as rule '2' asks (-e:1)" score points -e '2: v > 0' in.csv
    expect_error 1 "in.csv:3: column 'v': not a number, as rule 'v + 1' asks (-e:1)" score points -e 'v + 1: true' in.csv
    expect_status 1 score points --rejects=bad.csv -e '2: v > 0' in.csv
    [ "$(cut -d, -f3 out | tr '\n' ' ')" = 'points 2 2 ' ]
    expect_status 0 score points --bad=missing -e '2: v > 0' in.csv
    [ "$(cut -d, -f3 out | tr '\n' ' ')" = 'points 2 0 2 ' ]
    grep -q 'cells that could not be read count as missing: 1' err
    score points -e '5: false; v: w = 2' in.csv | grep -q '^many,1,0$'
}

@test "all that is wrong with the rules is said at once, with line, column and caret, before any output" {
    printf '%s\n' 'post: orders > 2' '5: else' '3: true -> call' ': true' 'orders > 3: true' '2 orders: true' >bad.rules
    expect_error 2 "bad.rules:1:1: unknown column 'post'" score points -f bad.rules "$people"
    grep -qF "bad.rules:2:4: 'else' has no place here, as all true rules count; write 'true'" err
    grep -qF "bad.rules:3:9: '->' has no place here, as points have no treatment" err
    grep -qF "bad.rules:4:1: points are missing before ':'" err
    grep -qF "bad.rules:5:1: a condition stands where a number is expected" err
    grep -qF "bad.rules:6:3: ':' is missing; a rule is written POINTS : EXPRESSION" err
    [ "$(grep -cx ' *^' err)" -eq 6 ]
    [ ! -s out ]
}

@test "no rules, and names that are taken, are wrong usage" {
    expect_error 2 "no rules: give -f FILE or -e 'POINTS: EXPRESSION'" score points "$people"
    expect_error 2 "there is no rule in what -f and -e give" score points -e '# nothing' "$people"
    expect_error 2 "column 'orders' is there already" score points --as=orders -e '1: true' "$people"
    printf 'points_2\n1\n' >in.csv
    expect_error 2 "column 'points_2' is there already (name the new one with --as=NAME)" \
        score points --parts -e '1: true; 2: true' in.csv
    score points --parts --as=worth -e '1: true; 2: true' in.csv | head -n 1 | grep -qx points_2,worth,worth_1,worth_2
    expect_error 3 "none.rules: No such file" score points -f none.rules "$people"
}
