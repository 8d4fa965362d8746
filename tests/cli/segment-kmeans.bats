#!/usr/bin/env bats
# segment kmeans: clusters of rows by several numbers.
bats_require_minimum_version 1.5.0
load ../helper

# Three heaps, five rows each.
heaps() {
    echo name,x,y
    for i in 1 2 3 4 5; do
        echo "a$i,$i,1$i"
        echo "b$i,5$i,1$i"
        echo "c$i,5$i,9$i"
    done
}

# rows COUNT: numbers of which many are equal, from a generator of our own
rows() {
    awk -v count="$1" 'BEGIN { print "id,x,y"; s = 1
        for (i = 1; i <= count; i++) {
            s = (s * 1103515245 + 12345) % 2147483648; x = int(s / 65536) % 40
            s = (s * 1103515245 + 12345) % 2147483648; y = int(s / 65536) % 1000
            print i "," x + (y > 700) * 60 "," (y > 400 ? y * 3 : y) / 4 } }'
}

@test "rows that are alike are together, and the cluster with the highest first column is 1" {
    heaps >in.csv
    segment kmeans --columns=x,y -k 3 in.csv >got
    head -n 4 got >first
    printf '%s\n' name,x,y,cluster a1,1,11,3 b1,51,11,2 c1,51,91,1 | diff - first
    sed 1d got | awk -F, '{ print substr($1, 1, 1) $4 }' | sort | uniq -c | awk '{ print $2 $1 }' | tr '\n' ' ' >counts
    [ "$(cat counts)" = "a35 b25 c15 " ]
}

@test "the profile has rows, share and the means of the numbers as they stand" {
    heaps | segment kmeans --columns=x,y -k 3 --table >got
    printf '%s\n' cluster,rows,share,mean_x,mean_y 1,5,0.3333333333,53,93 2,5,0.3333333333,53,13 \
        3,5,0.3333333333,3,13 | diff - got
    # the columns may come in another order, and so may the clusters
    heaps | segment kmeans --columns=y,x -k 3 --table >got
    printf '%s\n' cluster,rows,share,mean_y,mean_x 1,5,0.3333333333,93,53 2,5,0.3333333333,13,53 \
        3,5,0.3333333333,13,3 | diff - got
}

@test "inertia and silhouette by hand" {
    # 0 1 | 10: inertia 0.5; silhouettes 0.9, 8/9 and 0 for the one alone
    printf 'x\n0\n1\n10\n' >in.csv
    expect_status 0 segment kmeans --columns=x -k 2 --scale=none -v in.csv
    printf '%s\n' x,cluster 0,2 1,2 10,1 | diff - out
    grep -qx 'segment: inertia 0.5 of the scaled columns, iterations [0-9]*' err
    grep -qx 'segment: 2 clusters: silhouette 0.5962962963 of 3 rows' err
}

@test "z-scores do not ask in which unit a column is; without them it matters" {
    heaps >in.csv
    awk -F, 'NR > 1 { $3 = $3 * 10000 } { print $1 "," $2 "," $3 }' in.csv >cents.csv
    segment kmeans --columns=x,y -k 3 in.csv | cut -d, -f1,4 >units
    segment kmeans --columns=x,y -k 3 cents.csv | cut -d, -f1,4 | diff units -
    printf 'x,y\n0,0\n0,1\n10,0\n10,1\n' >in.csv
    [ "$(segment kmeans --columns=x,y -k 2 --scale=none in.csv | cut -d, -f3 | tr '\n' ' ')" = 'cluster 2 2 1 1 ' ]
    printf 'x,y\n0,0\n0,100\n10,0\n10,100\n' >in.csv
    [ "$(segment kmeans --columns=x,y -k 2 --scale=none in.csv | cut -d, -f3 | tr '\n' ' ')" = 'cluster 2 1 2 1 ' ]
}

@test "--log parts by ratio" {
    printf 'x\n1\n3\n50\n60\n900\n1000\n' >in.csv
    [ "$(segment kmeans --columns=x -k 3 --log in.csv | cut -d, -f2 | tr '\n' ' ')" = 'cluster 3 3 2 2 1 1 ' ]
    [ "$(segment kmeans --columns=x -k 2 in.csv | cut -d, -f2 | tr '\n' ' ')" = 'cluster 2 2 2 2 1 1 ' ]
    # the profile has the means of the numbers, not of their logarithms
    [ "$(segment kmeans --columns=x -k 3 --log --table in.csv | cut -d, -f4 | tr '\n' ' ')" = 'mean_x 950 55 2 ' ]
    printf 'x\n1\n-0.5\n7\n' >in.csv
    expect_error 1 "in.csv:3: column 'x': below zero" segment kmeans --columns=x -k 2 --log in.csv
    expect_status 0 segment kmeans --columns=x -k 2 in.csv
}

