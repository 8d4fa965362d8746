# remind digest --mail and --split through msmtp -t to a mail server, and what Python's mail reader finds in the messages
# that arrived. Run by `make check-mail`, which installs both; what could not be installed is skipped by name.
bats_require_minimum_version 1.5.0
load ../helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    command -v msmtp >/dev/null || skip "msmtp is not installed"
    /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || skip "python3-aiosmtpd is not installed"
    mkdir sunk
    sink=
    for port in $((20000 + $$ % 20000)) $((20001 + $$ % 20000)) $((30000 + $$ % 10000)); do
        /usr/bin/python3 "$TESTS_DIR/mail/sink.py" sunk $port 2>sink.err 3>&- &
        sink=$!
        for ((i = 0; i < 200; i++)); do
            [ ! -f sunk/port ] || break 2
            kill -0 $sink 2>/dev/null || break
            sleep 0.05
        done
    done
    [ -f sunk/port ] || fail "no mail server: $(cat sink.err)"
    printf 'account default\nhost 127.0.0.1\nport %s\nfrom cron@shop.example\n' "$port" >msmtprc
    chmod 600 msmtprc
    remind due -q -p "$DATA_DIR/remind/policy.csv" --keep=name --today=2026-11-21 "$DATA_DIR/remind/people.csv" >due.csv
}

teardown() {
    [ -z "${sink:-}" ] || kill "$sink" 2>/dev/null || true
}

send() {
    msmtp -C msmtprc -t -i
}

# What arrived: recipients, then To, Subject and body as a mail reader decodes them.
arrived() { # NUMBER
    cat "sunk/$1.to"
    /usr/bin/python3 - "sunk/$1.eml" <<'END'
import email, email.policy, sys

message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
assert not message.defects, message.defects
for name in ("To", "Subject", "Date", "Message-ID", "From"):
    assert len(message.get_all(name)) == 1, name
    assert not message[name].defects, (name, message[name].defects)
print(message["To"])
print(message["Subject"])
sys.stdout.write(message.get_content())
END
}

@test "a message arrives at its owner, with its text" {
    remind digest --mail --where="owner = 'tom'" --to=tom@example.org --today=2026-11-21 due.csv | send
    remind digest --where="owner = 'tom'" due.csv | head -n -1 >body
    { printf 'tom@example.org\ntom@example.org\n2 contacts for 2026-11-21, cost 2.00\n' && cat body; } | diff - <(arrived 1)
}

@test "messages of --split arrive, whatever language their names, subjects and lines are in" {
    printf 'owner,address,name\nmei,mei@example.org,王梅\ntom,tom@example.org,"Tom ""T"" O, Esq."\noffice,office@example.org,%s\n' \
        "$(printf '办公室%.0s' 1 2 3 4)" >owners.csv
    mkdir out
    remind digest --split=out --owners=owners.csv --today=2026-11-21 --subject="今日联系人 $(printf '客户%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)" due.csv >sent.csv
    tail -n +2 sent.csv | cut -d, -f4 | while read -r file; do send <"$file"; done
    number=0
    for owner in mei tom office; do
        number=$((number + 1))
        arrived $number >got
        [ "$(head -n 1 got)" = $owner@example.org ]
        [ "$(sed -n 3p got)" = "今日联系人 $(printf '客户%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)" ]
        grep -q "^$owner: " got
        # Columns are as wide as in the whole digest.
        remind digest due.csv | sed -n "/^$owner: /,/^[^ ]*: .*contact/p" | grep '^  C' | sort -u >rows
        grep '^  C' got | while IFS= read -r row; do grep -qxF -e "$row" rows; done
    done
    [ "$(arrived 1 | sed -n 2p)" = '王梅 <mei@example.org>' ]
    [ "$(arrived 2 | sed -n 2p)" = '"Tom \"T\" O, Esq." <tom@example.org>' ]
    [ "$(arrived 3 | sed -n 2p)" = "$(printf '办公室%.0s' 1 2 3 4) <office@example.org>" ]
    [ "$(ls sunk/*.eml | wc -l)" -eq 3 ]
}

@test "a newline in an owner, a name or a subject adds no recipient" {
    printf 'owner,customer,touch,key\n"a\nBcc: all@example.org",b,call,k\n' >contacts.csv
    printf 'owner,address,name\n"a\nBcc: all@example.org",a@example.org,"x\r\nCc: all@example.org"\n' >owners.csv
    remind digest --mail --owners=owners.csv --subject=$'y\nBcc: all@example.org' contacts.csv | send
    diff <(echo a@example.org) sunk/1.to
}
