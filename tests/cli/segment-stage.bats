#!/usr/bin/env bats
# segment stage: the built-in stages, the ladder with its look-back, edited sets, the phases of a group, treatments.
bats_require_minimum_version 1.5.0
load ../helper

members=$DATA_DIR/segment/members.csv

# stage_of HEADER ROW [OPTION...]: the stage of one row on 2026-11-21
stage_of() {
    printf '%s\n%s\n' "$1" "$2" >row.csv
    shift 2
    segment stage -q --json --today=2026-11-21 "$@" row.csv | jq -r '.stage // "(none)"'
}

@test "every member of the tea and the running group has the stage that his deeds give" {
    segment stage --today=2026-11-21 --why "$members" | expect_same segment/stage.csv
}

@test "buyers: by orders and the last of them" {
    bought() {
        stage_of customer,orders,last_order "a,$1,$2"
    }
    [ "$(bought 0 '')" = prospect ]
    [ "$(bought '' '')" = prospect ]
    [ "$(bought 1 2026-08-23)" = new ]
    [ "$(bought 1 2026-08-22)" = lapsed ]
    [ "$(bought 2 2026-08-22)" = repeat ]
    [ "$(bought 3 2026-05-25)" = repeat ]
    [ "$(bought 4 2026-05-25)" = loyal ]
    [ "$(bought 4 2026-05-24)" = lapsed ]
    [ "$(bought 4 2025-11-21)" = lapsed ]
    [ "$(bought 4 2025-11-20)" = lost ]
}

@test "recency says the same as the last order" {
    printf 'customer,orders,last_order,recency\n' >in.csv
    row=0
    for orders in 0 1 2 4; do
        for ago in 0 89 90 91 179 180 181 364 365 366; do
            echo "c$((row += 1)),$orders,$(date -u -d "2026-11-21 -$ago days" +%F),$ago"
        done
    done >>in.csv
    cut -d, -f1-3 in.csv | segment stage --today=2026-11-21 | cut -d, -f4 >by-date
    cut -d, -f1,2,4 in.csv | segment stage --today=2026-11-21 | cut -d, -f4 >by-days
    diff by-date by-days
    [ "$(sort -u by-date | wc -l)" -eq 7 ] # six stages and the name
}

@test "members: appointed, or by what they do" {
    [ "$(stage_of customer,role a,Host)" = host ]
    [ "$(stage_of customer,role a,管理员)" = host ]
    [ "$(stage_of customer,role a,骨干)" = core ]
    [ "$(stage_of customer,role a,owner)" = prospect ]
    [ "$(stage_of customer,replies a,20)" = core ]
    [ "$(stage_of customer,replies a,19)" = interested ]
    [ "$(stage_of customer,referrals,orders a,1,9)" = advocate ]
    [ "$(stage_of customer,posts,orders a,1,)" = interested ]
    [ "$(stage_of customer,posts,orders a,1,1)" = new ]
    [ "$(stage_of customer,clicked a,1)" = interested ]
    [ "$(stage_of customer,opened a,2)" = prospect ]
    [ "$(stage_of customer,opened a,3)" = interested ]
    [ "$(stage_of customer,posts,last_active a,9,2026-05-24)" = lapsed ]
    [ "$(stage_of customer,posts,last_active a,9,2025-11-20)" = lost ]
    [ "$(stage_of customer,role,paused_until a,host,2026-11-21)" = paused ]
    [ "$(stage_of customer,role,paused_until a,host,2026-11-20)" = host ]
}

@test "a rule whose column is absent is left out, and -v says which" {
    printf 'customer,orders\na,5\n' >in.csv
    expect_status 0 segment stage in.csv
    [ ! -s err ]
    expect_status 0 segment stage -v in.csv
    grep -q "rules left out: paused (no column 'paused_until'), host (no column 'role'), " err
    grep -q "lost (no column 'last_order')" err
}

@test "a table without any of the columns is wrong usage, not a table of prospects" {
    printf 'customer,orders_2026\na,5\n' >in.csv
    expect_error 2 'there is none of the columns that the rules ask for' segment stage in.csv
    [ ! -s out ]
}

@test "the mode and the dumped rules give the same bytes" {
    { sed '1s/$/,recency,clicked,opened/; 2,$s/$/,,0,0/' "$members"; } >all.csv
    segment rules --dump=stage >stage.rules
    segment stage --today=2026-11-21 all.csv >mode.csv
    segment rules -f stage.rules --as=stage --today=2026-11-21 all.csv | diff mode.csv -
    segment stage -f stage.rules --today=2026-11-21 all.csv | diff mode.csv -
    segment stage --today=2026-11-21 "$members" | awk -F, '{ print $NF }' | diff - <(awk -F, '{ print $NF }' mode.csv)
}

