# remind due without its ledger: which contacts a policy makes due on a day.
bats_require_minimum_version 1.5.0
load ../helper

# due POLICY-ROWS...: runs the rows below $columns on people.csv, on $today.
columns=rule,touch,anchor,after,every,factor
due() {
    { echo "$columns" && printf '%s\n' "$@"; } >policy.csv
    remind due -q -p policy.csv --today="${today:-2026-11-21}" people.csv
}


# cut_columns NAME,...: these columns of a simple CSV on standard input, without the header.
cut_columns() {
    awk -F, -v names="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, wanted, ","); next }
        { line = $at[wanted[1]]; for (i = 2; i <= n; i++) line = line "," $at[wanted[i]]; print line }'
}

people() {
    printf '%s\n' "$@" >people.csv
}

# refused WORDS POLICY-ROW...: status 2, these words, nothing on standard output.
refused() {
    local words=$1
    shift
    { echo "$columns" && printf '%s\n' "$@"; } >policy.csv
    expect_error 2 "$words" remind due -p policy.csv --today=2026-11-21 people.csv
    [ ! -s out ]
}

@test "every kind of rule: after-sales, win-back, weekly, month ends, chained, from a date" {
    remind due -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 "$DATA_DIR/remind/people.csv" | expect_same remind/due.csv
}

@test "the 13 columns stand in their order, and --keep adds columns of the customers after them" {
    remind due -p "$DATA_DIR/remind/policy.csv" --keep=name,seller --today=2026-11-21 "$DATA_DIR/remind/people.csv" |
        expect_same remind/due-keep.csv
}

@test "--keep=all keeps every column but those named like one of a contact's" {
    people customer,due,name a,12.50,Anna
    due 'R,call,2026-11-21,0d,,' >all
    remind due -q -p policy.csv --today=2026-11-21 --keep=all people.csv >out
    [ "$(head -n 1 out)" = "$(head -n 1 all),name" ]
    expect_error 2 "column 'due' is one of the contact's own" remind due -p policy.csv --keep=due people.csv
    expect_error 2 "nam" remind due -p policy.csv --keep=nam people.csv
}

@test "JSON: days, level, priority and cost are what they are" {
    remind due -p "$DATA_DIR/remind/policy.csv" --json --keep=name --today=2026-11-21 "$DATA_DIR/remind/people.csv" >out
    [ "$(jq -r 'select(.customer == "C01") | [.overdue, .level, .priority, .cost, .name] | map(type) | join(" ")' out)" = \
        'number number number number string' ]
}

@test "after: once, on the day and later, not before; it may be negative" {
    people customer,start a,2026-11-18
    columns=rule,touch,anchor,after
    [ "$(today=2026-11-20 due R,t,start,3d | wc -l)" -eq 1 ]
    [ "$(today=2026-11-21 due R,t,start,3d | cut_columns due,nominal,overdue,reason)" = '2026-11-21,2026-11-21,0,start 2026-11-18 +3d' ]
    [ "$(today=2027-01-01 due R,t,start,3d | cut_columns due,overdue)" = '2026-11-21,41' ]
    [ "$(today=2026-11-11 due R,t,start,-7d | cut_columns due,reason)" = '2026-11-11,start 2026-11-18 -7d' ]
    [ "$(today=2026-11-18 due R,t,start,P0D | cut_columns due,reason)" = '2026-11-18,start 2026-11-18 +0d' ]
}

@test "every: anchor + k periods, the latest that is due, month ends clamp without drift" {
    people customer,start a,2026-01-31
    columns=rule,touch,anchor,every
    [ "$(today=2026-02-27 due R,t,start,1m | wc -l)" -eq 1 ]
    [ "$(today=2026-02-28 due R,t,start,1m | cut_columns due)" = 2026-02-28 ]
    [ "$(today=2026-04-01 due R,t,start,1m | cut_columns due,reason)" = '2026-03-31,start 2026-01-31 +2m' ]
    [ "$(today=2026-04-30 due R,t,start,1m | cut_columns due)" = 2026-04-30 ]
    [ "$(today=2028-02-29 due R,t,start,P1M | cut_columns due,reason)" = '2028-02-29,start 2026-01-31 +25m' ]
}

