// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cap: at most so many contacts in a window of time, sliding ("7d", "36h", "1m") or of the calendar ("day", "week",
 * "month"). Pure calculation.
 *
 * A sliding window is as long as its period wherever it begins, its end excluded: after a contact on the 1st, "1 in 7d"
 * allows the next on the 8th, at the same time of day or later. A week begins on Monday. Times are local seconds of the
 * customer as in date.h; who knows only the day takes its midnight, on both sides.
 */
#ifndef CAP_H
#define CAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "period.h"
#include "slice.h"

enum cap_unit {
    CAP_SLIDING,
    CAP_DAY,
    CAP_WEEK,
    CAP_MONTH,
};

struct cap {
    int64_t most; // contacts in a window; 0: none ever
    enum cap_unit unit;
    struct period period; // of a sliding window
};

// Reads "7d", "P7D", "36h", "day", "week" or "month" into the window of a cap. False, the cap left alone, when it is
// neither, or not above zero.
bool cap_read_window(struct slice text, struct cap *cap);

// Reads "1/14d": a whole number that is not negative, and a window.
bool cap_read(struct slice text, struct cap *cap);

// May a contact be added at `asked`, when those of `made` (ascending, before or after it) count?
bool cap_allows(const struct cap *cap, const int64_t *made, size_t count, int64_t asked);

// A contact before this day does not matter to one on `today` or later.
int32_t cap_begins(const struct cap *cap, int32_t today);

#endif
