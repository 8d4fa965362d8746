#!/usr/bin/env bats
# segment breaks: exact natural breaks of one column.
bats_require_minimum_version 1.5.0
load ../helper

# column VALUE...: a file in.csv with these values in a column x
column() {
    printf '%s\n' x "$@" >in.csv
}

@test "twelve numbers in four classes, as jenkspy's page has them" {
    column 0 1 2 3 4 5 6 7 8 9 10 11
    segment breaks --column=x -k 4 --table in.csv >got
    printf '%s\n' class,lower,upper,rows 1,0,2,3 2,3,5,3 3,6,8,3 4,9,11,3 | diff - got
    expect_status 0 segment breaks --column=x -k 4 -v in.csv
    grep -qx 'segment: SDCM 8, GVF 0.9440559441' err
}

@test "the degenerate cases of jenkspy's tests" {
    column 0 1 -2
    segment breaks --column=x -k 2 --table in.csv >got
    printf '%s\n' class,lower,upper,rows 1,-2,-2,1 2,0,1,2 | diff - got
    column -1 -1 -1 -1 2 2
    segment breaks --column=x -k 2 --table in.csv >got
    printf '%s\n' class,lower,upper,rows 1,-1,-1,4 2,2,2,2 | diff - got
    expect_error 1 "more classes (3) than distinct values (2)" segment breaks --column=x -k 3 in.csv
    [ ! -s out ]
}

@test "rows are passed as they are, in their order, with their class" {
    printf 'name,amount\n"Li, ""Bo""",0012\nAnn,"¥1,200.50"\nEve,9\n' | segment breaks --column=amount -k 2 >got
    printf 'name,amount,class\n"Li, ""Bo""",0012,1\nAnn,"¥1,200.50",2\nEve,9,1\n' | diff - got
}

@test "equal values are in one class, whatever the order of the rows" {
    for i in 5 1 5 9 1 5 9 9 9 2; do echo $i; done >values
    { echo x && cat values; } | segment breaks --column=x -k 3 | sed 1d | sort >forward
    { echo x && tac values; } | segment breaks --column=x -k 3 | sed 1d | sort | diff forward -
    printf '%s\n' 1,1 1,1 2,1 5,2 5,2 5,2 9,3 9,3 9,3 9,3 | diff forward -
}

@test "a blank number has no class, and is counted with -v" {
    printf 'x,y\n1,a\n,b\n8,c\n-,d\n2,e\n' >in.csv
    expect_status 0 segment breaks --column=x -k 2 -v in.csv
    printf '%s\n' x,y,class 1,a,1 ,b, 8,c,2 -,d, 2,e,1 | diff - out
    grep -qx 'segment: rows without a class, their number being blank: 2' err
    segment breaks --column=x -k 2 --table in.csv >got
    printf '%s\n' class,lower,upper,rows 1,1,2,2 2,8,8,1 | diff - got
}

@test "a column of blanks has no classes" {
    printf 'x,y\n,1\n-,2\n' >in.csv
    segment breaks --column=x -k 2 in.csv >got
    printf '%s\n' x,y,class ,1, -,2, | diff - got
    [ "$(segment breaks --column=x -k 2 --table in.csv)" = class,lower,upper,rows ]
    expect_error 1 "nothing to save" segment breaks --column=x -k 2 --save=bounds.csv in.csv
    [ ! -e bounds.csv ]
}

@test "a cell that is no number is refused" {
    column 1 2 x3
    expect_error 1 "in.csv:4: column 'x': not a number" segment breaks --column=x -k 2 in.csv
    [ ! -s out ]
    column 1 2 1e101
    expect_error 1 "in.csv:4: column 'x': beyond 1e100" segment breaks --column=x -k 2 in.csv
    column 1 -1e100 1e100
    [ "$(segment breaks --column=x -k 3 in.csv | tail -n 1)" = 1e100,3 ]
}