@test "neither the order of the rows nor the borders of files matter" {
    rows 3000 >in.csv
    segment kmeans --columns=x,y -k 5 --save=one.csv in.csv | sed 1d | sort >whole
    { head -n 1 in.csv && sed 1d in.csv | tac; } >turned.csv
    segment kmeans --columns=x,y -k 5 --save=other.csv turned.csv | sed 1d | sort | diff whole -
    cmp one.csv other.csv
    { head -n 1 in.csv && sed 1d in.csv | sort -t, -k3; } | segment kmeans --columns=x,y -k 5 | sed 1d | sort | diff whole -
    head -n 1000 in.csv >a.csv
    { head -n 1 in.csv && sed 1,1000d in.csv; } >b.csv
    segment kmeans --columns=x,y -k 5 b.csv a.csv | sed 1d | sort | diff whole -
    segment kmeans --columns=x,y --choose-k=2..4 --table in.csv >whole
    segment kmeans --columns=x,y --choose-k=2..4 --table turned.csv | diff whole -
}

@test "nor do they where a sample is drawn, many rows being equal" {
    rows 130000 >in.csv
    { head -n 1 in.csv && sed 1d in.csv | tac; } >turned.csv
    segment kmeans --columns=x,y -k 4 --starts=2 -v --table --save=one.csv in.csv >whole 2>err
    segment kmeans --columns=x,y -k 4 --starts=2 -v --table --save=other.csv turned.csv 2>other.err | diff whole -
    cmp one.csv other.csv
    grep silhouette err | diff - <(grep silhouette other.err)
    grep -q 'of a sample of 10000 rows' err
    [ "$(sed 1d whole | awk -F, '{ n += $2 } END { print n }')" -eq 130000 ]
}

@test "a seed gives the same bytes again" {
    rows 500 >in.csv
    for seed in 1 2 3; do
        segment kmeans --columns=x,y -k 7 --starts=1 --seed=$seed in.csv >$seed.csv
        segment kmeans --columns=x,y -k 7 --starts=1 --seed=$seed in.csv | diff $seed.csv -
    done
    segment kmeans --columns=x,y -k 7 --starts=1 in.csv | diff 1.csv -
    if cmp -s 1.csv 2.csv && cmp -s 2.csv 3.csv; then
        fail "three seeds, one result: is --seed used?"
    fi
}

@test "more starts are never worse" {
    rows 400 >in.csv
    last=
    for starts in 1 3 10 30; do
        segment kmeans --columns=x,y -k 8 --starts=$starts -v in.csv 2>err >out
        inertia=$(sed -n 's/.*inertia \([0-9.]*\) .*/\1/p' err)
        [ -z "$last" ] || awk -v a="$inertia" -v b="$last" 'BEGIN { exit !(a <= b) }'
        last=$inertia
    done
}

@test "a row with a blank number has no cluster, and is counted with -v" {
    printf 'n,x,y\na,1,1\nb,,5\nc,9,9\nd,9,-\ne,1,2\n' >in.csv
    expect_status 0 segment kmeans --columns=x,y -k 2 -v in.csv
    printf '%s\n' n,x,y,cluster a,1,1,2 b,,5, c,9,9,1 d,9,-, e,1,2,2 | diff - out
    grep -qx 'segment: rows without a cluster, a number being blank: 2' err
    segment kmeans --columns=x,y -k 2 --table in.csv >got
    printf '%s\n' cluster,rows,share,mean_x,mean_y 1,1,0.3333333333,9,9 2,2,0.6666666667,1,1.5 | diff - got
}

