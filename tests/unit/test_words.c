// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * words: sorted by the upper bits, and words with the same ones stay as they stood; at all lengths around a run.
 */
#include <stdlib.h>

#include "../../cmd/funnel/words.h"
#include "tap.h"

enum { MOST = 1000, SHIFT = 20 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// The low bits number the words, so that the order of equals can be seen.
static bool sorts(uint64_t *state, size_t count, uint64_t distinct)
{
    uint64_t words[MOST];
    uint64_t other[MOST];
    bool seen[MOST] = {false};
    for (size_t i = 0; i < count; i++) {
        words[i] = next_random(state) % distinct << SHIFT | i;
    }
    words_sort(words, count, SHIFT, other);
    for (size_t i = 0; i < count; i++) {
        seen[words[i] & ((1 << SHIFT) - 1)] = true;
        if (i > 0 && words[i - 1] >= words[i]) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!seen[i]) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    uint64_t state = 88172645463325252U;
    size_t wrong = 0;
    for (size_t count = 0; count <= MOST; count += count < 120 ? 1 : 31) {
        wrong += !sorts(&state, count, 3);
        wrong += !sorts(&state, count, UINT64_C(1) << 43);
    }
    CHECK(wrong == 0);
    uint64_t descending[MOST];
    uint64_t other[MOST];
    for (size_t i = 0; i < MOST; i++) {
        descending[i] = (uint64_t)(MOST - i) << SHIFT;
    }
    words_sort(descending, MOST, SHIFT, other);
    CHECK(descending[0] == UINT64_C(1) << SHIFT && descending[MOST - 1] == (uint64_t)MOST << SHIFT);
    return tap_done();
}
