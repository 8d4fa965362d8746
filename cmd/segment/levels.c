// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tertiles are quantiles by Hyndman and Fan's type 7, as everywhere in this program. Shares follow GrimoireLab's onion,
 * but count what is strictly ahead: so one giant is high, and equals stay together.
 */
#include "levels.h"

#include <stdbool.h>
#include <stdlib.h>

static int compare(const void *first, const void *second)
{
    const money_wide *a = first;
    const money_wide *b = second;
    return (*a > *b) - (*a < *b);
}

static void sort(money_wide *values, size_t count)
{
    if (count > 0) {
        qsort(values, count, sizeof *values, compare);
    }
}

// The quantile at part/3, cut to a whole unit: no value lies between it and the true one.
static money_wide tertile(const money_wide *sorted, size_t count, size_t part)
{
    size_t position = (count - 1) * part;
    money_wide below = sorted[position / 3];
    money_wide rest = (money_wide)(position % 3);
    return rest == 0 ? below : below + (sorted[position / 3 + 1] - below) * rest / 3;
}

void levels_by_tertile(struct levels *levels, money_wide *values, size_t count)
{
    *levels = (struct levels){0};
    sort(values, count);
    if (count > 0) {
        levels->low = tertile(values, count, 1);
        levels->high = tertile(values, count, 2);
    }
}

void levels_by_share(struct levels *levels, money_wide *values, size_t count)
{
    *levels = (struct levels){0};
    sort(values, count);
    money_wide rest = 0;
    for (size_t i = 0; i < count; i++) {
        rest += values[i];
    }
    money_wide ahead = 0;
    bool middle = false;
    for (size_t end = count; end > 0;) {
        size_t start = end;
        while (start > 0 && values[start - 1] == values[end - 1]) {
            start--;
        }
        if (ahead >= 19 * rest) { // 95 % and more of ahead + rest
            levels->low = values[end - 1];
            levels->high = middle ? levels->high : levels->low;
            return;
        }
        if (!middle && ahead >= 4 * rest) { // 80 % and more
            levels->high = values[end - 1];
            middle = true;
        }
        money_wide equals = values[end - 1] * (money_wide)(end - start);
        ahead += equals;
        rest -= equals;
        end = start;
    }
}

enum level levels_of(const struct levels *levels, money_wide value)
{
    if (value > levels->high) {
        return LEVEL_HIGH;
    }
    return value > levels->low ? LEVEL_MIDDLE : LEVEL_LOW;
}
