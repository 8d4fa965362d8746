# Files whose quotes are not ours: --quote-char, --escape-char, --quote=lazy; and --ragged=strict.
bats_require_minimum_version 1.5.0
load ../helper

read_it() {
    segment rules -q -e 'x: true' "$@"
}

@test "a table that MySQL wrote between quotes, with backslashes, is read by --escape-char" {
    cat >mysql.csv <<'END'
"id","name","note"
"1","Ann \"the Boss\"","C:\\temp\
second line"
"2","5\" disk, red",\N
END
    read_it --escape-char='\' --null='\N' mysql.csv >out
    cat >wanted <<'END'
id,name,note,segment
1,"Ann ""the Boss""","C:\temp
second line",x
2,"5"" disk, red",\N,x
END
    diff wanted out
    expect_error 1 'mysql.csv:2: text after a closing quote' read_it mysql.csv
}

@test "a table of tabs that MySQL wrote, without quotes, is read by --escape-char and --quote=none" {
    printf 'id\tname\n1\tAnn\\\tLee "x\n2\tline\\\nbreak\n' >mysql.tsv
    read_it -t --quote=none --escape-char='\' --output-delimiter=, mysql.tsv |
        diff <(printf 'id,name,segment\n1,"Ann\tLee ""x",x\n2,"line\nbreak",x\n') -
}

@test "what an escape does not belong to stays as it is" {
    printf 'a,b\n\\N,C:\\x\n1,2\\' >odd.csv
    read_it --escape-char='\' odd.csv | diff <(printf 'a,b,segment\n\\N,C:\\x,x\n1,2\\,x\n') -
}

@test "the apostrophe as quote, with doubled ones, escaped ones, and those within a cell" {
    printf "name,note\n'Lee, Ann','it''s'\nO'Hara,5\" disk\n" >quotes.csv
    read_it --quote-char=\' quotes.csv | diff <(printf 'name,note,segment\n"Lee, Ann",it'"'"'s,x\nO'"'"'Hara,"5"" disk",x\n') -
    printf "name,note\n'Lee, Ann','it\\\\'s'\n" >quotes.csv
    read_it --quote-char=\' --escape-char='\' quotes.csv | diff <(printf 'name,note,segment\n"Lee, Ann",it'"'"'s,x\n') -
    printf "name,note\n'don't, please',1\n" >quotes.csv
    expect_error 1 'quotes.csv:2: text after a closing quote' read_it --quote-char=\' quotes.csv
    read_it --quote-char=\' --quote=lazy quotes.csv | diff <(printf 'name,note,segment\n"don'"'"'t, please",1,x\n') -
}

@test "quotes that were not doubled are read by --quote=lazy, by both lanes alike" {
    printf 'a,b\n"5" disk, red","x"\n"""y""",2\n' >lazy.csv
    printf 'a,b,segment\n"5"" disk, red",x,x\n"""y""",2,x\n' >wanted
    read_it --quote=lazy lazy.csv | diff wanted -
    read_it --quote=lazy --no-fast-lane lazy.csv | diff wanted -
    expect_error 1 'lazy.csv:2: text after a closing quote' read_it lazy.csv
    printf 'a,b\n1,"x"y\n2,3\n' >open.csv
    expect_error 1 'open.csv:2: a quote is opened and never closed' read_it --quote=lazy open.csv
}

@test "the quote that is named is not taken for the delimiter" {
    printf '|a|;|b|\n|1|;|2;3|\n' >pipes.csv
    read_it --quote-char='|' pipes.csv | diff <(printf 'a;b;segment\n1;"2;3";x\n') -
}

@test "an escape that is the quote itself is what doubling is" {
    printf 'a,b\n"x""y",2\n' >doubled.csv
    read_it doubled.csv >wanted
    read_it --escape-char='"' doubled.csv | diff wanted -
}

@test "several files and --customers are read in the same way" {
    printf "customer,date,amount\n'a',2026-11-01,'5'\n" >one.csv
    printf "customer,date,amount\n'b',2026-11-02,'7'\n" >two.csv
    printf "customer,name\n'a','Ann, Lee'\n'b',Ben\n" >people.csv
    score rfm -q --today=2026-11-21 --quote-char=\' --customers=people.csv one.csv two.csv >out
    [ "$(cut -d, -f1-3 out | head -n 2 | tail -n 1)" = 'a,"Ann, Lee"' ]
    [ "$(wc -l <out)" -eq 3 ]
}

@test "an escape is no delimiter, however often it stands in the header" {
    printf 'a;;b,c\n1;;x,2\n' >x.csv
    read_it --escape-char=';' x.csv | diff <(printf 'a;b,c,segment\n1;x,2,x\n') -
}

@test "what cannot be a quote or an escape is wrong usage" {
    expect_error 2 "option '--quote-char': it cannot be a blank or a line end" read_it --quote-char=' ' x.csv
    expect_error 2 "option '--escape-char': it cannot be a blank or a line end" read_it --escape-char='\t' x.csv
    expect_error 2 "option '--escape-char': it is the delimiter already" read_it -d ';' --escape-char=';' x.csv
    expect_error 2 "option '--quote-char': it is the delimiter already" read_it -d ';' --quote-char=';' x.csv
    expect_error 2 "'--quote-char' and '--quote=none' do not go together" read_it --quote=none --quote-char=\' x.csv
    expect_error 2 "'ab' is not one ASCII character" read_it --quote-char=ab x.csv
}

@test "--ragged=strict refuses empty cells beyond the header's, which are cut off otherwise" {
    printf 'a,b\n1,2\n1,,2,\n3,4,\n' >more.csv
    expect_error 1 'more.csv:3: 4 cells, header has 2' read_it more.csv
    printf 'a,b\n1,2\n,1,\n' >more.csv
    read_it more.csv | diff <(printf 'a,b,segment\n1,2,x\n,1,x\n') -
    expect_error 1 'more.csv:3: 3 cells, header has 2' read_it --ragged=strict more.csv
    expect_error 1 '1 record rejected' read_it --ragged=strict --rejects=bad.csv more.csv
    [ "$(sed -n 2p bad.csv | cut -d, -f1)" = 3 ]
    printf 'a,b\n1\n' >less.csv
    expect_error 1 'less.csv:2: 1 cell, header has 2' read_it --ragged=strict less.csv
}
