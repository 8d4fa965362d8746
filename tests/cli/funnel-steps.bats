bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-10-31
EVENTS=$DATA_DIR/funnel/events.csv

steps() {
    funnel steps $TODAY --time-zone=UTC "$@"
}

# people ARGUMENT...: who reached each step, in one line
people() {
    steps --json "$@" | jq -r .people | paste -s -d' '
}

# log ROW...: a log of one person `a`, a row being "TIME EVENT"
log() {
    echo customer,time,event
    printf '%s\n' "$@" | sed 's/^\(.*\) \([^ ]*\)$/a,\1,\2/'
}

@test "one row a step: people, rates with their bounds, who dropped out, who still may, and times" {
    steps --steps=visit,join,order --window=7d "$EVENTS" | expect_same funnel/steps.csv
}

@test "--by prints one block a value of the start event, in order of first appearance, the empty value too" {
    steps --steps=visit,join,order --window=7d --by=channel "$EVENTS" | expect_same funnel/steps-by.csv
    [ "$(cut -d, -f1 <"$EXPECTED_DIR/funnel/steps-by.csv" | uniq | paste -s -d' ')" = 'channel wechat search ' ]
}

@test "--by takes several columns, and a value with a comma stays one" {
    printf 'customer,time,event,from,"to, at last"\na,2026-01-01,go,"x, y",1\nb,2026-01-01,go,,"2"\na,2026-01-02,come,z,z\n' >log.csv
    steps --json --steps=go,come --by='from,"to, at last"' log.csv | jq -c '[.from, ."to, at last", .name, .people]' >got
    diff - got <<'END'
["x, y","1","go",1]
["x, y","1","come",1]
[null,"2","go",1]
[null,"2","come",0]
END
}

@test "rates are fractions with Wilson bounds of the share of the first step, and 0 of 0 is empty" {
    # 1 of 10: 0.0179 to 0.4042 (Newcombe 1998, table I, and R's prop.test without correction)
    { echo customer,time,event && for i in 1 2 3 4 5 6 7 8 9 10; do echo "$i,2026-01-01,go"; done && echo 1,2026-01-02,come; } >log.csv
    steps --steps=go,come,win --allow-absent log.csv >table
    [ "$(sed -n 3p table | cut -d, -f4,5)" = 0.1,0.1 ]
    [ "$(sed -n 3p table | cut -d, -f6,7 | awk -F, '{ printf "%.4f %.4f", $1, $2 }')" = '0.0179 0.4042' ]
    steps --steps=win,go,come --allow-absent log.csv >table
    [ "$(sed -n 2p table)" = 1,win,0,,,,,,,,, ]
    [ "$(sed -n 3p table)" = 2,go,0,,,,,0,0,,, ]
}

@test "times are those from the start in --unit: median, 90 % quantile and mean" {
    { echo customer,time,event
      for i in 1 2 3 4; do echo "$i,2026-01-01 00:00:00,go"; done
      echo 1,2026-01-01 01:00:00,come && echo 2,2026-01-01 02:00:00,come && echo 3,2026-01-01 06:00:00,come; } >log.csv
    for unit in 's 7200 18720 10800' 'min 120 312 180' 'h 2 5.2 3' 'day 0.08333333333 0.2166666667 0.125'; do
        set -- $unit
        steps --unit="$1" --steps=go,come log.csv >table
        [ "$(sed -n 3p table | cut -d, -f10-12)" = "$2,$3,$4" ]
    done
    steps --steps=go,come log.csv | cmp - table
}

@test "the order of the rows and the borders of files do not matter" {
    steps --steps=visit,join,order --window=7d "$EVENTS" >one
    { head -1 "$EVENTS" && tail -n +2 "$EVENTS" | sort -r -k2; } >shuffled.csv
    ! cmp -s "$EVENTS" shuffled.csv
    # tom's visit and join are of one second, so their order in the file counts
    grep -v ^tom, "$EVENTS" >without.csv
    steps --steps=visit,join,order --window=7d without.csv >one
    { head -1 without.csv && tail -n +2 without.csv | sort -r -k2; } | steps --steps=visit,join,order --window=7d >two
    cmp one two
    head -7 without.csv >a.csv
    { head -1 without.csv && tail -n +8 without.csv; } >b.csv
    steps --steps=visit,join,order --window=7d b.csv a.csv | cmp one -
}

@test "equal times count in the order of the file" {
    [ "$(log '2026-01-01 go' '2026-01-01 come' | people --steps=go,come)" = '1 1' ]
    [ "$(log '2026-01-01 come' '2026-01-01 go' | people --steps=go,come)" = '1 0' ]
}

@test "one event serves one step" {
    [ "$(log '2026-01-01 go' | people --steps=go,go)" = '1 0' ]
    [ "$(log '2026-01-01 go' '2026-01-01 go' | people --steps=go,go)" = '1 1' ]
    [ "$(log '2026-01-01 go' '2026-01-02 come' | people -s go -s 'any: true' -s come)" = '1 1 0' ]
}

