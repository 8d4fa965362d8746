// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * purchases: see purchases.h. The count of distinct days is kept while rows come in date order; the day of every row
 * that opened a new one is also listed, so that for customers whose rows turned out not to be in order the days can be
 * sorted and counted at the end. Nearly every real log is in order for nearly every customer.
 */
#include "purchases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"
#include "lookups.h"
#include "map.h"

enum {
    DAYS_PER_BLOCK = 65536, // half a MiB, so that a growing list never has to be copied
};

// With its key it fills one cache line, so that a row costs one wait for memory.
struct record {
    int32_t first;
    int32_t last;
    uint32_t days; // distinct ones; exact at any time unless disordered
    uint32_t orders : 31;
    uint32_t disordered : 1; // a day before the last one was seen
    money_wide gross;        // of orders, refunds not taken off
    money_wide first_gross;  // of the first day
};

// What few logs have.
struct extras {
    money_wide refunded;
    money_wide cost;
};

struct customer_day {
    uint32_t customer;
    int32_t day;
};

struct day_block {
    struct day_block *next;
    size_t count;
    struct customer_day days[DAYS_PER_BLOCK];
};

// What a row said.
struct purchase {
    int32_t day;
    bool counts;
    struct money amount;
    struct money refunded;
    struct money cost;
};

struct purchases {
    struct map *customers; // -> struct record
    bool sorted;
    int32_t latest;           // day of all orders so far
    struct day_block *blocks; // newest first
    size_t disordered_count;
    uint8_t amount_places;
    uint8_t cost_places;
    bool keep_gaps;
    double *gaps; // by customer: sum of the logarithms of the gaps, in days; exact at any time unless disordered
    size_t gap_capacity;
    struct extras *extras; // by customer
    size_t extra_capacity;
    struct lookups *lookups;
    struct purchase waiting[LOOKUPS_ROOM];
};

struct purchases *purchases_create(bool sorted)
{
    struct purchases *purchases = heap_allocate(1, sizeof *purchases);
    purchases->customers = map_create(sizeof(struct record));
    purchases->lookups = lookups_create(purchases->customers);
    purchases->sorted = sorted;
    purchases->latest = INT32_MIN;
    return purchases;
}

void purchases_keep_gaps(struct purchases *purchases)
{
    purchases->keep_gaps = true;
}

static void free_blocks(struct purchases *purchases)
{
    while (purchases->blocks != NULL) {
        struct day_block *next = purchases->blocks->next;
        free(purchases->blocks);
        purchases->blocks = next;
    }
}

void purchases_free(struct purchases *purchases)
{
    if (purchases == NULL) {
        return;
    }
    free_blocks(purchases);
    lookups_free(purchases->lookups);
    map_free(purchases->customers);
    free(purchases->gaps);
    free(purchases->extras);
    free(purchases);
}

static void list_day(struct purchases *purchases, uint32_t customer, int32_t day)
{
    struct day_block *block = purchases->blocks;
    if (block == NULL || block->count == DAYS_PER_BLOCK) {
        block = heap_allocate(1, sizeof *block);
        block->next = purchases->blocks;
        purchases->blocks = block;
    }
    block->days[block->count++] = (struct customer_day){customer, day};
}

// An array by customer, made to reach to this one; what is added is zero.
static void *reach(void *array, size_t *capacity, uint32_t customer, size_t size)
{
    size_t known = *capacity;
    if (known <= customer) {
        array = heap_grow(array, capacity, (size_t)customer + 1, size);
        memset((char *)array + known * size, 0, (*capacity - known) * size);
    }
    return array;
}

static void add_gap(struct purchases *purchases, const struct record *record, uint32_t customer, int32_t day)
{
    purchases->gaps = reach(purchases->gaps, &purchases->gap_capacity, customer, sizeof *purchases->gaps);
    if (record->orders > 0 && day > record->last) {
        purchases->gaps[customer] += log((double)day - record->last);
    }
}

// A purchase day: the first of the customer, a new one, or one seen before.
static void add_day(struct purchases *purchases, struct record *record, uint32_t customer, int32_t day)
{
    if (record->orders > 0 && day == record->last) {
        return;
    }
    if (record->orders > 0 && day < record->last && !record->disordered) {
        record->disordered = true;
        purchases->disordered_count++;
    }
    if (purchases->keep_gaps) {
        add_gap(purchases, record, customer, day);
    }
    record->days++;
    if (!purchases->sorted) {
        list_day(purchases, customer, day);
    }
    if (record->orders == 0 || day < record->first) {
        record->first = day;
        record->first_gross = 0;
    }
    if (record->orders == 0 || day > record->last) {
        record->last = day;
    }
}

// Two thousand million orders of one customer are more than this is made for.
static void count_order(struct record *record)
{
    if (record->orders++ == INT32_MAX) {
        diag_out_of_memory();
    }
}

static void add_extras(struct purchases *purchases, uint32_t customer, const struct purchase *purchase)
{
    purchases->extras = reach(purchases->extras, &purchases->extra_capacity, customer, sizeof *purchases->extras);
    purchases->extras[customer].refunded += purchase->refunded.micros;
    purchases->extras[customer].cost += purchase->cost.micros;
}

// False, and nothing added, when the rows were promised sorted and this day is before the customer's last.
static bool take(struct purchases *purchases, struct record *record, uint32_t index, const struct purchase *purchase)
{
    int32_t day = purchase->day;
    if (purchase->counts) {
        if (purchases->sorted && record->orders > 0 && day < record->last) {
            return false;
        }
        add_day(purchases, record, index, day);
        count_order(record);
    }
    record->gross += purchase->amount.micros;
    if (record->orders > 0 && day == record->first) {
        record->first_gross += purchase->amount.micros;
    }
    if (purchase->refunded.micros != 0 || purchase->cost.micros != 0) {
        add_extras(purchases, index, purchase);
    }
    return true;
}

