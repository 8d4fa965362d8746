// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Natural breaks: published and hand-made cases, and against all partitions of small columns.
 */
#include "../../cmd/segment/natural.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum {
    MOST = 14,
};

static uint64_t state = 1;

static uint64_t roll(uint64_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % sides;
}

static double squares(const double *values, size_t from, size_t to)
{
    if (values[from] == values[to - 1]) {
        return 0;
    }
    long double mean = 0;
    long double total = 0;
    for (size_t i = from; i < to; i++) {
        mean += (long double)values[i] / (long double)(to - from);
    }
    for (size_t i = from; i < to; i++) {
        total += ((long double)values[i] - mean) * ((long double)values[i] - mean);
    }
    return (double)total;
}

// The least squared deviation of any partition into so many classes; INFINITY when there is none.
static double least(const double *sorted, size_t count, size_t from, size_t classes)
{
    if (classes == 1) {
        return from < count ? squares(sorted, from, count) : INFINITY;
    }
    double best = INFINITY;
    for (size_t to = from + 1; to < count; to++) {
        if (sorted[to] != sorted[to - 1]) {
            best = fmin(best, squares(sorted, from, to) + least(sorted, count, to, classes - 1));
        }
    }
    return best;
}

static bool is_case(const double *given, size_t count, size_t wanted, const double *bounds)
{
    double values[MOST];
    struct natural_class classes[NATURAL_MOST];
    memcpy(values, given, count * sizeof *values);
    bool right = natural_divide(values, count, wanted, classes) >= wanted && classes[0].lower == bounds[0];
    for (size_t i = 0; right && i < wanted; i++) {
        right = classes[i].upper == bounds[i + 1];
    }
    return right;
}

// The cases of jenkspy's page and tests (mthh/jenkspy).
static void published_cases(void)
{
    const double twelve[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    CHECK(is_case(twelve, 12, 4, (const double[]){0, 2, 5, 8, 11}));
    CHECK(is_case((const double[]){0, 1, -2}, 3, 2, (const double[]){-2, -2, 1}));
    CHECK(is_case((const double[]){-1, -1, -1, -1, 2, 2}, 6, 2, (const double[]){-1, -1, 2}));
    double values[MOST];
    struct natural_class classes[NATURAL_MOST];
    memcpy(values, twelve, sizeof twelve);
    natural_divide(values, 12, 4, classes);
    struct natural_fit fit = natural_judge(values, classes, 4);
    CHECK(fit.within == 8);
    CHECK(fit.whole == 143);
}

static void too_few_values_are_told_by_their_number(void)
{
    double values[] = {2, -1, -1, 2, -1, -1};
    struct natural_class classes[3] = {{7, 7, 7}};
    CHECK(natural_divide(values, 6, 3, classes) == 2);
    CHECK(classes[0].rows == 7);
    CHECK(natural_divide(values, 0, 1, classes) == 0);
}

static void one_class_and_as_many_as_values(void)
{
    double values[] = {5, 1, 5, 3};
    struct natural_class classes[3];
    CHECK(natural_divide(values, 4, 1, classes) == 3);
    CHECK(classes[0].lower == 1 && classes[0].upper == 5 && classes[0].rows == 4);
    CHECK(natural_divide(values, 4, 3, classes) == 3);
    CHECK(classes[0].rows == 1 && classes[1].upper == 3 && classes[2].lower == 5 && classes[2].rows == 2);
    CHECK(natural_judge(values, classes, 3).within == 0);
}

static void of_equally_good_partitions_the_highest_class_begins_lowest(void)
{
    CHECK(is_case((const double[]){0, 1, 2}, 3, 2, (const double[]){0, 0, 2}));
    CHECK(is_case((const double[]){2, 1, 0, 3, 4}, 5, 3, (const double[]){0, 0, 2, 4}));
}

// Random small columns, with ties, far values and large offsets.
static void no_partition_is_better(void)
{
    int wrong = 0;
    for (int run = 0; run < 3000; run++) {
        double values[MOST];
        struct natural_class classes[NATURAL_MOST];
        size_t count = 1 + roll(MOST);
        uint64_t sides = 1 + roll(30);
        double unit = ldexp(1.0 + (double)roll(100) / 7, (int)roll(40) - 20);
        double offset = roll(2) == 0 ? 0 : (double)roll(1000) * 1000 - 500000;
        for (size_t i = 0; i < count; i++) {
            values[i] = offset + unit * (double)roll(sides) * (roll(10) == 0 ? 1000 : 1);
        }
        size_t wanted = 1 + roll(5);
        size_t distinct = natural_divide(values, count, wanted, classes);
        double best = least(values, count, 0, wanted);
        if (distinct < wanted) {
            wrong += best != INFINITY;
            continue;
        }
        struct natural_fit fit = natural_judge(values, classes, wanted);
        wrong += fabs(fit.within - best) > 1e-9 * fit.whole + 1e-14 * best;
    }
    CHECK(wrong == 0);
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

// The classes cover the sorted column without a gap, whatever the order of the values.
static void classes_cover_all_values(void)
{
    static double values[5000];
    static double sorted[5000];
    struct natural_class classes[40];
    for (size_t i = 0; i < 5000; i++) {
        values[i] = sorted[i] = (double)roll(3000) / 8 * (double)(1 + roll(3));
    }
    qsort(sorted, 5000, sizeof *sorted, compare_doubles);
    natural_divide(values, 5000, 40, classes);
    int wrong = 0;
    size_t at = 0;
    for (size_t i = 0; i < 40; i++) {
        wrong += classes[i].rows == 0 || classes[i].lower != sorted[at];
        at += classes[i].rows;
        wrong += classes[i].upper != sorted[at - 1];
        wrong += at < 5000 && sorted[at] == sorted[at - 1];
    }
    CHECK(wrong == 0);
    CHECK(at == 5000);
}

// A value that is far off, above or below, takes a class of its own and costs the others no digit.
static void a_whale_costs_the_others_no_digit(void)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        const double plain[] = {1, 1.25, 1.5, 7, 7.25, 7.5, 20, 20.5, 21};
        double values[10];
        struct natural_class classes[4];
        memcpy(values, plain, sizeof plain);
        values[9] = sign * 1e15;
        natural_divide(values, 10, 4, classes);
        const struct natural_class *others = sign > 0 ? classes : classes + 1;
        CHECK(classes[sign > 0 ? 3 : 0].rows == 1);
        CHECK(others[0].upper == 1.5 && others[1].lower == 7 && others[1].upper == 7.5 && others[2].lower == 20);
    }
}

int main(void)
{
    published_cases();
    too_few_values_are_told_by_their_number();
    one_class_and_as_many_as_values();
    of_equally_good_partitions_the_highest_class_begins_lowest();
    no_partition_is_better();
    classes_cover_all_values();
    a_whale_costs_the_others_no_digit();
    return tap_done();
}
