// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit: see unit.h. The lengths of month and year are those of the mean Julian year, 365.25 days.
 */
#include "unit.h"

const char *const unit_words[] = {"day", "week", "month", "year", 0};

double unit_days(enum unit unit)
{
    static const double days[] = {1, 7, 30.4375, 365.25};
    return days[unit];
}
