# What stands above and below a table: --skip-lines, --header-match, --skip-last. Lines keep their numbers.
bats_require_minimum_version 1.5.0
load ../helper

read_it() {
    segment rules -e 'x: true' "$@"
}

# A bill: a preamble of 24 lines with commas and quotes, open ones too, a header, rows, totals.
bill() {
    printf '%s\n' '----------------------------------' '导出信息：' '姓名：某人, "测试' '' '"起始","终止' ',,,,' 'a "b" c' \
        '共2笔记录,,,,,' '1. "说明"，见下' '2. x;y;z' '"' '""' "it's" '金额' '时间,金额元' '6' '7' '8' '9' '10' '11' '12' '13' '14'
    printf '%s\n' ' 交易时间 ,金额（元）,"交易对方"' '2026-11-01 10:00:00,5.00,"甲, 乙"' '2026-11-02 10:00:00,7.50,丙'
}

@test "a header behind a preamble is found by names it holds" {
    bill >bill.csv
    expect_status 0 read_it --header-match='交易时间,金额(元)' bill.csv
    printf '%s\n' '交易时间,金额（元）,交易对方,segment' '2026-11-01 10:00:00,5.00,"甲, 乙",x' \
        '2026-11-02 10:00:00,7.50,丙,x' >wanted
    diff wanted out
    read_it --header-match='交易对方' - <bill.csv | diff wanted -
    read_it --no-fast-lane --header-match='金额(元)' bill.csv | diff wanted -
    iconv -f UTF-8 -t GB18030 bill.csv >gb.csv
    read_it -E gb18030 --header-match='交易对方' gb.csv | diff wanted -
    sed 's/$/\r/' bill.csv >crlf.csv
    read_it --header-match='交易对方' crlf.csv | diff wanted -
    read_it --skip-lines=24 bill.csv | diff wanted -
    read_it --skip-lines=10 --header-match='交易对方' bill.csv | diff wanted -
}

@test "the delimiter is judged by the header that is found" {
    printf 'a,b,c,d,e\nx;y\n1;2,3\n' >semicolons.csv
    read_it --header-match=y semicolons.csv | diff <(printf 'x;y;segment\n1;2,3;x\n') -
    read_it -d ';' --header-match=y semicolons.csv | diff <(printf 'x;y;segment\n1;2,3;x\n') -
    expect_error 2 'no header with' read_it -d , --header-match=y semicolons.csv
}

@test "a header that is not found is wrong usage, and says what was sought" {
    bill >bill.csv
    expect_error 2 "bill.csv: no header with '交易时间', 'amount' in the first 200 lines (--header-match)" \
        read_it --header-match=交易时间,amount bill.csv
    [ ! -s out ]
    { yes 'a line' | head -n 200 && printf 'a,b\n1,2\n'; } >far.csv
    expect_error 2 "no header with 'a', 'b' in the first 200 lines" read_it --header-match=a,b far.csv
    read_it --skip-lines=1 --header-match=a,b far.csv | diff <(printf 'a,b,segment\n1,2,x\n') -
    expect_error 2 "no header with 'a'" read_it --header-match=a </dev/null
    expect_error 2 "option '--header-match': which names?" read_it --header-match=, bill.csv
    expect_error 2 "'--header-match' and '--no-header' do not go together" read_it --header-match=a --no-header bill.csv
}

@test "lines keep their numbers behind what was left out" {
    { bill && echo '2026-11-03,1,2,3'; } >bill.csv
    expect_error 1 'bill.csv:28: 4 cells, header has 3' read_it --header-match=交易对方 bill.csv
    expect_error 1 'bill.csv:28: 4 cells, header has 3' read_it --skip-lines=24 bill.csv
    { bill && printf '2026-11-03,"x\n'; } >open.csv
    expect_error 1 'open.csv:28: a quote is opened and never closed' read_it --header-match=交易对方 open.csv
}

@test "the last records are left out, whatever their form" {
    printf 'a,b\n1,2\n3,4\n\ntotal: 4, of all, "x\n' >totals.csv
    read_it --skip-last=1 totals.csv | diff <(printf 'a,b,segment\n1,2,x\n3,4,x\n') -
    read_it --skip-last=2 totals.csv | diff <(printf 'a,b,segment\n1,2,x\n') -
    read_it --skip-last=3 totals.csv | diff <(printf 'a,b,segment\n') -
    read_it --skip-last=99 totals.csv | diff <(printf 'a,b,segment\n') -
    expect_error 1 'totals.csv:5: ' read_it totals.csv
    # What is not left out is judged as ever, by its own line.
    printf 'a,b\n1,2\n3\n5,6\nend\n' >short.csv
    expect_error 1 'short.csv:3: 1 cell, header has 2' read_it --skip-last=1 short.csv
    printf '1,2\n3,4\n5,6\n' >bare.csv
    read_it --no-header --skip-last=1 bare.csv | diff <(printf '1,2,x\n3,4,x\n') -
    [ -z "$(read_it --no-header --skip-last=3 bare.csv)" ]
}

@test "every file has its own preamble and its own end" {
    printf 'title\na,b\n1,2\nend\n' >one.csv
    printf 'two\nlines\nb,a\n4,3\nend\n' >two.csv
    read_it --header-match=a,b --skip-last=1 one.csv two.csv | diff <(printf 'a,b,segment\n1,2,x\n3,4,x\n') -
    printf 'nothing\n' >three.csv
    expect_error 2 "three.csv: no header with 'a', 'b'" read_it --header-match=a,b --skip-last=1 one.csv three.csv
}

@test "side tables have none of this" {
    printf 'x\ncustomer,date,amount\na,2026-11-01,5\ntotal\n' >log.csv
    printf 'customer,city\na,Bonn\n' >people.csv
    score rfm --today=2026-11-21 --skip-lines=1 --skip-last=1 --customers=people.csv log.csv | grep -q '^a,Bonn,1,5,'
    score rfm --today=2026-11-21 --header-match=amount --skip-last=1 --customers=people.csv log.csv |
        grep -q '^a,Bonn,1,5,'
}
