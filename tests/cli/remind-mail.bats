# remind digest --mail and --split: messages for sendmail -t. Through a mail program: `make check-mail`.
bats_require_minimum_version 1.5.0
load ../helper

contacts() { # [OWNER,CUSTOMER,TOUCH]...
    { echo owner,customer,touch,due,cost,key && printf '%s,2026-11-21,0.50,k\n' "$@"; } >contacts.csv
}

owners() { # [OWNER,ADDRESS,NAME]...
    { echo owner,address,name && printf '%s\n' "$@"; } >owners.csv
}

mail() {
    remind digest --today='2026-11-21 08:00' --time-zone=Asia/Shanghai --mail "$@" contacts.csv
}

split() {
    remind digest --today='2026-11-21 08:00' --time-zone=Asia/Shanghai --split=box --owners=owners.csv "$@" contacts.csv
}

# One decoded header, or the body, of a message.
part() { # FILE HEADER|body
    perl -MMIME::Base64 -MEncode -e '
        local $/; open my $in, "<", $ARGV[0]; my ($head, $body) = split /\n\n/, <$in>, 2;
        if ($ARGV[1] eq "body") { print $head =~ /^Content-Transfer-Encoding: base64$/m ? decode_base64($body) : $body; exit }
        $head =~ s/\n[ \t]/ /g; for (split /\n/, $head) { print encode("UTF-8", decode("MIME-Header", $1)), "\n" if /^$ARGV[1]: (.*)/i }' "$1" "$2"
}

@test "one message, its bytes" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 "$DATA_DIR/remind/people.csv" |
        remind digest --mail --where="owner = 'tom'" --to=tom@example.org --from=shop@example.org --today='2026-11-21 08:00' \
            --time-zone=Asia/Shanghai | expect_same remind/tom.eml
}

@test "a body with anything but short ASCII lines is base64, of the same text" {
    contacts 王梅,"x",打电话
    owners 王梅,mei@example.org,王梅
    mail --owners=owners.csv >got
    ! LC_ALL=C grep -n '[^ -~]' got
    [ "$(wc -L <got)" -le 76 ]
    grep -qx 'Content-Transfer-Encoding: base64' got
    remind digest contacts.csv | head -n -1 | diff - <(part got body)
    [ "$(part got To)" = '王梅 <mei@example.org>' ]
    contacts "a,$(printf 'x%.0s' {1..1200}),call"
    mail --to=a@b >got
    grep -qx 'Content-Transfer-Encoding: base64' got
    [ "$(wc -L <got)" -le 76 ]
    contacts 'From you,b,call'
    mail --to=a@b >got
    ! grep -q '^From ' got
    remind digest contacts.csv | head -n -1 | diff - <(part got body)
}

@test "a subject in any language, and of any length, is read back" {
    contacts a,b,call
    for subject in "short" "今日联系人：两位，请打电话。$(printf '客户%.0s' {1..100})" "a ?= b" "=?UTF-8?B?eA==?=" "$(printf 'word %.0s' {1..60})end" 'é'; do
        mail --to=a@b --subject="$subject" >got
        diff <(printf '%s\n' "$subject") <(part got Subject)
        [ "$(wc -L <got)" -le 78 ]
        ! LC_ALL=C grep -n '[^ -~]' got
    done
    mail --to=a@b >got
    [ "$(part got Subject)" = '1 contact for 2026-11-21, cost 0.50' ]
}

@test "no text begins a header of its own" {
    contacts $'"a\nBcc: all@example.org",b,call'
    owners $'"a\nBcc: all@example.org",a@b,"x\nBcc: all@example.org"'
    mail --owners=owners.csv --subject=$'y\nBcc: all@example.org\r\nX: z' >got
    sed '/^$/q' got >head
    ! grep -qi '^bcc\|^x:' head
    [ "$(part got Subject)" = 'y Bcc: all@example.org  X: z' ]
    for address in $'a@b\nBcc: x@y' 'a@b,c@d' 'a b@c' '<a@b>' a 'a@' '@b' 'a@b@c' '-oQ/tmp@b' 'é@b' 'a..b@c' '.a@b' 'a@b.' "$(printf 'x%.0s' {1..65})@b"; do
        expect_error 2 '--to: not an address' mail --to="$address"
        [ ! -s out ]
        owners "a,\"$address\","
        expect_error 1 "column 'address': not an address" mail --owners=owners.csv
        [ ! -s out ]
    done
    expect_error 2 '--from: not an address' mail --to=a@b --from='x'
    expect_status 0 mail --to="o'neil+shop_1@mail.example.org"
}

@test "the date is --today's in its zone, and equal messages have equal ids" {
    contacts a,b,call
    mail --to=a@example.org >first
    mail --to=a@example.org >second
    cmp first second
    [ "$(part first Date)" = 'Sat, 21 Nov 2026 08:00:00 +0800' ]
    remind digest --mail --to=a@example.org --today='2026-01-02 03:04:05' --time-zone=America/St_Johns contacts.csv >third
    [ "$(part third Date)" = 'Fri, 2 Jan 2026 03:04:05 -0330' ]
    [[ "$(part first Message-ID)" =~ ^'<'[0-9a-f]{32}'@example.org>'$ ]]
    mail --to=c@example.org >other
    [ "$(part first Message-ID)" != "$(part other Message-ID)" ]
    [ "$(grep -c '^From:' first)" -eq 0 ]
    mail --to=a@b --from=shop@example.org | grep -qx 'From: shop@example.org'
}

