#!/usr/bin/env bats
# segment rfm: a group for every combination of scores.
bats_require_minimum_version 1.5.0
load ../helper

# Every combination of scores, in order: 125 rows.
every_score() {
    awk 'BEGIN { print "customer,r_score,f_score,m_score"
        for (r = 1; r <= 5; r++) for (f = 1; f <= 5; f++) for (m = 1; m <= 5; m++) print "c" r f m "," r "," f "," m }'
}

@test "each of the 125 combinations has its group" {
    every_score | segment rfm | expect_same segment/rfm11.csv
}

@test "ten groups by recency and frequency, without a monetary score" {
    printf 'r_score,f_score\n' >in.csv
    for r in 1 2 3 4 5; do for f in 1 2 3 4 5; do echo "$r,$f"; done; done >>in.csv
    segment rfm --groups=10 in.csv | expect_same segment/rfm10.csv
}

@test "the mode and the dumped rules give the same bytes" {
    every_score >in.csv
    echo 'never,,,' >>in.csv
    for groups in 11 10; do
        segment rules --dump=rfm$groups >dumped.rules
        segment rfm --groups=$groups in.csv >mode.csv
        segment rules -f dumped.rules in.csv | diff mode.csv -
    done
}

@test "who never ordered is a prospect" {
    printf 'customer,r_score,f_score,m_score\na,,,\nb,-,N/A, \nc,5,5,5\n' | segment rfm >got
    printf '%s\n' customer,r_score,f_score,m_score,segment a,,,,prospect b,-,N/A,,prospect c,5,5,5,champions | diff - got
}

@test "rows are passed as they are, in their order" {
    printf 'name,r_score,f_score,m_score,note\n"Li, ""Bo""",5,1,1,0012\n' | segment rfm >got
    printf 'name,r_score,f_score,m_score,note,segment\n"Li, ""Bo""",5,1,1,0012,new\n' | diff - got
}

@test "scores may stand in columns of other names" {
    printf 'R,F,M\n5,5,5\n' | segment rfm --r-score=R --f-score=F --m-score=3 >got
    printf 'R,F,M,segment\n5,5,5,champions\n' | diff - got
}

@test "a score out of range is refused, never mislabelled" {
    printf 'r_score,f_score,m_score\n5,7,5\n' >in.csv
    expect_error 1 "in.csv:2: column 'f_score': score 7 is not between 1 and 5" segment rfm in.csv
    for score in 0 6 9 10 -1 2.5 x 1e9 5x; do
        printf 'r_score,f_score,m_score\n5,%s,5\n' "$score" >in.csv
        expect_error 1 "in.csv:2: column 'f_score': " segment rfm in.csv
        grep -q 'between 1 and 5' err
        if grep champions out; then false; fi
    done
}

@test "a cell that is no score at all is shown only when asked" {
    printf 'r_score,f_score,m_score\n5,13912345678,5\n' >in.csv
    expect_error 1 "in.csv:2: column 'f_score': not a score between 1 and 5" segment rfm in.csv
    if grep 13912345678 err; then false; fi
    expect_error 1 "'13912345678'" segment rfm --show-values in.csv
}

@test "a score that is blank beside others is refused" {
    printf 'r_score,f_score,m_score\n5,,5\n' >in.csv
    expect_error 1 "in.csv:2: column 'f_score': blank, but another score is there" segment rfm in.csv
    printf 'r_score,f_score,m_score\n,5,5\n' >in.csv
    expect_error 1 "in.csv:2: column 'r_score': blank, but another score is there" segment rfm in.csv
}

@test "scores may be written as numbers are" {
    printf 'r_score,f_score,m_score\n5.0, 5,５\n' | segment rfm | grep -q champions
}

@test "refused rows can be set aside" {
    printf 'r_score,f_score,m_score\n5,5,5\n9,5,5\n1,1,1\n' >in.csv
    expect_status 1 segment rfm --rejects=bad.csv in.csv
    printf '%s\n' r_score,f_score,m_score,segment 5,5,5,champions 1,1,1,lost | diff - out
    grep -q "score 9 is not between 1 and 5" bad.csv
}

@test "a monetary score that is out of range does not matter to ten groups" {
    printf 'r_score,f_score,m_score\n5,5,9\n' | segment rfm --groups=10 | grep -q '^5,5,9,champions$'
    expect_error 2 "--m-score: ten groups need no monetary score" segment rfm --groups=10 --m-score=m_score
}

