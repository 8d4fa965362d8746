// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit: a day is 24 hours.
 */
#include "unit.h"

#include <stddef.h>

const char *const unit_words[] = {
    [UNIT_SECOND] = "s", [UNIT_MINUTE] = "min", [UNIT_HOUR] = "h", [UNIT_DAY] = "day", NULL};

double unit_seconds(int unit)
{
    static const double seconds[] = {[UNIT_SECOND] = 1, [UNIT_MINUTE] = 60, [UNIT_HOUR] = 3600, [UNIT_DAY] = 86400};
    return seconds[unit];
}
