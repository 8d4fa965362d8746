# remind ics: contacts as an iCalendar file. What other programs make of it: `make check-calendars`.
bats_require_minimum_version 1.5.0
load ../helper

contacts() { # [ROW]...: contacts.csv, a row being key,touch,customer,due,priority
    { echo key,touch,customer,due,priority && printf '%s\n' "$@"; } >contacts.csv
}

ics() {
    remind ics --today=2026-11-21 "$@" contacts.csv
}

# One property of each item, its name left out.
property() {
    tr -d '\r' | sed -n "s/^$1[:;]//p" | tr '\n' ' '
}

# What RFC 5545 says a reader does: takes the folds out, then the escapes of one property's value.
reread() { # PROPERTY: one value a line; a line break in it is shown as <LF>
    perl -0pe 's/\r\n[ \t]//g; s/\r\n/\n/g' |
        perl -ne 'if (s/^'"$1"'://) { chomp; s/\\(.)/$1 eq "n" || $1 eq "N" ? "<LF>" : $1/ge; print "$_\n" }'
}

@test "events of a day, and to-dos" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --keep=name --today=2026-11-21 "$DATA_DIR/remind/people.csv" >due.csv
    remind ics --today=2026-11-21 due.csv | expect_same remind/events.ics
    remind ics --today=2026-11-21 --todo --alarm=-9h due.csv | expect_same remind/todos.ics
}

@test "every line ends in CR LF, and none is longer than 75 octets" {
    contacts "a/R/2026-11-21/0,$(printf 'ä%.0s' {1..200}),$(printf '😀%.0s' {1..100}),2026-11-21," \
        "b/R/2026-11-21/0,$(printf 'x%.0s' {1..67}),,2026-11-21," "c/R/2026-11-21/0,$(printf 'x%.0s' {1..68}),,2026-11-21,"
    ics >got
    [ "$(tr -cd '\r' <got | wc -c)" -eq "$(wc -l <got)" ]
    [ -z "$(grep -v $'\r$' got)" ]
    [ "$(tr -d '\r' <got | LC_ALL=C awk '{ print length }' | sort -n | tail -n 1)" -eq 75 ]
    # 8 octets of a name and 67 of a value are a whole line; one more is folded.
    tr -d '\r' <got | grep -qx "SUMMARY:x\{67\}"
    tr -d '\r' <got | grep -A 1 -x "SUMMARY:x\{67\}" | tail -n 2 | grep -q '^ x$'
}

@test "a fold never stands within a character" {
    local shift
    for shift in '' x xx xxx; do
        contacts "a/R/2026-11-21/0,$shift$(printf '客户%.0s' {1..60}),😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀,2026-11-21,"
        ics >got
        iconv -f UTF-8 -t UTF-8 got >/dev/null
        while IFS= read -r line; do
            printf %s "$line" | iconv -f UTF-8 -t UTF-8 >/dev/null || fail "a broken character in: $line"
        done < <(tr -d '\r' <got)
    done
}

@test "what goes in comes out: folds and escapes taken back give the cells" {
    perl -e 'srand(7); my @parts = ("\\", ";", ",", "\"", ":", "n", "N", "\\n", " ", "客", "é", "😀", "x" x 30, "=", "%");
        open my $wanted, ">", "wanted"; print "key,customer,touch,due\n";
        for my $row (1 .. 400) {
            my @cells = map { join "", "x", (map { $parts[rand @parts] } 1 .. 1 + rand 12), "x" } 1, 2;
            print $wanted "$cells[1]: $cells[0]\n";
            s/"/""/g for @cells;
            print "a/R$row/2026-11-21/0,\"$cells[0]\",\"$cells[1]\",2026-11-21\n" }' >contacts.csv
    ics | reread SUMMARY >got
    [ "$(wc -l <wanted)" -eq 400 ]
    diff wanted got
}

@test "line breaks are blanks in a title and escaped in a description; other controls are blanks" {
    printf 'key,customer,touch,due,note\na/R/2026-11-21/0,"two\nlines","a\r\nb\rc",2026-11-21,"1\n2\r\n3\r4\a5\t6"\n' >contacts.csv
    ics >got
    diff <(echo 'a b c: two lines') <(reread SUMMARY <got)
    diff <(printf 'key: a/R/2026-11-21/0<LF>customer: two<LF>lines<LF>note: 1<LF>2<LF>3<LF>4 5\t6\n') <(reread DESCRIPTION <got)
    sed -n 's/\r$//; /^DESCRIPTION/p' got | grep -qF 'two\nlines'
    [ "$(tr -d '\r' <got | LC_ALL=C grep -c $'\a')" -eq 0 ]
}

