# remind compact: a shorter ledger that says the same.
bats_require_minimum_version 1.5.0
load ../helper

HEADER=event,at,run,customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key,note

# A ledger of lines EVENT AT RUN CUSTOMER/RULE/NOMINAL/LEVEL [DUE], one an argument.
ledger() {
    local line
    echo "$HEADER" >sent.csv
    for line in "$@"; do
        set -- $line
        if [ "$1" = printed ]; then
            echo "printed,$2,$3,,,,,,,,,,,,,,1" >>sent.csv
        else
            nominal=$(echo "$4" | cut -d/ -f3)
            echo "$1,$2,${3#-},$(echo "$4" | cut -d/ -f1),,$(echo "$4" | cut -d/ -f2),call,,${5:-$nominal},$nominal,0,$(echo "$4" | cut -d/ -f4),,,x,$4," >>sent.csv
        fi
    done
}

# What is left: event and key.
left() {
    awk -F, 'NR > 1 { printf "%s %s;", $1, $1 == "printed" ? $3 : $16 }' sent.csv
}

compact() {
    remind compact --ledger=sent.csv --today=2026-12-31 "$@"
}

@test "what is over is one line, in the place of its first; what is open stays" {
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'printed 2024-01-01 2024-01-01.1' \
        'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'due 2024-01-02 2024-01-02.1 b/R/2024-01-02/0' 'printed 2024-01-02 2024-01-02.1' \
        'due 2024-01-05 2024-01-05.1 a/R/2024-01-02/1' 'printed 2024-01-05 2024-01-05.1' \
        'done 2024-01-07 - a/R/2024-01-02/1' 'missed 2024-01-08 2024-01-08.1 c/R/2024-01-03/0' 'deferred 2024-01-08 2024-01-08.1 d/R/2024-01-04/0' \
        'due 2024-01-09 2024-01-09.1 d/R/2024-01-04/0' 'printed 2024-01-09 2024-01-09.1' 'snooze 2024-01-10 - d/R/2024-01-04/0 2024-02-01' \
        'skip 2024-01-11 - d/R/2024-01-04/0' 'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0' 'printed 2026-12-30 2026-12-30.1'
    compact -n >before
    compact >got
    cmp before got
    [ "$(cut -d, -f1,2 got | tr '\n' ' ')" = 'entries,kept 16,9 ' ]
    [ "$(left)" = 'due z/R/2024-01-01/0;printed 2024-01-01.1;done a/R/2024-01-02/1;due b/R/2024-01-02/0;printed 2024-01-02.1;missed c/R/2024-01-03/0;skip d/R/2024-01-04/0;due y/R/2026-12-30/0;printed 2026-12-30.1;' ]
    [ "$(wc -c <sent.csv)" -eq "$(tail -n 1 got | cut -d, -f4)" ]
    cp sent.csv once.csv
    compact >/dev/null
    cmp once.csv sent.csv
}

@test "what is young stays as it is, by now and by the last entry" {
    old=('due 2026-01-01 2026-01-01.1 a/R/2026-01-01/0' 'printed 2026-01-01 2026-01-01.1' 'due 2026-01-02 2026-01-02.1 b/R/2026-01-02/0'
        'printed 2026-01-02 2026-01-02.1' 'done 2026-01-03 - b/R/2026-01-02/0')
    ledger "${old[@]}" 'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0' 'printed 2026-12-30 2026-12-30.1'
    cp sent.csv before.csv
    compact >/dev/null
    cmp before.csv sent.csv
    compact --older-than=362d >/dev/null
    cmp before.csv sent.csv
    compact --older-than=361d >/dev/null
    [ "$(left)" = 'due a/R/2026-01-01/0;printed 2026-01-01.1;done b/R/2026-01-02/0;due y/R/2026-12-30/0;printed 2026-12-30.1;' ]
    # A clock that is far ahead makes nothing old.
    ledger "${old[@]}"
    cp sent.csv before.csv
    remind compact --ledger=sent.csv --today=2099-01-01 >/dev/null
    cmp before.csv sent.csv
    expect_error 2 '--older-than must be a day at least' compact --older-than=1h
    expect_error 2 'which ledger?' remind compact
}

