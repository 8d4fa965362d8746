# Exports of known services, made up: for each the command that reads it, and what comes out. The expected files hold the
# notes, behind '#', and then the output.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$DATA_DIR/exports"
    TODAY='--today=2026-11-21 --time-zone=UTC'
}

# reads NAME COMMAND...: the notes and the output are those of tests/expected/tables/exports/NAME.
reads() {
    local name=$1
    shift
    "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || fail "status $?: $(cat "$BATS_TEST_TMPDIR/err")"
    sed -e '/equal values\|nobody was there/d' -e 's/^[a-z]*: /# /' "$BATS_TEST_TMPDIR/err" |
        cat - "$BATS_TEST_TMPDIR/out" >"$BATS_TEST_TMPDIR/got"
    expect_same "tables/exports/$name" "$BATS_TEST_TMPDIR/got"
}

@test "WeChat Pay bill: what customers paid, behind the preamble" {
    reads wechat score rfm $TODAY wechat.csv
}

@test "Alipay bill: the same, in GB18030" {
    reads alipay score rfm -E gb18030 $TODAY alipay.csv
}

@test "Taobao orders: paid ones, by what was paid" {
    reads taobao score rfm -E gb18030 $TODAY taobao.csv
}

@test "Youzan orders, and customers, whose rows are shorter than the header" {
    reads youzan-orders score rfm $TODAY youzan-orders.csv
    reads youzan-customers score rfm --input=summary --ragged=pad $TODAY youzan-customers.csv
}

@test "Shopify orders: an order of several lines counts once, refunds lower the revenue" {
    reads shopify-orders score rfm $TODAY shopify-orders.csv
    reads shopify-customers score rfm $TODAY --customers=shopify-customers.csv shopify-orders.csv
}

@test "Stripe payments: times in UTC, amounts in the currency of the account" {
    reads stripe score rfm --today=2026-11-21 --time-zone=Asia/Shanghai stripe.csv
}

@test "PayPal activity: days and decimal mark as the account writes them" {
    reads paypal score rfm --dates=dmy --decimal=, $TODAY paypal.csv
    cd "$BATS_TEST_TMPDIR"
    expect_error 1 "paypal.csv:2: column 'Date': not a date" score rfm $TODAY "$DATA_DIR/exports/paypal.csv"
    grep -q 'dates are written as the account is set: --dates=dmy or --dates=mdy' err
}

@test "HubSpot contacts and Mailchimp audience: steps of a funnel" {
    reads hubspot funnel people --steps=created created=hubspot.csv $TODAY
    reads mailchimp funnel steps --steps=optin,order optin=mailchimp.csv order=shopify-orders.csv $TODAY
}

@test "Slack members: a list to which results are added" {
    printf 'user_id,date\nU0000002,2026-11-01\nU0000002,2026-11-09\n' >"$BATS_TEST_TMPDIR/log.csv"
    reads slack score lapse $TODAY --customers=slack.csv "$BATS_TEST_TMPDIR/log.csv"
}

@test "Discord messages and Google Forms answers: logs of events" {
    reads discord score activity $TODAY discord.csv
    reads google-forms score lapse $TODAY google-forms.csv
}

@test "Excel: CSV UTF-8, CSV of Chinese and of European Windows, Unicode Text, sep=;" {
    score rfm $TODAY -D, excel-utf8.csv >"$BATS_TEST_TMPDIR/utf8"
    score rfm $TODAY -D, -E gb18030 excel-gbk.csv | diff "$BATS_TEST_TMPDIR/utf8" -
    score rfm $TODAY -D, excel-unicode.txt | diff "$BATS_TEST_TMPDIR/utf8" -
    score rfm $TODAY -E cp1252 --decimal=, --dates=dmy excel-european.csv >"$BATS_TEST_TMPDIR/european"
    score rfm $TODAY -E cp1252 excel-sep.csv | diff "$BATS_TEST_TMPDIR/european" -
    reads excel score rfm $TODAY excel-utf8.csv
    reads excel-european score rfm -E cp1252 --decimal=, --dates=dmy $TODAY excel-european.csv
}

@test "a mode that passes rows on gets all of them, without a word about it" {
    cp *.csv "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    expect_status 0 segment rules -e 'x: true' shopify-orders.csv
    [ ! -s err ]
    [ "$(wc -l <out)" -eq "$(wc -l <shopify-orders.csv)" ]
    expect_status 0 segment rules -e 'x: true' wechat.csv
    [ "$(wc -l <out)" -eq 9 ]
    expect_status 0 segment rules -v -e 'x: true' wechat.csv
    grep -q 'layout: WeChat Pay bill' err
}

