// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * validation: see validation.h.
 */
#include "validation.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "sum.h"

enum {
    WEEK = 7,
};

static size_t day_count(const struct validation *validation)
{
    return (size_t)(validation->today - validation->start) + 1;
}

// Days on or before `day`.
static size_t count_until(const int32_t *days, size_t count, int32_t day)
{
    size_t found = 0;
    while (found < count && days[found] <= day) {
        found++;
    }
    return found;
}

void validation_add(struct validation *validation, const int32_t *days, size_t count)
{
    if (validation->births == NULL) {
        validation->births = heap_allocate(day_count(validation), sizeof *validation->births);
        validation->repeats = heap_allocate(day_count(validation), sizeof *validation->repeats);
    }
    size_t known = count_until(days, count, validation->holdout);
    if (known == 0) {
        return;
    }
    struct history history = {
        .x = (double)known - 1, .T = validation->holdout - days[0], .t_x = days[known - 1] - days[0]};
    for (size_t i = 1; validation->litt && i < known; i++) {
        history.litt += log(days[i] - days[i - 1]);
    }
    validation->births[days[0] - validation->start]++;
    for (size_t i = 1; i < count; i++) {
        validation->repeats[days[i] - validation->start]++;
    }
    validation->customers =
        heap_grow(validation->customers, &validation->capacity, validation->count + 1, sizeof *validation->customers);
    validation->customers[validation->count++] = (struct validation_customer){
        .history = histories_add(&validation->histories, &history, 1),
        .x = (uint32_t)(known - 1),
        .actual = (uint32_t)(count - known),
    };
}

void validation_settle(struct validation *validation)
{
    histories_settle(&validation->histories);
}

// Sums of a group of customers, in any order.
struct tally {
    double customers;
    double actual;
    struct sum expected;
};

static void count_in(struct tally *tally, double actual, double expected)
{
    tally->customers++;
    tally->actual += actual;
    sum_add(&tally->expected, expected);
}

static struct validation_group group_of(const struct tally *tally)
{
    return (struct validation_group){tally->customers, tally->actual, sum_value(&tally->expected)};
}

static struct validation_group mean_of(struct validation_group group)
{
    return (struct validation_group){group.customers, group.actual / group.customers, group.expected / group.customers};
}

struct outcome {
    double expected;
    double actual;
};

static int compare_outcomes(const void *a, const void *b)
{
    double left = ((const struct outcome *)a)->expected;
    double right = ((const struct outcome *)b)->expected;
    return left > right ? -1 : left < right;
}

// Adds `count` equal customers, who stand from place `from` on, to the deciles in which they lie.
static void spread(struct validation_group *deciles, double place, double count, double total,
                   const struct outcome *each)
{
    for (size_t i = 0; i < VALIDATION_DECILES; i++) {
        double low = fmax(place, total * (double)i / VALIDATION_DECILES);
        double high = fmin(place + count, total * (double)(i + 1) / VALIDATION_DECILES);
        if (high > low) {
            deciles[i].customers += high - low;
            deciles[i].actual += (high - low) * each->actual;
            deciles[i].expected += (high - low) * each->expected;
        }
    }
}

static void find_deciles(struct validation_group *deciles, struct outcome *outcomes, size_t count)
{
    qsort(outcomes, count, sizeof *outcomes, compare_outcomes);
    for (size_t start = 0, end; start < count; start = end) {
        struct outcome each = outcomes[start];
        for (end = start + 1; end < count && outcomes[end].expected == each.expected; end++) {
            each.actual += outcomes[end].actual;
        }
        each.actual /= (double)(end - start);
        spread(deciles, (double)start, (double)(end - start), (double)count, &each);
    }
    for (size_t i = 0; i < VALIDATION_DECILES; i++) {
        deciles[i] = mean_of(deciles[i]);
    }
}

struct validation_result validation_judge(const struct validation *validation, const double *expected)
{
    struct validation_result result = {.total = {0}};
    struct outcome *outcomes = heap_allocate(validation->count, sizeof *outcomes);
    struct tally total = {0};
    struct tally frequencies[VALIDATION_FREQUENCIES] = {{0}};
    struct sum distance = {0};
    struct sum square = {0};
    for (size_t i = 0; i < validation->count; i++) {
        const struct validation_customer *customer = &validation->customers[i];
        double foretold = expected[histories_position(&validation->histories, customer->history)];
        size_t frequency = customer->x < VALIDATION_FREQUENCIES ? customer->x : VALIDATION_FREQUENCIES - 1;
        outcomes[i] = (struct outcome){foretold, customer->actual};
        count_in(&total, customer->actual, foretold);
        count_in(&frequencies[frequency], customer->actual, foretold);
        sum_add(&distance, fabs(foretold - customer->actual));
        sum_add(&square, (foretold - customer->actual) * (foretold - customer->actual));
    }
    result.total = group_of(&total);
    result.mae = sum_value(&distance) / total.customers;
    result.rmse = sqrt(sum_value(&square) / total.customers);
    result.bias = (result.total.expected - result.total.actual) / total.customers;
    for (size_t i = 0; i < VALIDATION_FREQUENCIES; i++) {
        result.frequencies[i] = mean_of(group_of(&frequencies[i]));
    }
    find_deciles(result.deciles, outcomes, validation->count);
    free(outcomes);
    return result;
}

size_t validation_weeks(const struct validation *validation)
{
    return day_count(validation) / WEEK;
}

void validation_track_actual(const struct validation *validation, double *cumulative)
{
    double sum = 0;
    for (size_t week = 0; week < validation_weeks(validation); week++) {
        for (size_t day = week * WEEK; day < (week + 1) * WEEK; day++) {
            sum += validation->repeats[day];
        }
        cumulative[week] = sum;
    }
}

void validation_track_expected(const struct validation *validation, const double *growth, double *cumulative)
{
    for (size_t week = 0; week < validation_weeks(validation); week++) {
        size_t end = (week + 1) * WEEK;
        cumulative[week] = 0;
        for (size_t day = 0; day < end; day++) {
            cumulative[week] += validation->births[day] * growth[end - day];
        }
    }
}

void validation_free(struct validation *validation)
{
    histories_free(&validation->histories);
    free(validation->customers);
    free(validation->births);
    free(validation->repeats);
}
