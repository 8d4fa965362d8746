// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * periodic: see periodic.h.
 */
#include "periodic.h"

#include <stddef.h>

#include "calendar.h"

_Static_assert(offsetof(struct periodic_settings, columns) == 0, "the shared options find their fields");

const struct option periodic_options[] = {
    {.kind = OPTION_CHOICE,
     .name = "period",
     .help = "periods are days, weeks or months of the calendar (default: day; growth: month)",
     .offset = offsetof(struct periodic_settings, period),
     .choices = calendar_periods},
    {.kind = OPTION_CHOICE,
     .name = "week-start",
     .help = "the day on which weeks begin (default: monday)",
     .offset = offsetof(struct periodic_settings, week_start),
     .choices = calendar_week_starts},
    {.kind = OPTION_TEXT,
     .name = "by",
     .value = "COL,...",
     .help = "count each value apart; a person's value is that of his first event",
     .offset = offsetof(struct periodic_settings, by)},
    {.kind = OPTION_END},
};

bool periodic_check(const struct periodic_settings *settings, struct program *program)
{
    if (settings->week_start == CALENDAR_SUNDAY && settings->period != CALENDAR_WEEK) {
        program_wrong(program, "--week-start goes with --period=week");
        return false;
    }
    return true;
}
