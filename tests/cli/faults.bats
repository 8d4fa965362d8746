# The system fails, one call after the other: a program then ends with status 3 and says so, or does what it always does.
# Never does it crash, or call a run a success whose output is not whole.
bats_require_minimum_version 1.5.0
load ../helper
load ../contract

setup() {
    [ -z "${SANITIZED:-}" ] || skip "sanitizers bring their own allocator"
    FAULT_LIBRARY=$BUILD/fault.so
    [ -f "$FAULT_LIBRARY" ] || fail "make it with: make $FAULT_LIBRARY"
    cd "$BATS_TEST_TMPDIR"
}

# One run of the mode in which FAULT happens.
faulty() {
    cp -R "$CONTRACT_DIR"/files/. .
    FAULT=$1 LD_PRELOAD=$FAULT_LIBRARY "$program" "$mode" "${options[@]}" <input.csv
}

# Lets the N-th call of a kind fail, for N = 1, 2, 3 ... until none is left: WORDS must then be said.
one_after_the_other() { # KIND WORDS
    local call status
    for ((call = 1; call < 2000; call += call < 60 ? 1 : call / 20)); do
        status=0
        faulty "$1:$call" >out 2>err || status=$?
        if [ "$status" -eq 3 ]; then
            grep -qE "$2" err || fail "$1 $call: $(cat err)"
        elif [ "$status" -eq 0 ]; then
            cmp usual out || fail "$1 $call: the output is another"
            cmp usual.err err && break
        else
            fail "$1 $call: status $status: $(cat err)"
        fi
    done
    [ "$call" -gt 1 ]
}

@test "no memory" {
    no_memory() {
        one_after_the_other allocate 'out of memory|Cannot allocate memory'
    }
    each no-memory
}

@test "reads fail" {
    bad_reads() {
        one_after_the_other read 'Input/output error'
    }
    each bad-reads
}

@test "writes fail" {
    bad_writes() {
        one_after_the_other write 'No space left on device'
    }
    each bad-writes
}

@test "reads and writes that are short or interrupted change nothing" {
    slow() {
        for size in 1 7; do
            faulty "slow:$size" >out
            cmp usual out
        done
    }
    each slow
}
