// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ladder: after the Orbit model of communities, which raises a member at once and lowers nobody before the look-back is
 * over.
 */
#include "ladder.h"

#include <stdbool.h>
#include <stddef.h>

const char *const ladder_stages[] = {"prospect", "interested", "new",  "repeat", "loyal",
                                     "advocate", "core",       "host", NULL};

int ladder_position(struct slice label)
{
    for (int i = 0; ladder_stages[i] != NULL; i++) {
        if (slice_is(label, ladder_stages[i])) {
            return i;
        }
    }
    return LADDER_BESIDE;
}

// Would this be a step down? No label at all is below all others.
static bool is_down(struct slice from, struct slice to)
{
    int before = ladder_position(from);
    int after = ladder_position(to);
    return before != LADDER_BESIDE && (to.length == 0 || (after != LADDER_BESIDE && after < before));
}

struct ladder_standing ladder_step(const struct ladder_standing *before, struct slice found, int32_t today,
                                   struct period look_back)
{
    if (before != NULL && is_down(before->stage, found) && period_add_days(before->seen, look_back, 1) > today) {
        return *before;
    }
    bool stays = before != NULL && slice_equal(before->stage, found);
    return (struct ladder_standing){.stage = found, .since = stays ? before->since : today, .seen = today};
}
