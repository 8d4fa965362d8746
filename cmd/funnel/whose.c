// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * whose: the labels of an attempt's events are the numbers of their groups.
 */
#include "whose.h"

#include "number.h"
#include "slice.h"

bool whose_read(const char *text, struct whose *whose)
{
    static const char *const words[] = {"start", "first", "last", "all"};
    struct slice given = slice_of(text == NULL ? "start" : text);
    *whose = (struct whose){.kind = WHOSE_START};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_is(given, words[i])) {
            whose->kind = (enum whose_kind)i;
            return true;
        }
    }
    struct slice prefix = slice_of("step:");
    int64_t step;
    if (!slice_starts(given, prefix) || !number_read_whole(slice_part(given, prefix.length, given.length), &step) ||
        step < 1) {
        return false;
    }
    *whose = (struct whose){.kind = WHOSE_STEP, .step = (size_t)step - 1};
    return true;
}

static bool has_value(const struct groups *groups, const struct trails_attempt *attempt, size_t step)
{
    return (attempt->taken >> step & 1) != 0 && !groups_is_blank(groups, attempt->steps[step].label);
}

static uint32_t first_value(const struct groups *groups, const struct trails_attempt *attempt)
{
    for (size_t i = 0; i < attempt->level; i++) {
        if (has_value(groups, attempt, i)) {
            return attempt->steps[i].label;
        }
    }
    return attempt->steps[0].label;
}

static uint32_t last_value(const struct groups *groups, const struct trails_attempt *attempt)
{
    for (size_t i = attempt->level; i > 0; i--) {
        if (has_value(groups, attempt, i - 1)) {
            return attempt->steps[i - 1].label;
        }
    }
    return attempt->steps[0].label;
}

bool whose_group(const struct whose *whose, const struct groups *groups, const struct trails_attempt *attempt,
                 uint32_t *group)
{
    *group = attempt->steps[0].label;
    if (whose->kind == WHOSE_FIRST) {
        *group = first_value(groups, attempt);
    } else if (whose->kind == WHOSE_LAST) {
        *group = last_value(groups, attempt);
    } else if (whose->kind == WHOSE_STEP) {
        for (size_t i = 0; i < attempt->level; i++) {
            if ((attempt->taken >> i & 1) != 0 && attempt->served[i] == whose->step) {
                *group = attempt->steps[i].label;
                return true;
            }
        }
        return false;
    }
    return true;
}
