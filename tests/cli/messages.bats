# man/messages.txt, from which regulars-messages(7) is made: a message with a command is produced by it, and every message
# of the sources is in the list.
bats_require_minimum_version 1.5.0
load ../helper

# The file as records of five lines: command, message, status.
records() {
    awk -F': ' '/^run: / { run = substr($0, 6) } /^says: / { says = substr($0, 7) }
        /^status: / && run != "" { printf "%s\n%s\n%s\n", run, says, $2; run = "" }' "$ROOT_DIR/man/messages.txt"
}

fill() {
    rm -rf run
    mkdir run
    printf 'customer,date,amount\na,2026-11-01,5.00\nb,2026-11-02,7.50\n' >run/log.csv
    printf 'customer,date,amount\na,2026-11-01,five\n' >run/odd.csv
    cp "$DATA_DIR/exports/shopify-orders.csv" run/orders.csv
}

@test "every message of the list is said, with its status" {
    export BUILD
    bad=0
    count=0
    while IFS= read -r run && IFS= read -r says && IFS= read -r wanted; do
        if [ -n "${SANITIZED:-}" ] && [[ $run == FAULT=* ]]; then
            continue
        fi
        [[ $run != script\ * ]] || has_terminal || continue
        fill
        status=0
        (cd run && unset TZ && bash -c "$run") >out 2>err </dev/null || status=$?
        tr -d '\r' <out >>err # script(1) has one output
        grep -qxF -e "$says" err && [ "$status" -eq "$wanted" ] || { echo "status $status of: $run" && cat err && bad=1; }
        count=$((count + 1))
    done < <(records)
    [ "$count" -gt 80 ]
    [ "$bad" -eq 0 ]
}

@test "every record of the list is complete" {
    awk -F': ' '
        /^(#|section: )/ || !NF { if (keys != "" && keys !~ /^(run )?(says )+status cause cure $/) { print NR ": " keys; bad = 1 } keys = ""; next }
        { keys = keys $1 " " }
        END { exit bad }' "$ROOT_DIR/man/messages.txt"
}

@test "every message of the sources is in the list" {
    grep '^says: ' "$ROOT_DIR/man/messages.txt" >listed
    missing=0
    while IFS='	' read -r file text; do
        # The longest piece without a conversion must stand in the list.
        piece=$(printf '%s\n' "$text" | sed -E 's/%%/\n/g; s/%[-.*0-9]*(ll|z|l)?[a-zA-Z]/\n/g' |
            awk '{ if (length($0) > length(best)) best = $0 } END { print best }')
        grep -qF -e "$piece" listed || {
            missing=$((missing + 1))
            echo "$file says: $text"
        }
    done < <(cd "$ROOT_DIR" && awk -f tests/messages.awk common/*.c cmd/*/*.c | sort -u)
    if [ "$missing" -gt 0 ]; then
        echo "These $missing messages are not in man/messages.txt. Add each, in the section of its program, as a line"
        echo "  says: TEXT with sample words for what varies"
        echo "above the status, cause and cure of messages like it; or as a record of its own, a blank line before it:"
        echo "  says: TEXT"
        echo "  status: 1, 2 or 3"
        echo "  cause: what it means."
        echo "  cure: what to do."
        false
    fi
}
