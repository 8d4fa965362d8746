# score activity: no published case is known, so one is worked out by hand here, and tests/unit/test_fading.c and
# test_diary.c compare random logs with a slower count. In score/posts.csv, with a half-life of 30 days on 2026-03-31, an
# event of that day counts whole, of 2026-03-01 half, of 2026-01-30 a quarter:
#
#   running  ann  post + like today                    5 + 0.5              = 5.5
#            bob  comment today, comment 30 days ago   2 + 2/2              = 3
#            cai  like 30, post 60 days ago            0.5/2 + 5/4          = 1.5
#   cycling  ann  post 30 days ago                     5/2                  = 2.5
#            dee  comment and like 30 days ago         (2 + 0.5)/2          = 1.25
bats_require_minimum_version 1.5.0
load ../helper

TODAY=--today=2026-03-31
posts=$DATA_DIR/score/posts.csv
weights=$DATA_DIR/score/weights.csv

@test "without weights every event counts 1, and fades" {
    expect_status 0 score activity $TODAY --half-life=30d "$posts"
    printf '%s\n' customer,events,days_active,last,activity,share,rank ann,3,2,2026-03-31,2.5,0.4347826087,1 \
        bob,2,2,2026-03-31,1.5,0.2608695652,2 cai,2,2,2026-03-01,0.75,0.1304347826,4 \
        dee,2,1,2026-03-01,1,0.1739130435,3 | diff - out
    grep -q '1 row left out: dated after today' err
}

@test "the case worked out by hand: weights, and share and rank within a group" {
    score activity -q $TODAY --half-life=30d --weights="$weights" --by=group "$posts" >got
    printf '%s\n' customer,group,events,days_active,last,activity,share,rank \
        ann,running,2,1,2026-03-31,5.5,0.55,1 bob,running,2,2,2026-03-31,3,0.3,2 \
        ann,cycling,1,1,2026-03-01,2.5,0.6666666667,1 cai,running,2,2,2026-03-01,1.5,0.15,3 \
        dee,cycling,2,1,2026-03-01,1.25,0.3333333333,2 | diff - got
}

@test "groups are those of the same rows chosen with --where" {
    score activity -q $TODAY --by=group "$posts" | awk -F, '$2 == "running"' | cut -d, -f1,3- >by
    score activity -q $TODAY --where="group = 'running'" "$posts" | sed 1d | diff - by
}

@test "the row order does not change a digit, nor how the log is cut into files" {
    log=$DATA_DIR/cdnow-sample.csv
    run_on() {
        score activity -q --digits=17 --today=1998-06-30 --half-life=77d --customer=customer "$@"
    }
    run_on "$log" >one
    { head -n 1 "$log" && sed 1d "$log" | sort -t, -k5 -k2; } >shuffled.csv
    ! cmp -s "$log" shuffled.csv
    run_on shuffled.csv >two
    diff <(sort one) <(sort two)
    head -n 3000 "$log" >a.csv
    { head -n 1 "$log" && sed 1,3000d "$log"; } >b.csv
    run_on a.csv b.csv | cmp - one
}

@test "a day's activity is the one before, faded by a day, where nothing happened" {
    score activity -q --digits=17 --today=2026-04-03 --half-life=1d "$posts" | cut -d, -f5 | sed 1d >day
    score activity -q --digits=17 --today=2026-04-04 --half-life=1d "$posts" | cut -d, -f5 | sed 1d >next
    paste day next | awk '$1 != 2 * $2 { exit 1 }'
}

@test "equal activities share a rank, and the next one is left out" {
    printf '%s\n' customer,date a,2026-03-30 b,2026-03-31 b,2026-03-31 c,2026-03-31 d,2026-03-31 e,2026-03-30 >log.csv
    score activity -q $TODAY --half-life=1d log.csv | sed 1d | cut -d, -f1,5,7 >got
    printf '%s\n' a,0.5,4 b,2,1 c,1,2 d,1,2 e,0.5,4 | diff - got
}

@test "half-lives are periods: weeks, months of 30.4375 days, hours" {
    printf '%s\n' customer,date a,2026-03-17 >log.csv
    activity() {
        score activity -q --digits=17 $TODAY --half-life=$1 log.csv | sed 1d | cut -d, -f5
    }
    [ "$(activity 2w)" = 0.5 ]
    [ "$(activity 168h)" = 0.25 ]
    activity 1m | awk '{ wanted = exp(-14 / 30.4375 * log(2)); exit !($1 - wanted < 1e-15 && wanted - $1 < 1e-15) }'
    expect_error 2 "--half-life" score activity --half-life=0d log.csv
    expect_error 2 "--half-life" score activity --half-life=-3d log.csv
    expect_error 2 "--half-life" score activity --half-life=3 log.csv
}

