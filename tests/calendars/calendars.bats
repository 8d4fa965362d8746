# remind ics: what others make of its files: libical's restrictions, calcurse, khal, todoman and python3-icalendar.
# Run by `make check-calendars`, which installs them; what could not be installed is skipped by name.
bats_require_minimum_version 1.5.0
load ../helper

needs() {
    command -v "$1" >/dev/null || skip "$1 is not installed"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    export HOME=$PWD LC_ALL=C.UTF-8 TZ=UTC
    remind due -q -p "$DATA_DIR/remind/policy.csv" --keep=name --today=2026-11-21 "$DATA_DIR/remind/people.csv" >due.csv
    remind ics --today=2026-11-21 --alarm=-9h due.csv >events.ics
    remind ics --today=2026-11-21 --todo --alarm=1d due.csv >todos.ics
    {
        echo key,customer,touch,due,priority
        echo 'a/R/2026-11-21/0,"O""Neil; Ann \ Bob","call, then; write \ again",2026-11-21 22:30,12'
        printf 'b/R/2026-11-20/0,"two\nlines\r\nand a bell \007",%s,2026-11-23,0\n' "$(printf '客户回访%.0s' 1 2 3 4 5 6 7 8 9)"
        echo 'c/R/2026-11-20/0,,,2026-11-20,'
    } >odd.csv
    remind ics --today=2026-11-21 --time-zone=Asia/Shanghai odd.csv >odd.ics
    remind ics --today=2026-11-21 --time-zone=Asia/Shanghai --todo odd.csv >odd-todos.ics
    head -n 1 due.csv | remind ics --today=2026-11-21 >none.ics
}

# Every row of due.csv becomes one item, every row of odd.csv too.
@test "libical finds no fault, and its restrictions are kept" {
    printf '#include <libical/ical.h>\n' >there.c
    cc -E there.c >/dev/null 2>&1 || skip "libical-dev is not installed"
    cc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -o restrictions "$TESTS_DIR/calendars/restrictions.c" -lical
    for file in events todos; do
        ./restrictions $file.ics >got
        diff <(echo '7 items, 0 faults, restrictions kept') got
    done
    for file in odd odd-todos; do
        ./restrictions $file.ics >got
        diff <(echo '3 items, 0 faults, restrictions kept') got
    done
    ./restrictions none.ics
    # It does refuse: a method that asks for an organizer, and a time that is none.
    sed 's/^VERSION.*/&\nMETHOD:REQUEST\r/' events.ics >bad.ics
    ! ./restrictions bad.ics
    sed 's/^DTSTAMP:.*/DTSTAMP:yesterday\r/' events.ics >bad.ics
    ! ./restrictions bad.ics
}

@test "calcurse imports every item and skips none" {
    needs calcurse
    calcurse -D . -C . -i events.ics >got
    grep -q '0 apps / 7 events / 0 todos / 0 skipped' got
    calcurse -D . -C . -i todos.ics >got
    grep -q '0 apps / 0 events / 7 todos / 0 skipped' got
    calcurse -D . -C . -i odd.ics >got
    grep -q '1 app / 2 events / 0 todos / 0 skipped' got || fail "$(cat got)"
    calcurse -D . -C . -i odd-todos.ics >got
    grep -q '0 apps / 0 events / 3 todos / 0 skipped' got
    sed 's/ask how it/ask; how it/' events.ics >bad.ics
    ! calcurse -D . -C . -i bad.ics >got
}

@test "khal keeps one item for each UID, however often the file comes" {
    needs khal
    mkdir cal
    cat >khal.conf <<END
[calendars]
[[contacts]]
path = $PWD/cal
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[default]
default_calendar = contacts
[sqlite]
path = $PWD/khal.db
END
    khal -c khal.conf import --batch events.ics
    khal -c khal.conf import --batch events.ics
    [ "$(ls cal | wc -l)" -eq 7 ]
    khal -c khal.conf list --format '{start-time}{title}' 2026-11-21 1d >got
    grep -q 'ask how it works out: C02' got
    # One is put off by a week: the file that comes then takes its place.
    sed -n '1p;/^C02,/s/,2026-11-21,/,2026-11-28,/p' due.csv | remind ics --today=2026-11-28 >moved.ics
    khal -c khal.conf import --batch moved.ics
    [ "$(ls cal | wc -l)" -eq 7 ]
    khal -c khal.conf list 2026-11-21 1d >got
    ! grep -q C02 got
    khal -c khal.conf list 2026-11-28 1d >got
    grep -q 'C02' got
    khal -c khal.conf import --batch odd.ics
    [ "$(ls cal | wc -l)" -eq 10 ]
    khal -c khal.conf list --format '{start-time} {title}' 2026-11-21 1d >got
    grep -qF '14:30 call, then; write \ again: O"Neil; Ann \ Bob' got || fail "$(cat got)"
}

@test "todoman lists the to-dos with their days and priorities" {
    needs todoman
    mkdir -p todos/list
    for line in 2 3 4; do
        sed -n "1p;${line}p" due.csv | remind ics --todo --today=2026-11-21 >"todos/list/$line.ics"
    done
    cat >todo.py <<END
path = "$PWD/todos/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "list"
cache_path = "$PWD/cache.sqlite3"
END
    todoman -c todo.py --porcelain list >got.json
    jq -r '[.summary, .due, .priority] | @tsv' <(jq -c '.[]' got.json) | sort >got
    printf '%s\t%s\t%s\n' 'ask how it works out: C02' 1795219200 2 'ask whether all arrived well: C01' 1795219200 1 \
        'call and ask what is missing: C06' 1784764800 3 | diff - got
}

# (It reads an escaped backslash before an n as a line break, in version 4.0.3; remind-ics.bats has that case.)
@test "python3-icalendar reads the texts that went in" {
    /usr/bin/python3 -c 'import icalendar' 2>/dev/null || skip "python3-icalendar is not installed"
    cat >check.py <<'END'
import csv, icalendar, sys

calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
items = [item for item in calendar.subcomponents if item.name in ("VEVENT", "VTODO")]
rows = list(csv.DictReader(open(sys.argv[2], newline="")))
assert len(items) == len(rows), (len(items), len(rows))
for item, row in zip(items, rows):
    customer = row["customer"].replace("\r\n", " ").replace("\n", " ").replace("\007", " ")
    wanted = ": ".join(part for part in (row["touch"], customer) if part) or "contact"
    assert str(item["SUMMARY"]) == wanted, (str(item["SUMMARY"]), wanted)
    assert not item.errors, item.errors
    assert "METHOD" not in calendar
    start = item.decoded("DUE" if item.name == "VTODO" else "DTSTART")
    assert str(start)[:10] == row["due"][:10], (start, row["due"])
assert len({str(item["UID"]) for item in items}) == len(rows)
END
    /usr/bin/python3 check.py events.ics due.csv
    /usr/bin/python3 check.py todos.ics due.csv
    /usr/bin/python3 check.py odd.ics odd.csv
    /usr/bin/python3 check.py odd-todos.ics odd.csv
}
