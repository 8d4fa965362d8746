# remind due: caps, owners' work, quiet hours, zones, and contacts made elsewhere.
bats_require_minimum_version 1.5.0
load ../helper

# rules ROW...: a policy with the columns that matter here.
rules() {
    { echo rule,touch,anchor,after,every,grace,tag,channel,owner,minutes,priority,time,quiet,cap && printf '%s\n' "$@"; } >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

settings() {
    { echo scope,name,limit,window && printf '%s\n' "$@"; } >settings.csv
}

# due DAY [OPTION...]: the keys of the contacts due on that day, without their level.
due() {
    local day=$1
    shift
    remind due -p policy.csv --time-zone=UTC --today="$day" "$@" people.csv 2>err |
        awk -F, 'NR == 1 { next } { sub("/[0-9]$", "", $NF); print $NF }'
}

# why DAY CUSTOMER [OPTION...]: step, verdict and reason of each rule.
why() {
    local day=$1 customer=$2
    shift 2
    remind due -q -p policy.csv --time-zone=UTC --today="$day" --explain="$customer" "$@" people.csv | tail -n +2 | cut -d, -f2,3,4,8
}

# A promo on each of three days, and a service.
three_offers() {
    people customer,start,stage ann,2026-11-18,interested ben,2026-11-18,loyal
    rules A,one,start,1d,,,promo,mail,mei,10,,,, B,two,start,2d,,,promo,phone,mei,20,,,, C,three,start,3d,,,service,phone,tom,30,,,,
}

@test "an offer a week without any settings: the second is put off, by name, and a service is not" {
    three_offers
    [ "$(due 2026-11-21)" = "$(printf '%s\n' ann/A/2026-11-19 ben/A/2026-11-19 ann/C/2026-11-21 ben/C/2026-11-21)" ]
    grep -qx 'remind: put off by tag=promo 1/7d: 2' err
    why 2026-11-21 ben | diff - <(printf '%s\n' 'A,print,due,start 2026-11-18 +1d' \
        'B,caps,deferred,start 2026-11-18 +2d cap tag=promo 1/7d' 'C,print,due,start 2026-11-18 +3d')
}

@test "interested prospects get fewer offers: two in 30 days, where others get one a week" {
    people customer,stage ann,interested 李,意向客户 ben,loyal
    rules W,news,2026-11-02,,7d,,promo,,,,,,,
    day=2026-11-02
    while [ "$day" != 2026-12-11 ]; do
        due "$day" --ledger=sent.csv | sed "s/^/$day /" >>got
        day=$(date -u -d "$day + 1 day" +%F)
    done
    grep ' ben/' got | cut -d' ' -f1 | diff - <(printf '%s\n' 2026-11-02 2026-11-09 2026-11-16 2026-11-23 2026-11-30 2026-12-07)
    # 30 days from the 2nd end with the 1st of December; what waits since the 30th of November comes on the 2nd.
    grep ' ann/' got | diff - <(printf '%s\n' '2026-11-02 ann/W/2026-11-02' '2026-11-09 ann/W/2026-11-09' \
        '2026-12-02 ann/W/2026-11-30' '2026-12-09 ann/W/2026-12-07')
    [ "$(grep -c ' %E6%9D%8E/' got)" -eq 4 ]
    # What was overtaken while it waited is recorded as missed, once.
    [ "$(grep -c '^missed,.*ann/W' sent.csv)" -eq "$(grep '^missed,.*ann/W' sent.csv | grep -o 'ann/W/[-0-9]*' | sort -u | wc -l)" ]
    grep -q '^missed,.*ann/W/2026-11-16/0' sent.csv
}

@test "a settings file is all that holds: without rows there is no limit, and --dump=settings is what holds without one" {
    three_offers
    settings '# nothing'
    [ "$(due 2026-11-21 --settings=settings.csv | wc -l)" -eq 6 ]
    remind due --dump=settings >settings.csv
    [ "$(due 2026-11-21 --settings=settings.csv)" = "$(due 2026-11-21)" ]
}

@test "windows: sliding or of the calendar, and all limits at once" {
    people customer ann
    rules S,a,2026-11-15,0d,,,x,,,,,,, M,b,2026-11-16,0d,,,x,,,,,,,
    settings '*,cap,1,7d'
    [ "$(due 2026-11-15 --settings=settings.csv --ledger=a.csv)" = ann/S/2026-11-15 ] # a Sunday
    [ -z "$(due 2026-11-21 --settings=settings.csv --ledger=a.csv)" ]
    [ "$(due 2026-11-22 --settings=settings.csv --ledger=a.csv)" = ann/M/2026-11-16 ]
    settings '*,cap,1,week'
    due 2026-11-15 --settings=settings.csv --ledger=b.csv
    [ "$(due 2026-11-16 --settings=settings.csv --ledger=b.csv)" = ann/M/2026-11-16 ] # the week begins on Monday
    settings '*,cap,1,month'
    due 2026-11-15 --settings=settings.csv --ledger=c.csv
    [ -z "$(due 2026-11-30 --settings=settings.csv --ledger=c.csv)" ]
    [ "$(due 2026-12-01 --settings=settings.csv --ledger=c.csv)" = ann/M/2026-11-16 ]
    settings '*,cap,5,1d' 'tag=x,cap,1,3d' '*,cap,2,30d'
    due 2026-11-15 --settings=settings.csv --ledger=d.csv
    [ -z "$(due 2026-11-17 --settings=settings.csv --ledger=d.csv)" ]
    grep -qx 'remind: put off by tag=x 1/3d: 1' err
    [ "$(due 2026-11-18 --settings=settings.csv --ledger=d.csv)" = ann/M/2026-11-16 ]
}

@test "caps by channel, tag, segment, stage, tier and owner, and by several of them together" {
    people customer,segment,stage,tier ann,vip,core,high ben,new,new,low
    rules A,a,2026-11-20,0d,,,x,mail,mei,,1,,, B,b,2026-11-20,0d,,,y,mail,tom,,2,,, C,c,2026-11-20,0d,,,y,phone,mei,,3,,,
    local all='ann/A ann/B ann/C ben/A ben/B ben/C' scope left
    while read -r scope left; do
        settings "$scope,cap,1,7d"
        [ "$(due 2026-11-20 --settings=settings.csv | sed 's|/2026.*||' | sort | tr '\n' ' ')" = "$left " ] || fail "$scope: $(due 2026-11-20 --settings=settings.csv)"
    done <<'END'
channel=mail ann/A ann/C ben/A ben/C
channel=mail|phone ann/A ben/A
tag=y ann/A ann/B ben/A ben/B
owner=mei ann/A ann/B ben/A ben/B
segment=vip ann/A ben/A ben/B ben/C
stage=new ann/A ann/B ann/C ben/A
tier=high|low ann/A ben/A
tier=high&tag=y ann/A ann/B ben/A ben/B ben/C
segment=new&owner=mei&channel=phone ann/A ann/B ann/C ben/A ben/B ben/C
channel=post ann/A ann/B ann/C ben/A ben/B ben/C
END
    settings 'stage=new,cap,0,7d'
    [ "$(due 2026-11-20 --settings=settings.csv | grep -c ben)" -eq 0 ]
}

@test "cap: no is exempt, and counted all the same" {
    people customer ann
    rules A,bill,2026-11-20,0d,,,x,,,,1,,,no B,offer,2026-11-20,0d,,,x,,,,2,,, C,bill,2026-11-20,0d,,,x,,,,3,,,no
    settings 'tag=x,cap,1,7d'
    [ "$(due 2026-11-20 --settings=settings.csv)" = "$(printf '%s\n' ann/A/2026-11-20 ann/C/2026-11-20)" ]
}

@test "what was put off comes again whatever its grace, once, and the ledger tells why" {
    people customer ann
    rules A,a,2026-11-20,0d,,1d,x,,,,1,,, B,b,2026-11-20,0d,,1d,x,,,,2,,,
    settings '*,cap,1,7d'
    for day in 20 21 22 23 24 25 26 27 28; do
        due 2026-11-$day --settings=settings.csv --ledger=sent.csv | sed "s/^/$day /"
    done | diff - <(printf '%s\n' '20 ann/A/2026-11-20' '27 ann/B/2026-11-20')
    [ "$(grep -c '^deferred,' sent.csv)" -eq 1 ]
    grep -q '^deferred,2026-11-20,.*,2026-11-20 +0d cap \* 1/7d,ann/B' sent.csv
}

@test "a contact counts on the day it was done, if that is later; skipped or snoozed it does not count" {
    people customer ann
    rules A,a,2026-11-01,0d,,,x,,,,1,,, B,b,2026-11-02,0d,,,x,,,,2,,,
    settings '*,cap,1,7d'
    due 2026-11-01 --settings=settings.csv --ledger=sent.csv
    cp sent.csv printed.csv
    printf 'key,mark\nann/A/2026-11-01/0,done\n' | remind mark --ledger=sent.csv --time-zone=UTC --today=2026-11-04 >out
    [ -z "$(due 2026-11-10 --settings=settings.csv --ledger=sent.csv)" ]
    [ "$(due 2026-11-11 --settings=settings.csv --ledger=sent.csv)" = ann/B/2026-11-02 ]
    for mark in skip 'snooze 20d'; do
        cp printed.csv sent.csv
        printf 'key,mark\nann/A/2026-11-01/0,%s\n' "$mark" | remind mark --ledger=sent.csv --time-zone=UTC --today=2026-11-04 >out
        [ "$(due 2026-11-04 --settings=settings.csv --ledger=sent.csv)" = ann/B/2026-11-02 ]
    done
    cp printed.csv sent.csv
    printf 'key,mark\nann/A/2026-11-01/0,stop\n' | remind mark --ledger=sent.csv --time-zone=UTC --today=2026-11-02 >out
    [ -z "$(due 2026-11-07 --settings=settings.csv --ledger=sent.csv)" ]
}

@test "an escalated contact is no second one: its own first print does not put it off" {
    people customer ann
    { echo rule,touch,anchor,after,escalate && echo A,a,2026-11-01,0d,3d:lead; } >policy.csv
    settings '*,cap,1,7d'
    [ "$(due 2026-11-01 --settings=settings.csv --ledger=sent.csv)" = ann/A/2026-11-01 ]
    [ "$(due 2026-11-04 --settings=settings.csv --ledger=sent.csv)" = ann/A/2026-11-01 ]
}

@test "max_contacts of a customer is one more cap; a cell that is none refuses the row" {
    people customer,max_contacts ann,1/14d ben, cho,2/week dan,0/7d
    rules A,a,2026-11-20,0d,,,x,,,,1,,, B,b,2026-11-20,0d,,,x,,,,2,,,
    due 2026-11-20 | sort | diff - <(printf '%s\n' ann/A/2026-11-20 ben/A/2026-11-20 ben/B/2026-11-20 cho/A/2026-11-20 cho/B/2026-11-20)
    grep -qx 'remind: put off by max_contacts 1/14d: 1' err
    grep -qx 'remind: put off by max_contacts 0/7d: 2' err
    local cell
    for cell in 1 1/ 1/7 x 1/7d/2 -1/7d 1.5/7d; do
        people customer,max_contacts "ann,$cell"
        expect_error 1 "people.csv:2: column 'max_contacts': not a limit such as 1/14d" \
            remind due -p policy.csv --today=2026-11-20 people.csv
        [ ! -s out ]
    done
}

@test "segment stage's treatments cap the contacts of remind due, in English and Chinese" {
    printf 'customer,orders,last_order\nann,0,\nben,1,2026-11-10\ncho,3,2026-11-01\n' >base.csv
    { echo rule,touch,anchor,after,priority && for i in 1 2 3 4; do echo "R$i,t,2026-11-20,0d,$i"; done; } >policy.csv
    local names
    for names in en zh; do
        lang=(); [ $names = en ] || lang=(--names=zh)
        segment stage "${lang[@]}" --dump-treatments >treat.csv
        segment stage "${lang[@]}" -q --today=2026-11-20 --treat=treat.csv base.csv >staged.csv
        cp staged.csv people.csv
        # prospect 1/30d, new 3/30d, repeat 2/30d
        due 2026-11-20 | sed 's|/.*||' | sort | uniq -c | awk '{ print $2, $1 }' | diff - <(printf '%s\n' 'ann 1' 'ben 3' 'cho 2')
    done
}

@test "contacts made elsewhere count, by their channel and tag, and give last_contact" {
    people customer,start ann,2026-11-01 ben,2026-11-01 cho,2026-11-01
    printf '%s\n' customer,date,channel,tag ann,2026-11-15,mail,x ben,2026-11-15,phone,y cho,2026-11-30,mail,x >touches.csv
    rules A,a,start,10d,,,x,mail,,,,,,
    settings 'tag=x,cap,1,7d'
    [ "$(due 2026-11-20 --settings=settings.csv --touches=touches.csv)" = "$(printf '%s\n' ben/A/2026-11-11 cho/A/2026-11-11)" ]
    grep -q 'dated after today' err
    settings 'channel=phone,cap,1,7d'
    [ "$(due 2026-11-20 --settings=settings.csv --touches=touches.csv | wc -l)" -eq 3 ]
    settings '*,cap,1,5d'
    [ "$(due 2026-11-19 --settings=settings.csv --touches=touches.csv)" = cho/A/2026-11-11 ]
    [ "$(due 2026-11-20 --settings=settings.csv --touches=touches.csv | wc -l)" -eq 3 ]
    rules L,a,last_contact,5d,,,,,,,,,,
    [ "$(due 2026-11-20 --touches=touches.csv)" = "$(printf '%s\n' ann/L/2026-11-20 ben/L/2026-11-20)" ]
    people customer,last_contact ann,2026-11-17 ben,2026-11-01 cho,
    [ "$(due 2026-11-20 --touches=touches.csv)" = ben/L/2026-11-20 ]
    expect_error 1 "column 'date'" remind due -p policy.csv --touches=<(printf 'customer,date\nann,soon\n') people.csv
    expect_error 2 customer remind due -p policy.csv --touches=<(printf 'who,date\nann,2026-11-01\n') people.csv
    expect_error 3 nowhere.csv remind due -p policy.csv --touches=nowhere.csv people.csv
}

@test "an owner's work: contacts or minutes, of a day or longer, earlier runs included; one long contact is let through" {
    people customer a b c d
    rules R,t,2026-11-16,0d,,,x,mail,mei,25,,,, S,t,2026-11-16,0d,,,y,phone,tom,100,,,,
    settings 'owner=mei,contacts,2,day'
    [ "$(due 2026-11-16 --settings=settings.csv --ledger=a.csv | grep -c R)" -eq 2 ]
    grep -qx 'remind: put off by owner=mei 2 contacts/day: 2' err
    [ -z "$(due 2026-11-16 --settings=settings.csv --ledger=a.csv)" ]
    [ "$(due 2026-11-17 --settings=settings.csv --ledger=a.csv | grep -c R)" -eq 2 ]
    settings '*,minutes,60,day'
    [ "$(due 2026-11-16 --settings=settings.csv)" = "$(printf '%s\n' a/R/2026-11-16 a/S/2026-11-16 b/R/2026-11-16)" ]
    settings '*,contacts,3,week'
    due 2026-11-18 --settings=settings.csv --ledger=b.csv >out
    [ "$(wc -l <out)" -eq 6 ]
    [ -z "$(due 2026-11-22 --settings=settings.csv --ledger=b.csv)" ]
    [ "$(due 2026-11-23 --settings=settings.csv --ledger=b.csv | wc -l)" -eq 2 ]
    settings 'tag=y,contacts,1,day' 'owner=mei,minutes,0,day'
    [ "$(due 2026-11-16 --settings=settings.csv)" = a/S/2026-11-16 ]
}

@test "a time of day stands in the column due, and quiet hours move it to their end" {
    people customer ann
    rules A,a,2026-11-20,0d,,,,,,,,10:30,,
    remind due -q -p policy.csv --today=2026-11-20 people.csv | grep -q ',2026-11-20 10:30:00,2026-11-20,0,0,,,2026-11-20 +0d,ann/A/2026-11-20/0'
    rules A,a,2026-11-20,0d,,,,,,,,06:00,21:00-08:00,
    remind due -q -p policy.csv --today=2026-11-20 people.csv | grep -q ',2026-11-20 08:00:00,2026-11-20,0,0,,,2026-11-20 +0d quiet 2026-11-20 08:00:00,'
    rules A,a,2026-11-20,0d,,0d,,,,,,21:00,21:00-08:00,
    [ -z "$(due 2026-11-20 --ledger=sent.csv)" ]
    grep -qx 'remind: put off by quiet hours: 1' err
    grep -q '^deferred,2026-11-20,.*,2026-11-21 08:00:00,2026-11-20,-1,' sent.csv
    remind due -q -p policy.csv --ledger=sent.csv --time-zone=UTC --today=2026-11-21 people.csv |
        grep -q ',2026-11-21 08:00:00,2026-11-20,0,0,'
    [ -z "$(due 2026-11-22 --ledger=sent.csv)" ]
    # Without a ledger too it comes on the day that it was moved to, though its grace is over on the day of the rule.
    [ "$(due 2026-11-21)" = ann/A/2026-11-20 ]
}

@test "what has no time, or is late, is made now: at night it is put off, in the early morning it waits for the end" {
    people customer ann
    rules A,a,2026-11-20,0d,,,,,,,,,,
    settings '*,quiet,21:00-08:00,'
    [ -z "$(due '2026-11-20 21:00' --settings=settings.csv)" ]
    [ "$(due '2026-11-20 20:59' --settings=settings.csv)" = ann/A/2026-11-20 ]
    remind due -q -p policy.csv --settings=settings.csv --today='2026-11-20 07:00' people.csv | grep -q ',2026-11-20 08:00:00,2026-11-20,'
    remind due -q -p policy.csv --settings=settings.csv --today='2026-11-20 08:00' people.csv | grep -q ',2026-11-20,2026-11-20,'
    [ "$(due 2026-11-20 --settings=settings.csv)" = ann/A/2026-11-20 ] # a day alone has no hour
    rules A,a,2026-11-20,0d,,,,,,,,,no,
    [ "$(due '2026-11-20 23:00' --settings=settings.csv)" = ann/A/2026-11-20 ]
    rules A,a,2026-11-20,0d,,,,,,,,10:00,,
    [ -z "$(due '2026-11-20 23:00' --settings=settings.csv)" ]
    [ "$(due '2026-11-20 05:00' --settings=settings.csv)" = ann/A/2026-11-20 ]
    # Hours that fill the day would keep everybody from ever being contacted.
    settings '*,quiet,21:00-08:00,' '*,quiet,08:00-21:00,'
    [ -z "$(due '2026-11-20 23:00' --settings=settings.csv)" ]
}

@test "quiet hours of the settings go by channel, tag and label, and touch each other" {
    people customer,segment ann,vip ben,new
    rules A,a,2026-11-20,0d,,,x,phone,,,,08:30,, B,b,2026-11-20,0d,,,x,mail,,,,08:30,,
    settings 'channel=phone,quiet,20:00-09:00,' 'segment=vip,quiet,09:00-10:00,'
    remind due -q -p policy.csv --settings=settings.csv --today=2026-11-20 people.csv | tail -n +2 | cut -d, -f1,3,6 | diff - <(printf '%s\n' \
        'ann,A,2026-11-20 10:00:00' 'ann,B,2026-11-20 08:30:00' 'ben,A,2026-11-20 09:00:00' 'ben,B,2026-11-20 08:30:00')
}

@test "today is the customer's: the day and the hour of his own zone" {
    people customer,tz a,Pacific/Kiritimati b,UTC c,Pacific/Pago_Pago d,
    rules A,a,2026-11-21,0d,,,,,,,,,,
    # 11:00 on the 20th in UTC is 01:00 on the 21st in Kiritimati, and still the 20th in Pago Pago.
    [ "$(due '2026-11-20 11:00')" = a/A/2026-11-21 ]
    [ "$(due '2026-11-21 00:00')" = "$(printf '%s\n' a/A/2026-11-21 b/A/2026-11-21 d/A/2026-11-21)" ]
    [ "$(due '2026-11-21 11:00' | wc -l)" -eq 4 ]
    # A day alone is that day everywhere.
    [ -z "$(due 2026-11-20)" ]
    [ "$(due 2026-11-21 | wc -l)" -eq 4 ]
    settings '*,zone,Pacific/Kiritimati,'
    [ "$(due '2026-11-20 11:00' --settings=settings.csv)" = "$(printf '%s\n' a/A/2026-11-21 d/A/2026-11-21)" ]
    rules A,a,2026-11-20,0d,,,,,,,,,21:00-08:00,
    [ "$(due '2026-11-20 21:30' --zone=tz)" = "$(printf '%s\n' a/A/2026-11-20 c/A/2026-11-20)" ]
}

@test "clocks that change: a time that is skipped is so much later, one that is repeated is the first" {
    people customer,tz ann,Europe/Berlin
    rules A,a,2026-03-29,0d,,,,,,,,02:30,, B,b,2026-10-25,0d,,,,,,,,02:30,,
    remind due -q -p policy.csv --today=2026-03-29 people.csv | grep -q ',2026-03-29 03:30:00,2026-03-29,'
    remind due -q -p policy.csv --today=2026-10-25 people.csv | grep -q ',2026-10-25 02:30:00,2026-10-25,'
}

@test "an unknown zone is named with its row, once, and its customers' contacts say tz?" {
    people customer,tz a,Asia/Shangai b,Asia/Shanghai c,../../etc/passwd d,/etc/localtime e,Asia f,. g,Asia/Shangai h,"$(printf '%5000s' x | tr ' ' a)"
    rules A,a,2026-11-20,0d,,,,,,,,,,
    remind due -p policy.csv --today=2026-11-20 people.csv >out 2>err
    [ "$(grep -c "column 'tz': no such time zone" err)" -eq 6 ]
    grep -q "^remind: people.csv:2: column 'tz': no such time zone" err
    [ "$(grep -c ' tz?,' out)" -eq 7 ]
    grep -q '^b,.*,2026-11-20 +0d,b/A' out
    ! grep -q 'root:' out err
}

@test "the steps come in their order: grace before quiet hours, quiet hours before caps, caps before work" {
    people customer ann
    settings '*,cap,0,7d' '*,contacts,0,day' '*,quiet,20:00-08:00,'
    rules A,a,2026-11-18,0d,,1d,,,,,,,,
    [ "$(why '2026-11-20 23:00' ann --settings=settings.csv)" = 'A,grace,late,2026-11-18 +0d' ]
    rules A,a,2026-11-18,0d,,9d,,,,,,,,
    [ "$(why '2026-11-20 23:00' ann --settings=settings.csv)" = 'A,quiet,deferred,2026-11-18 +0d quiet 2026-11-21 08:00:00' ]
    [ "$(why '2026-11-20 12:00' ann --settings=settings.csv)" = 'A,caps,deferred,2026-11-18 +0d cap * 0/7d' ]
    settings '*,contacts,0,day'
    [ "$(why '2026-11-20 12:00' ann --settings=settings.csv)" = 'A,workload,deferred,2026-11-18 +0d limit * 0 contacts/day' ]
}

@test "a file of settings that is wrong is said with row and column, and nothing is printed" {
    three_offers
    local row words
    while read -r row words; do
        settings "$row"
        expect_error 2 "settings.csv:2: column $words" remind due -p policy.csv --settings=settings.csv --today=2026-11-21 people.csv
        [ ! -s out ]
    done <<'END'
tag=promo,caps,1,7d 'name': not cap, contacts, minutes, zone, quiet or holidays: 'caps' (did you mean 'cap'?)
tga=promo,cap,1,7d 'scope': not '*' or conditions such as tag=promo&stage=new|repeat: 'tga=promo' (did you mean 'tag'?)
*,cap,1.5,7d 'limit': not a whole number
*,cap,-1,7d 'limit': may not be negative
*,cap,99999999999999999999,7d 'limit': not a whole number
*,cap,1,7 'window': not a period
*,cap,1, 'window': empty
*,cap,,7d 'limit': empty
stage=,cap,1,7d 'scope': no list of labels
stage=a|,cap,1,7d 'scope': no list of labels
segment=new,cap,1,7d 'scope': the customers have no column for 'segment'
stage=loyal,contacts,1,day 'scope': the work of owners cannot be told by 'stage'
*,minutes,x,day 'limit': not a number of minutes
*,zone,Asia/Shangai, 'limit': unknown time zone
*,zone,UTC,day 'window': has to be empty
tag=a,zone,UTC, 'scope': has to be '*'
*,quiet,9-10, 'limit': not hours
calendar=CN,cap,1,7d 'scope': a calendar is only of holidays
,cap,1,7d 'scope': empty
END
    settings '*,zone,UTC,' '*,zone,UTC,'
    expect_error 2 "settings.csv:3: column 'name': a time zone was given already" remind due -p policy.csv --settings=settings.csv people.csv
    printf 'scope,nmae,limit,window\n*,cap,1,7d\n' >settings.csv
    expect_error 2 "unknown column 'nmae' (did you mean 'name'?)" remind due -p policy.csv --settings=settings.csv people.csv
    printf 'scope,name,limit\n' >settings.csv
    expect_error 2 "no column 'window'" remind due -p policy.csv --settings=settings.csv people.csv
    : >settings.csv
    expect_error 2 'no header' remind due -p policy.csv --settings=settings.csv people.csv
    expect_error 3 nowhere.csv remind due -p policy.csv --settings=nowhere.csv people.csv
    expect_error 2 'the settings and the customers cannot both be standard input' remind due -p policy.csv --settings=- <people.csv
    expect_error 2 'the settings and the policy cannot both be standard input' remind due -p - --settings=- people.csv <policy.csv
}

@test "settings name files of holidays as --holidays does" {
    people customer ann
    { echo rule,touch,anchor,after,shift,calendar && echo A,a,2026-10-01,0d,after,CN; } >policy.csv
    settings "calendar=CN,holidays,$DATA_DIR/remind/holidays-cn-2026.json,"
    [ -z "$(due 2026-10-07 --settings=settings.csv)" ]
    [ "$(due 2026-10-08 --settings=settings.csv)" = ann/A/2026-10-01 ]
}

@test "labels and tags that nobody has are named, with what may be meant" {
    three_offers
    settings 'stage=loyl,cap,1,7d' 'tag=prmo,cap,1,7d'
    due 2026-11-21 --settings=settings.csv >out
    grep -q "settings.csv: no customer has the stage 'loyl' (did you mean 'loyal'?)" err
    grep -q "settings.csv: no rule has the tag 'prmo' (did you mean 'promo'?)" err
}

@test "rows that say the same twice, limits without end, customers twice, and a ledger of the future" {
    three_offers
    settings 'tag=promo,cap,9223372036854775807,9999y' 'tag=promo,cap,2,7d' 'tag=promo,cap,1,7d' 'tag=promo,cap,1,7d'
    [ "$(due 2026-11-21 --settings=settings.csv)" = "$(due 2026-11-21)" ]
    people customer,start,stage ann,2026-11-18,loyal ann,2026-11-18,loyal
    [ "$(due 2026-11-21)" = "$(printf '%s\n' ann/A/2026-11-19 ann/C/2026-11-21)" ]
    # A contact recorded for a later day stands in the way of one today: both lie in one window.
    people customer ann
    rules A,a,2026-11-20,0d,,,x,,,,,,, B,b,2026-11-24,0d,,,x,,,,,,,
    settings '*,cap,1,7d'
    rules B,b,2026-11-24,0d,,,x,,,,,,,
    due 2026-11-24 --ledger=sent.csv
    rules A,a,2026-11-20,0d,,,x,,,,,,,
    [ -z "$(due 2026-11-21 --ledger=sent.csv --settings=settings.csv --force-clock)" ]
    [ "$(due 2026-12-01 --ledger=sent.csv --settings=settings.csv)" = ann/A/2026-11-20 ]
}

@test "which of the ledger's contacts a dry run counts are those it would have known" {
    people customer ann
    rules A,a,2026-11-20,0d,,,x,,,,,,,
    due 2026-11-24 --ledger=sent.csv
    rules B,b,2026-11-20,0d,,,x,,,,,,,
    settings '*,cap,1,7d'
    [ "$(due 2026-11-23 --ledger=sent.csv --settings=settings.csv --dry-run)" = ann/B/2026-11-20 ]
    [ -z "$(due 2026-11-24 --ledger=sent.csv --settings=settings.csv --dry-run)" ]
}