@test "the window opens with the start and its edge is inside" {
    [ "$(log '2026-01-01T00:00:00 go' '2026-01-08T00:00:00 come' | people --window=7d --steps=go,come)" = '1 1' ]
    [ "$(log '2026-01-01T00:00:00 go' '2026-01-08T00:00:01 come' | people --window=7d --steps=go,come)" = '1 0' ]
    [ "$(log '2026-01-31 go' '2026-02-28 come' | people --window=1m --steps=go,come)" = '1 1' ]
    [ "$(log '2026-01-31 go' '2026-03-01 come' | people --window=1m --steps=go,come)" = '1 0' ]
}

@test "a window of nothing or less is wrong usage" {
    for window in 0d -7d 0s 1y-1d; do
        expect_error 2 --window steps --steps=visit --window=$window "$EVENTS"
        [ ! -s out ]
    done
}

@test "--start=best lets any start convert, --start=first only the first one" {
    log '2026-01-01T13:00:00 A' '2026-01-01T13:30:00 A' '2026-01-01T13:45:00 B' '2026-01-01T14:15:00 C' >log.csv
    [ "$(people --window=1h --steps=A,B,C log.csv)" = '1 1 1' ]
    [ "$(people --window=1h --steps=A,B,C --start=best log.csv)" = '1 1 1' ]
    [ "$(people --window=1h --steps=A,B,C --start=latest log.csv)" = '1 1 1' ]
    [ "$(people --window=1h --steps=A,B,C --start=first log.csv)" = '1 1 0' ]
}

@test "elapsed time is kept where the clock is changed" {
    # In Berlin 02:30 came twice on 2026-10-25: at 00:30 and at 01:30 UTC.
    log '2026-10-25T00:30:00Z go' '2026-10-25T01:30:00Z come' >log.csv
    funnel steps $TODAY --time-zone=Europe/Berlin --unit=min --steps=go,come log.csv | tail -1 | grep ',60,60,60$'
    # Without an offset the hour between 02:00 and 03:00 on 2026-03-29 is not there.
    log '2026-03-29T01:30:00 go' '2026-03-29T03:30:00 come' >log.csv
    funnel steps $TODAY --time-zone=Europe/Berlin --unit=min --steps=go,come log.csv | tail -1 | grep ',60,60,60$'
}

@test "open are those who dropped out but whose window is not over" {
    log '2026-01-01T10:00:00 go' >log.csv
    for case in '2026-01-08_09:59:59 1' '2026-01-08_10:00:00 1' '2026-01-08_10:00:01 0' '2026-01-07 1' '2026-01-08 0'; do
        set -- $case
        funnel steps -q --time-zone=UTC --today="${1/_/ }" --window=7d --steps=go,come --allow-absent log.csv >table
        [ "$(sed -n 3p table | cut -d, -f8,9)" = "1,$2" ]
    done
    funnel steps -q --today=2026-06-01 --steps=go,come --allow-absent log.csv | sed -n 3p | cut -d, -f8,9 | grep '^1,1$'
}

@test "open is also who began anew, unless only the first start counts" {
    log '2026-01-01 go' '2026-01-02 come' '2026-01-20 go' >log.csv
    funnel steps --today=2026-01-21 --window=7d --steps=go,come,win --allow-absent log.csv | sed -n 4p | grep '^3,win,0,0,0,.*,1,1,,,$'
    funnel steps --today=2026-01-21 --window=7d --steps=go,come,win --allow-absent --start=first log.csv | sed -n 4p |
        grep '^3,win,0,0,0,.*,1,0,,,$'
}

@test "rows dated after today are left out and counted" {
    expect_status 0 funnel steps --today=2026-09-15 --steps=visit,join,order --window=7d "$EVENTS"
    grep -q 'left out: dated after today' err
    [ "$(sed -n 2p out | cut -d, -f3)" = 4 ]
}

@test "a log whose end is long past is remarked on" {
    expect_status 0 funnel steps --today=2026-12-31 --steps=visit "$EVENTS"
    grep -q 'the last event is of 2026-10-28, today is 2026-12-31' err
    expect_status 0 funnel steps --today=2026-11-20 --steps=visit "$EVENTS"
    [ ! -s err ]
}

@test "a named step that no row has is wrong usage, with the nearest event" {
    expect_error 2 "no row has the event 'jion' (did you mean 'join'?)" steps --steps=visit,jion,order "$EVENTS"
    [ ! -s out ]
    expect_error 2 "no row has the event 'buy'; --allow-absent goes on without" steps --steps=visit -s buy "$EVENTS"
    expect_status 0 steps --allow-absent --steps=visit,jion "$EVENTS"
    grep -q "no row has the event 'jion' (did you mean 'join'?)" err
    [ "$(tail -1 out | cut -d, -f1-3)" = 2,jion,0 ]
}

@test "input without a row has no absent steps" {
    head -1 "$EVENTS" >log.csv
    expect_status 0 steps --steps=visit,join log.csv
    [ "$(cat out)" = "$(printf 'step,name,people,of_first,of_previous,low,high,dropped,open,median_time,p90_time,mean_time\n1,visit,0,,,,,,,,,\n2,join,0,,,,,0,0,,,')" ]
    expect_status 0 steps --steps=visit,join --by=channel log.csv
    [ "$(wc -l <out)" -eq 1 ]
    expect_status 0 steps --steps=nothing --where="customer = 'nobody'" "$EVENTS"
}

