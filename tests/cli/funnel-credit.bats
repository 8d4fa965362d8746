# funnel credit. The log by hand: ann comes by search (Mar 1), poster (Mar 8), direct (Mar 15) and orders on Mar 15 for 100;
# comes by search (Mar 20) and orders again on Mar 21 for 20; bob comes by poster and orders nothing; cai orders for 7
# without having come by anything.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' customer,time,event,channel,amount ann,2026-03-01,visit,search, ann,2026-03-08,visit,poster, \
        ann,2026-03-15,visit,direct, ann,2026-03-15,order,,100.00 ann,2026-03-20,visit,search, \
        ann,2026-03-21,order,mail,20.00 bob,2026-03-02,visit,poster, cai,2026-03-03,order,,7 \
        ann,2026-03-14,read,, >log.csv
}

credit() {
    funnel credit -q --time-zone=UTC --today=2026-04-01 --conversion=order "$@"
}

# The conversions of each channel.
shares() {
    credit "$@" log.csv | awk -F, 'NR > 1 { printf "%s%s=%s", sep, $1, $2; sep = " " }'
}

@test "the log by hand: every model that looks at one path" {
    [ "$(shares --model=first)" = '=1 direct=0 poster=0 search=2' ]
    [ "$(shares --model=last)" = '=1 direct=1 poster=0 search=1' ]
    [ "$(shares --model=last-nondirect)" = '=1 direct=0 poster=1 search=1' ]
    [ "$(shares --model=last-nondirect --direct=poster)" = '=1 direct=1 poster=0 search=1' ]
    [ "$(shares)" = '=1 direct=0.3333333333 poster=0.3333333333 search=1.333333333' ]
    [ "$(shares --model=position)" = '=1 direct=0.4 poster=0.2 search=1.4' ]
    [ "$(shares --model=decay)" = '=1 direct=0.5714285714 poster=0.2857142857 search=1.142857143' ]
    [ "$(shares --model=decay --half-life=14d --digits=4)" = '=1 direct=0.4531 poster=0.3204 search=1.227' ]
    [ "$(shares --model=shapley)" = '=1 direct=0.3333333333 poster=0.3333333333 search=1.333333333' ]
}

# Start to search 2 of 3, to poster 1 of 3; search to poster or an order, half each; poster to direct or nothing, half
# each; direct to an order. Orders: 2/3 x (1/2 + 1/2 x 1/2) + 1/3 x 1/2 = 2/3. Without search 1/6 is left, without poster
# 1/3, without direct 1/3: effects 3/4, 1/2, 1/2, shares 3/7, 2/7, 2/7 of the two orders.
@test "the log by hand: removal effects of the Markov chain" {
    [ "$(shares --model=markov)" = '=1 direct=0.5714285714 poster=0.5714285714 search=0.8571428571' ]
}

@test "a window leaves out touches that are too long ago, its edge being inside" {
    [ "$(shares --window=7d)" = '=1 direct=0.5 poster=0.5 search=1' ]
    [ "$(shares --window=6d)" = '=1 direct=1 poster=0 search=1' ]
    [ "$(shares --window=1h)" = '=2 direct=1 poster=0 search=0' ]
}

@test "costs, cost of a conversion, value and return; spend without a conversion is shown" {
    printf '%s\n' channel,cost search,30.00 tv,50.00 search,10.00 ,5.00 >costs.csv
    credit --value=amount --costs=costs.csv log.csv >got
    diff - got <<'END'
channel,conversions,share,cost,cost_each,value,return
,1,0.3333333333,5.00,5,7,1.4
direct,0.3333333333,0.1111111111,,,33.33333333,
poster,0.3333333333,0.1111111111,,,33.33333333,
search,1.333333333,0.4444444444,40.00,30,53.33333333,1.333333333
tv,0,0,50.00,,0,0
END
}

@test "a table of paths: counts of conversions and of nothing" {
    paths() {
        funnel credit -q --paths=path --conversions=orders --nulls=none "$@" "$DATA_DIR/funnel/paths.csv"
    }
    paths --model=shapley | cut -d, -f1-3 >got
    printf '%s\n' channel,conversions,share friend,5,0.3125 poster,0.5,0.03125 search,5.5,0.34375 wechat,5,0.3125 |
        diff - got
    paths --model=first | cut -d, -f2 | paste -s -d' ' | grep -qx 'conversions 2 1 7 6'
    paths --model=decay | cut -d, -f1,2 >got
    printf '%s\n' channel,conversions friend,6 poster,0.3333333333 search,4.238095238 wechat,5.428571429 | diff - got
    for model in first last last-nondirect linear position decay markov shapley; do
        paths --model=$model --digits=17 | awk -F, 'NR > 1 { sum += $2; share += $3 }
            END { exit !(sum > 16 - 1e-9 && sum < 16 + 1e-9 && share > 1 - 1e-12 && share < 1 + 1e-12) }' || fail $model
    done
    printf '%s\n' path a 'a > b' >paths.csv
    funnel credit --paths=path paths.csv | cut -d, -f1,2 | paste -s -d' ' | grep -qx 'channel,conversions a,1.5 b,0.5'
}

@test "the same bytes for any order of the rows and any split into files" {
    for model in decay markov shapley; do
        awk 'BEGIN { srand(7); print "customer,time,event,channel"; for (i = 0; i < 3000; i++)
            printf "p%d,2026-03-%02d %02d:%02d:%02d,%s,c%d\n", int(rand() * 300), 1 + int(rand() * 28),
                i % 24, i % 60, int(i / 60) % 60, rand() < 0.2 ? "order" : "visit", int(rand() * 6) }' >long.csv
        credit --digits=17 --model=$model long.csv >one
        { head -n 1 long.csv && sed 1d long.csv | sort -r; } >shuffled.csv
        credit --digits=17 --model=$model shuffled.csv | cmp - one
        head -n 1000 long.csv >a.csv
        { head -n 1 long.csv && sed 1,1000d long.csv; } >b.csv
        credit --digits=17 --model=$model b.csv a.csv | cmp - one
    done
}

@test "what is wrong is said" {
    expect_error 2 "no row has the event 'vist' (did you mean 'visit'?)" funnel credit --conversion=vist log.csv
    expect_error 2 "--conversion=EVENT is missing, or --paths=COL" funnel credit log.csv
    expect_error 2 "--channel does not go with --paths" funnel credit --paths=path --channel=x log.csv
    expect_error 2 "--conversions and --nulls go with --paths" credit --nulls=none log.csv
    expect_error 2 "--half-life goes with --model=decay" credit --half-life=3d log.csv
    expect_error 2 "--direct goes with --model=last-nondirect" credit --direct=x log.csv
    expect_error 2 "--window: not above zero" credit --window=0d log.csv
    printf '%s\n' path,n 'a > > b,1' >paths.csv
    expect_error 1 "paths.csv:2: column 'path': a channel is blank" funnel credit --paths=path paths.csv
    printf '%s\n' path,n 'a,1.5' >paths.csv
    expect_error 1 "paths.csv:2: column 'n': not a count" funnel credit --paths=path --conversions=n paths.csv
}

@test "rows dated after today are left out and counted" {
    expect_status 0 funnel credit --time-zone=UTC --conversion=order --today=2026-03-20 log.csv
    grep -q '1 row left out: dated after today' err
    grep -q '^search,0.3333333333,' out
}