@test "bounds are kept for next month" {
    column 0.1 0.25 3 4 10 11.5
    segment breaks --column=x -k 3 --save=bounds.csv in.csv >first
    printf '%s\n' class,lower,upper,rows 1,0.10000000000000001,0.25,2 2,3,4,2 3,10,11.5,2 | diff - bounds.csv
    segment breaks --column=x --use=bounds.csv in.csv | diff first -
    column -5 0.25 0.3 4 4.1 99 -
    segment breaks --column=x --use=bounds.csv in.csv >got
    printf '%s\n' x,class -5,1 0.25,1 0.3,2 4,2 4.1,3 99,3 -, | diff - got
    segment breaks --column=x --use=bounds.csv --table in.csv >got
    printf '%s\n' class,lower,upper,rows 1,0.1,0.25,2 2,3,4,2 3,10,11.5,2 | diff - got
}

@test "bounds that are none are refused" {
    column 1 2
    printf 'class,upper\n1,5\n2,6\n' >bounds.csv
    expect_status 0 segment breaks --column=x --use=bounds.csv in.csv
    for rows in '' '1,x\n' '2,5\n' '1,5\n2,5\n' '1,5\n2,4\n' '1,5\n1,6\n'; do
        printf "class,upper\n$rows" >bounds.csv
        expect_error 2 "bounds.csv" segment breaks --column=x --use=bounds.csv in.csv
        [ ! -s out ]
    done
    printf 'upper\n1\n' >bounds.csv
    expect_error 2 "no column 'class'" segment breaks --column=x --use=bounds.csv in.csv
    expect_error 3 "no-such.csv" segment breaks --column=x --use=no-such.csv in.csv
}

@test "what is asked for must make sense" {
    column 1 2
    expect_error 2 "which column?" segment breaks -k 2 in.csv
    expect_error 2 "how many classes?" segment breaks --column=x in.csv
    expect_error 2 "how many classes?" segment breaks --column=x -k 0 in.csv
    expect_error 2 "more than 100 classes" segment breaks --column=x -k 101 in.csv
    expect_error 2 "no column 'y'" segment breaks --column=y -k 2 in.csv
    expect_error 2 "--use brings its own classes" segment breaks --column=x -k 2 --use=bounds.csv in.csv
    expect_error 2 "--use brings its own classes" segment breaks --column=x --save=a.csv --use=bounds.csv in.csv
}

@test "the new column can be called otherwise, and must where the name is taken" {
    printf 'x,class\n1,old\n5,old\n' >in.csv
    expect_error 2 "--as=NAME" segment breaks --column=x -k 2 in.csv
    segment breaks --column=x -k 2 --as=level in.csv >got
    printf '%s\n' x,class,level 1,old,1 5,old,2 | diff - got
    [ "$(segment breaks --column=x -k 2 --as=level --table in.csv | head -n 1)" = level,lower,upper,rows ]
    [ "$(segment breaks --column=x -k 2 --table in.csv | head -n 1)" = class,lower,upper,rows ]
}

@test "refused rows can be set aside" {
    printf 'x\n1\nbad\n5\n' >in.csv
    expect_status 1 segment breaks --column=x -k 2 --rejects=bad.csv in.csv
    printf '%s\n' x,class 1,1 5,2 | diff - out
    grep -q 'not a number' bad.csv
}

@test "file borders do not matter" {
    column 5 1 7 2 9
    segment breaks --column=x -k 2 in.csv >whole
    head -n 3 in.csv >a.csv
    { echo x && sed 1,3d in.csv; } >b.csv
    segment breaks --column=x -k 2 a.csv b.csv | diff whole -
}

@test "two numbers a class can be told from three by hand" {
    # {1,2} {10} {20,22}: 0.5 + 0 + 2; every other partition in three costs more
    column 22 1 10 2 20
    expect_status 0 segment breaks --column=x -k 3 -v in.csv
    printf '%s\n' x,class 22,3 1,1 10,2 2,1 20,3 | diff - out
    grep -qx 'segment: SDCM 2.5, GVF 0.9934895833' err
}
