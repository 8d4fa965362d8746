// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit: the unit of time in which rates and horizons are counted: day, week, month (30.4375 days) or year (365.25
 * days).
 */
#ifndef UNIT_H
#define UNIT_H

enum unit {
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
};

// The words of --unit, in that order, NULL-terminated.
extern const char *const unit_words[];

double unit_days(enum unit unit);

#endif
