# Who is not contacted, or not yet: customers who opted out, who paused, who replied; and contacts that nobody made, which
# rise to the next level.
bats_require_minimum_version 1.5.0
load ../helper

policy() {
    printf '%s\n' "$@" >policy.csv
}

people() {
    printf '%s\n' "$@" >people.csv
}

# due DAY ARGUMENT...: the keys of a run on that day, with a ledger; what it says goes to the file said.
due() {
    local day=$1
    shift
    remind due -p policy.csv --ledger=sent.csv --today="$day" "$@" people.csv 2>said | sed 1d | sed 's/.*,//' | tr '\n' ' '
}

# runs FROM TO: one run a day; day, owner and key of each contact.
runs() {
    local day=$1
    while [ ! "$day" \> "$2" ]; do
        remind due -q -p policy.csv --ledger=sent.csv --today="$day" people.csv | sed 1d |
            sed -E "s/^[^,]*,([^,]*),.*,([^,]*)$/$day \1 \2/"
        day=$(date -u -d "$day + 1 day" +%F)
    done
}

marks() {
    printf '%s\n' key,mark "${@:2}" | remind mark -q --ledger=sent.csv --today="$1" >/dev/null
}

@test "opt_out: yes stops everything, whatever the rule, and is counted; no and blank stop nothing" {
    policy rule,touch,anchor,after,every,repeat_from,factor A,call,start,1d,,, B,call,2026-11-02,,1w,, C,call,start,,3d,done, \
        D,win,start,,,,1
    people customer,start,opt_out a,2026-11-10,yes b,2026-11-10,no c,2026-11-10, d,2026-11-10,是 e,2026-11-10,TRUE
    [ "$(due 2026-11-20 | tr ' ' '\n' | cut -d/ -f1 | sort | uniq -c | xargs)" = '3 b 3 c' ]
    [ "$(cat said)" = 'remind: customers who opted out, and are not contacted: 3' ]
    run ! grep -qE '^(due|missed|deferred),.*/(a|d|e)/' sent.csv
}

@test "opt_out: an answer that is neither yes nor no refuses the row, so that nobody is contacted by mistake" {
    policy rule,touch,anchor,after A,call,start,1d
    people customer,start,opt_out a,2026-11-10,maybe b,2026-11-10,
    expect_error 1 "people.csv:2: column 'opt_out': neither 'yes' nor 'no'" \
        remind due -p policy.csv --ledger=sent.csv --today=2026-11-20 people.csv
    [ ! -s out ]
    [ ! -s sent.csv ]
    expect_status 1 remind due -p policy.csv --rejects=bad.csv --today=2026-11-20 people.csv
    [ "$(sed 1d out | cut -d, -f1)" = b ]
}

@test "opt_out: one row of a customer that says yes is enough, before or after the others" {
    policy rule,touch,anchor,after,every A,call,start,1d, B,call,2026-11-02,,1w
    people customer,start,opt_out a,2026-11-10,no a,2026-11-11,yes b,2026-11-11,yes b,2026-11-10,no
    [ -z "$(due 2026-11-20)" ]
    run ! grep -q '^missed' sent.csv
    grep -q 'opted out, and are not contacted: 2' said
}

@test "opt_out: the column by its usual names, by --opt-out, and never two at once" {
    policy rule,touch,anchor,after A,call,start,1d
    people customer,start,Unsubscribed a,2026-11-10,yes
    [ -z "$(due 2026-11-20)" ]
    people customer,start,leave_me_alone a,2026-11-10,yes
    [ -z "$(due 2026-11-20 --opt-out=leave_me_alone)" ]
    people customer,start,opt_out,unsubscribed a,2026-11-10,no,yes
    expect_error 2 "columns 'opt_out' and 'unsubscribed' may both be the opt-out: say which, --opt-out=opt_out" \
        remind due -p policy.csv people.csv
}

@test "who comes back after opting out gets what is due now, once" {
    policy rule,touch,anchor,after,every,grace A,call,start,1d,,2d B,call,2026-11-02,,1w,
    people customer,start,opt_out a,2026-11-10,yes
    [ -z "$(due 2026-11-12)" ]
    [ -z "$(due 2026-11-19)" ]
    people customer,start,opt_out a,2026-11-10,no
    [ "$(due 2026-11-20)" = 'a/B/2026-11-16/0 ' ]
    [ -z "$(due 2026-11-21)" ]
}