@test "scores of fewer bins than five are warned about, where the table is long enough to tell" {
    printf 'r_score,f_score,m_score\n' >in.csv
    for i in 1 2 3 4 5 6 7 8 9 10; do printf '4,1,2\n3,4,1\n'; done >>in.csv
    expect_status 0 segment rfm in.csv
    grep -q 'no score is above 4: where scores were made with fewer than 5 bins, these groups are wrong' err
    head -n 20 in.csv >short.csv
    expect_status 0 segment rfm short.csv
    [ ! -s err ]
    echo 1,1,5 >>in.csv
    expect_status 0 segment rfm in.csv
    [ ! -s err ]
}

@test "labels in Chinese" {
    every_score | segment rfm --names=zh | cut -d, -f5 | sed 1d >chinese
    every_score | segment rfm | cut -d, -f5 | sed 1d | paste -d, - chinese | sort -u >pairs
    [ "$(wc -l <pairs)" -eq 11 ]
    grep -qx 'champions,冠军客户' pairs
    grep -qx 'about-to-sleep,趋于沉睡客户' pairs
    printf 'r_score,f_score,m_score\n,,\n' | segment rfm --names=zh | grep -q '^,,,潜在客户$'
}

@test "only the labels asked for are kept" {
    every_score | segment rfm --only=lost,cannot-lose | sed 1d | cut -d, -f5 | sort | uniq -c | tr -s ' ' >got
    printf ' 8 cannot-lose\n 6 lost\n' | diff - got
}

@test "labels to keep are named in English or as they are printed" {
    every_score | segment rfm --names=zh --only=lost >english
    every_score | segment rfm --names=zh --only=已流失客户 | diff english -
    [ "$(wc -l <english)" -eq 7 ]
}

@test "a label to keep that is none is a usage error" {
    every_score >in.csv
    expect_error 2 "--only: no label 'at-rsik' (did you mean 'at-risk'?)" segment rfm --only=lost,at-rsik in.csv
    expect_error 2 "--only: no label ''" segment rfm --only= in.csv
    [ ! -s out ]
}

@test "--why names the rule of the built-in set" {
    printf 'r_score,f_score,m_score\n5,5,5\n,,\n' | segment rfm --why >got
    printf '%s\n' r_score,f_score,m_score,segment,why 5,5,5,champions,rfm11:4 ,,,prospect,rfm11:3 | diff - got
    segment rules --dump=rfm11 | sed -n 4p | grep -q '^champions '
}

@test "the new column can be called otherwise, and must where the name is taken" {
    printf 'segment,r_score,f_score,m_score\nold,1,1,1\n' >in.csv
    expect_error 2 "--as" segment rfm in.csv
    segment rfm --as=group in.csv >got
    printf 'segment,r_score,f_score,m_score,group\nold,1,1,1,lost\n' | diff - got
}

@test "the treatment of each label is joined, and a label without one is named" {
    printf 'segment,treatment,max_contacts\nchampions,thank,1/7d\n"lost","let, go",\n' >treat.csv
    printf 'r_score,f_score,m_score\n5,5,5\n1,1,1\n,,\n,,\n' >in.csv
    expect_status 0 segment rfm --treat=treat.csv --why in.csv
    printf '%s\n' r_score,f_score,m_score,segment,treatment,max_contacts,why 5,5,5,champions,thank,1/7d,rfm11:4 \
        '1,1,1,lost,"let, go",,rfm11:20' ,,,prospect,,,rfm11:3 ,,,prospect,,,rfm11:3 | diff - out
    echo "segment: treat.csv: no row for label 'prospect'" | diff - err
}

@test "treatments go by the labels as they are printed" {
    printf 'label,treatment\n冠军客户,thank\n' >treat.csv
    printf 'r_score,f_score,m_score\n5,5,5\n' | segment rfm --names=zh --treat=treat.csv | grep -q ',冠军客户,thank$'
}

@test "no two of the new columns have one name" {
    printf 'segment,why\nlost,x\n' >treat.csv
    printf 'r_score,f_score,m_score\n5,5,5\n' >in.csv
    expect_error 2 "two of the new columns would be called 'why'" segment rfm --treat=treat.csv --why in.csv
    expect_error 2 "two of the new columns would be called 'why'" segment rfm --treat=treat.csv --as=why in.csv
    expect_error 2 "two of the new columns would be called 'why'" segment rfm --why --as=why in.csv
    expect_status 0 segment rfm --treat=treat.csv in.csv
}

@test "a column of scores that is not there is a usage error" {
    printf 'customer,r_score,f_score\na,1,1\n' >in.csv
    expect_error 2 "m_score" segment rfm in.csv
    expect_error 2 "no column 'R'" segment rfm --r-score=R in.csv
}

@test "the whole way from orders to groups" {
    score rfm --today=1998-06-30 "$DATA_DIR/cdnow-sample.csv" | segment rfm >groups.csv
    sed 1d groups.csv | awk -F, '{ print $NF }' | sort | uniq -c | awk '{ print $2 "," $1 }' | expect_same segment/rfm-cdnow.csv
}
