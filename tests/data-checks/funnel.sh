#!/bin/sh
# Funnels of open logs against the counts published for them (ClickHouse's windowFunnel, and the log's own author).
# usage: BUILD=DIR sh tests/data-checks/funnel.sh DATA, where DATA/funnel holds the files
# Speaks TAP.
set -u
LC_ALL=C
export LC_ALL

data=$1/funnel
root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$(cd "${BUILD:-$root/build}" && pwd):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=0
failures=0

# check WHAT EXPECTED GOT
check() {
    tests=$((tests + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $tests - $1"
        return
    fi
    failures=$((failures + 1))
    echo "not ok $tests - $1"
    echo "# expected: $2" | head -n 1
    echo "#      got: $3" | head -n 1
}

# people ARGUMENT...: who reached each step, in one line
people() {
    funnel steps -q --today=2026-01-01 --time-zone=UTC "$@" |
        awk -F, 'NR > 1 { printf "%s%s", sep, $3; sep = " " }'
}

# same WHAT ARGUMENT...: funnel gives the same bytes with and without --sorted
same() {
    what=$1
    shift
    funnel "$@" -q --today=2026-01-01 --time-zone=UTC "$work/sorted.csv" >"$work/plain"
    funnel "$@" -q --today=2026-01-01 --time-zone=UTC --sorted "$work/sorted.csv" >"$work/streamed"
    check "$what" same "$(cmp "$work/plain" "$work/streamed" 2>&1 && echo same)"
}

ecom=$data/retentioneering_ecom.csv
shop=--steps=product_view,add_to_cart,cart,shipping_details,payment_details,purchase
check "data-ecom-1: ecom, per user, within 7 days" "598 487 353 210 109 40" "$(people --window=7d --customer=user_id $shop "$ecom")"
check "data-ecom-3: ecom, per session, within 7 days" "2868 944 477 194 72 15" \
    "$(people --window=7d --customer=session_id $shop "$ecom")"

check "data-ecom-4: ecom, the best adjacent run, per user" "598 272 72 19 8 6" "$(people --order=adjacent --customer=user_id $shop "$ecom")"

saas=$data/saas_events.csv
work_steps=signup,email_verified,profile_completed,first_project_created,first_task_created,invited_team_member
work_steps=$work_steps,integration_connected,plan_upgraded
check "data-saas-1: saas, in order, dates only" "3000 2581 2031 1246 613 259 58 7" "$(people --steps=$work_steps "$saas")"
distinct=
for step in $(echo $work_steps | tr , ' '); do
    distinct="$distinct $(people --steps="$step" "$saas")"
done
check "data-saas-3: saas, times that must differ" "3000 0 0 0 0 0 0 0" "$(people --ties=strict --steps=$work_steps "$saas")"
check "data-saas-2: saas, people per event" " 3000 2581 2343 2155 1983 1265 922 238" "$distinct"

{ head -n 1 "$ecom" && tail -n +2 "$ecom" | sort -s -t, -k4,4; } >"$work/sorted.csv"
for start in best first latest; do
    for window in 10000d 7d 1h 60s; do
        same "ecom in order of time, --start=$start --window=$window: steps" \
            steps --start=$start --window=$window --customer=user_id $shop
        same "ecom in order of time, --start=$start --window=$window: people" \
            people --all --start=$start --window=$window --customer=session_id $shop
    done
done

# Shares of 19,785 conversions by ten thousand paths; those of the chain by solving it anew without each channel (numpy).
credit() {
    funnel credit -q --paths=path --conversions=total_conversions --nulls=total_null --model="$1" \
        "$data/attribution_paths.csv" | awk -F, 'NR > 1 && $2 > 1000 { printf "%s%s %.4f", sep, $1, $2; sep = ", " }'
}
check "paths, removal effects" "alpha 5344.9477, beta 2527.3522, eta 3340.8474, iota 3884.6147, lambda 1282.8472, theta 1971.9129" \
    "$(credit markov)"
check "paths, Shapley values" "alpha 7627.9440, beta 1982.7393, eta 3613.6560, iota 3505.0440, theta 1190.9631" "$(credit shapley)"

echo "1..$tests"
[ "$failures" -eq 0 ]