@test "every rule of the stages can be reached" {
    awk 'BEGIN { OFS = ","
        print "customer,role,orders,last_order,recency,posts,replies,referrals,clicked,opened,last_active,paused_until"
        split(",2026-11-30", paused, ","); split(",host,core", role, ","); split("0,1,2,4", orders, ",")
        split(",2026-11-01,2026-08-01,2026-04-01,2025-01-01", day, ",")
        # k: which one deed is done, 7: recency stands for the last order
        for (p = 1; p <= 2; p++) for (r = 1; r <= 3; r++) for (o = 1; o <= 4; o++) for (d = 1; d <= 5; d++)
            for (a = 1; a <= 5; a++) for (k = 0; k <= 7; k++)
                print("c" ++c, role[r], orders[o], k == 7 ? "" : day[d], k == 7 ? d * 100 : "", k == 1, k == 2 ? 25 : k == 3,
                    k == 4, k == 5, k == 6 ? 3 : 0, day[a], paused[p])
    }' >in.csv
    segment rules --dump=stage >stage.rules
    expect_status 0 segment rules -f stage.rules --today=2026-11-21 --check in.csv
    [ "$(cut -d, -f1,3 out | grep -c ',0$')" -eq 1 ] || fail "$(cat out)" # (none)
    [ "$(cut -d, -f5 out | sort -u | paste -sd,)" = ",shadowed_by" ]
}

@test "an edited copy of the rules: new labels, whole columns, treatments, and what it lacks is said" {
    { echo 'vip : pct(orders) >= 75 -> "call, once"' && segment rules --dump=stage; } >my.rules
    printf 'customer,orders\na,1\nb,2\nc,3\nd,9\ne,0\n' >in.csv
    expect_status 0 segment stage -f my.rules in.csv
    printf '%s\n' customer,orders,stage,treatment a,1,new, b,2,repeat, 'c,3,vip,"call, once"' 'd,9,vip,"call, once"' \
        e,0,prospect, | diff - out
    grep -q 'rules left out: paused' err
    echo 'vip : orders >' >bad.rules
    expect_error 2 'bad.rules:1:15: ' segment stage -f bad.rules in.csv
    : >empty.rules
    expect_error 2 'empty.rules: there is no rule' segment stage -f empty.rules in.csv
    expect_error 3 'No such file' segment stage -f none.rules in.csv
    expect_error 2 '--file has the rules' segment stage -f my.rules --rules=group in.csv
}

@test "a cell that no rule can read is refused by line, column and rule, or counts as missing" {
    printf 'customer,orders\na,2\nb,x\nc,1\n' >in.csv
    expect_error 1 "in.csv:3: column 'orders': not a number, as rule 'loyal' asks (stage:21)" segment stage in.csv
    segment stage --bad=missing in.csv 2>err | cut -d, -f3 | paste -sd, >got
    [ "$(cat got)" = stage,repeat,prospect,new ]
    grep -q 'count as missing: 1' err
}

# The ladder. before STAGE SINCE SEEN: the file of last month, for customer a.
before() {
    printf 'customer,stage,stage_since,stage_seen\na,%s,%s,%s\n' "$1" "$2" "$3" >before.csv
}

# now HEADER ROW [OPTION...]: stage, since and seen of customer a on 2026-11-21
now() {
    printf '%s\n%s\n' "$1" "$2" >row.csv
    shift 2
    segment stage -q --json --today=2026-11-21 --previous=before.csv "$@" row.csv |
        jq -r '[.stage // "", .stage_since // "", .stage_seen // ""] | join(" ")'
}

@test "last month's stages, the whole table" {
    segment stage --today=2026-11-21 --previous="$DATA_DIR/segment/stages.csv" --why "$members" |
        expect_same segment/stage-previous.csv
}

@test "up at once" {
    before prospect 2026-10-21 2026-10-21
    [ "$(now customer,orders a,1)" = "new 2026-11-21 2026-11-21" ]
    before interested 2026-10-21 2026-11-20
    [ "$(now customer,role a,host)" = "host 2026-11-21 2026-11-21" ]
}

@test "whoever keeps doing it keeps the stage and its first day" {
    before advocate 2026-03-05 2026-10-21
    [ "$(now customer,referrals a,1)" = "advocate 2026-03-05 2026-11-21" ]
}

