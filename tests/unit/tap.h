// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tap: the few lines a unit test needs. Each check prints one TAP line; tap_done prints the plan and gives the exit
 * status. State is per test program, which includes this header once.
 */
#ifndef TAP_H
#define TAP_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count;
static int tap_failures;

static inline bool tap_report(bool passed, const char *what, const char *file, int line)
{
    tap_count++;
    if (!passed) {
        tap_failures++;
        printf("not ok %d - %s (%s:%d)\n", tap_count, what, file, line);
    } else {
        printf("ok %d - %s\n", tap_count, what);
    }
    return passed;
}

static inline bool tap_same(const char *got, const char *expected, const char *what, const char *file, int line)
{
    bool passed = tap_report(strcmp(got, expected) == 0, what, file, line);
    if (!passed) {
        printf("#      got: '%s'\n# expected: '%s'\n", got, expected);
    }
    return passed;
}

static inline bool tap_near(double got, double expected, double tolerance, const char *what, const char *file, int line)
{
    bool passed = tap_report(fabs(got - expected) <= tolerance, what, file, line);
    if (!passed) {
        printf("#      got: %.17g\n# expected: %.17g +- %g\n", got, expected, tolerance);
    }
    return passed;
}

#define CHECK(condition) tap_report((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(got, expected) tap_same((got), (expected), #got, __FILE__, __LINE__)
#define CHECK_NEAR(got, expected, tolerance) tap_near((got), (expected), (tolerance), #got, __FILE__, __LINE__)

static inline int tap_done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failures == 0 ? 0 : 1;
}

#endif
