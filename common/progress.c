// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * progress: one line, written over itself with CR.
 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 1 << 16 }; // rows between looks at the clock

static const double first_after = 2.0;
static const double again_after = 0.5;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, const struct diag *diag)
{
    bool wanted = !diag->quiet && isatty(STDERR_FILENO);
    *progress = (struct progress){.next = wanted ? STEP : UINT64_MAX, .started = wanted ? now() : 0};
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
    double time = now();
    progress->next = rows + STEP;
    double due = progress->shown > 0 ? progress->shown + again_after : progress->started + first_after;
    if (time < due) {
        return;
    }
    char line[PROGRESS_SIZE];
    progress_text(line, rows, bytes, time - progress->started);
    fprintf(stderr, "\r%s: %s\033[K", diag_program(), line);
    fflush(stderr);
    progress->shown = time;
}

void progress_clear(struct progress *progress)
{
    if (progress->shown > 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    progress->shown = 0;
    progress->next = UINT64_MAX;
}
