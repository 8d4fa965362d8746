// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clock: the one "now" of a run, from --today and --time-zone or else from the system, asked once.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "zone.h"

struct clock {
    struct zone *zone; // the zone in which days begin and unzoned times are read; owned by the clock
    int32_t today;     // the civil day there
    int64_t now;       // local seconds; the last second of `today` when --today gave no time
    bool whole_day;    // --today gave no time
};

// `today` is the option's value (a date, with a time after a blank or T, or even an offset) or NULL for the system's
// time, `zone_name` the option's or NULL. On failure says nothing, leaves nothing to free and returns a text of what is
// wrong (static), NULL on success.
const char *clock_set(struct clock *clock, const char *today, const char *zone_name);
void clock_free(struct clock *clock);

// Did this local time already happen? What is later is left out of a log.
static inline bool clock_knows(const struct clock *clock, int64_t local)
{
    return local <= clock->now;
}

// Seconds on a clock that only tells how long something takes, not when it is.
double clock_seconds(void);

#endif
