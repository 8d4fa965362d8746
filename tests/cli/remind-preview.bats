# remind preview: what a policy will ask of each owner, day by day.
bats_require_minimum_version 1.5.0
load ../helper

@test "contacts, minutes and cost, an owner and day" {
    remind preview -p "$DATA_DIR/remind/policy.csv" --from=2026-11-21 --to=2026-12-05 "$DATA_DIR/remind/people.csv" |
        diff <(printf '%s\n' date,owner,contacts,minutes,cost 2026-11-21,mei,2,10,1.00 2026-11-23,office,1,15,0.20 \
            2026-11-27,tom,1,20,1.50 2026-11-30,office,1,15,0.20 2026-11-30,tom,1,20,1.50 2026-12-01,office,1,1,0.10 \
            2026-12-02,mei,1,5,0.50) -
}

@test "a range begins today and has 31 days, unless it is said otherwise" {
    printf 'rule,touch,anchor,every\nR,call,2026-01-01,1d\n' >policy.csv
    printf 'customer\na\n' >people.csv
    days() {
        remind preview -q -p policy.csv --today=2026-11-21 "$@" people.csv | tail -n +2 | cut -d, -f1 | sed -n '1p;$p' | tr '\n' ' '
    }
    [ "$(days)" = '2026-11-21 2026-12-21 ' ]
    [ "$(days --from=2026-02-01)" = '2026-02-01 2026-03-03 ' ]
    [ "$(days --from=2026-02-01 --to=2026-02-02)" = '2026-02-01 2026-02-02 ' ]
    [ "$(days --to=2026-11-21)" = '2026-11-21 2026-11-21 ' ]
    # A rule without minutes and cost.
    remind preview -q -p policy.csv --from=2026-02-01 --to=2026-02-01 people.csv | diff <(printf 'date,owner,contacts,minutes,cost\n2026-02-01,,1,0,\n') -
    expect_error 2 '--to is before --from' remind preview -p policy.csv --from=2026-02-01 --to=2026-01-01 people.csv
    expect_error 2 '--from: not a date' remind preview -p policy.csv --from=soon people.csv
    expect_error 2 '--to: not a date' remind preview -p policy.csv --to='2026-02-01 10:00' people.csv
    expect_error 2 'more than 3660 days' remind preview -p policy.csv --from=2026-01-01 --to=2046-01-01 people.csv
    expect_error 2 'which policy?' remind preview people.csv
    expect_error 2 'the settings and the customers cannot both be standard input' remind preview -p policy.csv --settings=- <people.csv
}

@test "a rule that counts from the last contact is previewed with the log of contacts" {
    printf 'rule,touch,anchor,after\nR,call,last_contact,3d\n' >policy.csv
    printf 'customer\na\nb\n' >people.csv
    printf 'customer,time\na,2026-11-20\n' >touches.csv
    remind preview -q -p policy.csv --today=2026-11-21 --touches=touches.csv people.csv |
        diff <(printf 'date,owner,contacts,minutes,cost\n2026-11-23,,1,0,\n') -
}

@test "a customer who paused is counted from his date on, one who opted out never" {
    printf 'rule,touch,anchor,every\nR,call,2026-01-01,1d\n' >policy.csv
    printf 'customer,paused_until,opt_out\na,2026-11-23,\nb,,yes\nc,,no\n' >people.csv
    remind preview -q -p policy.csv --from=2026-11-21 --to=2026-11-24 people.csv | cut -d, -f1,3 |
        diff <(printf '%s\n' date,contacts 2026-11-21,1 2026-11-22,1 2026-11-23,2 2026-11-24,2) -
}

