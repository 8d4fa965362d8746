# Funnels that other systems publish with their answers: PostHog, ClickHouse, Mixpanel, retentioneering and others.
# data/funnel/cases.tsv has what is asked and what is expected, data/funnel/case-events.csv the logs; what is not offered
# is listed in tests/cases-funnel.md.
bats_require_minimum_version 1.5.0
load ../helper

# answer CHECK FILE ARGUMENT...: what the program says, in the words of the table.
answer() {
    local check=$1 file=$2
    shift 2
    case $check in
    counts) funnel steps "$@" --json "$file" | jq -r .people | paste -s -d' ' ;;
    rates) funnel steps "$@" --json "$file" | jq -r '.of_previous // "-"' | paste -s -d' ' ;;
    by) funnel steps "$@" --json "$file" | jq -s -r 'group_by(.browser // "") |
            map((.[0].browser // "") + ":" + (map(.people | tostring) | join(" "))) | join(";")' ;;
    levels) funnel people "$@" --all --json "$file" | jq -r '"\(.customer)=\(.level)"' | paste -s -d' ' ;;
    next) funnel people "$@" --json "$file" | jq -r 'select(.next_event) | "\(.customer)=\(.next_event)"' |
        paste -s -d' ' ;;
    times) funnel people "$@" --json "$file" | jq -r 'select(.level == 2) |
            "\(.customer)=\(.landed_time)/\(.registered_time)"' | sort | paste -s -d' ' ;;
    mean | median) from_step_to_step "$@" --json "$file" | jq -s -r --arg check "$check" 'transpose |
            map(map(select(. != null)) | if length == 0 then "-" elif $check == "mean" then add / length
                else sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end | tostring) | join(" ")' ;;
    refused) expect_error 2 '' funnel steps "$@" "$file" && echo refused ;;
    esac
}

# Per person, one array: null, then the seconds between each step and the one before, null where it was not reached.
from_step_to_step() {
    funnel people "$@" | jq -c '[to_entries[] | select(.key | endswith("_seconds")) | .value] as $all | ($all | map(select(. != null)) | sort) as $done |
        ($done + [range(($all | length) - ($done | length)) | null]) as $seconds |
        [null] + [range(1; $seconds | length) as $i |
            if $seconds[$i] == null then null else $seconds[$i] - $seconds[$i - 1] end]'
}

# all_of CHECK: every row of the table that has this check; names those that fail.
all_of() {
    local wanted=$1 count=0 bad=0 id check arguments expected got
    while IFS=$'\t' read -r id check arguments expected _; do
        [ "$check" = "$wanted" ] || continue
        count=$((count + 1))
        sed -n "1p;/^$id,/p" "$DATA_DIR/funnel/case-events.csv" >case.csv
        IFS='|' read -r -a arguments <<<"$arguments"
        got=$(answer "$check" case.csv -q --today=2026-12-31 --time-zone=UTC "${arguments[@]}")
        if [ "$got" != "$expected" ]; then
            echo "$id: expected '$expected', got '$got'"
            bad=1
        fi
    done < <(tail -n +2 "$DATA_DIR/funnel/cases.tsv")
    [ "$count" -gt 0 ] && [ "$bad" -eq 0 ]
}

@test "people who reached each step" {
    all_of counts
}

@test "the deepest step of each person" {
    all_of levels
}

@test "shares of the step before" {
    all_of rates
}

@test "people by the value of their start" {
    all_of by
}

@test "mean time from step to step" {
    all_of mean
}

@test "median time from step to step" {
    all_of median
}

@test "the event after the last step" {
    all_of next
}

@test "first event and first event after it" {
    all_of times
}

@test "what must be refused" {
    all_of refused
}

@test "every row of the table has a check that is made here" {
    cut -f2 "$DATA_DIR/funnel/cases.tsv" | tail -n +2 | sort -u >there
    sed -n 's/^    all_of \([a-z]*\)$/\1/p' "$BATS_TEST_FILENAME" | sort -u >made
    diff there made
}
