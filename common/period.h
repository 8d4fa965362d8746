// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * period: a length of time as people write it.
 *
 * "90d", "2w", "1m", "1y", "36h", "15min", "10s", sums of them ("1y6m"), or ISO 8601 ("P1Y6M", "PT36H", "P2W"), with an
 * optional leading minus. s, min, h, d and w are elapsed time; m is months; m and y are civil: they clamp at the
 * month's end and are always counted from an anchor. A number without a unit is refused, and so is a period longer than
 * 10,000 years.
 */
#ifndef PERIOD_H
#define PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "date.h"
#include "slice.h"

struct period {
    int64_t months;  // civil part
    int64_t seconds; // elapsed part
};

// False when it is not a period; *value is then left alone.
bool period_read(struct slice text, struct period *value);

bool period_positive(struct period period); // above zero in every part it has, and not zero

// anchor + count x period. On days the elapsed part must be whole days for period_add_days (period_whole_days tells).
// Stays within the calendar, date.h's DATE_FIRST and DATE_LAST.
bool period_whole_days(struct period period);
int32_t period_add_days(int32_t anchor, struct period period, int64_t count);

// The same, once: of days alone, as most periods are, without a call.
static inline int32_t period_after(int32_t anchor, struct period period)
{
    if (period.months != 0) {
        return period_add_days(anchor, period, 1);
    }
    int64_t day = anchor + period.seconds / DATE_DAY_SECONDS;
    return day < DATE_FIRST ? DATE_FIRST : day > DATE_LAST ? DATE_LAST : (int32_t)day;
}

int64_t period_add(int64_t anchor, struct period period, int64_t count);

// As a rate's unit: days of the period with a month of 30.4375 and a year of 365.25 days.
double period_days(struct period period);

#define PERIOD_SIZE 64

// Years and months, then the elapsed part in one unit: "90d", "1y6m", "36h", "2w" (for 14 days; weeks only where they
// save a digit). The zero period is "0d". Returns the length.
size_t period_print(char out[PERIOD_SIZE], struct period period);

#endif