@test "a rule that was stopped for a customer is one line; one that came again after it was over stays whole" {
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'printed 2024-01-01 2024-01-01.1' \
        'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'printed 2024-01-02 2024-01-02.1' 'done 2024-01-03 - a/R/2024-01-02/0' \
        'due 2024-02-02 2024-02-02.1 a/R/2024-02-02/0' 'printed 2024-02-02 2024-02-02.1' 'stop 2024-02-03 - a/R/2024-02-02/0' \
        'due 2024-02-05 2024-02-05.1 a/S/2024-02-05/0' 'printed 2024-02-05 2024-02-05.1' 'done 2024-02-06 - a/S/2024-02-05/0' \
        'snooze 2024-02-07 - a/S/2024-02-05/0 2024-03-01' 'due 2024-03-01 2024-03-01.1 a/S/2024-02-05/0' \
        'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0'
    compact -q >/dev/null
    [ "$(left)" = 'due z/R/2024-01-01/0;printed 2024-01-01.1;stop a/R/2024-02-02/0;due a/S/2024-02-05/0;printed 2024-02-05.1;done a/S/2024-02-05/0;snooze a/S/2024-02-05/0;due a/S/2024-02-05/0;due y/R/2026-12-30/0;' ]
}

@test "a run that was not printed is named as before" {
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'done 2024-01-03 - a/R/2024-01-02/0' \
        'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0' 'printed 2026-12-30 2026-12-30.1'
    cp sent.csv before.csv
    compact >/dev/null
    cmp before.csv sent.csv
}

