# remind due --dump: the policies to begin with, each on a table of its own, in both languages.
bats_require_minimum_version 1.5.0
load ../helper

all='shop trainer community shop-zh trainer-zh community-zh'

due() { # NAME DAY OPTION...
    local name=$1 day=$2
    shift 2
    remind due -q -p "$name.csv" --today="$day" "$@" "$DATA_DIR/remind/starter-$name.csv"
}

@test "each policy runs on its customers as it stands" {
    for name in $all; do
        remind due --dump=$name >$name.csv
        due $name 2027-01-30 | expect_same remind/starter-$name.csv
    done
}

@test "both languages give the same contacts" {
    for name in shop trainer community; do
        remind due --dump=$name >$name.csv
        remind due --dump=$name-zh >$name-zh.csv
        for day in 2027-01-30 2027-02-01 2027-02-22 2027-03-02; do
            due $name $day | cut -d, -f1,3,6-11,13 | sed 's/,[^,]*$//' >en
            due $name-zh $day | cut -d, -f1,3,6-11,13 | sed 's/,[^,]*$//' >zh
            [ "$(cut -d, -f1-5 en | wc -l)" -gt 3 ]
            diff <(cut -d, -f1,2 en) <(cut -d, -f1,2 zh)
        done
        # As many rules, and nothing else to be said in English.
        diff <(grep -v '^# ' $name.csv | cut -d, -f1) <(grep -v '^# ' $name-zh.csv | cut -d, -f1)
        ! tail -n +2 $name-zh.csv | cut -d, -f4,13 | grep '^[ -~]*$'
    done
}

@test "their labels are those that segment gives" {
    for names in en zh; do
        [ $names = en ] && suffix= || suffix=-zh
        score rfm --today=1998-06-30 "$DATA_DIR/cdnow-sample.csv" >scored.csv
        { echo customer,r_score,f_score,m_score && for r in 1 2 3 4 5; do for f in 1 2 3 4 5; do for m in 1 2 3 4 5; do
            echo "x,$r,$f,$m"; done; done; done && echo x,,,; } | segment rfm -q --names=$names | tail -n +2 | sed 's/.*,//' | sort -u >there
        remind due --dump=shop$suffix | grep -v '^#' | tail -n +2 | cut -d, -f2 | tr '|' '\n' | grep . | sort -u >used
        [ "$(wc -l <used)" -ge 10 ]
        [ -z "$(comm -13 there used)" ] || fail "not labels: $(comm -13 there used)"
        segment stage --dump-treatments --names=$names | tail -n +2 | cut -d, -f1 | sort -u >there
        for name in trainer community; do
            remind due --dump=$name$suffix | grep -v '^#' | tail -n +2 | cut -d, -f2 | tr '|' '\n' | grep . | sort -u >used
            [ "$(wc -l <used)" -ge 4 ]
            [ -z "$(comm -13 there used)" ] || fail "not labels: $(comm -13 there used)"
        done
    done
}

@test "care after a sale on day 3, 14 and 30, announcements 30 and 7 days before, a report a week and its cost" {
    remind due --dump=shop >shop.csv
    printf 'customer,segment,orders,revenue,first_order,last_order\na,new,1,5,2027-01-01,2027-01-01\nb,champions,9,2500,2026-02-02,2027-01-03\n' >people.csv
    on() {
        remind due -q -p shop.csv --today="$1" people.csv | awk -F, 'NR > 1 && $8 == 0 { printf "%s %s %s;", $1, $3, $11 }'
    }
    [ "$(on 2027-01-04)" = 'a AS3 0.50;b REPORT 3.00;' ]
    [ "$(on 2027-01-15)" = 'a AS14 0.10;' ]
    [ "$(on 2027-01-31)" = 'a AS30 0.10;' ]
    [ "$(on 2027-01-30)" = 'b LAUNCH30 0.10;' ]
    [ "$(on 2027-02-22)" = 'b REPORT 3.00;b LAUNCH7 0.10;' ]
    # A second order ends the care of the first.
    sed -i 's/^a,.*/a,new,1,5,2027-01-01,2027-01-10/' people.csv
    [ "$(on 2027-01-15)" = '' ]
    remind preview -q -p shop.csv --from=2027-01-01 --to=2027-01-31 --where="customer = 'b'" people.csv |
        awk -F, 'NR > 1 && $2 == "service" { n += $3; cost += $5 } END { exit n != 4 || cost != 12 }'
}

@test "a rule that is commented out runs once the # is taken away" {
    for name in shop shop-zh; do
        remind due --dump=$name | sed 's/^#BIRTHDAY/BIRTHDAY/' >$name.csv
        [ "$(due $name 2027-01-30 | awk -F, '$3 == "BIRTHDAY" { printf "%s %s;", $1, $6 }')" = 'S05 2027-01-28;S01 2027-01-30;' ]
        due $name 2027-02-28 | grep -q '^S03,.*,BIRTHDAY,'
    done
}

@test "offers to those who only look around are two in thirty days at most" {
    remind due --dump=trainer >trainer.csv
    printf 'customer,stage,first_order,last_order,usual_gap,demanding,contract_end,birthday\na,interested,,,,,,\n' >people.csv
    sed -i 's/,2026-01-05,,15d,,,,7d,/,2026-01-05,,8d,,,,7d,/' trainer.csv
    for i in $(seq 0 59); do
        remind due -q -p trainer.csv --ledger=sent.csv --today="$(date -u -d "2027-01-01 +$i days" +%F)" people.csv
    done | grep -c TRIAL >count
    [ "$(cat count)" -le 4 ] && [ "$(cat count)" -ge 3 ] || fail "$(cat count) offers in sixty days"
}
