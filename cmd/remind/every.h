// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * every: how a person says that something comes again: "1w", "P30D", "R/P1W", "FREQ=WEEKLY;BYDAY=MO", "lunar".
 */
#ifndef EVERY_H
#define EVERY_H

#include <stdbool.h>

#include "period.h"
#include "rrule.h"
#include "series.h"
#include "slice.h"

struct every {
    enum series_kind kind;
    struct period period;
    struct rrule rule;
};

// False when it is refused; *problem then says why, its part empty where that is all of the text.
bool every_read(struct slice text, struct every *every, struct rrule_problem *problem);

// The text without the "R/" that ISO 8601 puts before a repeated period.
struct slice every_period_text(struct slice text);

#endif
