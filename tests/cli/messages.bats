# man/messages.txt, from which regulars-messages(7) is made: a message is there because the command above it says it, and
# every message of the sources is there. The head of messages.txt tells how it is written.
bats_require_minimum_version 1.5.0
load ../helper

LIST=$ROOT_DIR/man/messages.txt

# What commands of the list may call beside the programs.
fault() { # KIND:N COMMAND...: the command with a fault of tests/faults/fault.c
    FAULT=$1 LD_PRELOAD=$BUILD/fault.so "${@:2}"
}
terminal() { # COMMAND: the command line with a terminal for standard output and error
    script -qec "$1" /dev/null
}

# The runs of the sections that match PATTERN, each as a line of fields parted by \001: line number, section, preparations,
# command, status, texts,
# of which each ends in \002.
runs() {
    awk -v pattern="$1" -v between='\001' '
        function value() { return substr($0, index($0, ": ") + 2) }
        /^section: / { section = value(); wanted = section ~ pattern; with = "" }
        !wanted { next }
        /^with: / { with = with value() ";" }
        /^run: / { run[++count] = value(); line[count] = NR; says[count] = "" }
        /^says: / && count > 0 { says[count] = says[count] value() "\002" }
        /^status: / {
            for (i = 1; i <= count; i++) {
                print line[i] between section between with between run[i] between value() between says[i]
            }
            count = 0
        }' "$LIST"
}

# Can the command be run here?
possible() {
    [[ $1 != *'fault '* ]] || [ -z "${SANITIZED:-}" ] || return 1
    [[ $1 != *'terminal '* ]] || has_terminal
}

# Is TEXT a line of the file `err`, where ... in TEXT stands for anything?
is_said() {
    local line pattern=${1//\\/\\\\}
    pattern=${pattern//\*/\\*}
    pattern=${pattern//\?/\\?}
    pattern=${pattern//\[/\\[}
    pattern=${pattern//.../*}
    while IFS= read -r line; do
        # shellcheck disable=SC2053 # a pattern is wanted
        [[ $line != $pattern ]] || return 0
    done <err
    return 1
}

# The folder that the runs of a section begin with, in `kept`.
prepare() { # PREPARATIONS
    rm -rf kept
    mkdir kept
    printf 'customer,date,amount\na,2026-11-01,5.00\nb,2026-11-02,7.50\n' >kept/log.csv
    printf 'customer,date,amount\na,2026-11-01,five\n' >kept/odd.csv
    cp "$DATA_DIR/exports/shopify-orders.csv" kept/orders.csv
    (cd kept && bash -c "${1%;}")
}

# Performs all runs of the sections that match PATTERN, at least LEAST, in a new folder each.
perform() { # PATTERN LEAST
    local line section with run wanted says text status now='' bad=0 count=0
    export BUILD DATA_DIR TODAY=2026-11-21
    export -f fault terminal
    unset TZ
    while IFS=$'\001' read -r line section with run wanted says; do
        count=$((count + 1))
        [ "$section" = "$now" ] || prepare "$with"
        now=$section
        possible "$run" || continue
        rm -rf run
        cp -R kept run
        status=0
        (cd run && exec bash -c "$run") >out 2>err </dev/null || status=$?
        tr -d '\r' <out >>err # a terminal has one output
        if [ "$status" -ne "$wanted" ]; then
            echo "line $line: status $status, not $wanted, of: $run" && cat err
            bad=1
        fi
        while IFS= read -r -d $'\002' text; do
            is_said "$text" || { echo "line $line: not said: $text" && cat err && bad=1; }
        done < <(printf %s "$says")
    done < <(runs "$1")
    [ "$count" -ge "$2" ] || fail "$count runs"
    [ "$bad" -eq 0 ]
}

@test "what all programs say is said, with its status" {
    perform '^[A-Z]' 140
}

@test "what score says is said" {
    perform '^score' 90
}

@test "what segment says is said" {
    perform '^segment' 70
}

@test "what remind says is said" {
    perform '^remind' 170
}

@test "what funnel says is said" {
    perform '^funnel' 100
}

@test "every record of the list is complete: each text has its command" {
    awk -F': ' '
        /^(#|section: |with: )/ || !NF {
            if (keys != "" && keys !~ /^((run|never) (says )+)+status cause cure $/) {
                print NR ": " keys
                bad = 1
            }
            keys = ""
            next
        }
        { keys = keys $1 " " }
        END { exit bad }' <(cat "$LIST" && echo)
}

# The strings of the sources that may be messages, but for those that no-messages.txt names.
texts() {
    (cd "$ROOT_DIR" && awk -f tests/messages.awk common/*.c cmd/*/*.c | sort -u)
}

@test "every message of the sources is said by a command of the list" {
    unsaid=$(texts | grep -vxF -f "$TESTS_DIR/no-messages.txt" | awk -f "$TESTS_DIR/unsaid.awk" "$LIST" -)
    if [ -n "$unsaid" ]; then
        printf '%s\n' "$unsaid"
        echo "No command of man/messages.txt says these, whose head tells how one is added."
        echo "What is no message goes to tests/no-messages.txt."
        false
    fi
}

@test "no more than nine texts are excused from being said" {
    excused=$(awk '/^never: / { never = 1 } /^run: / || !NF { never = 0 } never && /^says: /' "$LIST")
    [ "$(printf '%s\n' "$excused" | wc -l)" -le 9 ] || fail "excused are: $excused"
}

@test "what is named as no message is there, and no more than that" {
    texts | grep -xF -f "$TESTS_DIR/no-messages.txt" | diff "$TESTS_DIR/no-messages.txt" -
}