@test "a step is an expression over any column" {
    [ "$(people -s visit -s "big: event = 'order' and amount >= 50" "$EVENTS")" = '6 1' ]
    [ "$(people -s "'visit: or not': event in ('visit')" -s join "$EVENTS")" = '6 4' ]
    steps -s "'visit: or not': event in ('visit')" "$EVENTS" | grep -q '^1,visit: or not,6,'
}

@test "a wrong expression is wrong usage, with its place" {
    expect_error 2 "-s:1:6: unknown column 'amuont'" steps -s 'big: amuont > 5' "$EVENTS"
    grep -q '^ *\^$' err
    expect_status 2 steps -s 'big: amount >' "$EVENTS"
    [ ! -s out ]
}

@test "a cell that the expression cannot read refuses its row" {
    printf 'customer,time,event,amount\na,2026-01-01,order,5\nb,2026-01-01,order,lots\n' >log.csv
    expect_error 1 "log.csv:3: column 'amount'" steps -s 'big: amount > 1' log.csv
    expect_status 0 steps -s 'big: amount > 1' --rejects=bad.csv --max-rejects=1 log.csv
    [ "$(tail -1 out | cut -d, -f3)" = 1 ]
}

@test "rows count as orders: from the first to the third" {
    awk -F, 'NR > 1 { n[$1]++ } END { for (c in n) for (i = 1; i <= 3; i++) reached[i] += n[c] >= i
        print reached[1], reached[2], reached[3] }' "$DATA_DIR/cdnow.csv" >wanted
    [ "$(people -q -s 'first: true' -s 'second: true' -s 'third: true' "$DATA_DIR/cdnow.csv")" = "$(cat wanted)" ]
    [ "$(cut -d' ' -f1 wanted)" -eq 23570 ]
}

@test "people are conserved: steps never rise, and reached and dropped are those of the step before" {
    for more in '' --window=30d --window=1y '--start=first --window=60d' '--start=latest --window=60d'; do
        steps -q $more -s 'a: true' -s "b: amount > 20" -s 'c: true' -s 'd: amount > 20' "$DATA_DIR/cdnow.csv" |
            awk -F, 'NR > 2 && ($3 > before || $3 + $8 != before || $9 > $8) { exit 1 } { before = $3 }'
    done
}

@test "odd names are quoted" {
    printf 'customer,time,event\na,2026-01-01,"add, then buy"\na,2026-01-02,it'"'"'s\na,2026-01-03,really?\na,2026-01-04,x@y\n' >log.csv
    [ "$(people --steps="\"add, then buy\",it's,'really?',\"x@y\"" log.csv)" = '1 1 1 1' ]
    [ "$(people -s '"add, then buy"' -s "'it''s'" -s "'really?': event like 'really%'" log.csv)" = '1 1 1' ]
    expect_error 2 "put 'x@y' in quotes" steps --steps=x,x@y log.csv
    expect_error 2 "the first step cannot be optional ('really?')" steps --steps='really?' log.csv
}

@test "what names no steps is wrong usage" {
    expect_error 2 'which steps?' steps "$EVENTS"
    expect_error 2 'a name is empty' steps --steps=visit,,join "$EVENTS"
    expect_error 2 'a quote is not closed' steps --steps="visit,'join" "$EVENTS"
    expect_error 2 'text after a closing quote' steps --steps="'visit'x,join" "$EVENTS"
    expect_error 2 'no expression behind the colon' steps -s 'visit:' "$EVENTS"
    expect_error 2 'more than 64 steps' steps --steps="$(seq -s, 65)" "$EVENTS"
    expect_status 0 steps -q --allow-absent --steps="visit,$(seq -s, 63)" "$EVENTS"
    [ "$(wc -l <out)" -eq 65 ]
}

@test "full-width commas and colons part names too" {
    [ "$(people --steps='visit，join' "$EVENTS")" = '6 4' ]
    [ "$(people -s 'visit' -s 'any：true' "$EVENTS")" = '6 5' ]
}

@test "exports of single events, each with its own header" {
    steps --steps=join,order join="$DATA_DIR/funnel/members.csv" order="$DATA_DIR/funnel/orders.csv" |
        expect_same funnel/steps-exports.csv
    sed 's/created_at/joined on/' "$DATA_DIR/funnel/members.csv" >members.csv
    steps --steps=join,order --time='joined on' join=members.csv order="$DATA_DIR/funnel/orders.csv" |
        expect_same funnel/steps-exports.csv
}

@test "an export's columns are for expressions and --by, wherever they are" {
    cd "$DATA_DIR/funnel"
    steps -s join -s 'big: amount > 50' --by=plan join=members.csv order=orders.csv >"$BATS_TEST_TMPDIR/table"
    cd -
    [ "$(cut -d, -f1-4 table | paste -s -d' ')" = 'plan,step,name,people gold,1,join,1 gold,2,big,1 free,1,join,3 free,2,big,0' ]
    expect_error 2 "unknown column 'colour'" steps -s join -s 'red: colour = "red"' join="$DATA_DIR/funnel/members.csv"
    expect_error 2 "'city'" steps -s join --by=city join="$DATA_DIR/funnel/members.csv"
    expect_error 2 "'when'" steps -s join --time=when join="$DATA_DIR/funnel/members.csv"
}