@test "down only when the look-back is over since the deed was last seen" {
    before advocate 2026-03-05 2026-08-24 # 89 days ago
    [ "$(now customer,referrals,orders a,0,4)" = "advocate 2026-03-05 2026-08-24" ]
    before advocate 2026-03-05 2026-08-23 # 90 days ago
    [ "$(now customer,referrals,orders a,0,4)" = "loyal 2026-11-21 2026-11-21" ]
    [ "$(now customer,referrals,orders a,0,4 --look-back=91d)" = "advocate 2026-03-05 2026-08-23" ]
    [ "$(now customer,referrals,orders a,0,4 --look-back=3m)" = "advocate 2026-03-05 2026-08-23" ]
    before advocate 2026-03-05 2026-08-21
    [ "$(now customer,referrals,orders a,0,4 --look-back=3m)" = "loyal 2026-11-21 2026-11-21" ]
    before host 2026-03-05 2026-05-01 # several rungs at once
    [ "$(now customer,orders a,0)" = "prospect 2026-11-21 2026-11-21" ]
}

@test "a deed that is done again before the look-back is over begins it anew" {
    printf 'customer,referrals,orders\na,1,4\n' >did.csv
    printf 'customer,referrals,orders\na,0,4\n' >did-not.csv
    before advocate 2026-01-01 2026-01-01
    for day in 2026-03-01:did-not 2026-03-20:did 2026-05-01:did-not 2026-06-17:did-not; do
        segment stage --today="${day%%:*}" --previous=before.csv "${day#*:}.csv" -o after.csv
        grep -q ',advocate,2026-01-01,' after.csv
        cp after.csv before.csv
    done
    segment stage --today=2026-06-18 --previous=before.csv did-not.csv | grep -q ',loyal,2026-06-18,2026-06-18$'
}

@test "a stage whose column is gone is kept for the look-back all the same" {
    before advocate 2026-03-05 2026-11-01
    [ "$(now customer,orders a,4)" = "advocate 2026-03-05 2026-11-01" ]
    [ "$(now customer,orders a,4 --why | cut -d' ' -f1)" = advocate ]
}

@test "paused, lapsed and lost come and go at once" {
    before core 2026-03-05 2026-11-20
    [ "$(now customer,orders,last_order a,4,2026-01-01)" = "lapsed 2026-11-21 2026-11-21" ]
    before lapsed 2026-08-01 2026-11-20
    [ "$(now customer,orders,last_order a,4,2026-01-01)" = "lapsed 2026-08-01 2026-11-21" ]
    [ "$(now customer,orders,last_order a,4,2025-01-01)" = "lost 2026-11-21 2026-11-21" ]
    [ "$(now customer,orders,last_order a,1,2026-11-11)" = "new 2026-11-21 2026-11-21" ]
}

@test "days that are missing are today, so that the look-back begins now" {
    printf 'customer,stage\na,advocate\n' >before.csv
    [ "$(now customer,orders a,4)" = "advocate 2026-11-21 2026-11-21" ]
    before advocate '' -
    [ "$(now customer,orders a,4)" = "advocate 2026-11-21 2026-11-21" ]
}

@test "a customer whom last month did not know stands where the rules say, since today" {
    before advocate 2026-03-05 2026-11-01
    [ "$(now customer,orders b,4)" = "loyal 2026-11-21 2026-11-21" ]
}

@test "a first month with --since is what the second reads, in any language" {
    segment stage --today=2026-11-21 --since "$members" >first.csv
    segment stage --today=2026-11-21 --since --names=zh "$members" >first-zh.csv
    sed 's/,24,0,2026-11-19/,3,0,2026-12-19/' "$members" >second.csv
    segment stage --today=2026-12-21 --previous=first.csv second.csv >got
    grep -q '^M02.*,core,2026-11-21,2026-11-21$' got
    segment stage --today=2026-12-21 --previous=first-zh.csv second.csv | diff got -
    segment stage --today=2026-12-21 --previous=first-zh.csv second.csv -o first-zh.csv # the file may be the same
    diff got first-zh.csv
}

@test "no label at all is below all others" {
    echo 'advocate: referrals >= 1' >my.rules
    before advocate 2026-03-05 2026-11-01
    [ "$(now customer,referrals a,0 -f my.rules)" = "advocate 2026-03-05 2026-11-01" ]
    before advocate 2026-03-05 2026-08-01
    [ "$(now customer,referrals a,0 -f my.rules)" = "  " ]
}