@test "the UID comes from customer, rule and nominal day: neither level, owner nor clock change it, and it shows none of them" {
    contacts 13800138000/R/2026-11-21/0,call,13800138000,2026-11-21,
    ics >first
    [ "$(property UID <first | wc -w)" -eq 1 ]
    grep -qE '^UID:[0-9a-f]{32}@regulars\.invalid' first
    ! grep '^UID' first | grep -q 13800138000
    sed 's|/0,call|/2,write|; s/,2026-11-21,$/,2026-12-24,/' contacts.csv >other.csv
    [ "$(remind ics --today=2026-12-24 other.csv | property UID)" = "$(property UID <first)" ]
    [ "$(ics --domain=shop.example.org | property UID)" = "$(property UID <first | sed 's/@.*/@shop.example.org /')" ]
    sed -i 's|/R/|/S/|' contacts.csv
    [ "$(ics | property UID)" != "$(property UID <first)" ]
    # The first half of the SHA-256 of customer/rule/day, as anybody can calculate it.
    [ "$(property UID <first | cut -d@ -f1)" = "$(printf 13800138000/R/2026-11-21 | sha256sum | cut -c1-32)" ]
}

@test "SEQUENCE is 0 on the nominal day and rises whenever the contact is put off" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21, b/R/2026-11-21/0,call,b,2026-11-18, c/R/2026-11-21/0,call,c,2026-11-19, \
        d/R/2026-11-21/0,call,d,2026-11-22, e/R/2026-11-21/0,call,e,2027-01-05, f/R/2026-11-21/0,call,f,2026-09-01,
    [ "$(ics | property SEQUENCE)" = '0 28 29 32 76 1 ' ]
}

@test "a contact that the staff put off comes again as the same item, with a higher SEQUENCE" {
    printf 'rule,touch,anchor,after\nR,call,start,0d\n' >policy.csv
    printf 'customer,start\na,2026-11-20\n' >people.csv
    day() { # DATE: what is due then, as an item
        remind due -q -p policy.csv --ledger=sent.csv --today="$1" people.csv >due.csv
        remind ics --today="$1" due.csv | tr -d '\r' | grep -E '^(UID|SEQUENCE|DTSTART)'
    }
    put_off() { # DATE PERIOD
        sed '1s/$/,mark/;2s/$/,snooze '"$2"'/' due.csv | remind mark -q --ledger=sent.csv --today="$1" >/dev/null
    }
    day 2026-11-20 >items
    put_off 2026-11-20 3d
    day 2026-11-23 >>items
    put_off 2026-11-23 1m
    day 2026-12-23 >>items
    [ "$(grep -c ^UID items)" -eq 3 ]
    [ "$(grep ^UID items | sort -u | wc -l)" -eq 1 ]
    [ "$(sed -n 's/^DTSTART;VALUE=DATE://p' items | tr '\n' ' ')" = '20261120 20261123 20261223 ' ]
    sed -n 's/^SEQUENCE://p' items >got
    sort -n -u got | diff - got
    [ "$(wc -l <got)" -eq 3 ]
}

@test "a time is written in UTC, by the zone's clock of that day" {
    contacts a/R/2026-07-01/0,call,a,'2026-07-01 09:00', b/R/2026-12-01/0,call,b,2026-12-01T09:00:00, \
        c/R/2026-12-31/0,call,c,'2026-12-31 23:30', d/R/2026-12-31/0,call,d,2026-12-31T23:30+08:00,
    [ "$(ics --time-zone=Europe/Berlin | property DTSTART)" = '20260701T070000Z 20261201T080000Z 20261231T223000Z 20261231T153000Z ' ]
    [ "$(ics --time-zone=Europe/Berlin | property DURATION)" = 'PT15M PT15M PT15M PT15M ' ]
    [ "$(ics --time-zone=Europe/Berlin --duration=1h | property DURATION)" = 'PT1H PT1H PT1H PT1H ' ]
    [ "$(ics --time-zone=Asia/Shanghai --todo | property DUE)" = '20260701T010000Z 20261201T010000Z 20261231T153000Z 20261231T153000Z ' ]
    [ -z "$(ics --todo | property DURATION)" ]
}

@test "the time of a customer in another zone is his" {
    printf '%s\n' key,touch,due,zone 'a/R/2026-07-01/0,call,2026-07-01 09:00:00,Asia/Shanghai' \
        'b/R/2026-07-01/0,call,2026-07-01 09:00:00,' 'c/R/2026-07-01/0,call,2026-07-01 09:00:00,Nowhere/At-all' \
        'd/R/2026-07-01/0,call,2026-07-01 09:00:00,Nowhere/At-all' 'e/R/2026-07-01/0,call,2026-07-01T09:00:00Z,Asia/Shanghai' \
        f/R/2026-07-01/0,call,2026-07-01,Asia/Shanghai >contacts.csv
    expect_status 0 ics --time-zone=America/New_York
    [ "$(property DTSTART <out)" = '20260701T010000Z 20260701T130000Z 20260701T130000Z 20260701T130000Z 20260701T090000Z VALUE=DATE:20260701 ' ]
    [ "$(grep -c 'no such time zone' err)" -eq 1 ] || fail "$(cat err)"
    printf 'rule,touch,anchor,after,time\nR,call,start,0d,10:00\n' >policy.csv
    printf 'customer,start,zone\na,2026-07-01,Asia/Tokyo\nb,2026-07-01,Europe/Berlin\n' >people.csv
    remind due -q -p policy.csv --today=2026-07-01 --time-zone=UTC --keep=zone people.csv >contacts.csv
    [ "$(ics --time-zone=UTC | property DTSTART)" = '20260701T010000Z 20260701T080000Z ' ]
}