@test "of several files of one event each may have its own header" {
    printf 'buyer,paid_at\na,2026-01-02\n' >one.csv
    printf 'order_date,member_id\n2026-01-03,a\n' >two.csv
    printf 'customer,date\na,2026-01-01\n' >three.csv
    [ "$(people --steps=join,order,order order=one.csv order=two.csv join=three.csv)" = '1 1 1' ]
}

@test "operands that do not go together are wrong usage" {
    expect_error 2 'do not go together' steps --steps=join join=a.csv b.csv
    expect_error 2 '--sorted' steps --steps=join --sorted join=a.csv
    expect_error 2 '--wide-steps' steps --wide-steps=join join=a.csv
    expect_error 2 '--event' steps --steps=join --event=what join=a.csv
    cp "$EVENTS" a=b.csv
    [ "$(people --steps=visit ./a=b.csv)" = 6 ]
    expect_error 3 'b.csv: No such file' steps --steps=a a=b.csv
}

@test "a step that is no export's word is absent" {
    expect_error 2 "no row has the event 'orders' (did you mean 'order'?)" \
        steps --steps=join,orders join="$DATA_DIR/funnel/members.csv" order="$DATA_DIR/funnel/orders.csv"
    head -1 "$DATA_DIR/funnel/orders.csv" >none.csv
    [ "$(people --steps=join,order join="$DATA_DIR/funnel/members.csv" order=none.csv)" = '4 0' ]
}

@test "a wide sheet has a date of each step in a column" {
    steps --wide-steps=joined,posted,bought "$DATA_DIR/funnel/sheet.csv" | expect_same funnel/steps-wide.csv
    steps --wide-steps=joined,bought --by=city "$DATA_DIR/funnel/sheet.csv" | expect_same funnel/steps-wide-by.csv
}

@test "a wide sheet's faults: no such column, no date, dates to come" {
    expect_error 2 "no column 'boght'" steps --wide-steps=joined,boght "$DATA_DIR/funnel/sheet.csv"
    printf 'member,joined,bought\na,2026-01-01,soon\n' >sheet.csv
    expect_error 1 "sheet.csv:2: column 'bought'" steps --wide-steps=joined,bought sheet.csv
    printf 'member,joined,bought\na,2026-01-01,2027-01-01\n' >sheet.csv
    expect_status 0 steps --wide-steps=joined,bought sheet.csv
    grep -q 'dated after today' err
    [ "$(tail -1 out | cut -d, -f3)" = 0 ]
    expect_error 2 'leave --steps and -s away' steps --wide-steps=joined --steps=a sheet.csv
    expect_error 2 '--time' steps --wide-steps=joined --time=x sheet.csv
    expect_error 2 '--sorted' steps --wide-steps=joined --sorted sheet.csv
}

@test "--sorted gives the same bytes and refuses a row that is earlier than one before it" {
    { head -1 "$DATA_DIR/cdnow.csv" && tail -n +2 "$DATA_DIR/cdnow.csv" | sort -s -t, -k2,2; } >sorted.csv
    for more in '' --window=30d '--start=first --window=60d' '--start=latest --window=60d' --start=latest; do
        steps -q $more -s 'a: true' -s "b: amount > 20" -s 'c: amount < 30' sorted.csv >one
        steps -q $more -s 'a: true' -s "b: amount > 20" -s 'c: amount < 30' --sorted sorted.csv >two
        cmp one two
    done
    expect_error 1 "events.csv:5: column 'time': earlier than a row before it" steps --sorted --steps=visit,join,order "$EVENTS"
    [ ! -s out ]
    expect_status 1 steps --sorted --steps=visit,join,order --rejects=bad.csv "$EVENTS"
    [ "$(wc -l <bad.csv)" -eq 4 ] # li, bob and ann, each earlier than li's order
}

@test "who, when and what are found by their usual names or named" {
    printf 'visit_id,user_id,ts,action\n1,a,2026-01-01,go\n2,a,2026-01-02,come\n' >log.csv
    [ "$(people --steps=go,come log.csv)" = '1 1' ]
    [ "$(people --steps=go,come --customer=visit_id log.csv)" = '1 0' ]
    [ "$(people --steps=a --event=user_id --customer=1 --time=ts log.csv)" = 2 ]
    printf 'who,when,what\na,2026-01-01,go\n' >log.csv
    expect_error 2 '--customer=COL' steps --steps=go log.csv
    expect_error 2 '--time=COL' steps --steps=go --customer=who log.csv
    expect_error 2 '--event=COL' steps --steps=go --customer=who --time=when log.csv
    expect_status 0 steps -s 'go: what = "go"' --customer=who --time=when log.csv
}