@test "29 February comes on the 28th in other years" {
    people customer,birthday a,2024-02-29
    columns=rule,touch,anchor,every
    [ "$(today=2027-02-28 due R,t,birthday,1y | cut_columns due)" = 2027-02-28 ]
    [ "$(today=2028-02-28 due R,t,birthday,1y | cut_columns due)" = 2027-02-28 ]
    [ "$(today=2028-02-29 due R,t,birthday,1y | cut_columns due)" = 2028-02-29 ]
}

@test "a series that begins on a date of the policy falls on that date" {
    people customer a
    columns=rule,touch,anchor,every
    [ "$(today=2026-11-01 due R,t,2026-11-02,1w | wc -l)" -eq 1 ]
    [ "$(today=2026-11-02 due R,t,2026-11-02,1w | cut_columns due,reason)" = '2026-11-02,2026-11-02' ]
    [ "$(today=2026-11-25 due R,t,2026-11-02,1w | cut_columns due,reason)" = '2026-11-23,2026-11-02 +3w' ]
}

@test "win-back: factor times usual_gap, between min and max" {
    people customer,last_order,usual_gap a,2026-05-01,45 b,2026-05-01,10 c,2026-05-01,300 d,2026-05-01,45.3
    columns=rule,touch,anchor,factor,min,max
    due R,t,last_order,2,30d,P100D | cut_columns customer,due,reason | sort >got
    diff - got <<'END'
a,2026-07-30,last_order 2026-05-01 +2x45d
b,2026-05-31,last_order 2026-05-01 +2x10d min 30d
c,2026-08-09,last_order 2026-05-01 +2x300d max 100d
d,2026-07-31,last_order 2026-05-01 +2x45.3d
END
}

@test "win-back: a product that is whole is not one day late" {
    people customer,last_order,usual_gap a,2026-05-01,30
    columns=rule,touch,anchor,factor
    [ "$(due R,t,last_order,1.1 | cut_columns due)" = 2026-06-03 ]
}

@test "win-back: without usual_gap t_x/x counts, then the median of the segment, then 90 days" {
    people customer,segment,last_order,t_x,x,usual_gap \
        a,s,2026-05-01,100,4, b,s,2026-05-01,70,2, c,s,2026-05-01,0,0, d,other,2026-05-01,,, e,s,2026-05-01,9,9,50
    columns=rule,touch,anchor,factor
    due R,t,last_order,1 | cut_columns customer,due,reason | sort >got
    diff - got <<'END'
a,2026-05-26,last_order 2026-05-01 +1x25d
b,2026-06-05,last_order 2026-05-01 +1x35d
c,2026-06-05,last_order 2026-05-01 +1x35d median
d,2026-07-30,last_order 2026-05-01 +1x90d default
e,2026-06-20,last_order 2026-05-01 +1x50d
END
}

@test "win-back: a column of the policy takes the place of usual_gap" {
    people customer,last_order,usual_gap,gap_days a,2026-05-01,45,10 b,2026-05-01,45, c,2026-05-01,45,20
    columns=rule,touch,anchor,factor,gap
    due R,t,last_order,2,gap_days | cut_columns customer,reason | sort >got
    diff - got <<'END'
a,last_order 2026-05-01 +2x10d
b,last_order 2026-05-01 +2x15d median
c,last_order 2026-05-01 +2x20d
END
}

