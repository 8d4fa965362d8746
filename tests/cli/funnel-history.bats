# funnel history, worked out by hand.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' customer,time,event ann,2026-03-01,customer bob,'2026-01-05 10:00',prospect ann,2026-01-01,prospect \
        ann,2026-04-01,customer ann,2026-02-01,post ann,2026-06-01,gone bob,'2026-01-05 10:00',customer \
        cai,2026-05-01,customer >log.csv
    printf '%s\n' from,to ,prospect prospect,customer customer,gone gone,customer >moves.csv
}

history_of() {
    funnel history --time-zone=UTC --today=2026-06-30 "$@"
}

@test "the whole record: each change of the stage in order of time, equal times in order of the file" {
    history_of --stages=prospect,customer,gone log.csv >got
    diff - got <<'END'
customer,stage,since,previous
ann,prospect,2026-01-01,
ann,customer,2026-03-01,prospect
ann,gone,2026-06-01,customer
bob,prospect,2026-01-05 10:00:00,
bob,customer,2026-01-05 10:00:00,prospect
cai,customer,2026-05-01,
END
}

@test "without --stages every event is a stage" {
    history_of log.csv | grep '^ann' >got
    diff - got <<'END'
ann,prospect,2026-01-01,
ann,post,2026-02-01,prospect
ann,customer,2026-03-01,post
ann,gone,2026-06-01,customer
END
}

@test "--last is the present stage, as of --today" {
    history_of --last --stages=prospect,customer,gone log.csv >got
    printf '%s\n' customer,stage,since,previous ann,gone,2026-06-01,customer \
        'bob,customer,2026-01-05 10:00:00,prospect' cai,customer,2026-05-01, | diff - got
    expect_status 0 funnel history --time-zone=UTC --last --stages=prospect,customer,gone --today=2026-05-31 log.csv
    grep -q '^ann,customer,2026-03-01,prospect$' out
    grep -q '1 row left out: dated after today' err
}

@test "moves that are not legal are named with their lines, and the record stays whole" {
    expect_error 1 "log.csv:9: a first stage that moves.csv does not have" \
        history_of --stages=prospect,customer,gone --moves=moves.csv log.csv
    [ "$(grep -c 'does not have' err)" -eq 1 ]
    [ "$(wc -l <out)" -eq 7 ]
    expect_error 1 "log.csv:6: a move from 'prospect' to 'post' that moves.csv does not have" \
        history_of --show-values --moves=moves.csv log.csv
    sed -i '/^,/d' moves.csv
    expect_status 0 history_of --stages=prospect,customer,gone --moves=moves.csv log.csv
    for i in $(seq 30); do echo "x$i,2026-01-01,strange"; done >>log.csv
    expect_error 1 "funnel: 10 more such moves" history_of --stages=prospect,customer,gone,strange --moves=moves.csv log.csv
}

@test "a table of moves is checked" {
    printf '%s\n' from,to a, >moves.csv
    expect_error 2 "moves.csv:2: column 'to': blank, but a stage is needed" history_of --moves=moves.csv log.csv
    printf '%s\n' form,to a,b >moves.csv
    expect_error 2 "no column 'from' (did you mean 'form'?)" history_of --moves=moves.csv log.csv
    expect_error 3 "none.csv: No such file" history_of --moves=none.csv log.csv
}

@test "rows of --customers are kept, also of people without a stage" {
    printf '%s\n' customer,city zoe,Oslo cai,Rome ann,Lyon >people.csv
    expect_status 0 history_of --last --customers=people.csv log.csv
    printf '%s\n' customer,city,stage,since,previous zoe,Oslo,,, cai,Rome,customer,2026-05-01, \
        ann,Lyon,gone,2026-06-01,customer | diff - out
    grep -q '1 customer of the log is not in people.csv and is left out' err
    history_of -q --customers=people.csv --stages=customer,gone log.csv | grep -c '^ann,Lyon' | grep -qx 2
    printf '%s\n' customer,stage a,b >people.csv
    expect_error 2 "column 'stage' is there already" history_of --customers=people.csv log.csv
}

@test "a stage that no row has is told" {
    expect_status 0 history_of --stages=prospect,costumer log.csv
    grep -q "no row has the stage 'costumer'" err
    expect_error 2 "--stages: a name is empty" history_of --stages=a,,b log.csv
}

@test "the record of a shuffled log is the same, and so however it is split" {
    log=$DATA_DIR/funnel/events.csv
    history_of --today=2026-10-31 -q "$log" | sort >one
    { head -n 1 "$log" && sed 1d "$log" | sort -s -t, -k1,1r; } >shuffled.csv
    history_of --today=2026-10-31 -q shuffled.csv | sort | cmp - one
    head -n 8 "$log" >a.csv
    { head -n 1 "$log" && sed 1,8d "$log"; } >b.csv
    history_of --today=2026-10-31 -q a.csv b.csv | sort | cmp - one
}

@test "a blank event is a bad record" {
    echo 'ann,2026-06-02,' >>log.csv
    expect_error 1 "log.csv:10: column 'event': blank, but an event is needed" history_of log.csv
}
