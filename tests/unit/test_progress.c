// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What progress.h promises: one form of line, and silence where standard error is no terminal.
 */
#include <stdint.h>
#include <stdio.h>

#include "progress.h"
#include "tap.h"

static const char *text(uint64_t rows, uint64_t bytes, double seconds)
{
    static char out[PROGRESS_SIZE];
    size_t length = progress_text(out, rows, bytes, seconds);
    return length == strlen(out) ? out : "(wrong length)";
}

int main(void)
{
    CHECK_TEXT(text(12345678, 345000000, 2.875), "12,345,678 rows, 345 MB, 120 MB/s");
    CHECK_TEXT(text(0, 0, 0), "0 rows, 0 MB, 0 MB/s");
    CHECK_TEXT(text(999, 1, 1), "999 rows, 0 MB, 0 MB/s");
    CHECK_TEXT(text(1000, 1500000, 1), "1,000 rows, 2 MB, 2 MB/s");
    CHECK_TEXT(text(UINT64_MAX, UINT64_MAX, 1),
               "18,446,744,073,709,551,615 rows, 18446744073710 MB, 18446744073710 MB/s");
    struct progress progress;
    if (freopen("/dev/null", "w", stderr) == NULL) {
        return 1;
    }
    progress_start(&progress, &(struct diag){0});
    CHECK(!progress_is_due(&progress, UINT64_MAX - 1));
    progress_clear(&progress);
    CHECK(progress.shown == 0);
    return tap_done();
}
