bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-10-31
EVENTS=$DATA_DIR/funnel/events.csv

people() {
    funnel people $TODAY --time-zone=UTC "$@"
}

# log ROW...: a log of one person `a`, a row being "TIME EVENT"
log() {
    echo customer,time,event
    printf '%s\n' "$@" | sed 's/^\(.*\) \([^ ]*\)$/a,\1,\2/'
}

# Level, times and next event of the only person.
tell() {
    people -q "$@" >table
    [ "$(wc -l <table)" -eq 2 ] || fail "$(cat table)"
    tail -n 1 table | cut -d, -f2,4-
}

@test "one row a person who began, in order of first appearance: level, times, next event" {
    people --steps=visit,join,order --window=7d "$EVENTS" | expect_same funnel/people.csv
}

@test "--all adds those who did not begin, at level 0" {
    people --all --steps=visit,join,order --window=7d "$EVENTS" | expect_same funnel/people-all.csv
    people --steps=visit,join,order --window=7d "$EVENTS" >some
    people --all --steps=visit,join,order --window=7d "$EVENTS" | awk -F, 'NR == 1 || $2 > 0' | diff some -
    log '2026-01-01 other' >log.csv
    [ "$(people -q --all --allow-absent --steps=go log.csv | tail -1)" = a,0,,,, ]
    [ "$(people -q --allow-absent --steps=go log.csv | wc -l)" -eq 1 ]
}

@test "--customers keeps every row of its table and adds the columns, also for who has no event" {
    expect_status 0 people --steps=visit,join,order --window=7d --customers="$DATA_DIR/funnel/people.csv" "$EVENTS"
    expect_same funnel/people-customers.csv out
    grep -q '^funnel: 4 customers of the log are not in .*people.csv and are left out$' err
    cut -d, -f1 "$DATA_DIR/funnel/people.csv" >wanted
    cut -d, -f1 out | diff wanted -
    people --all --steps=visit,join,order --window=7d --customers="$DATA_DIR/funnel/people.csv" "$EVENTS" | cmp out -
}

@test "modes chain: a table with the columns of one funnel gets those of no other by the same names" {
    people --steps=visit,join --customers="$DATA_DIR/funnel/people.csv" "$EVENTS" >table.csv
    expect_error 2 "column 'level' is there already" people --steps=visit,join --customers=table.csv "$EVENTS"
    expect_error 3 'no-such.csv: No such file' people --steps=visit --customers=no-such.csv "$EVENTS"
    [ ! -s out ]
}

@test "what people tell is what steps count" {
    for more in '' --window=7d '--window=7d --start=first' '--window=2d --start=latest'; do
        funnel steps $TODAY --time-zone=UTC --unit=s $more --steps=visit,join,order "$EVENTS" |
            awk -F, 'NR > 1 { print $1, $3, $12 }' >wanted
        people $more --steps=visit,join,order "$EVENTS" | awk -F, 'NR > 1 { for (i = 1; i <= $2; i++) { n[i]++; t[i] += $(i + 6) } }
            END { for (i = 1; i <= 3; i++) print i, n[i] + 0, (n[i] ? sprintf("%.10g", t[i] / n[i]) : "") }' >got
        diff wanted got
    done
}

@test "the attempt that gets furthest counts, then the one that starts first, or last" {
    log '2026-01-01T00:00:00 A' '2026-01-01T00:00:10 A' '2026-01-01T00:00:20 A' '2026-01-01T00:00:30 B' '2026-01-02 A' >log.csv
    [ "$(tell --steps=A,B log.csv)" = '2,2026-01-01 00:00:00,2026-01-01 00:00:30,0,30,A' ]
    [ "$(tell --steps=A,B --window=20s log.csv)" = '2,2026-01-01 00:00:10,2026-01-01 00:00:30,0,20,A' ]
    [ "$(tell --steps=A,B --window=20s --start=latest log.csv)" = '2,2026-01-01 00:00:20,2026-01-01 00:00:30,0,10,A' ]
    [ "$(tell --steps=A,B --window=20s --start=first log.csv)" = '1,2026-01-01 00:00:00,,0,,A' ]
}

@test "each step is the earliest that its start allows" {
    log '2026-01-01 A' '2026-01-02 B' '2026-01-03 B' '2026-01-04 C' '2026-01-05 C' >log.csv
    [ "$(tell --steps=A,B,C log.csv)" = '3,2026-01-01,2026-01-02,2026-01-04,0,86400,259200,C' ]
}