@test "a blank or masked customer and a bad time refuse the row" {
    printf 'customer,time,event\n,2026-01-01,go\n' >log.csv
    expect_error 1 "log.csv:2: column 'customer'" steps --steps=go log.csv
    printf 'customer,time,event\na,yesterday,go\n' >log.csv
    expect_error 1 "log.csv:2: column 'time': not a date" steps --steps=go log.csv
    printf 'customer,time,event\na,,go\n' >log.csv
    expect_error 1 "log.csv:2: column 'time'" steps --steps=go log.csv
}

@test "--by names a column that is there and not one of the output's" {
    expect_error 2 "no column 'chanel' (did you mean 'channel'?)" steps --steps=visit --by=chanel "$EVENTS"
    printf 'customer,time,event,name\na,2026-01-01,go,x\n' >log.csv
    expect_error 2 "the output has a column 'name' of its own" steps --steps=go --by=name log.csv
    expect_error 2 'a name is empty' steps --steps=go --by=time, log.csv
}

@test "JSON lines have numbers as numbers, names as strings, and null for what is empty" {
    steps --json --steps=visit,join,order --window=7d --by=channel "$EVENTS" | jq -c '[.channel, .step, .name, .people, .open]' >got
    sed -n 7p got | grep -F '[null,1,"visit",2,null]'
    [ "$(jq -s 'map(.[3]) | add' got)" -eq 12 ]
}

@test "-v tells the people and the days of the log" {
    expect_status 0 steps -v --steps=visit,join,order "$EVENTS"
    grep -q '7 people, events from 2026-09-01 to 2026-10-28' err
}

@test "hundreds of thousands of events of one person take no time" {
    awk 'BEGIN { print "customer,time,event"
        for (i = 300000; i > 0; i--) printf "a,2026-01-%02d %02d:%02d:%02d,%s\n", 1 + int(i / 86400), int(i / 3600) % 24,
            int(i / 60) % 60, i % 60, i % 3 ? "go" : "come" }' >log.csv
    [ "$(timeout 20 funnel steps $TODAY -q --window=1h --steps=go,come,go,come log.csv | tail -1 | cut -d, -f3)" = 1 ]
    { head -1 log.csv && tail -n +2 log.csv | tac; } >sorted.csv
    [ "$(timeout 20 funnel steps $TODAY -q --sorted --window=1h --steps=go,come,never log.csv 2>&1 | wc -l)" -gt 0 ]
    [ "$(timeout 20 funnel steps $TODAY -q --sorted --allow-absent --window=1h --steps=go,come,never sorted.csv | tail -1 | cut -d, -f3)" = 0 ]
}

@test "--order=adjacent takes the best run of events that follow each other at once" {
    log '2026-01-01 a' '2026-01-02 x' '2026-01-03 b' '2026-01-04 a' '2026-01-05 b' '2026-01-06 c' >log.csv
    [ "$(people -q --order=adjacent --steps=a,b,c log.csv)" = '1 1 1' ]
    log '2026-01-01 a' '2026-01-02 a' '2026-01-03 b' '2026-01-04 x' '2026-01-05 c' >log.csv
    [ "$(people -q --order=adjacent --steps=a,b,c log.csv)" = '1 1 0' ]
    [ "$(people -q --steps=a,b,c log.csv)" = '1 1 1' ]
    [ "$(people -q --order=adjacent --where='event != "x"' --steps=a,b,c log.csv)" = '1 1 1' ]
}

@test "--order=any counts how many of the steps were done in the window of the best start" {
    log '2026-01-01 c' '2026-01-02 a' '2026-01-09 b' >log.csv
    steps -q --order=any --steps=a,b,c log.csv | cut -d, -f1-3,10 >got
    printf '%s\n' step,name,people,median_time '1,1 of 3,1,0' '2,2 of 3,1,1' '3,3 of 3,1,8' | diff - got
    [ "$(people -q --order=any --window=7d --steps=a,b,c log.csv)" = '1 1 0' ]
    expect_error 2 'no step comes before another' steps --order=any --steps='a,b?' log.csv
    expect_error 2 'no step comes before another' steps --order=any --steps='a,b@1d' log.csv
}

@test "--ties: equal times count as in the file, not at all, or within seconds in either order" {
    log '2026-01-01 10:00:00 b' '2026-01-01 10:00:00 a' '2026-01-01 10:00:02 c' '2026-01-01 10:00:03 b' >log.csv
    [ "$(people -q --steps=a,b,c log.csv)" = '1 1 0' ]
    [ "$(people -q --ties=0 --steps=a,b,c log.csv)" = '1 1 1' ]
    [ "$(people -q --ties=strict --steps=a,b,c log.csv)" = '1 1 0' ]
    [ "$(people -q --ties=strict --steps=b,a,c log.csv)" = '1 0 0' ]
    [ "$(people -q --ties=1 --steps=b,c,b log.csv)" = '1 1 1' ]
    [ "$(people -q --ties=1s --where="event != 'b'" --steps=c,a log.csv)" = '1 0' ]
    [ "$(people -q --ties=2 --where="event != 'b'" --steps=c,a log.csv)" = '1 1' ]
    expect_error 2 '--ties' steps --ties=soon --steps=a log.csv
    expect_error 2 '--ties' steps --ties=1m --steps=a log.csv
    expect_error 2 '--order=gaps' steps --ties=1 --order=any --steps=a log.csv
}

