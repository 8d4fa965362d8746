// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * retention: see retention.h.
 */
#include "retention.h"

#include <stdlib.h>

static int compare_rows(const void *left, const void *right)
{
    const struct retention_row *a = left;
    const struct retention_row *b = right;
    if (a->cohort != b->cohort) {
        return a->cohort < b->cohort ? -1 : 1;
    }
    return a->period < b->period ? -1 : a->period > b->period;
}

enum retention_fault retention_check(struct retention_row *rows, size_t count, size_t *fault)
{
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) {
        *fault = rows[i].place;
        if (i == 0 || rows[i].cohort != rows[i - 1].cohort) {
            if (!(rows[i].customers > 0)) {
                return RETENTION_NONE;
            }
        } else if (rows[i].period != rows[i - 1].period + 1) {
            return RETENTION_GAP;
        } else if (rows[i].customers > rows[i - 1].customers) {
            return RETENTION_RISE;
        }
    }
    return RETENTION_FINE;
}

void retention_add(const struct retention_row *rows, size_t count, double base, struct histories *histories)
{
    double factor = base > 0 ? base / rows[0].customers : 1;
    for (size_t i = 1; i < count; i++) {
        double lost = rows[i - 1].customers * factor - rows[i].customers * factor;
        if (lost > 0) {
            histories_add(histories, &(struct history){.x = 1, .T = (double)i}, lost);
        }
    }
    double stayed = rows[count - 1].customers * factor;
    if (stayed > 0) {
        histories_add(histories, &(struct history){.T = (double)count - 1}, stayed);
    }
}
