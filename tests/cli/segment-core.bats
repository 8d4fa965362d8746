#!/usr/bin/env bats
# segment core: classes by the share of those strictly ahead, worked out by hand.
bats_require_minimum_version 1.5.0
load ../helper

# Activities, one a row: the classes in one line.
classes() {
    { echo activity; printf '%s\n' "$@"; } | segment core --activity=activity | sed 1d | cut -d, -f2 | paste -sd' '
}

@test "top while those ahead have less than 80 % of all, regular less than 95 %" {
    # ahead of 40: 0; of 20: 40; of 12 and 12: 60; of 5 and 5: 84; of 3: 94; of 2: 97; of 1: 99
    segment core --activity=posts "$DATA_DIR/segment/members.csv" | expect_same segment/core.csv
}

@test "exactly 80 % ahead is no longer top, exactly 95 % no longer regular" {
    [ "$(classes 80 15 5)" = "top regular casual" ]
    [ "$(classes 79.99 15.01 5)" = "top top casual" ]
    [ "$(classes 80 14.99 5.01)" = "top regular regular" ]
    [ "$(classes 0.80 0.15 0.05)" = "top regular casual" ]
    [ "$(classes 2.4 0.3 0.3)" = "top regular regular" ]
}

@test "one giant is top, however much he does" {
    [ "$(classes 1000 1 1)" = "top casual casual" ]
    [ "$(classes 7)" = top ]
}

@test "equals are of one class" {
    [ "$(classes 1 1 1 1 1)" = "top top top top top" ]
    [ "$(classes 2 90 2 2 2 2)" = "regular top regular regular regular regular" ]
}

@test "zero, negative and blank activity is an observer's, and adds nothing to the base" {
    [ "$(classes 80 0 -500 '-' 20 '')" = "top observer observer observer regular observer" ]
    [ "$(classes 0 0 -1)" = "observer observer observer" ]
    { echo 'who,a'; echo 'x,'; echo 'y,-'; echo 'z,1'; } >in.csv
    expect_status 0 segment core -v --activity=a in.csv
    grep -q 'blank cells that count as no activity: 2' err
}

@test "any unit will do: fractions that fade, money, exponents" {
    [ "$(classes 0.000000008 0.0000000015 0.0000000005)" = "top regular casual" ]
    [ "$(classes '¥8000.00' '¥1500.00' '¥500')" = "top regular casual" ]
    [ "$(classes 8e-3 1.5e-3 5e-4)" = "top regular casual" ]
    [ "$(classes 9000000000000 1)" = "top casual" ]
}

@test "within each group of --by" {
    segment core --activity=posts --by=group "$DATA_DIR/segment/members.csv" | expect_same segment/core-by-group.csv
}

@test "the activity must be named, and be a number" {
    printf 'a\n1\n' >in.csv
    expect_error 2 'name it with --activity=COL' segment core in.csv
    expect_error 2 "no column 'b'" segment core --activity=b in.csv
    expect_error 2 "no column 'b'" segment core --activity=a --by=b in.csv
    for cell in x 1x '1.2.3'; do
        printf 'a\n1\n%s\n' "$cell" >in.csv
        expect_error 1 "in.csv:3: column 'a': not an amount" segment core --activity=a in.csv
        [ ! -s out ]
    done
    for cell in 1e400 9300000000000; do
        printf 'a\n1\n%s\n' "$cell" >in.csv
        expect_error 1 "in.csv:3: column 'a': an amount out of range" segment core --activity=a in.csv
        [ ! -s out ]
    done
}

@test "--only, --as, --names and --treat" {
    printf 'a\n80\n15\n5\n0\n' >in.csv
    segment core --activity=a --as=ring --only=top,observer in.csv >got
    printf 'a,ring\n80,top\n0,observer\n' | diff - got
    segment core --activity=a --names=zh in.csv >got
    printf 'a,core\n80,核心成员\n15,活跃成员\n5,偶尔参与\n0,旁观成员\n' | diff - got
    printf 'core,ask\ntop,advice\nregular,a part\ncasual,\nobserver,nothing\n' >treat.csv
    segment core --activity=a --treat=treat.csv in.csv >got
    printf 'a,core,ask\n80,top,advice\n15,regular,a part\n5,casual,\n0,observer,nothing\n' | diff - got
    printf 'who,ask\ntop,x\n' >treat.csv
    expect_error 2 "no column 'label', 'segment' or 'core'" segment core --activity=a --treat=treat.csv in.csv
}

@test "no order of rows or border of files changes a class" {
    segment core --activity=posts --by=group "$DATA_DIR/segment/members.csv" | sort >sorted
    head -n 1 "$DATA_DIR/segment/members.csv" >header
    sed 1d "$DATA_DIR/segment/members.csv" | sort -t, -k6 >shuffled
    cat header shuffled | segment core --activity=posts --by=group | sort | diff sorted -
    { cat header; head -n 5 shuffled; } >one.csv
    { cat header; sed 1,5d shuffled; } >two.csv
    segment core --activity=posts --by=group two.csv one.csv | sort | diff sorted -
}

@test "a brute-force reading of the definition gives the same classes" {
    awk 'BEGIN { srand(11); print "group,n"
        for (i = 1; i <= 400; i++) printf "g%d,%d\n", int(rand() * 5), int(exp(rand() * 7)) - 3 }' >in.csv
    awk -F, 'NR > 1 { group[++n] = $1; value[n] = $2; if ($2 > 0) total[$1] += $2 }
        END {
            for (i = 1; i <= n; i++) {
                ahead = 0
                for (j = 1; j <= n; j++) if (group[j] == group[i] && value[j] > value[i]) ahead += value[j]
                share = 100 * ahead; all = total[group[i]]
                print value[i] <= 0 ? "observer" : share < 80 * all ? "top" : share < 95 * all ? "regular" : "casual"
            }
        }' in.csv >expected
    segment core --activity=n --by=group in.csv | sed 1d | cut -d, -f3 | diff expected -
    sort -u expected | wc -l | grep -qx ' *4'
}