# A random policy, customers and marks, DAYS days: two ledgers, one of which is made compact now and then, print the same.
# Anchors are corrected back to earlier days, rules lose their grace and their ends: what was over long ago is asked again.
same_contacts() { # SEED OLDER-THAN TAG
    perl -e '
        srand(shift); my @days = map { sprintf "2026-%02d-%02d", 1 + int($_ / 28), 1 + $_ % 28 } 0 .. 139;
        for my $version (0, 1) {
            open my $policy, ">", "policy$version.csv"; my $grace = $version ? "" : "6d";
            my $tag = $ARGV[0]; print $policy "rule,touch,anchor,after,every,factor,repeat_from,grace,escalate,until,min,tag\n";
            print $policy "A,call,first,3d,,,,$grace,2d:lead,,,\nB,call,first,20d,,,,,,,,\n";
            print $policy "W,call,2026-01-01,,1w,,,$grace,,", ($version ? "2026-04-10" : ""), ",,$tag\n";
            print $policy "M,call,last,,9d,,,,4d:lead,,,$tag\nC,call,last,,11d,,done,,,,,\nD,call,last,,,1.5,,,,,5d,\n";
        }
        my %first; my %last;
        for my $day (0 .. $#days) {
            open my $people, ">", "people$day.csv"; print $people "customer,first,last,usual_gap\n";
            for my $who ("a" .. "h") {
                $first{$who} = $days[rand($day + 1)] if !$first{$who} || rand() < 0.03;
                $last{$who} = $days[rand($day + 1)] if !$last{$who} || rand() < 0.1;
                print $people "$who,$first{$who},$last{$who},", 10, "\n";
            }
            my $policy = $day > 100 ? 1 : 0; print "$days[$day] $policy ", (rand() < 0.15 ? 1 : 0), " ", int(rand(1e6)), "\n" if rand() < 0.8;
        }' "$1" "$3" >plan
    rm -f sent.csv whole.csv
    dropped=0
    while read -r day policy shorten seed; do
        number=$(((10#${day:5:2} - 1) * 28 + 10#${day:8:2} - 1))
        for file in sent whole; do
            remind due -q -p "policy$policy.csv" --ledger=$file.csv --limit=9 --today="$day" "people$number.csv" >$file.out
        done
        cmp sent.out whole.out || fail "seed $1: on $day"
        remind open --ledger=sent.csv --today="$day" | cut -d, -f13 >sent.open
        remind open --ledger=whole.csv --today="$day" | cut -d, -f13 | diff sent.open - || fail "seed $1: open on $day"
        perl -e 'srand(shift); my @marks = ("done", "skip", "snooze 4d", "stop", ("") x 4, ("done") x 6);
            print "key,mark\n"; while (<STDIN>) { chomp; next if $_ eq "key"; print "$_,$marks[rand @marks]\n" }' "$seed" <sent.open >marks.csv
        for file in sent whole; do
            remind mark -q --ledger=$file.csv --today="$day" marks.csv >/dev/null
        done
        if [ "$shorten" -eq 1 ]; then
            dropped=$((dropped + $(remind compact --ledger=sent.csv --today="$day" --older-than="$2" |
                awk -F, 'NR > 1 { print $1 - $2 }')))
        fi
    done <plan
    [ "$dropped" -gt 50 ] || fail "seed $1: only $dropped lines were dropped"
    [ "$(grep -c ^done, whole.csv)" -gt 50 ]
}

@test "what is due after it is what was due without it, on every later day" {
    same_contacts 1 2d ''
    same_contacts 2 2d ''
}

@test "caps too count the same afterwards, when nothing is taken that they look back to" {
    same_contacts 3 8d promo
    grep -q ^deferred, whole.csv
    same_contacts 4 8d promo
}

@test "killed at any call, the ledger is the old one or the new one, and nothing is lost" {
    [ -z "${SANITIZED:-}" ] || skip "a sanitizer must be loaded before any other library"
    "${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC -shared -o kill_at.so "$TESTS_DIR/faults/kill_at.c"
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'printed 2024-01-01 2024-01-01.1' \
        'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'printed 2024-01-02 2024-01-02.1' 'done 2024-01-03 - a/R/2024-01-02/0' \
        'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0' 'printed 2026-12-30 2026-12-30.1'
    cp sent.csv old.csv
    compact >/dev/null
    cp sent.csv new.csv
    for half in '' 1; do
        olds=0
        news=0
        for ((call = 1; call < 40; call++)); do
            cp old.csv sent.csv
            status=0
            env KILL_AT="$call" ${half:+KILL_HALF=1} LD_PRELOAD=./kill_at.so \
                remind compact -q --ledger=sent.csv --today=2026-12-31 >out 2>err || status=$?
            [ "$status" -eq 77 ] || [ "$status" -eq 0 ] || fail "status $status: $(cat err)"
            if cmp -s old.csv sent.csv; then
                olds=$((olds + 1))
            else
                cmp new.csv sent.csv || fail "call $call"
                news=$((news + 1))
            fi
            [ "$status" -eq 77 ] || break
        done
        [ "$call" -lt 40 ] && [ "$olds" -ge 4 ] && [ "$news" -ge 2 ] || fail "ended at call $call: $olds old, $news new"
    done
}

@test "a ledger that cannot be written is left alone" {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers bring their own allocator"
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'printed 2024-01-01 2024-01-01.1' \
        'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'done 2024-01-03 - a/R/2024-01-02/0' 'printed 2024-01-02 2024-01-02.1' \
        'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0'
    cp sent.csv before.csv
    FAULT=write:1 LD_PRELOAD=$BUILD/fault.so expect_error 3 'write error' compact
    cmp before.csv sent.csv
    [ "$(ls -A | grep -c 'sent.csv')" -eq 1 ] || fail "left behind: $(ls -A)"
    expect_error 3 'No such file' remind compact --ledger=nothing.csv
    echo customer >other.csv
    expect_error 1 'not a ledger' remind compact --ledger=other.csv
}

@test "a run that waits for the lock finds the new ledger" {
    ledger 'due 2024-01-01 2024-01-01.1 z/R/2024-01-01/0' 'printed 2024-01-01 2024-01-01.1' \
        'due 2024-01-02 2024-01-02.1 a/R/2024-01-02/0' 'printed 2024-01-02 2024-01-02.1' 'done 2024-01-03 - a/R/2024-01-02/0' \
        'due 2026-12-30 2026-12-30.1 y/R/2026-12-30/0' 'printed 2026-12-30 2026-12-30.1'
    printf 'rule,touch,anchor,after\nR,call,start,0d\n' >policy.csv
    { echo customer,start && for i in $(seq 50); do echo "c$i,2026-12-31"; done; } >people.csv
    expect_error 3 'another run holds the lock' flock sent.csv remind compact --ledger=sent.csv --today=2026-12-31 --no-wait
    for i in 1 2 3; do
        remind compact -q --ledger=sent.csv --today=2026-12-31 >"c$i" &
        remind due -q -p policy.csv --ledger=sent.csv --today=2026-12-31 people.csv >"out$i" &
    done
    wait
    [ "$(cat out? | grep -vc ^customer,)" -eq 50 ]
    [ "$(grep -c '^due,2026-12-31' sent.csv)" -eq 50 ]
    [ "$(grep -c 'a/R/2024-01-02' sent.csv)" -eq 1 ]
}
