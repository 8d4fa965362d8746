# The same table in every encoding gives the same bytes; what is not text is named by line and byte, and nothing is read.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' '姓名,金额,备注' '联通,"1,200.50",誠 畖' '李四,8,' >chinese.csv
    printf '%s\n' 'name;city' 'Müller;Liège' 'Ünal;"Sankt ""Pölten"""' >western.csv
    printf '%s\n' '名前,都市' '山田,東京' '表,ソ' >japanese.csv
}

read_it() {
    segment rules -e 'x: true' "$@"
}

# same FILE ENCODING [ARGUMENT]...: FILE recoded gives what FILE gives, by the lane and by libcsv.
same() {
    local file=$1 encoding=$2
    shift 2
    read_it "$file" >usual
    iconv -f UTF-8 -t "$encoding" "$file" >recoded
    read_it "$@" recoded >got
    cmp usual got
    read_it --no-fast-lane "$@" - <recoded >got
    cmp usual got
}

@test "Chinese, Western and Japanese encodings are read when they are named" {
    same chinese.csv GB18030 -E gb18030
    same chinese.csv GBK -E GBK
    same chinese.csv GBK --encoding=cp936
    printf '%s\n' '姓名,金額' '許功蓋,1' '"張,三",2' >taiwan.csv # 許, 功 and 蓋 end in a backslash
    same taiwan.csv BIG5 -E big5
    same taiwan.csv BIG5-HKSCS -E Big5-HKSCS
    same western.csv CP1252 -E cp1252
    same western.csv LATIN1 -E latin1
    same japanese.csv SHIFT_JIS -E Shift_JIS
    same japanese.csv EUC-JP -E euc-jp
    same chinese.csv UTF-8 -E utf-8
}

@test "UTF-16 and UTF-32 are read with their mark, and without it when they are named" {
    for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
        same chinese.csv $encoding -E $encoding
        same western.csv $encoding -E ${encoding%[LB]E}
        { printf '\357\273\277' && cat chinese.csv; } >marked.csv
        same marked.csv $encoding
        same marked.csv $encoding -E gb18030
    done
}

@test "Excel's Unicode Text, tabs in UTF-16 with a mark, is read without an option" {
    printf 'name\tamount\r\n"a\tb"\t5\r\n李四\t8\r\n' >text.txt
    { printf '\377\376' && iconv -f UTF-8 -t UTF-16LE text.txt; } >unicode.txt
    read_it -D , unicode.txt >got
    printf 'name,amount,segment\na\tb,5,x\n李四,8,x\n' >wanted
    diff wanted got
    expect_status 0 read_it -v unicode.txt
    grep -q 'unicode.txt: encoding UTF-16LE, delimiter tab, columns: 2' err
}

@test "GB18030 with four bytes, with bytes that look like signs, and with the euro sign of Windows" {
    printf 'a|b\n\325\134|\256\174\n\2252\2026|\200 5\n' >traps.txt # 誠 ends in a backslash, 畖 in a pipe
    read_it -E gb18030 -d '|' -D , traps.txt >got
    printf 'a,b,segment\n誠,畖,x\n𠀀,€ 5,x\n' >wanted
    diff wanted got
    printf 'customer,date,amount\na,2026-11-01,\243\244 12\na,2026-11-02,12\n' >yuan.csv # the wide yuan sign
    score rfm -E gb18030 --today=2026-11-21 yuan.csv | grep -q '^a,2,24,'
}

@test "text that nearly passes for UTF-8 is refused, not misread" {
    iconv -f UTF-8 -t GBK chinese.csv >gbk.csv
    expect_error 1 'gbk.csv:1: byte 1: not valid UTF-8; if this file comes from Chinese Excel try --encoding=gb18030' \
        read_it gbk.csv
    [ ! -s out ]
    printf 'a,b\n1,2\n\301\252\315\250,3\n' >unicom.csv # 联通
    expect_error 1 'unicom.csv:3: byte 1: not valid UTF-8; if this file comes from Chinese Excel' read_it unicom.csv
    [ ! -s out ]
    iconv -f UTF-8 -t CP1252 western.csv >western.txt
    expect_error 1 'western.txt:2: byte 2: not valid UTF-8; if this file comes from Western Excel try --encoding=cp1252' \
        read_it western.txt
    printf 'a,b\n1,\355\240\200\n' >surrogate.csv
    expect_error 1 'surrogate.csv:2: byte 3: not valid UTF-8' read_it surrogate.csv
    printf 'a,b\n1,\300\200\n' >overlong.csv
    expect_error 1 'overlong.csv:2: byte 3: not valid UTF-8' read_it overlong.csv
}