@test "segment, stage and tier: one of several, any, all of them together" {
    people customer,segment,stage,tier a,new,core,high b,loyal,core,low c,lost,,high d,,,
    columns=rule,segment,stage,tier,touch,anchor,after
    due 'A,new|loyal,,,t,2026-11-21,0d' 'B,*,core,,t,2026-11-21,0d' 'C,,,high,t,2026-11-21,0d' 'D,new,core,high,t,2026-11-21,0d' |
        cut_columns customer,rule | sort | tr '\n' ' ' >got
    [ "$(cat got)" = 'a,A a,B a,C a,D b,A b,B c,C ' ]
}

@test "when: only where the expression is true; unknown is not" {
    people customer,orders a,2 b,1 c,
    columns=rule,when,touch,anchor,after
    [ "$(due 'R,orders >= 2,t,2026-11-21,0d' | cut_columns customer)" = a ]
    people customer,orders a,2 b,many
    { echo "$columns" && echo 'R,orders >= 2,t,2026-11-21,0d'; } >policy.csv
    expect_error 1 "people.csv:3: column 'orders'" remind due -p policy.csv --today=2026-11-21 people.csv
    grep -q "rule 'R'" err
    [ ! -s out ]
}

@test "priority, lower first and none last; then the longest overdue; then the order of the input" {
    people customer,start a,2026-11-20 b,2026-11-10 c,2026-11-20 d,2026-11-01
    columns=rule,touch,anchor,after,priority
    due R,t,start,0d,10 Q,t,start,1d,9 P,t,start,1d, | cut_columns rule,customer | tr '\n' ' ' >got
    [ "$(cat got)" = 'Q,d Q,b Q,a Q,c R,d R,b R,a R,c P,d P,b P,a P,c ' ]
}

@test "owner and channel: a value, a column, nothing" {
    people customer,who,how a,mei,wechat
    columns=rule,touch,anchor,after,owner,channel
    due R,t,2026-11-21,0d,@who,@how S,t,2026-11-21,0d,office,mail T,t,2026-11-21,0d,, | cut_columns owner,channel >got
    printf 'mei,wechat\noffice,mail\n,\n' | diff - got
}

@test "grace: on its last day still, then not; a win-back has none" {
    people customer,start a,2026-11-01
    columns=rule,touch,anchor,after,grace
    [ "$(today=2026-11-08 due R,t,start,0d,7d | cut_columns overdue)" = 7 ]
    [ "$(today=2026-11-09 due R,t,start,0d,7d | wc -l)" -eq 1 ]
    columns=rule,touch,anchor,factor,grace
    refused 'a win-back has none' R,t,start,2,7d
}

@test "stop: the event after the anchor ends it; on the same day, or later than today, it does not" {
    people customer,start,bought a,2026-11-18,2026-11-20 b,2026-11-18,2026-11-18 c,2026-11-18, d,2026-11-18,2026-11-22
    columns=rule,touch,anchor,after,stop
    [ "$(due R,t,start,3d,bought | cut_columns customer | tr '\n' ' ')" = 'b c d ' ]
}

@test "escalate: the level and its owner follow the days overdue" {
    people customer,start a,2026-11-18 b,2026-11-19 c,2026-11-14 d,2026-11-13
    columns=rule,touch,anchor,after,owner,escalate
    due 'R,t,start,0d,me,"3d:lead,P7D:the manager"' | cut_columns customer,owner,level,overdue,key >got
    diff - got <<'END'
d,the manager,2,8,d/R/2026-11-13/2
c,the manager,2,7,c/R/2026-11-14/2
a,lead,1,3,a/R/2026-11-18/1
b,me,0,2,b/R/2026-11-19/0
END
}

@test "enabled, from_date and until" {
    people customer,start a,2026-11-01
    columns=rule,touch,anchor,every,enabled,from_date,until
    [ "$(due A,t,start,1w,no,, B,t,start,1w,Yes,, C,t,start,1w,,2026-11-16, D,t,start,1w,,,2026-11-14 E,t,start,1w,0,, |
        cut_columns rule,due | sort | tr '\n' ' ')" = 'B,2026-11-15 D,2026-11-08 ' ]
}