@test "dates without times are warned of where their order is asked for too much, or not at all" {
    log '2026-01-01 a' '2026-01-01 b' >log.csv
    expect_status 0 steps --ties=strict --steps=a,b log.csv
    grep -q 'dates without times: with --ties=strict no two steps of one day count' err
    expect_status 0 steps --order=any --steps=a,b log.csv
    grep -q 'the counts are upper bounds' err
    expect_status 0 steps --steps=a,b log.csv
    [ "$(grep -c 'without times' err)" -eq 0 ]
}

@test "NAME@7d must come so soon after the step before it, and not the first such event decides" {
    log '2026-01-01 a' '2026-01-02 b' '2026-01-08 b' '2026-01-09 c' >log.csv
    [ "$(people -q --steps=a,b,c@1d log.csv)" = '1 1 1' ]
    [ "$(people -q --steps=a,b@2d,c@1d log.csv)" = '1 1 0' ]
    [ "$(people -q --steps=a,b,c@23h log.csv)" = '1 1 0' ]
    [ "$(people -q --window=7d --steps=a,b,c@1d log.csv)" = '1 1 0' ]
    expect_error 2 'the first step has no step before it' steps --steps=a@1d,b log.csv
}

@test "NAME? may be left out: those who did are missed there and not afterwards" {
    { log '2026-01-01 a' '2026-01-02 b' '2026-01-03 c' && log '2026-01-01 a' '2026-01-03 c' | sed '1d; s/^a/z/'
      log '2026-01-01 a' | sed '1d; s/^a/y/'; } >log.csv
    steps -q --steps='a,b?,c' log.csv | cut -d, -f1-5,8,9 >got
    diff - got <<'END'
step,name,people,of_first,of_previous,dropped,open
1,a,3,1,,,
2,b,1,0.3333333333,0.3333333333,2,1
3,c,2,0.6666666667,0.6666666667,1,1
END
    expect_error 2 'the first step cannot be optional' steps --steps='a?,b' log.csv
}

@test "--exclude ends attempts between two steps and keeps what they reached, --exclude-person does not" {
    log '2026-01-01 a' '2026-01-02 x' '2026-01-03 b' '2026-01-04 c' >log.csv
    [ "$(people -q --steps=a,b,c --exclude=x log.csv)" = '1 0 0' ]
    [ "$(people -q --steps=a,b,c --exclude=x@2-3 log.csv)" = '1 1 1' ]
    [ "$(people -q --steps=a,b,c --exclude=x --exclude-person log.csv)" = '0 0 0' ]
    [ "$(people -q --steps=a,b,c --exclude=x --exclude-person --window=12h log.csv)" = '1 0 0' ]
    log '2026-01-01 a' '2026-01-02 x' '2026-01-03 a' '2026-01-04 b' >log.csv
    [ "$(people -q --steps=a,b --exclude=x --exclude-person log.csv)" = '1 1' ]
    expect_status 0 steps --steps=a,b --exclude=gone log.csv
    grep -q "no row has the event 'gone'" err
    expect_error 2 "'2-3' is no range of two of the 2 steps" steps --steps=a,b --exclude=x@2-3 log.csv
    expect_error 2 '--exclude-person needs --exclude' steps --steps=a,b --exclude-person log.csv
}

@test "--count=attempts counts one attempt after the other: complete, timed out, excluded" {
    log '2026-01-01 a' '2026-01-02 b' '2026-01-03 a' '2026-01-04 a' '2026-02-01 a' '2026-02-02 b' >log.csv
    [ "$(people -q --count=attempts --steps=a,b log.csv)" = '2 2' ]
    [ "$(people -q --count=attempts --window=7d --steps=a,b log.csv)" = '3 2' ]
    [ "$(people -q --count=attempts --exclude=a --steps=a,b log.csv)" = '3 2' ]
    [ "$(people -q --window=7d --steps=a,b log.csv)" = '1 1' ]
    expect_error 2 '--count=attempts' steps --count=attempts --start=first --steps=a,b log.csv
}

@test "--from and --to choose entries; what is reached later still counts" {
    log '2026-01-01 a' '2026-01-10 b' '2026-01-05 23:59:59 a' '2026-02-01 c' >log.csv
    [ "$(people -q --from=2026-01-02 --to=2026-01-05 --steps=a,b,c log.csv)" = '1 1 1' ]
    steps -q --from=2026-01-02 --steps=a,b log.csv | tail -1 | cut -d, -f10 | grep -q '^4.00001'
    [ "$(people -q --from=2026-01-06 --steps=a,b,c log.csv)" = '0 0 0' ]
    [ "$(people -q --to=2025-12-31 --steps=a,b,c log.csv)" = '0 0 0' ]
    expect_error 2 '--from is later than --to' steps --from=2026-02-01 --to=2026-01-01 --steps=a log.csv
    expect_error 2 '--from: not a date' steps --from=monday --steps=a log.csv
}

