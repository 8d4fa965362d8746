# remind due with its ledger: nothing twice, nothing lost, whatever happens in between.
bats_require_minimum_version 1.5.0
load ../helper

# policy COLUMNS ROW...
policy() {
    printf '%s\n' "$@" >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

# due DAY ARGUMENT...: a run on that day.
due() {
    local day=$1
    shift
    remind due -q -p policy.csv --ledger=sent.csv --today="$day" "$@" people.csv
}

# keys: of the contacts on standard input, sorted, in one line.
keys() {
    sed 1d | grep -o '[^,]*/[^,]*/[0-9-]*/[0-9]' | sort | tr '\n' ' '
}

# recorded EVENT: the keys that the ledger has with this event, in one line.
recorded() {
    grep "^$1," sent.csv | grep -o '[^,]*/[^,]*/[0-9-]*/[0-9]' | sort | tr '\n' ' '
}

three_people() {
    policy rule,touch,anchor,after,grace R,call,start,3d,
    people customer,start a,2026-11-18 b,2026-11-17 c,2026-11-01
}

@test "every contact is recorded with all its columns, then the run as printed" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --ledger=sent.csv --today=2026-11-21 "$DATA_DIR/remind/people.csv" >got.csv
    expect_same remind/due.csv got.csv
    expect_same remind/ledger.csv sent.csv
}

@test "a second run on the same day prints nothing; neither does one on the next" {
    three_people
    [ "$(due 2026-11-21 | keys)" = 'a/R/2026-11-21/0 b/R/2026-11-20/0 c/R/2026-11-04/0 ' ]
    [ "$(due 2026-11-21 | wc -l)" -eq 1 ]
    [ "$(due 2026-11-22 | wc -l)" -eq 1 ]
    [ "$(recorded due)" = 'a/R/2026-11-21/0 b/R/2026-11-20/0 c/R/2026-11-04/0 ' ]
    [ "$(sed -n 's/^printed,[^,]*,\([^,]*\),.*/\1/p' sent.csv | tr '\n' ' ')" = '2026-11-21.1 2026-11-21.2 2026-11-22.1 ' ]
}

@test "the same runs give the same ledger, byte for byte, in any locale and zone" {
    three_people
    due 2026-11-21 >/dev/null
    mv sent.csv first.csv
    LC_ALL=de_DE.UTF-8 due 2026-11-21 --time-zone=Asia/Shanghai >/dev/null
    cmp first.csv sent.csv
}

@test "a time of day is recorded where --today gives one" {
    three_people
    due '2026-11-21 08:30' >/dev/null
    grep -q '^due,2026-11-21 08:30:00,2026-11-21.1,' sent.csv
}

@test "a weekly rule that was not asked for two weeks: one contact, the older ones are missed" {
    policy rule,segment,touch,anchor,every,channel,priority WK,demanding,report,2026-11-02,1w,email,1
    people customer,segment C1,demanding
    [ "$(due 2026-11-02 | keys)" = 'C1/WK/2026-11-02/0 ' ]
    [ "$(due 2026-11-25 | keys)" = 'C1/WK/2026-11-23/0 ' ]
    [ "$(recorded missed)" = 'C1/WK/2026-11-09/0 C1/WK/2026-11-16/0 ' ]
    [ "$(due 2026-11-26 | wc -l)" -eq 1 ]
    [ "$(grep -c '^missed,' sent.csv)" -eq 2 ]
}

@test "a clock that is centuries off fills no ledger: the latest 366 days are missed, and none of them again" {
    policy rule,touch,anchor,every D,report,2026-11-02,1d
    people customer a
    due 2026-11-02 >/dev/null
    [ "$(due 9999-12-31 --force-clock | keys)" = 'a/D/9999-12-31/0 ' ]
    [ "$(grep -c '^missed,' sent.csv)" -eq 366 ]
    [ "$(recorded missed | cut -d' ' -f1)" = a/D/9998-12-30/0 ]
    [ "$(due 9999-12-31 | wc -l)" -eq 1 ]
    [ "$(grep -c '^missed,' sent.csv)" -eq 366 ]
}