@test "what is wrong with last month's file is said, with its line" {
    printf 'customer,orders\na,4\n' >in.csv
    printf 'customer,stage\na,new\na,new\n' >before.csv
    expect_error 1 "before.csv:3: column 'customer': a customer who stands there already" \
        segment stage --previous=before.csv in.csv
    printf 'customer,stage,stage_seen\na,new,soon\n' >before.csv
    expect_error 1 "before.csv:2: column 'stage_seen': not a date" segment stage --previous=before.csv in.csv
    before new 2026-11-01 2026-11-22
    expect_error 1 "before.csv:2: column 'stage_seen': a date after today" \
        segment stage --today=2026-11-21 --previous=before.csv in.csv
    printf 'customer,phase\na,new\n' >before.csv
    expect_error 2 "no column 'stage'" segment stage --previous=before.csv in.csv
    expect_error 3 'No such file' segment stage --previous=none.csv in.csv
    [ ! -s out ]
    expect_error 2 '--look-back: not a length of whole days above zero' segment stage --look-back=0d in.csv
    expect_error 2 '--look-back: not a length of whole days above zero' segment stage --look-back=36h in.csv
}

@test "--as names all three columns, and finds them again" {
    printf 'customer,orders,stage\na,4,x\n' >in.csv
    expect_error 2 'name the new one with --as=NAME' segment stage in.csv
    segment stage --today=2026-11-21 --as=phase --since in.csv >first.csv
    printf 'customer,orders,stage,phase,phase_since,phase_seen\na,4,x,loyal,2026-11-21,2026-11-21\n' | diff - first.csv
    printf 'customer,orders,stage\na,0,x\n' >in.csv
    segment stage --today=2026-12-21 --as=phase --previous=first.csv in.csv | grep -qx 'a,0,x,loyal,2026-11-21,2026-11-21'
    printf 'customer,orders,stage_seen\na,4,x\n' >in.csv
    expect_error 2 "column 'stage_seen' is there already" segment stage --since in.csv
}

@test "random months: the stage is what the rules' history says, reckoned in another way" {
    # Six customers over 40 runs at random distances. After each run: the highest stage of the ladder given within the last
    # 90 days by the chain of runs, which is the one kept unless something beside the ladder came in between.
    printf 'customer,stage\nnobody,new\n' >before.csv
    awk 'BEGIN { srand(5); day = 0
        for (run = 1; run <= 40; run++) { day += 1 + int(rand() * 60)
            for (c = 1; c <= 6; c++) print run, day, c, int(rand() * 1.6), int(rand() * 6), (rand() < 0.1) } }' >plan
    while read -r run; do
        day=$(awk -v run="$run" '$1 == run { print $2; exit }' plan)
        today=$(date -u -d "2020-01-01 +$day days" +%F)
        { echo customer,referrals,orders,paused_until
          awk -v run="$run" -v today="$today" '$1 == run { print "c" $3 "," $4 "," $5 "," ($6 ? today : "") }' plan; } >now.csv
        segment stage --today="$today" --previous=before.csv now.csv >after.csv
        sed 1d after.csv | cut -d, -f1,5 | sed "s/^/$run,/"
        cp after.csv before.csv
    done < <(seq 40) >got
    awk '
        function name(c, ref, ord, pause) {
            return pause ? "paused" : ref >= 1 ? "advocate" : ord >= 4 ? "loyal" : ord >= 2 ? "repeat" : ord >= 1 ? "new" : "prospect"
        }
        BEGIN { split("prospect interested new repeat loyal advocate", order, " "); for (i in order) rank[order[i]] = i }
        { c = $3; found = name(c, $4, $5, $6); was = stage[c]
          if (was != "" && was != "paused" && found != "paused" && rank[found] < rank[was] && $2 - seen[c] < 90) found = was
          else seen[c] = $2
          stage[c] = found; print $1 ",c" c "," found }' plan | diff - got
    [ "$(cut -d, -f3 got | sort -u | wc -l)" -eq 6 ]
}

@test "no order of rows or border of files changes a stage" {
    segment stage --today=2026-11-21 --previous="$DATA_DIR/segment/stages.csv" "$members" | sort >sorted
    { head -n 1 "$members" && sed 1d "$members" | sort -r; } >reversed.csv
    { head -n 1 "$DATA_DIR/segment/stages.csv" && sed 1d "$DATA_DIR/segment/stages.csv" | sort -r; } >before.csv
    segment stage --today=2026-11-21 --previous=before.csv reversed.csv | sort | diff sorted -
    head -n 5 reversed.csv >one.csv
    { head -n 1 reversed.csv && sed 1,5d reversed.csv; } >two.csv
    segment stage --today=2026-11-21 --previous=before.csv two.csv one.csv | sort | diff sorted -
}