@test "a rule without an anchor counts from the last order" {
    people customer,last_purchase_date a,2026-11-18
    columns=rule,touch,after
    [ "$(due R,t,3d | cut_columns reason)" = 'last_purchase_date 2026-11-18 +3d' ]
    people customer,other a,2026-11-18
    refused 'no column of the last order' R,t,3d
    remind due -q -p policy.csv --last-order=other --today=2026-11-21 people.csv | cut_columns reason >got
    [ "$(cat got)" = 'other 2026-11-18 +3d' ]
}

@test "the key is percent-encoded, whatever the customer is called" {
    people customer 'a/b c%' 王芳 '"x,y"'
    columns=rule,touch,anchor,after
    due 'R 1,t,2026-11-21,0d' | grep -o '[^,]*$' >got
    printf 'key\na%%2Fb%%20c%%25/R%%201/2026-11-21/0\n%%E7%%8E%%8B%%E8%%8A%%B3/R%%201/2026-11-21/0\nx%%2Cy/R%%201/2026-11-21/0\n' | diff - got
}

@test "a blank anchor is no contact, a bad one is refused by line and column" {
    people customer,start a, b,--
    columns=rule,touch,anchor,after
    [ "$(due R,t,start,0d | wc -l)" -eq 1 ]
    people customer,start a,2026-11-01 b,soon
    expect_error 1 "people.csv:3: column 'start': not a date" remind due -p policy.csv --today=2026-11-21 people.csv
    [ ! -s out ]
}

@test "with --rejects a bad row gives no contact at all, not even from the rules before the fault" {
    people customer,start,other a,2026-11-01,soon b,2026-11-01,2026-11-02
    columns=rule,touch,anchor,after
    printf '%s\n' "$columns" R,t,start,0d S,t,other,0d >policy.csv
    expect_status 1 remind due -p policy.csv --today=2026-11-21 --rejects=bad.csv people.csv
    [ "$(cut_columns customer,rule <out | tr '\n' ' ')" = 'b,R b,S ' ]
    grep -q '^2,' bad.csv
}

@test "a customer who stands twice is contacted once" {
    people customer,start a,2026-11-18 a,2026-11-18
    columns=rule,touch,anchor,after
    printf '%s\n' "$columns" R,t,start,3d >policy.csv
    expect_status 0 remind due -p policy.csv --today=2026-11-21 people.csv
    [ "$(wc -l <out)" -eq 2 ]
    grep -q 'another row of the same customer' err
}

@test "--limit: an owner's most urgent ones, the others are put off" {
    people customer,start,who a,2026-11-20,x b,2026-11-10,x c,2026-11-15,x d,2026-11-20,y
    columns=rule,touch,anchor,after,owner
    printf '%s\n' "$columns" R,t,start,0d,@who >policy.csv
    expect_status 0 remind due -v -p policy.csv --limit=2 --today=2026-11-21 people.csv
    [ "$(cut_columns customer <out | tr '\n' ' ')" = 'b c d ' ]
    grep -q 'put off by --limit: 1' err
}

@test "-v adds contacts, minutes and cost up by owner and by tag" {
    expect_status 0 remind due -v -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 "$DATA_DIR/remind/people.csv"
    grep -q "owner 'mei': contacts 3, minutes 20, cost 2.00" err
    grep -q "tag 'service': contacts 5, minutes 40, cost 4.00" err
}

@test "-o takes its place; a file that cannot be made is a failure" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 -o got.csv "$DATA_DIR/remind/people.csv"
    expect_same remind/due.csv got.csv
    expect_error 3 no-such-folder remind due -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 -o no-such-folder/got.csv "$DATA_DIR/remind/people.csv"
}