@test "--attribute: the start's value, the first or last there is, that of a step, or each by itself" {
    printf '%s\n' customer,time,event,ad a,2026-01-01,go, a,2026-01-02,come,x a,2026-01-03,buy,y b,2026-01-01,go,x >log.csv
    by() { steps -q --json --steps=go,come,buy --by=ad --attribute="$1" log.csv | jq -s -c 'map([.ad, .people])' | tr -d '"[]'; }
    [ "$(by start)" = 'null,1,null,1,null,1,x,1,x,0,x,0' ]
    [ "$(by first)" = 'x,2,x,1,x,1' ]
    [ "$(by last)" = 'x,1,x,0,x,0,y,1,y,1,y,1' ]
    [ "$(by step:2)" = 'x,1,x,1,x,1' ]
    [ "$(by all)" = 'null,1,null,0,null,0,x,1,x,0,x,0' ]
    expect_error 2 '--attribute' steps --steps=go --by=ad --attribute=middle log.csv
    expect_error 2 'only 3 steps' steps --steps=go,come,buy --by=ad --attribute=step:4 log.csv
    expect_error 2 '--attribute needs --by' steps --steps=go --attribute=first log.csv
}

@test "--costs adds the spend of each group, also of channels that nobody began with" {
    printf '%s\n' customer,time,event,ad a,2026-01-01,go,x b,2026-01-01,go,x b,2026-01-02,buy, c,2026-01-02,go,free >log.csv
    printf '%s\n' channel,cost x,10.50 radio,99 x,0.10 >costs.csv
    expect_status 0 steps --by=ad --costs=costs.csv --steps=go,buy log.csv
    cut -d, -f1-4,14,15 out >got
    diff - got <<'END'
ad,step,name,people,cost,cost_each
x,1,go,2,10.60,5.3
x,2,buy,1,10.60,10.6
free,1,go,1,,
free,2,buy,0,,
radio,1,go,0,99,
radio,2,buy,0,99,
END
    grep -q '^funnel: 99 of the costs is for 1 channel that nobody began with$' err
    [ "$(steps -q --costs=costs.csv --steps=go,buy log.csv | tail -1 | cut -d, -f13,14)" = 109.60,109.6 ]
    expect_error 2 '--costs' steps --by=ad,customer --costs=costs.csv --steps=go log.csv
    printf '%s\n' channel,cost x,cheap >costs.csv
    expect_error 1 "costs.csv:2: column 'cost'" steps --by=ad --costs=costs.csv --steps=go log.csv
}

@test "--amount adds up a column over the events that made the last step, exactly" {
    printf '%s\n' customer,time,event,paid a,2026-01-01,go, a,2026-01-02,buy,0.10 a,2026-01-03,buy,7 b,2026-01-01,go, b,2026-01-09,buy,0.20 c,2026-01-01,buy,5 >log.csv
    [ "$(steps -q --amount=paid --steps=go,buy log.csv | cut -d, -f13 | paste -s -d' ')" = 'value  0.30' ]
    [ "$(steps -q --amount=paid --window=2d --steps=go,buy log.csv | cut -d, -f13 | paste -s -d' ')" = 'value  0.10' ]
    printf '%s\n' customer,time,event,paid a,2026-01-01,buy,dear >log.csv
    expect_error 1 "log.csv:2: column 'paid'" steps --amount=paid --steps=buy log.csv
    expect_error 2 "no column 'pad'" steps --amount=pad --steps=buy log.csv
}

@test "--compare tests each group against all others and corrects for their number" {
    { echo customer,time,event,ad
      for i in 1 2 3 4; do echo "a$i,2026-01-01,go,x" && echo "b$i,2026-01-01,go,y"; done
      for i in a1 a2 a3 b1; do echo "$i,2026-01-02,buy,"; done; } >log.csv
    steps -q --compare --by=ad --steps=go,buy log.csv | cut -d, -f1,2,4,14 >got
    diff - got <<'END'
ad,step,people,p_value
x,1,4,
x,2,3,0.9714285714
y,1,4,
y,2,1,0.9714285714
END
    expect_error 2 '--compare needs --by' steps --compare --steps=go log.csv
}

@test "the rules of attempts hold with --sorted too" {
    { head -1 "$DATA_DIR/cdnow.csv" && tail -n +2 "$DATA_DIR/cdnow.csv" | sort -s -t, -k2,2; } >sorted.csv
    for more in --order=any --order=adjacent --ties=strict --count=attempts '--from=1997-02-01 --window=60d'; do
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s 'c: amount < 30' sorted.csv >one
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s 'c: amount < 30' --sorted sorted.csv >two
        cmp one two
    done
}

@test "--format=text draws bars, aligned whatever the characters of the names" {
    printf 'customer,time,event\na,2026-01-01,浏览\na,2026-01-02,下单\nb,2026-01-01,浏览\nb,2026-01-02,pay\n' >log.csv
    steps -q --format=text --steps='浏览,下单?,pay' log.csv >got
    diff - got <<'END'
浏览  ████████████████████████████████████████  2  100.0 %
下单  ████████████████████                      1   50.0 %   50.0 % of the step before
pay   ████████████████████                      1   50.0 %   50.0 % of the step before
END
    steps -q --format=text --by=event --steps='浏览,pay' log.csv | head -1 | grep -qx 'event: 浏览'
    printf 'customer,time,event\na,2026-01-01,x\033[1my\n' >log.csv
    steps -q --format=text -s 'a: true' -s "$(printf 'b\033c'): true" log.csv | cut -c1-3 | paste -s -d' ' | grep -qx 'a   b?c'
}

