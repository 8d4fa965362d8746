# remind dates: the dates of a recurrence rule, a period, a lunar day.
bats_require_minimum_version 1.5.0
load ../helper

dates() {
    remind dates "$@"
}

# The dates in one line.
row() {
    remind dates -q "$@" | sed 1d | paste -sd' '
}

# rejects WORDS ARGUMENT...: wrong usage, saying that.
rejects() {
    expect_error 2 "$1" remind dates "${@:2}"
}

@test "published cases: every date of a rule that is read, and the reason for every other rule" {
    cd "$BATS_TEST_TMPDIR"
    tr '\t' '\037' <"$DATA_DIR/remind/cases/dates.tsv" | sed 1d |
        while IFS=$'\037' read -r id first series zone options expected; do
            if remind dates -q --first="$first" "$series" --time-zone="$zone" $options >out 2>err; then
                got=$(sed 1d out | paste -sd,)
            else
                got="refused: $(sed -n "1s/^remind: option '--[a-z]*'\(, character [0-9]*\)\{0,1\}: //p" err)"
            fi
            [ "$got" = "$expected" ] || echo "$id: $got"
        done >wrong
    [ ! -s wrong ] || fail "$(head -5 wrong)"
}

@test "one column, and a date as the first one is: without a time, or with one" {
    dates --first=2026-11-02 --rrule='FREQ=MONTHLY;BYDAY=1MO' --count=2 | diff - <(printf '%s\n' date 2026-11-02 2026-12-07)
    [ "$(row --first='2026-11-02 09:30' --every=2w --count=2)" = '2026-11-02 09:30:00 2026-11-16 09:30:00' ]
    [ "$(dates --first=2026-11-02 --every=1w --count=1 --json | tail -1)" = '{"date":"2026-11-02"}' ]
}

@test "a first date that does not match is left out and not counted" {
    [ "$(row --first=2026-11-03 --rrule='FREQ=WEEKLY;BYDAY=MO;COUNT=2')" = '2026-11-09 2026-11-16' ]
}

@test "a rule without an end goes on to the last day of the calendar, or until nobody reads" {
    [ "$(dates --first=9999-12-20 --rrule=FREQ=DAILY | tail -1)" = 9999-12-31 ]
    [ "$(dates --first=2026-11-02 --rrule=FREQ=DAILY | sed -n '3{p;q;}')" = 2026-11-03 ]
}

@test "a rule without any date ends, with the header alone, and says so" {
    expect_status 0 remind dates --first=2026-11-02 --rrule='FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'
    [ "$(cat out)" = date ]
    grep -q 'no date: there is no such day in any year' err
    expect_status 0 remind dates --first=2026-11-02 --rrule='FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'
    grep -q 'no such day' err
    expect_status 0 remind dates --first=2026-11-02 --rrule='FREQ=DAILY;UNTIL=20261101'
    grep -q 'no date: the series has none within these bounds' err
}

@test "an hour that the clocks skip is moved forward, and the next one is back; the first of an hour that comes twice" {
    zone=--time-zone=America/New_York
    [ "$(row --first='2024-03-09 02:30' --rrule='FREQ=DAILY;COUNT=3' $zone)" = \
        '2024-03-09 02:30:00 2024-03-10 03:30:00 2024-03-11 02:30:00' ]
    [ "$(row --first='2024-11-03 01:30' --every=1d --count=1 $zone --utc)" = '2024-11-03 05:30:00Z' ]
}

@test "a day that a zone skipped is left out, said, and not counted" {
    zone=--time-zone=Pacific/Apia
    expect_status 0 remind dates --first='2011-12-29 12:00' --rrule='FREQ=DAILY;COUNT=2' $zone
    printf '%s\n' date '2011-12-29 12:00:00' '2011-12-31 12:00:00' | diff - out
    grep -q '1 date left out' err
    [ "$(row --first=2011-12-29 --rrule='FREQ=DAILY;COUNT=2' $zone)" = '2011-12-29 2011-12-30' ] # a date is no time
}

@test "dates that are left out: by the day, by the time, in another zone; they count all the same" {
    [ "$(row --first=2026-11-02 --rrule='FREQ=WEEKLY;COUNT=4' --exdate=2026-11-09,2026-11-23)" = '2026-11-02 2026-11-16' ]
    set -- --first='2026-11-02 09:00' --rrule='FREQ=WEEKLY;COUNT=3' --time-zone=Asia/Shanghai
    [ "$(row "$@" --exdate='2026-11-02 09:00,2026-11-09 10:00,20261116')" = '2026-11-09 09:00:00' ]
    [ "$(row "$@" --exdate=20261109T010000Z)" = '2026-11-02 09:00:00 2026-11-16 09:00:00' ]
}