@test "what was before the ledger is nobody's miss" {
    policy rule,touch,anchor,every WK,report,start,1w
    people customer,start a,2020-01-01
    [ "$(due 2026-11-21 | keys)" = 'a/WK/2026-11-18/0 ' ]
    [ "$(recorded missed)" = '' ]
}

@test "past its grace a contact is missed, recorded once and never printed" {
    policy rule,segment,touch,anchor,after,grace AS3,new,check,first_order,P3D,P7D
    people customer,segment,first_order C1,new,2026-11-01 C2,new,2026-10-01
    due 2026-11-02 >/dev/null # in the ledger's time: the first is not due yet, the second's grace was over before
    [ "$(recorded missed)" = '' ]
    [ "$(due 2026-11-23 | wc -l)" -eq 1 ]
    [ "$(recorded missed)" = 'C1/AS3/2026-11-04/0 ' ]
    due 2026-11-24 >/dev/null
    [ "$(grep -c '^missed,' sent.csv)" -eq 1 ]
}

@test "--limit puts off, never drops: exempt from grace afterwards, counted over the runs of a day" {
    policy rule,touch,anchor,after,grace,owner R,call,start,0d,0d,s1
    people customer,start a,2026-11-20 b,2026-11-20 c,2026-11-20
    [ "$(due 2026-11-20 --limit=2 | keys)" = 'a/R/2026-11-20/0 b/R/2026-11-20/0 ' ]
    [ "$(recorded deferred)" = 'c/R/2026-11-20/0 ' ]
    [ "$(due 2026-11-20 --limit=2 | wc -l)" -eq 1 ]
    [ "$(grep -c '^deferred,' sent.csv)" -eq 1 ]
    [ "$(due 2026-11-23 --limit=2 | keys)" = 'c/R/2026-11-20/0 ' ]
    [ "$(due 2026-11-24 --limit=2 | wc -l)" -eq 1 ]
    [ "$(recorded due)" = 'a/R/2026-11-20/0 b/R/2026-11-20/0 c/R/2026-11-20/0 ' ]
}

@test "a chained rule waits until the last one is done, and counts from that day" {
    policy rule,touch,anchor,every,repeat_from C,call,start,30d,done
    people customer,start a,2026-10-01
    [ "$(due 2026-11-05 | keys)" = 'a/C/2026-10-31/0 ' ]
    [ "$(due 2026-12-04 | wc -l)" -eq 1 ]
    echo "key,mark
a/C/2026-10-31/0,done" | remind mark -q --ledger=sent.csv --today=2026-12-04 >/dev/null
    [ "$(due 2027-01-02 | wc -l)" -eq 1 ]
    due 2027-01-03 >out
    [ "$(keys <out)" = 'a/C/2027-01-03/0 ' ]
    grep -q 'done 2026-12-04 +30d' out
}

@test "a chained rule counts from the anchor again where that is later" {
    policy rule,touch,anchor,every,repeat_from C,call,start,30d,done
    people customer,start a,2026-10-01
    due 2026-10-31 >/dev/null
    echo "key
a/C/2026-10-31/0" | remind mark -q --ledger=sent.csv --today=2026-11-01 --all=skip >/dev/null
    people customer,start a,2026-11-05
    [ "$(due 2026-12-04 --max-jump=60d | wc -l)" -eq 1 ]
    [ "$(due 2026-12-05 | keys)" = 'a/C/2026-12-05/0 ' ]
}

@test "a win-back is one for each absence, even when the median it came from moves" {
    policy rule,touch,anchor,factor W,win,last_order,1
    people customer,last_order,usual_gap a,2026-10-01, b,2026-11-15,20
    [ "$(due 2026-10-31 | keys)" = 'a/W/2026-10-21/0 ' ]
    people customer,last_order,usual_gap a,2026-10-01, b,2026-11-15,25
    [ "$(due 2026-11-05 | wc -l)" -eq 1 ]
    people customer,last_order,usual_gap a,2026-11-06, b,2026-11-15,25
    [ "$(due 2026-12-01 | keys)" = 'a/W/2026-12-01/0 ' ]
}