@test "colours are for terminals only, and not with NO_COLOR or a dumb one" {
    has_terminal || skip 'no terminal to be had'
    steps -q --format=text --steps=visit,join "$EVENTS" >plain
    [ "$(grep -c "$(printf '\033')" plain)" -eq 0 ]
    ask="funnel steps $TODAY --time-zone=UTC -q --format=text --steps=visit,join $EVENTS"
    TERM=xterm NO_COLOR= script -qc "$ask" /dev/null </dev/null >coloured
    [ "$(grep -c "$(printf '\033\[32m')" coloured)" -eq 2 ]
    TERM=xterm NO_COLOR=1 script -qc "$ask" /dev/null </dev/null | tr -d '\r' | diff plain -
    TERM=dumb script -qc "$ask" /dev/null </dev/null | tr -d '\r' | diff plain -
    TERM=xterm script -qc "$ask -o out.txt" /dev/null </dev/null
    diff plain out.txt
}

@test "--save and --use: night by night gives the bytes of one run over all" {
    { head -1 "$DATA_DIR/cdnow.csv" && tail -n +2 "$DATA_DIR/cdnow.csv" | sort -s -t, -k2,2 | head -20000; } >all.csv
    for part in 1 2 3; do
        awk -v part=$part 'NR == 1 || int((NR - 2) / 6667) + 1 == part' all.csv >part$part.csv
    done
    for more in '' '--sorted --window=60d' '--sorted --start=latest' '--sorted --start=first --window=20d' --order=any --order=adjacent \
        '--count=attempts --window=40d' '--amount=amount --by=cds,date --attribute=last' "--from=1997-01-10 --sorted"; do
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s "c: amount < 30" all.csv >wanted
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s "c: amount < 30" --save=state1.csv part1.csv >one
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s "c: amount < 30" --use=state1.csv --save=state2.csv part2.csv >two
        steps -q $more -s 'a: true' -s 'b: amount > 20' -s "c: amount < 30" --use=state2.csv --save=state3.csv part3.csv >got
        cmp wanted got
        head -1 all.csv | steps -q $more -s 'a: true' -s 'b: amount > 20' -s "c: amount < 30" --use=state3.csv | cmp wanted -
    done
}

@test "late events count and are told, with --sorted they are refused" {
    log '2026-01-02 a' '2026-01-05 b' >one.csv
    log '2026-01-01 a' '2026-01-06 c' >two.csv
    { cat one.csv && tail -n +2 two.csv; } >all.csv
    steps -q --steps=a,b,c all.csv >wanted
    steps -q --allow-absent --steps=a,b,c --save=state.csv one.csv >first
    expect_status 0 steps --steps=a,b,c --use=state.csv two.csv
    diff wanted out
    grep -q '^funnel: 1 event came late: earlier than the last one of --use$' err
    steps -q --sorted --allow-absent --steps=a,b,c --save=state.csv one.csv >first
    expect_error 1 'earlier than a row before it' steps --sorted --steps=a,b,c --use=state.csv two.csv
}

@test "a state is only for the options it was saved with, and a file that is none is refused" {
    log '2026-01-02 a' '2026-01-05 b' >log.csv
    steps -q --steps=a,b --save=state.csv log.csv >first
    expect_error 2 'saved with other options: steps --count=people --start=best' steps --steps=a,b --window=7d --use=state.csv log.csv
    expect_error 2 'not a state' steps --steps=a,b --use=log.csv log.csv
    for bad in event,,x,1,1,0,0,0 event,,1,1,1,0,0 what,,,,,,, reached,,5,1,1,0,0,0; do
        { cat state.csv && echo "$bad"; } >bad.csv
        expect_status 2 steps --steps=a,b --use=bad.csv log.csv || expect_status 1 steps --steps=a,b --use=bad.csv log.csv
    done
    expect_error 3 'none.csv' steps --steps=a,b --use=none.csv log.csv
    expect_error 2 'wide sheet' steps --wide-steps=a,b --save=state.csv log.csv
}

@test "a state is saved only when the output was taken" {
    log '2026-01-02 a' '2026-01-05 b' >log.csv
    echo before >state.csv
    expect_status 3 sh -c "funnel steps $TODAY -q --steps=a,b --save=state.csv log.csv >/dev/full"
    [ "$(cat state.csv)" = before ]
    expect_status 2 steps --steps=a,x --save=state.csv log.csv
    [ "$(cat state.csv)" = before ]
}

@test "'else' is no step, and --by names no column twice" {
    expect_error 2 "-s: 'else' has no place here" steps -s 'visit: event = "visit"' -s 'x: else' "$EVENTS"
    expect_error 2 "--by: it names a column twice" steps --steps=visit,join --by=event,event "$EVENTS"
    expect_error 2 "--by: it names a column twice" funnel retention $TODAY --by=event,event "$EVENTS"
}