@test "bounds: what is earlier or later is left out, and COUNT counts from the first date" {
    [ "$(row --first=2026-01-01 --rrule='FREQ=MONTHLY;COUNT=6' --from=2026-05-01)" = '2026-05-01 2026-06-01' ]
    [ "$(row --first=2026-01-01 --rrule=FREQ=MONTHLY --from=2026-05-01 --to=2026-06-01)" = '2026-05-01 2026-06-01' ]
    [ "$(row --first='2026-05-01 09:00' --every=1d --to='2026-05-02 08:59')" = '2026-05-01 09:00:00' ]
    [ "$(row --first='2026-05-01 09:00' --every=1d --to=2026-05-01)" = '2026-05-01 09:00:00' ]
    [ "$(row --first=1990-06-15 --every=1y --from=2026-11-21 --count=1)" = 2027-06-15 ]
}

@test "periods clamp at the month's end and never drift; a rule leaves such months out" {
    [ "$(row --first=2026-01-31 --every=1m --count=4)" = '2026-01-31 2026-02-28 2026-03-31 2026-04-30' ]
    [ "$(row --first=2026-01-31 --every=R/P1M --count=2)" = '2026-01-31 2026-02-28' ]
    [ "$(row --first=2026-01-31 --rrule=FREQ=MONTHLY --count=3)" = '2026-01-31 2026-03-31 2026-05-31' ]
    [ "$(dates --first=0001-01-31 --every=1m | wc -l)" -eq $((9999 * 12)) ] # and not the day at which the calendar ends
}

@test "29 February in other years" {
    [ "$(row --first=2024-02-29 --every=1y --count=5 | cut -d' ' -f2,5)" = '2025-02-28 2028-02-29' ]
    [ "$(row --first=2024-02-29 --every=1y --count=5 --leap=mar1 | cut -d' ' -f2,5)" = '2025-03-01 2028-02-29' ]
    [ "$(row --first=2024-02-29 --every=1m --from=2025-02-01 --count=1 --leap=mar1)" = 2025-02-28 ] # months are no years
    [ "$(row --first=2024-02-29 --rrule=FREQ=YEARLY --count=2)" = '2024-02-29 2028-02-29' ]
}

@test "each date moved: ahead, later, and past a month's end" {
    [ "$(row --first=2026-02-05 --every=1m --after=-7d --count=2)" = '2026-01-29 2026-02-26' ]
    [ "$(row --first=2026-01-31 --every=1m --after=1m --count=2)" = '2026-02-28 2026-03-28' ]
    [ "$(row --first=2026-05-01 --rrule='FREQ=YEARLY;COUNT=2' --after=-1m)" = '2026-04-01 2027-04-01' ]
    [ "$(row --first=2026-05-01 --after=30d)" = 2026-05-31 ]
}

@test "lunar dates: a day each year, the 30th of a short month, a leap month, and no further than the table" {
    [ "$(row --first='lunar 2024-01-01' --every=lunar --count=3)" = '2024-02-10 2025-01-29 2026-02-17' ]
    [ "$(row --first=1990-10-03 --every=lunar --from=2026-01-01 --count=1)" = 2026-09-25 ] # born on lunar 08-15
    [ "$(row --first='农历 12-30' --every=农历 --from=2026-01-01 --count=2)" = '2026-02-16 2027-02-05' ]
    [ "$(row --first='lunar 2025-06L-01' --every=lunar --count=2)" = '2025-07-25 2026-07-14' ]
    [ "$(dates --first='lunar 01-01' --every=lunar | sed -n '2p;$p' | paste -sd' ')" = '1900-01-31 2100-02-09' ]
    rejects 'has no such day' --first='lunar 2026-06L-01' --every=lunar
    rejects 'is not in the table (1900 to 2100)' --first='lunar 2101-01-01' --every=lunar
    rejects 'no lunar day' --first='lunar 2026-13-01' --every=lunar
    rejects 'needs --every=lunar' --first='lunar 08-15' --every=1y
}

@test "what cannot be read is said, with its place" {
    rejects "option '--rrule', character 12: 'INTERVAL=0': not a whole number" --first=2026-01-01 --rrule='FREQ=DAILY;INTERVAL=0'
    rejects 'FREQ= is missing' --first=2026-01-01 --rrule=''
    rejects "option '--every': neither a period" --first=2026-01-01 --every=sometimes
    rejects 'must be above zero' --first=2026-01-01 --every=0d
    rejects 'whole days' --first=2026-01-01 --every=36h
    rejects 'COUNT=' --first=2026-01-01 --every=R5/P1W
    rejects "option '--after': 'x' is not a period" --first=2026-01-01 --after=x
    rejects "option '--first': '2026-02-30' is not a date" --first=2026-02-30 --every=1d
    rejects "option '--exdate': 'x' is not a date" --first=2026-02-03 --every=1d --exdate=x
    rejects '--first=TIME' --every=1d
    rejects 'which dates?' --first=2026-01-01
    rejects 'exclude each other' --first=2026-01-01 --every=1d --rrule=FREQ=DAILY
    rejects '--utc prints times' --first=2026-01-01 --every=1d --utc
    rejects people.csv --first=2026-01-01 --every=1d people.csv
}
