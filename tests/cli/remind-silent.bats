# remind silent: groups and people without a post for long, those that never spoke, and those with nothing announced.
bats_require_minimum_version 1.5.0
load ../helper

posts() {
    printf '%s\n' "$@" >posts.csv
}

silent() {
    remind silent -q --today=2026-11-21 "$@" posts.csv
}

# Checked by hand: 7 days before the 21st is the 14th, whatever the time; a post of the 22nd is not known yet.
@test "groups without a post for a week, the longest silent first" {
    remind silent -q --group=group --today=2026-11-21 "$DATA_DIR/remind/posts.csv" >got
    printf '%s\n' group,last_post,days,posts,reason 'runners,2026-11-10 08:30:00,11,2,silent' \
        'cooks,2026-11-14 21:15:00,7,1,silent' 'books,2026-11-14 23:59:59,7,2,silent' | diff - got
}

@test "groups that never spoke, with the columns of their table, and the next event of each" {
    remind silent -q --group=group --groups="$DATA_DIR/remind/groups.csv" --next="$DATA_DIR/remind/events.csv" \
        --today=2026-11-21 "$DATA_DIR/remind/posts.csv" | expect_same remind/silent.csv
}

@test "--all prints those that lack nothing too, with an empty reason" {
    posts group,date a,2026-11-20 b,2026-11-01
    silent --group=group --all >got
    printf '%s\n' group,last_post,days,posts,reason b,2026-11-01,20,1,silent a,2026-11-20,1,1, | diff - got
}

@test "people instead of groups, found by their usual names" {
    posts username,date a,2026-11-20 b,2026-11-01
    silent >got
    printf '%s\n' customer,last_post,days,posts,reason b,2026-11-01,20,1,silent | diff - got
}

@test "whole days count from midnight, hours from the post" {
    posts group,time 'a,2026-11-20 10:00' 'b,2026-11-20 09:59'
    [ "$(remind silent -q --group=group --after=25h --today='2026-11-21 10:59' posts.csv | sed 1d | cut -d, -f1)" = b ]
    [ "$(remind silent -q --group=group --after=25h --today='2026-11-21 11:00' posts.csv | sed 1d | wc -l)" -eq 2 ]
    [ "$(remind silent -q --group=group --after=1d --today='2026-11-21 00:00' posts.csv | sed 1d | wc -l)" -eq 2 ]
    [ "$(remind silent -q --group=group --after=2d --today='2026-11-21 23:59' posts.csv | sed 1d | wc -l)" -eq 0 ]
    [ "$(remind silent -q --group=group --after=1m --today='2026-12-20' posts.csv | sed 1d | wc -l)" -eq 2 ]
    [ "$(remind silent -q --group=group --after=1m --today='2026-12-19' posts.csv | sed 1d | wc -l)" -eq 0 ]
}

@test "an event of today without a time is still to come, one with a time when it is later" {
    posts group,date a,2026-11-20 b,2026-11-20 c,2026-11-20 d,2026-11-20
    printf '%s\n' group,date a,2026-11-21 'b,2026-11-21 09:00' 'c,2026-11-21 11:00' 'c,2026-12-01' 'd,2026-11-20' >events.csv
    remind silent -q --group=group --next=events.csv --today='2026-11-21 10:00' --all posts.csv >got
    printf '%s\n' group,last_post,days,posts,next,reason a,2026-11-20,1,1,2026-11-21, b,2026-11-20,1,1,,no-next \
        'c,2026-11-20,1,1,2026-11-21 11:00:00,' d,2026-11-20,1,1,,no-next | diff - got
}

@test "a group that has an event but never a post is known to the list" {
    posts group,date a,2026-11-20
    printf '%s\n' group,date z,2026-12-01 >events.csv
    silent --group=group --next=events.csv | sed 1d >got
    printf '%s\n' z,,,0,2026-12-01,never a,2026-11-20,1,1,,no-next | diff - got
}