@test "paused_until: nothing before that date, on it what is due, and a rule of its own for the return" {
    policy rule,touch,anchor,after,every B,call,2026-11-02,,1w 'BACK,welcome back,paused_until,0d,'
    people customer,paused_until a,2026-11-20 b,
    runs 2026-11-16 2026-11-24 | cut -d' ' -f1,3 >got
    printf '%s\n' '2026-11-16 b/B/2026-11-16/0' '2026-11-20 a/B/2026-11-16/0' '2026-11-20 a/BACK/2026-11-20/0' \
        '2026-11-23 a/B/2026-11-23/0' '2026-11-23 b/B/2026-11-23/0' | diff - got
}

@test "paused_until: said how many, a bad date refuses the row, and the longer of opting out and pausing counts" {
    policy rule,touch,anchor,after A,call,start,1d
    people customer,start,paused_until,opt_out a,2026-11-10,2026-12-01,no b,2026-11-10,2026-11-20, c,2026-11-10,2026-12-01,yes
    [ "$(due 2026-11-20)" = 'b/A/2026-11-11/0 ' ]
    grep -q 'paused, and are not contacted until their date: 1' said
    grep -q 'opted out, and are not contacted: 1' said
    people customer,start,paused_until a,2026-11-10,soon
    expect_error 1 "column 'paused_until': not a date" remind due -p policy.csv people.csv
    people customer,start,away a,2026-11-10,2026-12-01
    [ -z "$(due 2026-11-20 --paused-until=away)" ]
}

@test "--explain tells who opted out and who paused, also from another row" {
    policy rule,touch,anchor,after A,call,start,1d
    people customer,start,opt_out,paused_until a,2026-11-10,,2026-12-01 b,2026-11-10,, b,2026-11-10,yes,
    remind due -q -p policy.csv --today=2026-11-20 --explain=a people.csv | grep -q '^a,A,stop,paused,2026-11-11,'
    remind due -q -p policy.csv --today=2026-11-20 --explain=b people.csv | grep -q '^b,A,stop,opted-out,2026-11-11,'
    [ -z "$(remind due -q -p policy.csv --today=2026-11-20 --explain=b people.csv | grep ',due,2026')" ]
}

@test "a contact that nobody made rises: lead after 3 days, manager after 7, weekends included, and then stays" {
    policy rule,touch,anchor,after,owner,escalate 'R,call,start,1d,mei,"3d:lead,7d:manager"'
    people customer,start a,2026-11-12
    runs 2026-11-12 2026-11-30 >got
    printf '%s\n' '2026-11-13 mei a/R/2026-11-13/0' '2026-11-16 lead a/R/2026-11-13/1' \
        '2026-11-20 manager a/R/2026-11-13/2' | diff - got
}

@test "a contact that is done, skipped or stopped does not rise; one that is snoozed begins again" {
    policy rule,touch,anchor,after,owner,escalate 'R,call,start,1d,mei,"3d:lead,7d:manager"'
    people customer,start a,2026-11-12 b,2026-11-12 c,2026-11-12 d,2026-11-12
    runs 2026-11-13 2026-11-14 >got
    marks 2026-11-14 a/R/2026-11-13/0,done b/R/2026-11-13/0,skip c/R/2026-11-13/0,stop 'd/R/2026-11-13/0,snooze 4d'
    runs 2026-11-15 2026-11-30 >got
    printf '%s\n' '2026-11-18 mei d/R/2026-11-13/0' '2026-11-21 lead d/R/2026-11-13/1' \
        '2026-11-25 manager d/R/2026-11-13/2' | diff - got
}

@test "a run that comes late prints the level of that day alone, and grace counts from it" {
    policy rule,touch,anchor,after,owner,grace,escalate 'R,call,start,1d,mei,2d,"3d:lead,7d:manager"'
    people customer,start a,2026-11-12
    [ "$(due 2026-11-14)" = 'a/R/2026-11-13/0 ' ]
    [ -z "$(due 2026-11-19)" ] # lead was for the 16th, two days' grace
    [ "$(due 2026-11-21)" = 'a/R/2026-11-13/2 ' ]
}

@test "the shop's policy greets those who come back, in both languages, and says how to opt out" {
    local language
    for language in shop shop-zh; do
        remind due --dump=$language | sed 's/^#BACK/BACK/' >policy.csv
        grep -q opt_out policy.csv
        people customer,segment,first_order,last_order,orders,usual_gap,revenue,paused_until,opt_out \
            a,-,2026-01-10,2026-08-01,3,40,900,2026-11-21, b,-,2026-01-10,2026-08-01,3,40,900,2026-11-22, \
            c,-,2026-01-10,2026-08-01,3,40,900,2026-11-21,yes
        remind due -q -p policy.csv --today=2026-11-21 people.csv | sed 1d | sed 's/.*,//' >got
        [ "$(cat got)" = a/BACK/2026-11-21/0 ]
    done
}
