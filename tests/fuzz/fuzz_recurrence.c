// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as a recurrence rule. The first three choose the first day and the day that is asked for. Beyond surviving
 * and ending: the next day and the latest one agree with each other, and no day lies outside the bounds of the rule.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/remind/recurrence.h"
#include "../../cmd/remind/rrule.h"
#include "date.h"
#include "zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { CHOICES = 3, WALKED = 20 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

// Walks forwards from a day, and looks back from each day that is found.
static void walk(const struct recurrence *rule, int32_t first, int32_t from)
{
    int32_t before = from - 1;
    int32_t day;
    int32_t back;
    for (int i = 0; i < WALKED && recurrence_next(rule, first, before + 1, &day); i++) {
        require(day > before && day >= first && day <= DATE_LAST && (!rule->has_last || day <= rule->last));
        require(recurrence_latest(rule, first, day, &back) && back == day);
        if (recurrence_latest(rule, first, day - 1, &back)) {
            require(back <= before || i == 0);
            require(i == 0 || back == before);
        }
        before = day;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct rrule rule;
    struct rrule_problem problem;
    if (size < CHOICES) {
        return 0;
    }
    int32_t first = 7000 + bytes[0] * 60 + bytes[1] % 60;
    struct slice text = {(const char *)bytes + CHOICES, size - CHOICES};
    if (!rrule_read(text, &rule, &problem)) {
        require(problem.reason != NULL && problem.place >= 1 && problem.place <= text.length + 1);
        return 0;
    }
    struct zone *zone = zone_open("UTC");
    rrule_bound(&rule, zone, 0);
    zone_free(zone);
    walk(&rule.recurrence, first, first + bytes[2] * 37);
    return 0;
}