@test "the output has the input's delimiter; the policy has its own" {
    people 'customer;start' 'a;2026-11-18'
    printf 'rule\ttouch\tanchor\tafter\nR\tt\tstart\t3d\n' >policy.csv
    remind due -p policy.csv --today=2026-11-21 people.csv | tail -n 1 >got
    [ "$(cat got)" = 'a;;R;t;;2026-11-21;2026-11-21;0;0;;;start 2026-11-18 +3d;a/R/2026-11-21/0' ]
}

@test "--explain tells for each rule the step that decided" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --explain=C03 --today=2026-11-21 "$DATA_DIR/remind/people.csv" |
        expect_same remind/explain.csv
    people customer,start,bought,gap_days a,2026-11-20,2026-11-21,
    columns=rule,touch,anchor,after,factor,grace,stop,enabled,from_date,gap
    printf '%s\n' "$columns" A,t,start,3d,,,,,, B,t,start,0d,,,bought,,, C,t,start,-9d,,2d,,,, D,t,start,0d,,,,no,, \
        E,t,start,0d,,,,,2026-12-01, F,t,start,,1,,,,,gap_days G,t,gap_days,0d,,,,,, H,t,start,0d,,,,,, >policy.csv
    remind due -q -p policy.csv --explain=a --today=2026-11-21 people.csv | cut_columns rule,step,verdict | tr '\n' ' ' >got
    [ "$(cat got)" = 'A,due,not-yet B,stop,event C,grace,late D,match,disabled E,due,outside-dates F,due,not-yet G,due,no-anchor H,print,due ' ]
}

@test "--explain of nobody is status 1; of a deferred one it names the workload" {
    people customer,start a,2026-11-18 b,2026-11-17
    printf 'rule,touch,anchor,after\nR,t,start,3d\n' >policy.csv
    remind due -p policy.csv --explain=a --limit=1 --today=2026-11-21 people.csv | cut_columns step,verdict >got
    [ "$(cat got)" = workload,deferred ]
    expect_error 1 "no customer 'zz'" remind due -p policy.csv --explain=zz --today=2026-11-21 people.csv
}

@test "a label that no customer has is named, with the nearest one" {
    people customer,segment a,new b,loyal
    columns=rule,segment,touch,anchor,after
    printf '%s\n' "$columns" 'R,new|loyl|champions,t,2026-11-21,0d' >policy.csv
    expect_status 0 remind due -p policy.csv --today=2026-11-21 people.csv
    grep -q "no customer has the segment 'loyl' (did you mean 'loyal'?)" err
    grep -q "no customer has the segment 'champions'" err
    [ "$(cut_columns customer <out)" = a ]
    people customer,segment
    expect_status 0 remind due -p policy.csv --today=2026-11-21 people.csv
    [ ! -s err ]
}

@test "all that is wrong with a policy is said at once, with row and column, and nothing is printed" {
    people customer,segment,start a,new,2026-11-01
    cat >policy.csv <<'END'
rule,segment,when,touch,anchor,after,every,factor,grace,owner,cost,priority,escalate
A,new,start >,t,start,3d,,,,,,,
# a comment, that is not read
B,new|,,t,strat,3 days,,,7h,@nobody,x,1.5,lead
A,new,,,start,,,,,,,,
C,,,t,start,,1w,2,,,-1,,"7d:a,3d:b"
END
    expect_status 2 remind due -p policy.csv --today=2026-11-21 people.csv
    [ ! -s out ]
    expect_same remind/policy-errors.txt err
}

@test "a misspelt column of the policy is named with the nearest one; missing and double ones too" {
    people customer,start a,2026-11-01
    columns=rule,tuch,anchor,after
    refused "unknown column 'tuch' (did you mean 'touch'?)" R,t,start,soon
    grep -q "no column 'touch'" err
    grep -q "column 'after': not a period" err
    [ "$(grep -c ^remind: err)" -eq 3 ]
    columns=rule,touch,touch,anchor,after
    refused "two columns 'touch'" R,t,t,start,3d
    columns=rule,touch
    refused "no 'after', 'every' or 'factor' says when" R,t
    columns=rule,touch,anchor,after
    refused 'no rule in it'
    refused 'under no column' R,t,start,3d,more
    : >policy.csv
    expect_error 2 'no rule in it' remind due -p policy.csv people.csv
    expect_error 3 no-such-policy remind due -p no-such-policy people.csv
    expect_error 2 'which policy' remind due people.csv
    expect_error 2 'standard input' remind due -p - <people.csv
}