@test "groups of the log that --groups does not have are counted, not printed" {
    posts group,date a,2026-11-01 b,2026-11-01
    printf '%s\n' channel,owner a,mei >groups.csv
    expect_error 2 "no column 'group'" remind silent --group=group --groups=groups.csv posts.csv
    printf '%s\n' group a >groups.csv
    expect_status 0 remind silent --group=group --groups=groups.csv --today=2026-11-21 posts.csv
    [ "$(sed 1d out)" = a,2026-11-01,20,1,silent ]
    grep -q 'groups.csv: groups that are not in it, and not asked for: 1' err
    printf '%s\n' channel a >groups.csv # the only column
    [ "$(silent --group=group --groups=groups.csv | sed 1d | wc -l)" -eq 1 ]
}

@test "Discord's export is known by its header; a file a channel becomes a column" {
    remind silent -q --today=2026-11-30 "$DATA_DIR/exports/discord.csv" >got
    [ "$(sed 1d got | cut -d, -f1,5)" = '900000000000000002,silent
900000000000000001,silent' ]
    cp "$DATA_DIR/exports/discord.csv" books.csv
    remind silent -q --today=2026-11-21 --all --file-column=channel --group=channel books.csv | sed 1d | cut -d, -f1,3,4 >got
    [ "$(cat got)" = books.csv,1,3 ]
}

@test "Slack's times are seconds since 1970" {
    posts ts,channel,user,text 1763200000.000100,general,U1,hi 1795200000.000200,random,U2,hello
    remind silent -q --group=channel --dates=epoch --time-zone=UTC --today=2026-11-21 posts.csv | sed 1d | cut -d, -f1,2 >got
    [ "$(cat got)" = 'general,2025-11-15 09:46:40' ]
}

@test "what cannot be read is said with its line; the order of the rows does not matter" {
    posts group,date a,2026-11-01 b,soon
    expect_error 1 "posts.csv:3: column 'date': not a date" remind silent --group=group posts.csv
    expect_error 2 "no column 'grup' (did you mean 'group'?)" remind silent --group=grup posts.csv
    expect_error 2 '--after must be above zero' remind silent --after=0d posts.csv
    printf '%s\n' group,last_post a,b >groups.csv
    expect_error 2 "column 'last_post' is there already" remind silent --group=group --groups=groups.csv posts.csv
    sed 1d "$DATA_DIR/remind/posts.csv" | tac | { echo time,group,member,text && cat; } >posts.csv
    silent --group=group | sort >got
    remind silent -q --group=group --today=2026-11-21 "$DATA_DIR/remind/posts.csv" | sort | diff - got
}

@test "the table goes on into remind due" {
    printf '%s\n' rule,touch,anchor,after,owner 'QUIET,ask a question,last_post,7d,@owner' >policy.csv
    remind silent -q --group=group --groups="$DATA_DIR/remind/groups.csv" --today=2026-11-21 "$DATA_DIR/remind/posts.csv" |
        remind due -q -p policy.csv --customer=group --today=2026-11-21 | sed 1d | cut -d, -f1,2,6 >got
    printf '%s\n' runners,mei,2026-11-17 cooks,tom,2026-11-21 books,mei,2026-11-21 | diff - got
}

@test "two hundred thousand posts, counted another way" {
    awk 'BEGIN { srand(7); print "group,time"; for (i = 0; i < 200000; i++) {
        day = 1 + int(28 * rand()); group = int(500 * rand() * rand())
        if (day < 21 - group % 19) printf "g%d,2026-11-%02d %02d:00\n", group, day, int(24 * rand()) } }' >posts.csv
    awk -F'[, -]' 'NR > 1 { if ($4 > last[$1]) last[$1] = $4; n[$1]++ }
        END { for (g in last) if (21 - last[g] >= 7) print g "," 21 - last[g] "," n[g] }' posts.csv | sort >wanted
    [ "$(wc -l <wanted)" -gt 100 ]
    silent --group=group | sed 1d | cut -d, -f1,3,4 | sort | diff wanted -
}