@test "holidays and quiet hours of the settings move contacts, its caps do not" {
    printf 'rule,touch,anchor,every,time,tag\nR,call,2026-11-02,2d,22:00,promo\n' >policy.csv
    printf 'scope,name,limit,window\n*,quiet,21:00-09:00,\n*,cap,1,30d\n' >settings.csv
    printf 'customer\na\n' >people.csv
    remind preview -q -p policy.csv --from=2026-11-02 --to=2026-11-07 people.csv | cut -d, -f1 | tr '\n' ' ' >got
    [ "$(cat got)" = 'date 2026-11-02 2026-11-04 2026-11-06 ' ]
    remind preview -q -p policy.csv --settings=settings.csv --from=2026-11-02 --to=2026-11-07 people.csv | cut -d, -f1 | tr '\n' ' ' >got
    [ "$(cat got)" = 'date 2026-11-03 2026-11-05 2026-11-07 ' ]
}

# For every day of the range: the rows of due that are of that day, summed up by the policy's minutes and costs.
day_by_day() { # OPTION...
    echo date,owner,contacts,minutes,cost
    for day in $days; do
        remind due -q -p policy.csv --today="$day" "$@" people.csv >due.csv || fail "due on $day"
        awk -F, -v day="$day" '
                NR == FNR { if (FNR > 1) { minutes[$1] = $(NF - 1); cost[$1] = $NF } next }
                FNR > 1 && $8 == 0 { if (!($2 in count)) order[++owners] = $2; count[$2]++; m[$2] += minutes[$3]; c[$2] += cost[$3] }
                END { for (i = 1; i <= owners; i++) printf "%s,%s,%d,%d,%.2f\n", day, order[i], count[order[i]], m[order[i]], c[order[i]] }' policy.csv due.csv
    done
}

@test "it counts what remind due gives on each of its days, without a ledger" {
    days=$(for i in $(seq 0 44); do date -u -d "2026-09-10 +$i days" +%F; done)
    for seed in 1 2 3; do
        perl -e '
            srand(shift); my $day = sub { sprintf "2026-%02d-%02d", 7 + int(rand 4), 1 + int(rand 28) };
            my @shifts = ("", "after", "before", "nearest"); my $shift = sub { $shifts[rand @shifts] };
            open my $policy, ">", "policy.csv"; print $policy "rule,segment,touch,anchor,after,every,factor,grace,stop,shift,calendar,owner,escalate,minutes,cost\n";
            my $line = sub { splice @_, 9, 0, $_[8] ? "CN" : ""; printf $policy "%s,%s,call,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%d,%.2f\n", @_, 1 + int(rand 9), rand(300) / 100 };
            $line->("A", "new", "first", "3d", "", "", "7d", "last", $shift->(), "\@seller", "1d:lead");
            $line->("B", "", "first", "-5d", "", "", "", "", $shift->(), "\@seller", "2d:lead");
            $line->("C", "old|new", "2026-07-01", "", (1 + int(rand 9)) . "d", "", "", "", $shift->(), "office", "");
            $line->("D", "", "last", "", "1m", "", "3d", "", $shift->(), "\@seller", "");
            $line->("E", "old", "last", "", "", "1.5", "", "", "", "\@seller", "");
            $line->("F", "", "2026-08-31", "", "1w", "", "", "", $shift->(), "\@seller", "");
            open my $people, ">", "people.csv"; print $people "customer,segment,first,last,usual_gap,seller,paused_until\n";
            for (1 .. 60) { printf $people "c%d,%s,%s,%s,%s,%s,%s\n", $_, ("new", "old", "")[rand 3], $day->(), $day->(),
                rand() < 0.5 ? 5 + int(rand 30) : "", ("mei", "tom", "")[rand 3], rand() < 0.2 ? $day->() : "" }' $seed
        day_by_day --holidays="CN=$DATA_DIR/remind/holidays-cn-2026.json" >wanted
        remind preview -q -p policy.csv --from=2026-09-10 --to=2026-10-24 --holidays="CN=$DATA_DIR/remind/holidays-cn-2026.json" people.csv >got
        diff wanted got || fail "seed $seed"
        [ "$(wc -l <got)" -gt 50 ] || fail "$(wc -l <got) rows"
    done
}
