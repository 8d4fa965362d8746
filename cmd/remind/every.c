// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * every: tells the three ways apart and leaves the reading to those who know each.
 */
#include "every.h"

struct slice every_period_text(struct slice text)
{
    return slice_part(text, slice_starts(text, slice_of("R/")) ? 2 : 0, text.length);
}

static const char *read_period(struct slice text, struct period *period)
{
    if (!period_read(every_period_text(text), period)) {
        return "neither a period such as 1w or P30D, a rule such as FREQ=WEEKLY;BYDAY=MO, nor 'lunar'";
    }
    if (!period_whole_days(*period)) {
        return "contacts fall on days: give whole days, weeks, months or years";
    }
    if (period->months < 0 || period->seconds < 0) {
        return "may not be negative";
    }
    return period_positive(*period) ? NULL : "must be above zero";
}

bool every_read(struct slice text, struct every *every, struct rrule_problem *problem)
{
    *every = (struct every){.kind = SERIES_PERIOD};
    *problem = (struct rrule_problem){.part = slice_part(text, 0, 0), .place = 1};
    if (slice_is(text, "lunar") || slice_is(text, "农历")) {
        every->kind = SERIES_LUNAR;
        return true;
    }
    if (rrule_meant(text)) {
        every->kind = SERIES_RULE;
        return rrule_read(text, &every->rule, problem);
    }
    if (text.length > 1 && text.data[0] == 'R' && text.data[1] >= '0' && text.data[1] <= '9') {
        problem->reason = "a number of repetitions is not read: give a rule with COUNT=";
        return false;
    }
    problem->reason = read_period(text, &every->period);
    return problem->reason == NULL;
}