@test "not done, a contact rises from level to level; done, it stays" {
    policy rule,touch,anchor,after,owner,escalate 'R,call,start,0d,me,"3d:lead,7d:boss"'
    people customer,start a,2026-11-20 b,2026-11-20
    [ "$(due 2026-11-20 | keys)" = 'a/R/2026-11-20/0 b/R/2026-11-20/0 ' ]
    printf 'key,mark\na/R/2026-11-20/0,done\n' | remind mark -q --ledger=sent.csv --today=2026-11-21 >/dev/null
    [ "$(due 2026-11-22 | wc -l)" -eq 1 ]
    due 2026-11-23 >out
    [ "$(keys <out)" = 'b/R/2026-11-20/1 ' ]
    grep -q '^b,lead,' out
    [ "$(due 2026-11-24 | wc -l)" -eq 1 ]
    [ "$(due 2026-11-27 | keys)" = 'b/R/2026-11-20/2 ' ]
    [ "$(due 2026-12-20 | wc -l)" -eq 1 ]
}

@test "nothing is recorded when the input is refused or the policy is wrong" {
    three_people
    echo d,soon >>people.csv
    expect_error 1 'not a date' due 2026-11-21
    [ ! -s out ]
    [ ! -s sent.csv ]
    three_people
    policy rule,touch,anchor,after R,call,start,soon
    expect_status 2 due 2026-11-21
    [ ! -s sent.csv ]
}

@test "--dry-run prints the same, writes nothing, waits for nobody and may look ahead" {
    three_people
    due 2026-11-21 >usual
    rm sent.csv
    due 2026-11-21 -n | cmp usual -
    [ ! -e sent.csv ]
    due 2026-11-20 >/dev/null
    cp sent.csv before.csv
    exec 9>>sent.csv
    flock 9
    [ "$(due 2026-11-21 -n --no-wait | keys)" = 'a/R/2026-11-21/0 ' ]
    [ "$(due 2027-06-01 -n | keys)" = 'a/R/2026-11-21/0 ' ]
    exec 9>&-
    cmp before.csv sent.csv
}

@test "a clock that is behind the ledger, or far ahead, is not trusted" {
    three_people
    due 2026-11-20 >/dev/null
    cp sent.csv before.csv
    expect_error 3 '--force-clock' due 2026-11-19
    [ ! -s out ]
    expect_error 3 'more than 31d ago' due 2026-12-22
    [ ! -s out ]
    expect_error 3 'of 2026-11-20, is more than 7d ago' due 2026-11-28 --max-jump=7d
    cmp before.csv sent.csv
    expect_status 0 due 2026-12-21 -n
    expect_status 0 due 2026-12-21
    expect_error 3 'later than now' due '2026-12-20 12:00'
    expect_status 0 due 2026-12-20 --force-clock
    expect_status 0 due 2026-12-20
    expect_error 2 max-jump due 2026-12-20 --max-jump=0d
}

@test "an entry of a day is not later than any time of that day" {
    three_people
    due 2026-11-21 >/dev/null
    expect_status 0 due '2026-11-21 08:00'
    expect_error 3 'later than now' due '2026-11-21 07:59'
}

@test "a lock that is held is waited for, or is a failure with --no-wait" {
    three_people
    due 2026-11-20 >/dev/null
    exec 9>>sent.csv
    flock 9
    expect_error 3 'another run holds the lock' due 2026-11-21 --no-wait
    remind due -p policy.csv --ledger=sent.csv --today=2026-11-21 people.csv >late 2>late.err 9>&- &
    for ((i = 0; i < 100; i++)); do
        ! grep -q 'waiting for another run' late.err 2>/dev/null || break
        sleep 0.05
    done
    [ ! -s late ]
    exec 9>&-
    wait $!
    [ "$(keys <late)" = 'a/R/2026-11-21/0 ' ]
}