@test "--mail is for one owner, and says nothing where there is nothing to say" {
    contacts a,b,call c,d,call
    expect_error 1 'these are contacts of 2: use --split=DIR' mail --to=a@b
    [ ! -s out ]
    head -n 1 contacts.csv >none.csv
    expect_error 0 'no contacts, and so no message' remind digest --mail --to=a@b none.csv
    [ ! -s out ]
    contacts a,b,call
    owners b,b@b,
    expect_error 1 "owners.csv: no address of owner 'a'" mail --owners=owners.csv
    contacts ,b,call
    expect_error 1 "no address of contacts without an owner: add a row whose owner is blank" mail --owners=owners.csv
    owners ,b@b,
    expect_status 0 mail --owners=owners.csv
    expect_error 2 'either --to=ADDRESS or --owners=FILE' mail
    expect_error 2 'either --to=ADDRESS or --owners=FILE' mail --to=a@b --owners=owners.csv
    expect_error 2 'use one of them' mail --to=a@b --split=box
    expect_error 2 'for --mail or --split' remind digest --to=a@b contacts.csv
    expect_error 2 '--json is for tables' mail --to=a@b --json
}

@test "--split writes a message an owner, and a table of them" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --today=2026-11-21 "$DATA_DIR/remind/people.csv" >contacts.csv
    owners mei,mei@example.org,王梅 'tom,tom@example.org,"Tom ""T"" O, Esq."' office,office@example.org,
    mkdir box
    split >got
    diff <(printf '%s\n' owner,address,contacts,file mei,mei@example.org,3,box/mei.eml tom,tom@example.org,2,box/tom.eml \
        office,office@example.org,2,box/office.eml) got
    [ "$(ls -A box | tr '\n' ' ')" = 'mei.eml office.eml tom.eml ' ]
    remind digest contacts.csv >whole
    { part box/mei.eml body && part box/tom.eml body && part box/office.eml body; } | diff <(head -n -1 whole) -
    [ "$(part box/tom.eml To)" = '"Tom \"T\" O, Esq." <tom@example.org>' ]
    split --json | jq -r .file | diff <(printf 'box/%s.eml\n' mei tom office) -
    split -D ';' | grep -qx 'mei;mei@example.org;3;box/mei.eml'
}

@test "no owner's file leaves the folder, is hidden, or is another's" {
    long=$(printf 'x%.0s' {1..300})
    contacts ../x,a,call /etc/passwd,a,call ..,a,call .,a,call .hidden,a,call a/b,a,call 'a%2Fb,a,call' ,a,call '%,a,call' "$long,a,call" \
        "$(printf '王%.0s' {1..90}),a,call" 'a b,a,call'
    { echo owner,address && tail -n +2 contacts.csv | sed 's/,a,call.*/,a@b/'; } >owners.csv
    mkdir box
    split >got
    [ "$(ls -A | tr '\n' ' ')" = 'box contacts.csv got owners.csv ' ]
    [ "$(ls -A box | wc -l)" -eq 12 ]
    [ "$(ls box | wc -l)" -eq 12 ] # none is hidden
    [ "$(find box -type f | wc -l)" -eq 12 ]
    [ -f 'box/..%2Fx.eml' ] || [ -f 'box/%2E.%2Fx.eml' ]
    tail -n +2 got | sed 's/.*,//' | while read -r file; do [ -s "$file" ]; done
}

@test "nothing is written where an owner has no address, or something is in the way" {
    contacts a,x,call b,y,call
    owners a,a@a,
    mkdir box
    expect_error 1 "no address of owner 'b'" split
    [ -z "$(ls -A box)" ]
    owners a,a@a, b,b@b,
    ln -s ../elsewhere box/b.eml
    expect_error 3 'box/b.eml: not a regular file' split
    [ "$(ls -A box)" = b.eml ]
    [ ! -e elsewhere ]
    rm box/b.eml
    mv contacts.csv box/b.eml
    ln -s box/b.eml contacts.csv
    cp box/b.eml before
    expect_error 2 "--split would overwrite 'box/b.eml', which is read" split
    cmp before box/b.eml
    rm contacts.csv
    mv box/b.eml contacts.csv
    expect_error 3 'nowhere: no such folder: make it first' remind digest --split=nowhere --owners=owners.csv contacts.csv
    [ ! -s out ]
    expect_error 2 '--split needs the owners' remind digest --split=box contacts.csv
    owners a,a@a, a,b@b,
    expect_error 1 "column 'owner': this owner has an address already" split
    echo name >owners.csv
    expect_error 2 "no column 'owner'" split
    expect_error 3 'none.csv' remind digest --split=box --owners=none.csv contacts.csv
}

@test "a message is there whole or not at all" {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers bring their own allocator"
    contacts a,x,call
    owners a,a@a,
    mkdir box
    split >/dev/null
    cp box/a.eml before
    contacts a,z,call
    FAULT=write:1 LD_PRELOAD=$BUILD/fault.so expect_error 3 'write error' split
    cmp before box/a.eml
    [ "$(ls -A box)" = a.eml ]
}