@test "a later attempt that gets no further changes nothing" {
    log '2026-05-01T01:00:00 up' '2026-05-01T02:00:00 view' '2026-05-01T03:00:00 buy' '2026-05-03T04:00:00 up' \
        '2026-05-03T04:10:00 view' >log.csv
    [ "$(tell --window=1d --steps=up,view,buy log.csv)" = \
        '3,2026-05-01 01:00:00,2026-05-01 02:00:00,2026-05-01 03:00:00,0,3600,7200,up' ]
}

@test "next_event is the event after the one that made the level, whatever it is, in order of time" {
    log '2026-01-03 join' '2026-01-01 visit' '2026-01-04 quit' '2026-01-02 read' >log.csv
    [ "$(tell --steps=visit log.csv)" = 1,2026-01-01,0,read ]
    [ "$(tell --steps=visit,join log.csv)" = 2,2026-01-01,2026-01-03,0,172800,quit ]
    [ "$(tell --steps=visit,quit log.csv)" = 2,2026-01-01,2026-01-04,0,259200, ]
    log '2026-01-01 visit' '2026-01-01 read' '2026-01-01 join' >log.csv
    [ "$(tell --steps=visit log.csv)" = 1,2026-01-01,0,read ]
}

@test "a log without events still has steps, and no next event" {
    people --customer=buyer --window=60d -s 'first: true' -s 'second: true' "$DATA_DIR/funnel/orders.csv" |
        expect_same funnel/people-orders.csv
}

@test "a date stays a date and a time a time, told in the zone of the run" {
    log '2026-01-01 A' '2026-01-02T10:00:00Z B' '2026-01-03T23:30:00+08:00 C' >log.csv
    [ "$(funnel people -q $TODAY --time-zone=Asia/Shanghai --steps=A,B,C log.csv | tail -1)" = \
        'a,3,C,2026-01-01,2026-01-02 18:00:00,2026-01-03 23:30:00,0,151200,257400,' ]
}

@test "steps of one name are told apart by their number" {
    log '2026-01-01 A' '2026-01-02 B' '2026-01-03 A' >log.csv
    people -q --steps=A,B,A log.csv >table
    [ "$(head -1 table)" = customer,level,step,A_time,B_time,A_3_time,A_seconds,B_seconds,A_3_seconds,next_event ]
    [ "$(tail -1 table)" = a,3,A,2026-01-01,2026-01-02,2026-01-03,0,86400,172800, ]
}

@test "exports of single events and wide sheets" {
    people --all --steps=join,order join="$DATA_DIR/funnel/members.csv" order="$DATA_DIR/funnel/orders.csv" |
        expect_same funnel/people-exports.csv
    people --all --wide-steps=joined,posted,bought "$DATA_DIR/funnel/sheet.csv" | expect_same funnel/people-wide.csv
}

@test "--sorted gives the same bytes, next events and all" {
    { head -1 "$DATA_DIR/cdnow.csv" && tail -n +2 "$DATA_DIR/cdnow.csv" | sort -s -t, -k2,2; } >sorted.csv
    awk -F, -v OFS=, 'NR == 1 { print $0, "event"; next } { print $0, ($NF > 40 ? "much" : $NF > 15 ? "some" : "little") }' \
        sorted.csv >log.csv
    for more in '' --window=30d '--start=first --window=60d' '--start=latest --window=60d' --start=latest; do
        people -q --all $more --steps=little,some,much log.csv >one
        people -q --all $more --steps=little,some,much --sorted log.csv >two
        cmp one two
    done
    [ "$(cut -d, -f10 one | sort -u | paste -s -d' ')" = ' little much next_event some' ]
}

@test "a named step that no row has is wrong usage" {
    expect_error 2 "no row has the event 'jion' (did you mean 'join'?)" people --steps=visit,jion "$EVENTS"
    [ ! -s out ]
}

@test "JSON lines" {
    people --json --steps=visit,join,order --window=7d "$EVENTS" >out.json
    [ "$(jq -c 'select(.customer == "bob") | [.level, .step, .visit_time, .join_time, .visit_seconds, .next_event]' out.json)" = \
        '[1,"visit","2026-09-02 18:30:00",null,0,null]' ]
}

@test "a step left out or not taken has empty cells; level is the deepest step" {
    log '2026-01-01 a' '2026-01-03 c' >log.csv
    [ "$(tell --allow-absent --steps='a,b?,c' log.csv)" = '3,2026-01-01,,2026-01-03,0,,172800,' ]
    [ "$(tell --allow-absent --steps='a,b?,c' --exclude=c log.csv)" = '3,2026-01-01,,2026-01-03,0,,172800,' ] # c itself is the step
    [ "$(tell --allow-absent --steps='a,b,c' log.csv)" = '1,2026-01-01,,,0,,,c' ]
}