@test "a file put in the ledger's place while a run waits is the one it uses" {
    three_people
    due 2026-11-20 >/dev/null
    cp sent.csv new.csv
    exec 9>>sent.csv
    flock 9
    remind due -p policy.csv --ledger=sent.csv --today=2026-11-21 people.csv >late 2>late.err 9>&- &
    for ((i = 0; i < 100; i++)); do
        ! grep -q 'waiting for another run' late.err 2>/dev/null || break
        sleep 0.05
    done
    mv new.csv sent.csv
    exec 9>&-
    wait $!
    [ "$(keys <late)" = 'a/R/2026-11-21/0 ' ]
    [ "$(recorded due)" = 'a/R/2026-11-21/0 b/R/2026-11-20/0 c/R/2026-11-04/0 ' ]
}

@test "runs started together print every contact once" {
    policy rule,touch,anchor,after R,call,start,0d
    { echo customer,start && for i in $(seq 200); do echo "c$i,2026-11-20"; done; } >people.csv
    for i in 1 2 3 4 5 6; do
        due 2026-11-20 >"out$i" &
    done
    wait
    cat out? | grep -v ^customer, | cut -d, -f1 | sort >all
    [ "$(wc -l <all)" -eq 200 ]
    [ "$(uniq all | wc -l)" -eq 200 ]
    [ "$(grep -c ^due, sent.csv)" -eq 200 ]
}

@test "a torn last line is reported, and cut by the next run" {
    three_people
    due 2026-11-20 >/dev/null
    cp sent.csv whole.csv
    printf 'due,2026-11-20,2026-11-20.2,z,"' >>sent.csv
    cp sent.csv torn.csv
    expect_error 0 'the last line is not whole' due 2026-11-20 -n
    cmp torn.csv sent.csv
    expect_error 0 'cut off' due 2026-11-21
    head -c "$(wc -c <whole.csv)" sent.csv | cmp whole.csv -
    [ "$(recorded due)" = 'a/R/2026-11-21/0 b/R/2026-11-20/0 c/R/2026-11-04/0 ' ]
    printf 'event,at,ru' >sent.csv
    expect_error 0 'cut off' due 2026-11-21
    [ "$(head -c 9 sent.csv)" = event,at, ]
}

@test "a file that is no ledger is neither cut nor written to" {
    three_people
    for content in 'customer,start\na,2026-11-01\n' 'no line end' '\n' 'event,at,run\n'; do
        printf "$content" >sent.csv
        cp sent.csv before.csv
        expect_error 1 'not a ledger' due 2026-11-21
        [ ! -s out ]
        cmp before.csv sent.csv
    done
    rm sent.csv
    mkdir sent.csv
    expect_error 3 sent.csv due 2026-11-21
    rmdir sent.csv
    mkfifo sent.csv
    expect_error 3 'not a regular file' due 2026-11-21
    expect_error 3 'no-such-folder/sent.csv' remind due -p policy.csv --ledger=no-such-folder/sent.csv people.csv
}

@test "a damaged line is refused by its number: it may be the only trace of a contact" {
    three_people
    due 2026-11-21 >/dev/null
    cp sent.csv good.csv
    damaged() { # WORDS SED-SCRIPT
        sed "$2" good.csv >sent.csv
        cp sent.csv before.csv
        expect_error 1 "sent.csv:3: $1" due 2026-11-22
        [ ! -s out ]
        cmp before.csv sent.csv
    }
    damaged 'unknown event' '3s/^due/dew/'
    damaged "column 'at': not a date" '3s/2026-11-21/21.11./'
    damaged "column 'key': not a key" '3s|/0,$|,|'
    damaged "column 'key': not a key" '3s|/2026-11-20/0,$|/2026-11-32/0,|'
    damaged 'too few cells' '3s/,$//'
    damaged 'too many cells' '3s/$/,/'
    damaged 'a quote is not closed' '3s/call/"call/'
    damaged 'text after a closing quote' '3s/call/"ca"ll/'
    damaged 'not valid UTF-8' '3s/call/\xff/'
}