static void take_found(struct purchases *purchases, const struct lookups_found *found)
{
    take(purchases, found->value, found->index, &purchases->waiting[found->place]);
}

static void take_waiting(struct purchases *purchases)
{
    struct lookups_found found;
    while (lookups_next(purchases->lookups, &found)) {
        take_found(purchases, &found);
    }
}

// May the row be before its customer's last? It may only where it is before some order: most logs are in order whole.
static bool is_doubtful(struct purchases *purchases, const struct purchase *purchase)
{
    if (!purchase->counts || !purchases->sorted) {
        return false;
    }
    bool doubtful = purchase->day < purchases->latest;
    purchases->latest = doubtful ? purchases->latest : purchase->day;
    return doubtful;
}

static void note_places(struct purchases *purchases, const struct purchase *purchase)
{
    uint8_t places = purchase->amount.places;
    places = purchase->refunded.places > places ? purchase->refunded.places : places;
    purchases->amount_places = places > purchases->amount_places ? places : purchases->amount_places;
    purchases->cost_places =
        purchase->cost.places > purchases->cost_places ? purchase->cost.places : purchases->cost_places;
}

bool purchases_add(struct purchases *purchases, struct slice customer, int32_t day, bool counts, struct money amount,
                   struct money refunded, struct money cost)
{
    struct purchase purchase = {day, counts, amount, refunded, cost};
    note_places(purchases, &purchase);
    // A row that may have to be refused cannot wait; and the order of first appearance must stand.
    if (is_doubtful(purchases, &purchase)) {
        uint32_t index;
        take_waiting(purchases);
        struct record *record = map_add(purchases->customers, customer, &index);
        return take(purchases, record, index, &purchase);
    }
    struct lookups_found found;
    size_t place = lookups_place(purchases->lookups);
    if (lookups_add(purchases->lookups, customer, &found)) {
        take_found(purchases, &found);
    }
    purchases->waiting[place] = purchase;
    return true;
}

static int compare_days(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a;
    int32_t right = *(const int32_t *)b;
    return left < right ? -1 : left > right;
}

static uint32_t distinct(int32_t *days, size_t count)
{
    qsort(days, count, sizeof *days, compare_days);
    uint32_t found = count > 0;
    for (size_t i = 1; i < count; i++) {
        found += days[i] != days[i - 1];
    }
    return found;
}

static double sum_gaps(const int32_t *days, size_t count)
{
    double sum = 0;
    for (size_t i = 1; i < count; i++) {
        sum += days[i] > days[i - 1] ? log((double)days[i] - days[i - 1]) : 0;
    }
    return sum;
}

static struct record *record_at(const struct purchases *purchases, size_t index)
{
    return map_value(purchases->customers, (uint32_t)index);
}

// Lists the days of disordered customers side by side, customer by customer: ends[i] is where the next one of customer
// i goes, and at last where they end.
static int32_t *gather_days(const struct purchases *purchases, size_t *ends)
{
    size_t count = map_count(purchases->customers);
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        ends[i] = total;
        struct record *record = record_at(purchases, i);
        total += record->disordered ? record->days : 0;
    }
    int32_t *days = heap_allocate(total, sizeof *days);
    for (const struct day_block *block = purchases->blocks; block != NULL; block = block->next) {
        for (size_t i = 0; i < block->count; i++) {
            uint32_t customer = block->days[i].customer;
            if (record_at(purchases, customer)->disordered) {
                days[ends[customer]++] = block->days[i].day;
            }
        }
    }
    return days;
}

void purchases_settle(struct purchases *purchases)
{
    take_waiting(purchases);
    if (purchases->disordered_count > 0) {
        size_t count = map_count(purchases->customers);
        size_t *ends = heap_allocate(count, sizeof *ends);
        int32_t *days = gather_days(purchases, ends);
        size_t start = 0;
        for (size_t i = 0; i < count; i++) {
            struct record *record = record_at(purchases, i);
            if (record->disordered) {
                record->days = distinct(days + start, ends[i] - start);
                if (purchases->keep_gaps) {
                    purchases->gaps[i] = sum_gaps(days + start, ends[i] - start);
                }
            }
            start = ends[i];
        }
        free(days);
        free(ends);
    }
    free_blocks(purchases);
}

size_t purchases_count(const struct purchases *purchases)
{
    return map_count(purchases->customers);
}

struct purchases_summary purchases_summary(const struct purchases *purchases, size_t index)
{
    const struct record *record = record_at(purchases, index);
    static const struct extras none;
    const struct extras *extras = index < purchases->extra_capacity ? &purchases->extras[index] : &none;
    uint8_t places = purchases->amount_places;
    return (struct purchases_summary){
        .customer = map_key(purchases->customers, (uint32_t)index),
        .orders = record->orders,
        .revenue = {record->gross - extras->refunded, places},
        .cost = {extras->cost, purchases->cost_places},
        .first = record->first,
        .last = record->last,
        .x = record->orders > 0 ? record->days - 1 : 0,
        .repeat = {record->gross - record->first_gross, places},
        .litt = index < purchases->gap_capacity ? purchases->gaps[index] : 0,
    };
}

struct purchases_summary purchases_absent(const struct purchases *purchases)
{
    return (struct purchases_summary){
        .revenue.places = purchases->amount_places,
        .cost.places = purchases->cost_places,
    };
}

size_t purchases_find(const struct purchases *purchases, struct slice customer)
{
    uint32_t index = map_find(purchases->customers, customer);
    return index == MAP_NONE ? SIZE_MAX : index;
}