@test "what is no character of the encoding is named by its line and byte" {
    printf 'a,b\n\304\343,\377\n' >bad.csv
    expect_error 1 'bad.csv:2: byte 4: not valid gb18030' read_it -E gb18030 bad.csv
    [ ! -s out ]
    printf 'a,b\n\304\343,\304' >cut.csv
    expect_error 1 'cut.csv:2: byte 4: the file ends within a character of gb18030' read_it -E gb18030 cut.csv
    { printf '\377\376' && printf 'a,b\n1,2\n' | iconv -f UTF-8 -t UTF-16LE && printf 'x'; } >odd.csv
    expect_error 1 'odd.csv:3: byte 1: the file ends within a character of UTF-16LE' read_it odd.csv
    printf 'a,b\n1,2\n' | iconv -f UTF-8 -t UTF-16BE >bare.csv
    expect_error 1 'bare.csv: UTF-16 text without a byte-order mark; use --encoding=utf-16be' read_it bare.csv
    printf 'a,b\n1,\0\n' | iconv -f UTF-8 -t UTF-16LE >nul.csv
    expect_error 1 'nul.csv:2: NUL, which no text holds' read_it -E utf-16le nul.csv
}

@test "beyond the first block the rows before the fault are given out" {
    { echo a,b && yes '你,2' | head -n 100000; } | iconv -f UTF-8 -t GB18030 >long.csv
    printf '1,\377\n' >>long.csv
    expect_error 1 'long.csv:100002: byte 3: not valid gb18030' read_it -E gb18030 long.csv
    [ "$(wc -l <out)" -gt 50000 ]
}

@test "UTF-8 that is read as another encoding, as the option says, is told, for each file" {
    printf 'a,b\n中文,1\n' >utf8.csv
    iconv -f UTF-8 -t GB18030 utf8.csv >gb.csv
    expect_status 0 segment rules -e 'x: true' -E gb18030 utf8.csv
    [ "$(cat err)" = 'segment: utf8.csv: this is UTF-8, but is read as gb18030, as --encoding says' ]
    expect_status 0 segment rules -e 'x: true' -E gb18030 gb.csv utf8.csv
    [ "$(cat err)" = 'segment: utf8.csv: this is UTF-8, but is read as gb18030, as --encoding says' ]
    expect_status 0 segment rules -e 'x: true' -E gb18030 --no-header gb.csv utf8.csv
    [ "$(grep -c 'utf8.csv: this is UTF-8' err)" -eq 1 ]
    expect_status 0 segment rules -q -e 'x: true' -E gb18030 utf8.csv
    [ ! -s err ]
    expect_status 0 segment rules -e 'x: true' -E gb18030 gb.csv
    [ ! -s err ]
    printf 'a,b\nBob,1\n' >ascii.csv
    expect_status 0 segment rules -e 'x: true' -E gb18030 ascii.csv
    [ ! -s err ]
    printf 'a,b\n中,中\n' >odd.csv
    expect_error 1 'odd.csv:2: byte 3: not valid gb18030, but the file looks like UTF-8' segment rules -e 'x: true' -E gb18030 odd.csv
}

@test "a policy in another encoding beside customers in UTF-8 reads both right but says so of the customers" {
    printf 'rule,touch,anchor,after\nA,询问,first_order,3d\n' >policy.csv
    iconv -f UTF-8 -t GB18030 policy.csv >gb.csv
    printf 'customer,segment,first_order\n王中,中文,2026-11-18\n' >people.csv
    expect_status 0 remind due --today=2026-11-21 -p gb.csv -E gb18030 people.csv
    grep -q 'people.csv: this is UTF-8, but is read as gb18030' err
    grep -q ',询问,' out
    iconv -f UTF-8 -t GB18030 people.csv >people-gb.csv
    expect_status 0 remind due --today=2026-11-21 -p policy.csv -E gb18030 people-gb.csv
    ! grep -q 'this is UTF-8' err
}

@test "an encoding nobody knows is wrong usage, before anything is read" {
    expect_error 2 "option '--encoding': unknown encoding 'martian'" read_it -E martian no-such-file.csv
    expect_error 2 "unknown encoding 'gb18030//IGNORE'" read_it -E gb18030//IGNORE chinese.csv
    expect_error 2 "unknown encoding ''" read_it -E '' chinese.csv
}

@test "a long file in any encoding is the same as in UTF-8, from a pipe in odd pieces too" {
    awk 'BEGIN { print "编号,姓名,说明"; for (i = 1; i <= 30000; i++) printf "%d,张%d,\"第 %d 行\n\"\n", i, i % 97, i }' >long.csv
    read_it long.csv >usual
    for encoding in GB18030 UTF-16LE UTF-16BE; do
        iconv -f UTF-8 -t $encoding long.csv | dd bs=4093 status=none | read_it -E $encoding >got
        cmp usual got
    done
}

@test "a side table in UTF-8 stays UTF-8 beside a log in another encoding" {
    printf '客户,日期,金额\n张三,2026-11-01,5\n' | iconv -t GB18030 >log.csv
    printf '客户,城市\n张三,北京\n李四,上海\n' >people.csv
    score rfm -E gb18030 --today=2026-11-21 --customers=people.csv log.csv >got
    iconv -f UTF-8 -t GB18030 people.csv >people-gb.csv
    score rfm -E gb18030 --today=2026-11-21 --customers=people-gb.csv log.csv >got-gb
    cmp got got-gb
    grep -q '^张三,北京,1,5,' got
}