@test "in any order the times stand under the steps they are of, and level counts them" {
    log '2026-01-01 c' '2026-01-02 a' '2026-01-05 x' >log.csv
    people -q --order=any --steps=a,b,c --allow-absent log.csv | tail -1 >got
    [ "$(cat got)" = 'a,2,a,2026-01-02,,2026-01-01,86400,,0,x' ]
}

@test "what people tell is what steps count, whatever the rules" {
    for more in --order=any --order=adjacent --ties=strict '--exclude=post' '--exclude=post --exclude-person' \
        '--from=2026-09-05' '--ties=60 --window=3d'; do
        funnel steps $TODAY --time-zone=UTC -q $more --steps=visit,join,order "$EVENTS" | awk -F, 'NR > 1 { print $3 }' >wanted
        people -q $more --steps=visit,join,order "$EVENTS" | awk -F, 'NR > 1 { for (i = 1; i <= $2; i++) n[i]++ }
            END { for (i = 1; i <= 3; i++) print n[i] + 0 }' >got
        diff wanted got
    done
}

@test "--explain tells every event of one customer and which of them made the level" {
    log '2026-01-02 a' '2026-01-01 a' '2026-01-02 x' '2026-01-03 b' >log.csv
    people -q --explain=a --window=1d --steps=a,b log.csv >got
    diff - got <<'END'
customer,time,event,step,name,seconds
a,2026-01-01,a,,,
a,2026-01-02,a,1,a,0
a,2026-01-02,x,,,
a,2026-01-03,b,2,b,86400
END
    [ "$(people -q --explain=a --order=any --steps=b,a log.csv | cut -d, -f3-5 | paste -s -d' ')" = 'event,step,name a,1,a a,, x,, b,2,b' ]
    people -q --explain=bob --steps=visit,join,order "$EVENTS" | awk -F, 'NR > 1 { n += $4 != "" } END { print n }' >got
    people -q --steps=visit,join,order "$EVENTS" | awk -F, '$1 == "bob" { print $2 }' | diff - got
    expect_error 1 'no event of this customer' people -q --explain=z --steps=a,b log.csv
    expect_error 2 'leave --all away' people --explain=a --all --steps=a,b log.csv
}

# The same whatever the options, so that both modes are asked.
night_by_night() {
    funnel "$@" $TODAY -q --allow-absent all.csv >wanted
    funnel "$@" $TODAY -q --allow-absent --save=state.csv part1.csv >one
    funnel "$@" $TODAY -q --allow-absent --use=state.csv --save=state.csv part2.csv >two
    funnel "$@" $TODAY -q --allow-absent --use=state.csv part3.csv >got
    diff wanted got
}

@test "--save and --use: night by night gives the bytes of one run over all, also of people and times" {
    awk 'BEGIN { srand(7); split("visit join order look ask", event); print "customer,time,event,channel"
        for (i = 0; i < 600; i++) { t += int(rand() * 4)
            printf "c%d,2026-09-%02d %02d:%02d:00,%s,%s\n", rand() * 40, 1 + t / 1440, t / 60 % 24, t % 60, event[1 + int(rand() * 5)],
                   substr("abc", 1 + int(rand() * 3), 1) } }' >all.csv
    for part in 1 2 3; do
        awk -v part=$part 'NR == 1 || int((NR - 2) / 200) + 1 == part' all.csv >part$part.csv
    done
    for more in '' --all '--sorted --all' '--sorted --window=60min' '--sorted --start=first --window=1h' '--sorted --start=latest' \
        --order=any '--order=adjacent --all' '--exclude=look --window=1d' --ties=strict; do
        night_by_night people $more --steps=visit,join,order
    done
    for more in '' --sorted --by=channel '--by=channel --sorted' --quantiles=0.1,0.5; do
        night_by_night times $more --steps=visit,join,order
    done
}

@test "a state of one mode is none of another, and --explain goes on from none" {
    log '2026-01-02 a' '2026-01-05 b' >log.csv
    people -q --steps=a,b --save=state.csv log.csv >first
    expect_error 2 'saved with other options: people --start=best' funnel steps --steps=a,b --use=state.csv log.csv
    expect_error 2 'leave --save and --use away' people --steps=a,b --explain=a --use=state.csv log.csv
    expect_error 2 'wide sheet' people --wide-steps=a,b --use=state.csv log.csv
}

@test "a state may have events of groups that nobody began with so far" {
    { echo customer,time,event,channel && echo p,2026-01-01,b,x; } >one.csv
    { echo customer,time,event,channel && echo p,2026-01-02,a,x; } >two.csv
    { cat one.csv && tail -n +2 two.csv; } >all.csv
    steps="funnel steps $TODAY -q --steps=a,b --by=channel"
    $steps all.csv >wanted
    $steps --allow-absent --save=state.csv one.csv >first
    $steps --use=state.csv two.csv | diff wanted -
}