@test "a ledger that a spreadsheet saved again is read: byte-order mark, CR LF, quotes" {
    three_people
    due 2026-11-21 >/dev/null
    { printf '\357\273\277' && sed 's/,call,/,"call",/;s/$/\r/' sent.csv; } >saved.csv
    mv saved.csv sent.csv
    [ "$(due 2026-11-21 | wc -l)" -eq 1 ]
}

@test "odd bytes go through the ledger unchanged" {
    policy rule,touch,anchor,after,owner 'R,"say ""hello"", please",start,0d,@who'
    people customer,start,who '"x, ""y""",2026-11-20," mei"' 王芳,2026-11-20,'"a,b"'
    due 2026-11-20 >first
    due 2026-11-20 --reprint=2026-11-20.1 | cmp first -
}

@test "a line break in a customer or owner is refused, since a ledger holds one line a contact" {
    policy rule,touch,anchor,after,owner R,call,start,0d,@who
    printf 'customer,start,who\n"a\nb",2026-11-20,x\n' >people.csv
    expect_error 1 'line break' due 2026-11-20
    printf 'customer,start,who\na,2026-11-20,"x\ny"\n' >people.csv
    expect_error 1 "column 'who': a line break" due 2026-11-20
    policy rule,touch,anchor,after '"R",
"two
lines",start,0d'
    expect_status 2 due 2026-11-20
}

@test "no other file of a run may be the ledger" {
    three_people
    expect_status 0 due 2026-11-21
    cp sent.csv kept.csv
    expect_error 2 "--ledger and --output are the same file, './sent.csv'" due 2026-11-21 -o ./sent.csv
    expect_error 2 "--ledger and --output are the same file" remind open --ledger=sent.csv -o sent.csv
    expect_error 2 "--ledger would overwrite 'sent.csv', which is read" remind mark --ledger=sent.csv --all=done sent.csv
    expect_error 2 "--ledger would overwrite 'people.csv', which is read" \
        remind due -p policy.csv --ledger=people.csv people.csv
    expect_error 2 "--ledger and --output are the same file, 'new.csv'" \
        remind due -p policy.csv --ledger=new.csv -o new.csv people.csv
    [ ! -e new.csv ]
    cmp kept.csv sent.csv
}

@test "output that is not taken: the run is named, and --reprint prints it" {
    three_people
    due 2026-11-21 -n >usual
    local status=0
    due 2026-11-21 >/dev/full 2>err || status=$?
    [ "$status" -eq 3 ]
    [ "$(recorded printed)" = '' ]
    grep -q '^printed,' sent.csv && fail "recorded as printed"
    expect_error 0 'run 2026-11-21.1 recorded 3 contacts that may not have been printed; --reprint=2026-11-21.1 prints them' due 2026-11-21
    [ "$(wc -l <out)" -eq 1 ]
    expect_status 0 due 2026-11-21 --reprint=2026-11-21.1
    cmp usual out
    expect_status 0 due 2026-11-21
    [ ! -s err ]
    [ "$(grep -c ^due, sent.csv)" -eq 3 ]
}

@test "--reprint keeps columns too, needs no policy, and knows only runs of the ledger" {
    three_people
    sed -i '1s/$/,name/;2,$s/$/,Ann/' people.csv
    due 2026-11-21 --keep=name >first
    remind due --ledger=sent.csv --reprint=2026-11-21.1 --today=2026-11-22 --keep=name people.csv | cmp first -
    sed -i 3d people.csv
    remind due --ledger=sent.csv --reprint=2026-11-21.1 --today=2026-11-22 --keep=name people.csv | grep -c ',$' >got
    [ "$(cat got)" -eq 1 ]
    expect_error 2 "no run '2026-11-20.1'" remind due --ledger=sent.csv --reprint=2026-11-20.1 --today=2026-11-22 people.csv
    expect_error 3 no-ledger remind due --ledger=no-ledger --reprint=2026-11-20.1 --today=2026-11-22 people.csv
    [ ! -e no-ledger ]
    expect_error 2 --ledger remind due --reprint=2026-11-20.1 people.csv
}

