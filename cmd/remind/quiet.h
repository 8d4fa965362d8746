// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quiet: hours of the day in which nobody is contacted ("21:00-08:00"), and times of day. Pure calculation.
 *
 * The first of the hours is quiet, the last is not any more: 08:00 is a time to call. Hours whose end is not after
 * their start go over midnight. Times are local seconds as in date.h.
 */
#ifndef QUIET_H
#define QUIET_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

struct quiet {
    int32_t from; // seconds of the day
    int32_t until;
};

// A time of day: "10:00", "9:30", "10:00:30", "7:00 PM", "下午7:00".
bool quiet_read_time(struct slice text, int32_t *second);

// "21:00-08:00". False when it is not two times, or twice the same: a whole day is no hours. "24:00" may be the end.
bool quiet_read(struct slice text, struct quiet *quiet);

// The time itself where it is not quiet, else when the quiet ends.
int64_t quiet_end(const struct quiet *quiet, int64_t local);

#endif
