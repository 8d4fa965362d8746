// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * progress: a line on a terminal that tells how far a long run is: rows, bytes, speed. Nothing anywhere else.
 *
 * Shown after two seconds, then twice a second, on standard error when that is a terminal and -q was not given. The
 * line is taken away before anything else is said.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"

struct progress {
    uint64_t next;  // the number of rows at which the clock is looked at again; UINT64_MAX: never
    double started; // in seconds
    double shown;   // 0: not yet
};

void progress_start(struct progress *progress, const struct diag *diag);

// Looks at the clock and shows the line when it is time. Called when progress_is_due.
void progress_show(struct progress *progress, uint64_t rows, uint64_t bytes);

// Said every row; costs a comparison.
static inline bool progress_is_due(const struct progress *progress, uint64_t rows)
{
    return rows >= progress->next;
}

// Takes the line away.
void progress_clear(struct progress *progress);

#define PROGRESS_SIZE 96

// "12,345,678 rows, 345 MB, 120 MB/s". Returns the length.
size_t progress_text(char out[PROGRESS_SIZE], uint64_t rows, uint64_t bytes, double seconds);

#endif
