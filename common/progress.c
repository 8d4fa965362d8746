// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * progress: counts rows between looks at the clock, so that a row costs a comparison.
 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "diag.h"

enum { STEP = 1 << 16 }; // rows between looks at the clock

static const double first_after = 2.0;
static const double again_after = 0.5;

// One that understands the sequence which clears a line.
static bool is_capable_terminal(int descriptor)
{
    const char *terminal = getenv("TERM");
    return isatty(descriptor) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void progress_start(struct progress *progress, const struct diag *diag)
{
    bool wanted = !diag->quiet && is_capable_terminal(STDERR_FILENO);
    *progress = (struct progress){.next = wanted ? STEP : UINT64_MAX, .started = wanted ? clock_seconds() : 0};
}

static size_t print_grouped(char *out, size_t size, uint64_t number)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t length = 0;
    for (int i = 0; i < count && length + 1 < size; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            out[length++] = ',';
        }
        out[length++] = digits[i];
    }
    out[length] = '\0';
    return length;
}

size_t progress_text(char out[PROGRESS_SIZE], uint64_t rows, uint64_t bytes, double seconds)
{
    double megabytes = (double)bytes / 1e6;
    size_t length = print_grouped(out, PROGRESS_SIZE, rows);
    int rest = snprintf(out + length, PROGRESS_SIZE - length, " rows, %.0f MB, %.0f MB/s", megabytes,
                        seconds > 0 ? megabytes / seconds : 0);
    return length + (size_t)rest;
}

void progress_show(struct progress *progress, uint64_t rows, uint64_t bytes)
{
    double time = clock_seconds();
    progress->next = rows + STEP;
    double due = progress->shown > 0 ? progress->shown + again_after : progress->started + first_after;
    if (time < due) {
        return;
    }
    char line[PROGRESS_SIZE];
    progress_text(line, rows, bytes, time - progress->started);
    diag_transient(line);
    progress->shown = time;
}

void progress_clear(struct progress *progress)
{
    if (progress->shown > 0) {
        diag_transient(NULL);
    }
    progress->shown = 0;
    progress->next = UINT64_MAX;
}