@test "where all are blank there are no clusters" {
    printf 'n,x\na,\nb,-\n' >in.csv
    segment kmeans --columns=x -k 2 in.csv >got
    printf '%s\n' n,x,cluster a,, b,-, | diff - got
    [ "$(segment kmeans --columns=x -k 2 --table in.csv)" = cluster,rows,share,mean_x ]
    [ "$(head -n 1 in.csv | segment kmeans --columns=x --choose-k=2..3 --table)" = cluster,rows,share,mean_x ]
    expect_error 1 "nothing to save" segment kmeans --columns=x -k 2 --save=clusters.csv in.csv
    [ ! -e clusters.csv ]
}

@test "a cell that is no number is refused, and can be set aside" {
    printf 'x,y\n1,1\n5,many\n9,9\n' >in.csv
    expect_error 1 "in.csv:3: column 'y': not a number" segment kmeans --columns=x,y -k 2 in.csv
    [ ! -s out ]
    expect_status 1 segment kmeans --columns=x,y -k 2 --rejects=bad.csv in.csv
    printf '%s\n' x,y,cluster 1,1,2 9,9,1 | diff - out
    printf 'x\n1\n-2e100\n' >in.csv
    expect_error 1 "in.csv:3: column 'x': beyond 1e100" segment kmeans --columns=x -k 2 in.csv
}

@test "amounts are numbers too, and rows are passed as they are" {
    printf 'name,spent\n"Li, ""Bo""","¥1,200.50"\nAnn,0012\nEve,15.0\n' | segment kmeans --columns=spent -k 2 >got
    printf 'name,spent,cluster\n"Li, ""Bo""","¥1,200.50",1\nAnn,0012,2\nEve,15.0,2\n' | diff - got
}

@test "as many clusters as distinct rows, and not one more" {
    printf 'x,y\n1,1\n1,2\n1,1\n3,1\n1,2\n' >in.csv
    segment kmeans --columns=x,y -k 3 in.csv >got
    printf '%s\n' x,y,cluster 1,1,3 1,2,2 1,1,3 3,1,1 1,2,2 | diff - got
    expect_error 1 "more clusters (4) than distinct rows" segment kmeans --columns=x,y -k 4 in.csv
    [ ! -s out ]
    segment kmeans --columns=x,y -k 1 in.csv | cut -d, -f3 | sort -u | tr '\n' ' ' >got
    [ "$(cat got)" = '1 cluster ' ]
}

@test "a column that is the same in all rows does not matter" {
    heaps | sed 's/$/,0.1/; 1s/0.1$/same/' >in.csv
    segment kmeans --columns=x,y,same -k 3 in.csv | cut -d, -f1,5 >with
    segment kmeans --columns=x,y -k 3 in.csv | cut -d, -f1,5 | diff with -
}

@test "the number of clusters is chosen by the silhouette" {
    heaps >in.csv
    expect_status 0 segment kmeans --columns=x,y --choose-k=2..6 --table -v in.csv
    [ "$(wc -l <out)" -eq 4 ]
    [ "$(grep -c 'tried [2-6] clusters: silhouette 0.[0-9]* of 15 rows' err)" -eq 5 ]
    best=$(sed -n 's/.*tried \([0-9]\) clusters: silhouette \([0-9.]*\) .*/\2 \1/p' err | sort -rn | head -n 1)
    [ "${best#* }" -eq 3 ]
    segment kmeans --columns=x,y -k 3 in.csv >given
    segment kmeans --columns=x,y --choose-k=2..6 in.csv | diff given -
}

@test "no more clusters are tried than there are distinct rows" {
    printf 'x\n1\n1\n5\n5\n9.5\n9.5\n' >in.csv
    expect_status 0 segment kmeans --columns=x --choose-k=2..8 --table -v in.csv
    [ "$(wc -l <out)" -eq 4 ]
    [ "$(grep -c tried err)" -eq 2 ]
    expect_error 1 "more clusters (4) than distinct rows" segment kmeans --columns=x --choose-k=4..8 in.csv
}

@test "clusters are kept for next month" {
    rows 2000 >in.csv
    segment kmeans --columns=x,y -k 4 --log --save=clusters.csv in.csv >first
    segment kmeans --use=clusters.csv in.csv | diff first -
    segment kmeans --columns=x,y -k 4 --log --table in.csv >first
    segment kmeans --use=clusters.csv --table in.csv | diff first -
    printf 'y,note,x\n5,low,3\n700,high,80\n-,none,1\n' | segment kmeans --use=clusters.csv >got
    [ "$(sed -n 4p got)" = '-,none,1,' ]
    [ "$(sed -n 2p got | cut -d, -f4)" -gt "$(sed -n 3p got | cut -d, -f4)" ]
    printf 'y,x\n5,-1\n' >in.csv
    expect_error 1 "column 'x': below zero" segment kmeans --use=clusters.csv in.csv
    printf 'y\n5\n' >in.csv
    expect_error 2 "--use: no column 'x'" segment kmeans --use=clusters.csv in.csv
}