@test "a ledger that cannot be written: nothing is printed, what was written is taken back" {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers bring their own allocator"
    three_people
    due 2026-11-20 >/dev/null
    cp sent.csv before.csv
    FAULT=write:1 LD_PRELOAD=$BUILD/fault.so expect_error 3 'sent.csv: write error' due 2026-11-21
    [ ! -s out ]
    cmp before.csv sent.csv
    expect_status 0 due 2026-11-21
    [ "$(keys <out)" = 'a/R/2026-11-21/0 ' ]
}

# A ledger of several blocks: 4000 contacts of long ago that are done, and 2 that wait.
long_ledger() {
    {
        head -n 1 "$DATA_DIR/remind/sent.csv"
        for i in $(seq 4000); do
            echo "due,2024-01-01,2024-01-01.1,C$i,mei,R,call,,2024-01-01,2024-01-01,0,0,,,x,C$i/R/2024-01-01/0,"
            echo "done,2024-01-02,,C$i,mei,R,call,,2024-01-01,2024-01-01,0,0,,,x,C$i/R/2024-01-01/0,"
        done
        echo "printed,2024-01-01,2024-01-01.1,,,,,,,,,,,,,,4000"
        for i in a b; do
            echo "due,2026-11-20,2026-11-20.1,$i,mei,R,call,,2026-11-20,2026-11-20,0,0,,,x,$i/R/2026-11-20/0,"
        done
        echo "printed,2026-11-20,2026-11-20.1,,,,,,,,,,,,,,2"
    } >sent.csv
}

@test "where the ledger cannot be read again nothing is concluded from the part that was" {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers bring their own allocator"
    long_ledger
    cp sent.csv before.csv
    policy rule,touch,anchor,after,grace 'R,call,start,3d,'
    people customer,start a,2026-11-18 b,2026-11-18
    printf 'scope,name,limit,window\n*,contacts,1,5000d\n' >settings.csv
    printf 'key,mark\na/R/2026-11-20/0,done\nb/R/2026-11-20/0,done\n' >ticked.csv
    for mode in 'compact' 'compact --older-than=2y' 'open' 'mark ticked.csv' 'due --reprint=2024-01-01.1' \
        'due -p policy.csv --settings=settings.csv people.csv'; do
        local call status failed=0
        cp before.csv sent.csv
        # shellcheck disable=SC2086
        remind $mode -q --ledger=sent.csv --today=2026-11-21 <people.csv >usual
        mv sent.csv after.csv
        for ((call = 1; call < 100; call++)); do
            cp before.csv sent.csv
            status=0
            # shellcheck disable=SC2086
            FAULT=pread:$call LD_PRELOAD=$BUILD/fault.so \
                remind $mode -q --ledger=sent.csv --today=2026-11-21 <people.csv >out 2>err || status=$?
            [ "$status" -ne 0 ] || break
            failed=$((failed + 1))
            [ "$status" -eq 3 ] || fail "$mode, call $call: status $status: $(cat err)"
            diff <(echo 'remind: sent.csv: cannot read: Input/output error') err
            cmp before.csv sent.csv
        done
        cmp usual out || fail "$mode, call $call"
        cmp after.csv sent.csv
        [ "$failed" -ge 4 ] || fail "$mode: only $failed calls"
    done
}