@test "every part of a layout gives way to an option" {
    cp *.csv "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    # Another choice of rows.
    expect_status 0 score rfm $TODAY --where='[Financial Status] = "pending"' shopify-orders.csv
    grep -q '^ann@example.com,1,12.00,' out
    ! grep -q 'only rows where' err
    # Other columns: by name of the buyer, by what the goods cost; the order id stays.
    expect_status 0 score rfm $TODAY --customer='Billing Name' --amount=Subtotal shopify-orders.csv
    grep -q '^Ann Example,2,75.00,' out
    # No order id: with all rows, the further line of an order is a row without an amount.
    expect_error 1 "shopify-orders.csv:3: column 'Total': blank" \
        score rfm $TODAY --layout=none --customer=Email shopify-orders.csv
    expect_status 0 score rfm $TODAY --where='Currency = "USD" or Currency is missing' shopify-orders.csv
    grep -q '^ann@example.com,3,92.00,' out
    # Nothing of it.
    expect_status 0 score rfm $TODAY --layout=none --customer=Email --date='Created at' --amount=Subtotal --blank-customer=skip \
        --where='Subtotal is not missing' shopify-orders.csv
    grep -q '^cid@example.com,1,99.00,' out
    [ -z "$(grep 'read as' err)" ]
}

@test "amounts of two currencies are not added up" {
    cd "$BATS_TEST_TMPDIR"
    sed '6s/USD/EUR/;6s/voided/paid/' "$DATA_DIR/exports/shopify-orders.csv" >two.csv
    expect_error 1 "two.csv:6: column 'Currency': another currency than in the rows before (choose one with --where)" \
        score rfm $TODAY two.csv
    expect_status 0 score rfm $TODAY --where='Currency = "USD" and [Financial Status] = "paid"' two.csv
    grep -q '^ann@example.com,2,80.00,' out
    # A mode that adds nothing up does not mind.
    expect_status 0 score lapse $TODAY two.csv
    expect_status 0 score rfm $TODAY --rejects=bad.csv --max-rejects=1 two.csv
    grep -q "^6,column 'Currency': another currency" bad.csv
}

@test "--layout names the service, and what is none of it is refused" {
    cp *.csv "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    expect_status 0 score rfm $TODAY --layout=shopify shopify-orders.csv
    expect_status 0 score rfm $TODAY --layout=wechat wechat.csv
    expect_error 2 "wechat.csv: no header of 'alipay' in the first 200 lines (--layout)" \
        score rfm $TODAY --layout=alipay wechat.csv
    [ ! -s out ]
    expect_error 2 "no header of 'stripe' in the first 200 lines" score rfm $TODAY --layout=stripe shopify-orders.csv
    expect_error 2 "'--layout' and '--no-header' do not go together" score rfm --no-header --layout=stripe stripe.csv
    expect_error 2 "option '--layout'" score rfm $TODAY --layout=martian shopify-orders.csv
    expect_error 2 "--layout: the header is not that of 'stripe'" \
        score rfm $TODAY --layout=stripe --header-match=Email shopify-orders.csv
    # A bill with lines before the preamble, of another number of lines, or without any.
    { echo && cat wechat.csv; } >late.csv
    tail -n +17 wechat.csv >bare.csv
    score rfm $TODAY wechat.csv >wanted
    for file in late.csv bare.csv; do
        score rfm $TODAY $file | diff wanted -
    done
    { printf 'x\n' && cat wechat.csv; } >title.csv
    score rfm $TODAY --layout=wechat title.csv | diff wanted -
    score rfm $TODAY --skip-lines=1 title.csv | diff wanted -
    score rfm $TODAY --header-match=交易对方 title.csv | diff wanted -
    head -n 16 wechat.csv >preamble.csv
    expect_error 2 'preamble.csv: no header of a known bill, as which it begins, in the first 200 lines' score rfm preamble.csv
    expect_status 0 segment rules --layout=none --ragged=skip -e 'x: true' preamble.csv
}

@test "several bills are one table" {
    sed 's/用户甲/用户丁/;s/1000039/2000039/' wechat.csv >"$BATS_TEST_TMPDIR/second.csv"
    score rfm $TODAY wechat.csv "$BATS_TEST_TMPDIR/second.csv" >"$BATS_TEST_TMPDIR/got" 2>"$BATS_TEST_TMPDIR/err"
    grep -q '^用户乙,4,189.00,' "$BATS_TEST_TMPDIR/got"
    grep -q '^用户丁,2,200.00,' "$BATS_TEST_TMPDIR/got"
}