@test "the phase of a group in each period, from the table of growth" {
    {
        echo group,period,active,new,retained,resurrected,churned,quick_ratio
        echo tea,2026-07,10,10,0,0,0,
        echo tea,2026-08,20,12,8,0,2,6
        echo tea,2026-09,24,8,16,0,4,2
        echo tea,2026-10,25,3,21,1,3,1.333333333
        echo tea,2026-11,22,1,20,1,5,0.4
        echo run,2026-10,11,1,10,0,0,
        echo run,2026-11,10,0,10,0,1,0
        echo old,2026-10,0,0,0,0,3,0
        echo old,2026-11,,,,,,
    } >growth.csv
    segment stage --rules=group growth.csv | cut -d, -f1,2,9 >got
    printf '%s\n' group,period,stage tea,2026-07,founding tea,2026-08,founding tea,2026-09,growing tea,2026-10,settled \
        tea,2026-11,fading run,2026-10,growing run,2026-11,settled old,2026-10,fading old,2026-11, | diff - got
    segment rules --dump=group >group.rules
    segment rules -f group.rules --as=stage growth.csv | diff - <(segment stage --rules=group growth.csv)
    segment stage --rules=group --names=zh growth.csv | cut -d, -f9 | sed 1d | head -n 1 | grep -qx 筹建期
    expect_error 2 '--previous and --since do not go with it' segment stage --rules=group --since growth.csv
    expect_error 2 "unknown column 'active'" segment stage --rules=group "$members"
}

@test "the treatments that are shipped fit the labels, in both languages" {
    for set in stage group; do
        for names in en zh; do
            segment stage --rules=$set --dump-treatments --names=$names >treat.csv
            head -n 1 treat.csv | grep -qx 'stage,treatment,max_contacts'
            sed 1d treat.csv | awk -F, 'NF != 3 || $2 == "" || $3 !~ /^[1-9]\/[1-9][0-9]*d$/ { print; bad = 1 } END { exit bad }'
            cut -d, -f1 treat.csv | sed 1d | sort >got
            segment rules --dump=$set | sed -n 's/^\([a-z]*\) *:.*/\1/p' | sort -u >labels.en
            if [ $names = en ]; then
                diff labels.en got
            else
                [ "$(sort -u got | wc -l)" -eq "$(wc -l <labels.en)" ]
                [ -z "$(grep '[a-z]' got || true)" ]
            fi
        done
    done
    for names in en zh; do
        segment stage --dump-treatments --names=$names >treat.csv
        expect_status 0 segment stage --today=2026-11-21 --names=$names --treat=treat.csv "$members"
        [ ! -s err ]
        head -n 1 out | grep -q ',stage,treatment,max_contacts$'
        [ "$(awk -F, 'NR > 1 && $NF == ""' out | wc -l)" -eq 0 ]
    done
    expect_error 2 "unknown option" segment stage --dump-treatment
}

@test "an interested prospect gets fewer promotions, a new customer after-sales care, a paused one a smaller offer" {
    segment stage --dump-treatments >treat.csv
    grep -qx 'interested,fewer promotions: .*,1/14d' treat.csv
    grep -q '^new,after-sales care' treat.csv
    grep -q '^paused,a smaller offer and a date to come back,' treat.csv
    segment stage --dump-treatments --names=zh >treat.csv
    grep -qx '意向客户,减少促销.*,1/14d' treat.csv
    grep -q '^新客户,售后关怀' treat.csv
    grep -q '^暂停客户,更小的方案和约定回归日期,' treat.csv
}

@test "--only keeps labels in English or as printed, kept ones included" {
    segment stage -q --today=2026-11-21 --previous="$DATA_DIR/segment/stages.csv" --only=core,paused "$members" |
        cut -d, -f1 | paste -sd, >got
    [ "$(cat got)" = customer,M02,M04,M09,M12 ]
    segment stage -q --today=2026-11-21 --names=zh --only=群主,new "$members" | cut -d, -f1,11 >got
    printf 'customer,stage\nM01,群主\nM06,新客户\n' | diff - got
    expect_error 2 "no label 'hots' (did you mean 'host'?)" segment stage --only=hots "$members"
}