# One run that is killed at its N-th call, one that follows, a reprint of what that one names: every contact is in the
# ledger once, and was printed, or named and then printed.
survives() { # N HALF OUTPUT-OPTION
    local status=0 run
    rm -f first second third
    env KILL_AT="$1" ${2:+KILL_HALF=1} LD_PRELOAD=./kill_at.so \
        remind due -q -p policy.csv --ledger=sent.csv --today=2026-11-21 $3 people.csv >first 2>first.err || status=$?
    [ "$status" -eq 77 ] || [ "$status" -eq 0 ] || fail "status $status: $(cat first.err)"
    [ -z "$3" ] || mv got.csv first 2>/dev/null || : >first
    due 2026-11-21 >second 2>second.err
    run=$(sed -n 's/.*--reprint=\([^ ]*\) .*/\1/p' second.err)
    if [ -n "$run" ]; then
        due 2026-11-21 --reprint="$run" >third
        : >first
    fi
    [ "$(recorded due)" = "$all" ] || fail "call $1: the ledger has $(recorded due)"
    [ "$({ cat first && cat second && cat third 2>/dev/null; } | grep -v ^customer, | { echo && cat; } | keys)" = "$all" ] ||
        fail "call $1: printed $(cat first second third)"
    due 2026-11-21 >fourth 2>fourth.err
    [ "$(wc -l <fourth)" -eq 1 ]
    [ ! -s fourth.err ]
    [ "$status" -eq 77 ]
}

# The same for every call of a run. PREPARE makes the ledger that the killed run finds.
survives_all() { # PREPARE OUTPUT-OPTION
    local half call
    [ -z "${SANITIZED:-}" ] || skip "a sanitizer must be loaded before any other library"
    "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC -shared -o kill_at.so "$TESTS_DIR/faults/kill_at.c"
    policy rule,touch,anchor,after,grace,owner R,call,start,0d,9d,me
    { echo customer,start && for i in $(seq 40); do echo "c$i,2026-11-$((i % 20 + 1))"; done; } >people.csv
    for half in '' 1; do
        rm -f sent.csv
        "$1"
        due 2026-11-21 >whole
        all=$(recorded due)
        for ((call = 1; call < 40; call++)); do
            rm -f sent.csv got.csv
            "$1"
            survives "$call" "$half" "$2" || break
        done
        # The last one was not killed any more, so all calls were tried; there are at least these.
        [ "$call" -gt "${3:-8}" ] && [ "$call" -lt 40 ] || fail "ended at call $call"
        [ "$(wc -l <fourth)" -eq 1 ]
    done
}

fresh() {
    :
}

torn() {
    printf 'event,at,run,customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key,note\ndue,2026' >sent.csv
}

@test "killed at any call, with a new ledger: every contact is recorded once, and printed or named" {
    survives_all fresh ''
}

@test "killed at any call, with a torn ledger" {
    survives_all torn ''
}

@test "killed at any call, with -o" {
    survives_all fresh '-o got.csv'
}

@test "without a ledger a note says that a rule repeats from what was done" {
    policy rule,touch,anchor,every,repeat_from R,call,start,30d,done
    people customer,start a,2026-10-01
    expect_status 0 remind due -p policy.csv --today=2026-11-21 people.csv
    diff <(echo "remind: rule 'R' repeats from what was done, which only --ledger can tell") err
    expect_status 0 remind due -p policy.csv --ledger=sent.csv --dry-run --today=2026-11-21 people.csv
    ! grep -q repeats err
}

@test "blank lines in the ledger are passed over" {
    three_people
    due 2026-11-21 >first.csv
    sed 'G; 3i\ \t' sent.csv >blank.csv
    mv blank.csv sent.csv
    [ "$(due 2026-11-21 | wc -l)" -eq 1 ]
    due 2026-11-21 --reprint=2026-11-21.1 >again.csv
    diff first.csv again.csv
    remind open --ledger=sent.csv --today=2026-11-21 >open.csv
    [ "$(wc -l <open.csv)" -eq 4 ]
}

@test "a new ledger records as missed only what a chained rule goes on from, and says so" {
    policy rule,touch,anchor,every,after,repeat_from,grace R,x,start,7d,,done,3d S,x,start,,7d,,3d P,x,start,7d,,,3d
    people customer,start a,2026-10-01
    expect_status 0 remind due -p policy.csv --ledger=sent.csv --today=2026-11-16 people.csv
    grep -q 'recorded as missed, their time being past: 1 (days before this new ledger)' err
    expect_status 0 remind due -p policy.csv --ledger=sent.csv --today=2026-11-30 people.csv
    ! grep -q 'new ledger' err
}