@test "what is kept can be read" {
    printf 'x,y\n0,1\n0,1\n4,7\n4,7\n' | segment kmeans --columns=x,y -k 2 --save=clusters.csv >out
    printf '%s\n' cluster,x,y log,0,0 mean,2,4 scale,2,3 >expected
    head -n 4 clusters.csv | diff expected -
    printf '%s\n' 1,1,1 2,-1,-1 >expected
    tail -n 2 clusters.csv | diff expected -
}

@test "columns of one name are told apart, also next month" {
    printf 'x,x\n1,9\n2,1\n8,9\n' >in.csv
    segment kmeans --columns='x[2]' -k 2 --save=clusters.csv in.csv >got
    printf '%s\n' x,x,cluster 1,9,1 2,1,2 8,9,1 | diff - got
    segment kmeans --use=clusters.csv in.csv | diff got -
    sed 1d in.csv | segment kmeans --no-header --columns=1,2 -k 2 --save=clusters.csv >got
    sed 1d in.csv | segment kmeans --no-header --use=clusters.csv | diff got -
}

@test "clusters that are none are refused" {
    printf 'x\n1\n5\n' >in.csv
    segment kmeans --columns=x -k 2 --save=good.csv in.csv >out
    for change in '2d' '/^1,/d' 's/^2,.*/2,far/' 's/^2,/3,/' 's/^scale,.*/scale,0/' 's/^log,.*/log,2/' '6,7d' '1s/cluster/class/' \
        's/^step,.*/step,-1/'; do
        sed "$change" good.csv >bad.csv
        expect_error 2 "bad.csv" segment kmeans --use=bad.csv in.csv
        [ ! -s out ]
    done
    expect_error 3 "no-such.csv" segment kmeans --use=no-such.csv in.csv
}

@test "what is asked for must make sense" {
    heaps >in.csv
    expect_error 2 "which columns?" segment kmeans -k 2 in.csv
    expect_error 2 "how many clusters?" segment kmeans --columns=x in.csv
    expect_error 2 "more than 1000 clusters" segment kmeans --columns=x -k 1001 in.csv
    expect_error 2 "both say how many" segment kmeans --columns=x -k 2 --choose-k=2..3 in.csv
    for range in 1..3 3..2 2 2.. ..3 2...3 2..1001 a..b 2.3; do
        expect_error 2 "--choose-k: not a range" segment kmeans --columns=x --choose-k=$range in.csv
    done
    expect_error 2 "--starts" segment kmeans --columns=x -k 2 --starts=0 in.csv
    expect_error 2 "no column 'z'" segment kmeans --columns=x,z -k 2 in.csv
    expect_error 2 "--columns: 'x' stands there twice" segment kmeans --columns=x,y --columns=x -k 2 in.csv
    for option in -k2 --columns=x --choose-k=2..3 --scale=none --log --starts=3 --seed=2 --save=a.csv; do
        expect_error 2 "--use brings its own" segment kmeans --use=clusters.csv $option in.csv
    done
}

@test "the new column can be called otherwise, and must where the name is taken" {
    printf 'cluster,x\nold,1\nold,5\n' >in.csv
    expect_error 2 "--as=NAME" segment kmeans --columns=x -k 2 in.csv
    segment kmeans --columns=x -k 2 --as=kind in.csv >got
    printf '%s\n' cluster,x,kind old,1,2 old,5,1 | diff - got
    [ "$(segment kmeans --columns=x -k 2 --as=kind --table in.csv | head -n 1)" = kind,rows,share,mean_x ]
}

@test "very large and very small numbers, side by side" {
    printf 'x,y\n1e99,1e-99\n-1e99,3e-99\n1e99,2e-99\n' >in.csv
    segment kmeans --columns=x,y -k 2 in.csv | cut -d, -f3 | tr '\n' ' ' >got
    [ "$(cat got)" = 'cluster 1 2 1 ' ]
}
