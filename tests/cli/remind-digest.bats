# remind digest: contacts as text that a person reads.
bats_require_minimum_version 1.5.0
load ../helper

@test "one block an owner, in columns, with counts and costs" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --keep=name --today=2026-11-21 "$DATA_DIR/remind/people.csv" |
        remind digest | expect_same remind/digest.txt
}

@test "wide characters take two columns, accents none" {
    printf 'owner,customer,touch\nmei,王芳芳,回访\nmei,e\xcc\x81,call\nmei,ab,x\n' | remind digest >got
    printf 'mei: 3 contacts\n\n  customer  touch\n  王芳芳    回访\n  e\xcc\x81         call\n  ab        x\n\n3 contacts, owners 1\n' | diff - got
}

@test "counts and costs stand to the right, identifiers do not" {
    printf 'owner,customer,overdue,cost\na,00012,5,1.50\na,7,12,10.00\n' | remind digest | sed -n 3,5p >got
    printf '  customer  overdue   cost\n  00012           5   1.50\n  7              12  10.00\n' | diff - got
}

@test "columns that are empty throughout are left out, and level 0 is nothing" {
    printf 'owner,customer,channel,level,cost\na,x,,0,\n' | remind digest >got
    printf 'a: 1 contact, cost 0\n\n  customer\n  x\n\n1 contact, cost 0, owners 1\n' | diff - got
    printf 'owner,customer,channel,level,cost\na,x,,0,\na,y,,2,1.50\n' | remind digest | grep -q 'level  cost'
}

@test "owners come in the order of their first row, rows in theirs; no owner has a block too" {
    printf 'owner,customer\nb,1\n,2\na,3\nb,4\n' | remind digest | grep -E ':|^  [0-9]' | tr -d ' ' | tr '\n' ';' >got
    [ "$(cat got)" = 'b:2contacts;1;4;(noowner):1contact;2;a:1contact;3;' ] || fail "$(cat got)"
}

@test "costs are summed exactly" {
    { echo owner,customer,cost && for i in $(seq 1000); do echo "a,c$i,0.10"; done; } | remind digest | tail -n 1 >got
    [ "$(cat got)" = '1000 contacts, cost 100.00, owners 1' ]
}

@test "a cell cannot steer the terminal or break the lines" {
    printf 'owner,customer,touch\na,x,"two\nlines \033[31mred\t."\n' | remind digest >got
    printf 'a: 1 contact\n\n  customer  touch\n  x         two lines  [31mred .\n\n1 contact, owners 1\n' | diff - got
}

@test "no contact is a line too" {
    remind due -q -p "$DATA_DIR/remind/policy.csv" --today=2020-01-01 "$DATA_DIR/remind/people.csv" | remind digest >got
    [ "$(cat got)" = '0 contacts, cost 0, owners 0' ]
}

@test "other tables: --owner and --cost name the columns" {
    printf 'who;customer;price\na;x;1.50\n' | remind digest --owner=who --cost=price | tail -n 1 >got
    [ "$(cat got)" = '1 contact, cost 1.50, owners 1' ]
    printf 'who,customer\na,x\n' >table.csv
    expect_error 2 "owner" remind digest table.csv
    printf 'owner,cost\na,much\n' >table.csv
    expect_error 1 "table.csv:2: column 'cost': not an amount" remind digest table.csv
    [ ! -s out ]
}