@test "an event without a weight is refused by its line, unless * has one" {
    sed '/\*/d' "$weights" >weights.csv
    expect_error 1 "posts.csv:6: column 'event': an event without a weight (give it one, or one to '*')" \
        score activity $TODAY --weights=weights.csv "$posts"
    [ ! -s out ]
    expect_status 1 score activity $TODAY --half-life=30d --weights=weights.csv --rejects=bad.csv "$posts"
    grep -q '^ann,2,2,2026-03-31,7.5,' out
}

@test "weights may be zero or negative, and shares of what is not above zero are empty" {
    printf '%s\n' event,weight post,-1 comment,0 >weights.csv
    printf '%s\n' customer,date,event a,2026-03-31,post b,2026-03-31,comment >log.csv
    score activity -q $TODAY --weights=weights.csv log.csv | sed 1d >got
    printf '%s\n' a,1,1,2026-03-31,-1,,2 b,1,1,2026-03-31,0,,1 | diff - got
}

@test "a table of weights is checked" {
    printf '%s\n' event,weight post,many >weights.csv
    expect_error 2 "weights.csv:2: column 'weight': not a number of at most 6 decimals" \
        score activity --weights=weights.csv "$posts"
    printf '%s\n' event,weight post,1 post,2 >weights.csv
    expect_error 2 "weights.csv:3: this event has a weight already" score activity --weights=weights.csv "$posts"
    printf '%s\n' event,wieght post,1 >weights.csv
    expect_error 2 "no column 'weight' (did you mean 'wieght'?)" score activity --weights=weights.csv "$posts"
    expect_error 3 "none.csv: No such file" score activity --weights=none.csv "$posts"
    printf '%s\n' customer,date a,2026-03-31 >log.csv
    expect_error 2 "--event" score activity --weights="$weights" log.csv
    expect_error 2 "--event goes with --weights" score activity --event=event "$posts"
}

@test "rows of --customers are kept, once a group, also of people who are not in the log" {
    expect_status 0 score activity $TODAY --half-life=30d --weights="$weights" --by=group \
        --customers="$DATA_DIR/score/people.csv" "$posts"
    printf '%s\n' name,customer,city,group,events,days_active,last,activity,share,rank Fay,fay,Oslo,,0,0,,0,, \
        'Ann,ann,"Paris, France",running,2,1,2026-03-31,5.5,0.55,1' \
        'Ann,ann,"Paris, France",cycling,1,1,2026-03-01,2.5,0.6666666667,1' Gus,gus,,,0,0,,0,, \
        Cai,cai,上海,running,2,2,2026-03-01,1.5,0.15,3 | diff - out
    grep -q '2 customers of the log are not in' err
    score activity -q $TODAY --customers="$DATA_DIR/score/people.csv" "$posts" | sed 1d | cut -d, -f1 >got
    printf '%s\n' Fay Ann Gus Cai | diff - got
}

@test "a blank group is a group" {
    printf '%s\n' customer,date,group a,2026-03-31, b,2026-03-31,x c,2026-03-31, >log.csv
    score activity -q $TODAY --by=group log.csv | sed 1d >got
    printf '%s\n' a,,1,1,2026-03-31,1,0.5,1 b,x,1,1,2026-03-31,1,1,1 c,,1,1,2026-03-31,1,0.5,1 | diff - got
}

@test "a name that is taken is wrong usage" {
    sed '1s/group/last/' "$posts" >log.csv
    expect_error 2 "--by: the output has a column 'last' of its own" score activity $TODAY --by=last log.csv
    expect_error 2 "no column 'gruop' (did you mean 'group'?)" score activity $TODAY --by=gruop "$posts"
    printf 'customer,group\nann,9\n' >people.csv
    expect_error 2 "--by: column 'group' is also in people.csv" \
        score activity $TODAY --by=group --customers=people.csv "$posts"
    score activity -q $TODAY --as=energy "$posts" | head -n 1 | grep -q ',last,energy,share,'
    expect_error 2 "--as: the output has a column 'rank' of its own" score activity --as=rank "$posts"
}