@test "DTSTAMP is --today, so that equal runs are equal bytes" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21,
    [ "$(remind ics --today='2026-11-21 09:00' --time-zone=Asia/Shanghai contacts.csv | property DTSTAMP)" = '20261121T010000Z ' ]
    [ "$(remind ics --today=2026-11-21 --time-zone=UTC contacts.csv | property DTSTAMP)" = '20261121T235959Z ' ]
    ics >first
    ics >second
    cmp first second
}

@test "a contact of a past day stands on the day it was due, or on today" {
    contacts a/R/2026-11-18/0,call,a,2026-11-18, b/R/2026-11-21/0,call,b,2026-11-21, c/R/2026-12-01/0,call,c,2026-12-01, \
        d/R/2026-11-18/0,call,d,'2026-11-18 10:00',
    [ "$(ics --time-zone=UTC | property DTSTART)" = 'VALUE=DATE:20261118 VALUE=DATE:20261121 VALUE=DATE:20261201 20261118T100000Z ' ]
    [ "$(ics --time-zone=UTC --overdue=today | property DTSTART)" = 'VALUE=DATE:20261121 VALUE=DATE:20261121 VALUE=DATE:20261201 20261121T100000Z ' ]
    [ "$(ics --overdue=today | property SEQUENCE)" = '34 0 0 34 ' ]
}

@test "priorities are those of iCalendar, 1 to 9" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21,1 b/R/2026-11-21/0,call,b,2026-11-21,12 c/R/2026-11-21/0,call,c,2026-11-21,-3 \
        d/R/2026-11-21/0,call,d,2026-11-21,
    [ "$(ics | property PRIORITY)" = '1 9 1 ' ]
    contacts a/R/2026-11-21/0,call,a,2026-11-21,soon
    expect_error 1 "column 'priority': not a whole number" ics
    [ ! -s out ]
}

@test "alarms stand so long before an item, or after it" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21,
    [ -z "$(ics | property TRIGGER)" ]
    [ "$(ics --alarm=15min | property TRIGGER)" = '-PT15M ' ]
    [ "$(ics --alarm=1d | property TRIGGER)" = '-P1D ' ]
    [ "$(ics --alarm=-9h | property TRIGGER)" = 'PT9H ' ]
    [ "$(ics --alarm=90s | property TRIGGER)" = '-PT90S ' ]
    [ "$(ics --alarm=1d --todo | property TRIGGER)" = 'RELATED=END:-P1D ' ]
    expect_error 2 '--alarm cannot be in months' ics --alarm=1m
    expect_error 2 '--duration' ics --duration=0h
    expect_error 2 '--domain' ics --domain='a b'
    expect_error 2 '--domain' ics --domain=
}

@test "the title has the touch and the customer, or another column" {
    printf 'key,customer,touch,due,name\na/R/2026-11-21/0,a,call,2026-11-21,Anna\nb/R/2026-11-21/0,,call,2026-11-21,\nc/R/2026-11-21/0,,,2026-11-21,\n' >contacts.csv
    diff <(printf 'call: a\ncall\ncontact\n') <(ics | reread SUMMARY)
    diff <(printf 'call: Anna\ncall\ncontact\n') <(ics --title=name | reread SUMMARY)
    expect_error 2 "no column 'nobody'" ics --title=nobody
}

@test "a key that comes again is one item, and is said" {
    contacts a/R/2026-11-21/1,call,a,2026-11-21, a/R/2026-11-21/0,call,a,2026-11-21, "'b/R/2026-11-21/0,call,b,2026-11-21,"
    expect_status 0 ics
    [ "$(property UID <out | wc -w)" -eq 2 ]
    grep -q '1 row left out: with the key of a row before' err || fail "$(cat err)"
    ! grep -q "'b/R" out
}

@test "a row without a key or a day refuses the whole calendar" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21, ,call,b,2026-11-21,
    expect_error 1 "contacts.csv:3: column 'key': blank, but a key is needed" ics
    [ ! -s out ]
    contacts a/R/2026-11-21/0,call,a,,
    expect_error 1 "column 'due': blank, but a date is needed" ics
    contacts a/R/2026-11-21,call,a,2026-11-21,
    expect_error 1 "column 'key': not a key" ics
    expect_status 1 ics --rejects=bad.csv
    [ "$(tr -d '\r' <out | tr '\n' ' ')" = 'BEGIN:VCALENDAR VERSION:2.0 PRODID:-//regulars//remind//EN END:VCALENDAR ' ]
    echo customer >contacts.csv
    expect_error 2 "no column 'key'" ics
}

@test "options of tables do not go with a calendar" {
    contacts a/R/2026-11-21/0,call,a,2026-11-21,
    expect_error 2 '--json is for tables' ics --json
    expect_error 2 '--crlf is for tables' ics --crlf
}