@test "a label needs a column of the customers" {
    people customer,start,kind a,2026-11-20,new
    columns=rule,stage,touch,anchor,after
    refused '--stage=COL' R,new,t,start,1d
    remind due -q -p policy.csv --stage=kind --today=2026-11-21 people.csv >got
    [ "$(cut_columns customer <got)" = a ]
    expect_error 2 knid remind due -p policy.csv --stage=knid --today=2026-11-21 people.csv
}

@test "a policy from a spreadsheet: byte-order mark, CR LF, blank rows, quoted cells, short rows" {
    people customer,start a,2026-11-20
    printf '\357\273\277rule,touch,anchor,after,grace,\r\n"R","a, b",start,1d\r\n,,,,,\r\n\r\n#,,,,,\r\n' >policy.csv
    remind due -p policy.csv --today=2026-11-21 people.csv | tail -n 1 >got
    [ "$(cat got)" = 'a,,R,"a, b",,2026-11-21,2026-11-21,0,0,,,start 2026-11-20 +1d,a/R/2026-11-21/0' ]
}

@test "the policy of --dump=shop runs on what score and segment give" {
    remind due --dump=shop >shop.csv
    score rfm --today=1998-06-30 "$DATA_DIR/cdnow-sample.csv" | segment rfm >customers.csv
    remind due -q -p shop.csv --today=1998-06-30 --limit=40 customers.csv >out
    [ "$(cut -d, -f2 out | sort | uniq -c | awk '$1 > 40')" = '' ]
    [ "$(wc -l <out)" -gt 1 ]
    expect_error 2 spa remind due --dump=spa
}

@test "of an empty table there is an empty list" {
    people customer,start
    printf 'rule,touch,anchor,after\nR,t,start,3d\n' >policy.csv
    remind due -p policy.csv --today=2026-11-21 people.csv >out
    [ "$(cat out)" = customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key ]
}

@test "a policy may come from standard input, which is called so; a ledger may not" {
    printf '%s\n' customer,d,segment a,2026-11-20,new >people.csv
    printf '%s\n' rule,touch,anchor,after,segment R,call,d,1d,newer >policy.csv
    expect_status 0 remind due -p - --today=2026-11-21 people.csv <policy.csv
    echo "remind: stdin: no customer has the segment 'newer'" | diff - err
    expect_error 2 "remind: stdin:1: no column 'rule'" remind due -p - --today=2026-11-21 people.csv <people.csv
    expect_error 2 "--ledger needs a file" remind due -p policy.csv --ledger=- people.csv
    [ ! -e ./- ]
}

@test "a day that does not exist is called so, wherever the policy has it" {
    people customer,start a,2026-11-01
    columns=rule,touch,anchor,after,until
    refused "there is no such day" R,call,2026-02-30,3d,
    refused "there is no such day" R,call,2026/13/1,3d,
    refused "there is no such day" R,call,start,3d,2026-11-31
    refused "no column '2026-02'" R,call,2026-02,3d,
}

@test "--keep names no column twice" {
    people customer,start,orders a,2026-11-01,3
    printf 'rule,touch,anchor,after\nR,call,start,3d\n' >policy.csv
    expect_error 2 "--keep names 'orders' twice" remind due -p policy.csv --keep=orders,orders --today=2026-11-21 people.csv
    expect_error 2 "--keep names '3' twice" remind due -p policy.csv --keep=orders,3 --today=2026-11-21 people.csv
}
