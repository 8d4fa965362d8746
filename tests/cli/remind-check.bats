# remind check: what is wrong with a policy, and how many customers each rule matches.
bats_require_minimum_version 1.5.0
load ../helper

policy() {
    printf '%s\n' "$@" >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

check() {
    remind check -q -p policy.csv --today=2026-11-21 "$@" people.csv
}

@test "one row a rule: kind, rows that match, that have a day to count from, and that are due" {
    remind check -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 "$DATA_DIR/remind/people.csv" | expect_same remind/check.csv
}

@test "due is what remind due prints without a ledger and a limit" {
    remind check -q -p "$DATA_DIR/remind/policy.csv" --today=2026-12-05 "$DATA_DIR/remind/people.csv" |
        awk -F, 'NR > 1 && $6 > 0 { print $1, $6 }' | sort >got
    remind due -q -p "$DATA_DIR/remind/policy.csv" --today=2026-12-05 "$DATA_DIR/remind/people.csv" |
        sed 1d | cut -d, -f3 | sort | uniq -c | awk '{ print $2, $1 }' | diff - got
}

@test "a rule that matches nobody, one that is switched off, and customers whom no rule matches" {
    policy rule,segment,when,touch,anchor,after,enabled A,new,,call,start,1d, 'B,,n > 5,call,start,1d,' \
        C,,,call,start,1d,no D,old,,call,start,1d,
    people customer,segment,n,start a,new,1,2026-11-01 b,new,9,2026-12-01 c,gone,2,2026-11-01 d,gone,3, e,new,1,
    check | sed 1d >got
    printf '%s\n' A,2,once,3,2,1 B,3,once,1,1,0 C,4,disabled,0,0,0 D,5,once,0,0,0 '(none),,,2,,' | diff - got
}

@test "a label that no customer has is named, with the nearest one" {
    policy rule,segment,touch,anchor,after 'A,nwe|gone|platinum,call,start,1d'
    people customer,segment,start a,new,2026-11-01 b,gone,2026-11-01
    expect_status 0 remind check -p policy.csv --today=2026-11-21 people.csv
    grep -q "policy.csv: no customer has the segment 'nwe' (did you mean 'new'?)" err
    grep -q "policy.csv: no customer has the segment 'platinum'" err
}

@test "all errors at once, each with row and column, and nothing printed" {
    policy rule,touch,anchor,after,shift,graze A,call,start,soon,later, A,,strat,1d,,
    people customer,start a,2026-11-01
    expect_status 2 remind check -p policy.csv people.csv
    [ ! -s out ]
    for words in "unknown column 'graze' (did you mean 'grace'?)" "policy.csv:2:14: column 'after': not a period" \
        "column 'shift': none of" "column 'touch': empty" "no column 'strat' (did you mean 'start'?)" \
        "the rule 'A' stands in line 2 already"; do
        grep -qF "$words" err || fail "'$words' is not in: $(cat err)"
    done
}

@test "opted out customers match, and are not due; shifted days count; a row taken aside counts nowhere" {
    policy rule,touch,anchor,after,shift A,call,start,1d,before B,call,2026-11-02,1d,
    people customer,start,opt_out a,2026-11-01,yes b,2026-11-21, c,2026-11-19, d,bad,
    remind check -q -p policy.csv --today=2026-11-20 --rejects=bad.csv --max-rejects=1 people.csv | sed 1d >got
    printf '%s\n' A,2,once,3,3,2 B,3,once,3,3,2 '(none),,,0,,' | diff - got
}

@test "which policy, and from where" {
    expect_error 2 'which policy' remind check people.csv
    expect_error 2 'standard input' remind check -p - <<<customer
    expect_error 3 'No such file' remind check -p nowhere.csv - <<<customer
    policy rule,touch,anchor,after A,call,2026-11-01,1d
    people customer a
    expect_error 2 'the settings and the customers cannot both be standard input' remind check -p policy.csv --settings=- <people.csv
    expect_error 2 'the settings and the policy cannot both be standard input' remind check -p - --settings=- people.csv <policy.csv
    expect_error 2 'the touches and the customers cannot both be standard input' remind check -p policy.csv --touches=- <people.csv
    printf 'customer,time\na,2026-11-01\n' | expect_status 0 remind check -p policy.csv --touches=- people.csv
}

@test "a rule that counts from the last contact is checked with the log of contacts" {
    policy rule,touch,anchor,after A,call,last_contact,3d
    people customer a b
    printf '%s\n' customer,time a,2026-11-18 a,2026-11-01 c,2026-11-02 >touches.csv
    check --touches=touches.csv | sed 1d >got
    printf '%s\n' A,2,once,2,1,1 '(none),,,0,,' | diff - got
    expect_error 2 "no column 'last_contact'; have: customer; --touches=FILE gives it too" remind check -p policy.csv people.csv
}

@test "--settings: its calendars hold for the policy, and its errors and misspelt labels are said too" {
    policy rule,stage,touch,anchor,after,shift,calendar A,new,call,2026-12-25,0d,after,EU
    people customer,stage a,new
    expect_error 2 "no calendar 'EU'" remind check -p policy.csv people.csv
    printf '%s\n' scope,name,limit,window "calendar=EU,holidays,$DATA_DIR/remind/holidays-eu.csv," 'stage=nwe,cap,1,7d' >settings.csv
    expect_status 0 remind check -p policy.csv --settings=settings.csv --today=2026-12-25 people.csv
    grep -q '^A,2,once,1,1,0$' out # the 28th
    grep -q "nwe" err
    echo 'stage=new,cap,some,7d' >>settings.csv
    expect_error 2 'settings.csv:4' remind check -p policy.csv --settings=settings.csv people.csv
}

@test "a policy, settings and holidays that Chinese Excel wrote are read with the customers' --encoding" {
    policy rule,segment,touch,anchor,after A,新客,打电话,start,1d
    people customer,segment,start 张三,新客,2026-11-01
    printf 'date,name\n2026-10-01,国庆节\n' >days.csv
    printf 'scope,name,limit,window\nsegment=新客,cap,1,7d\n*,holidays,days.csv,\n' >settings.csv
    check --settings=settings.csv >want
    for file in people policy settings days; do
        iconv -t GBK $file.csv >gbk.csv
        mv gbk.csv $file.csv
        check --settings=settings.csv --encoding=gb18030 | diff want -
    done
    grep -q '^A,2,once,1,1,1$' want
    people customer,segment,start a,new,2026-11-01
    expect_error 2 'policy.csv:2: byte 3: not valid UTF-8' remind check -p policy.csv people.csv
}
