// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * histories: see histories.h. A table of hashes with linear probing, of entries that are counted, then sorted.
 */
#include "histories.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"

enum {
    FIRST_SLOTS = 1024,
};

// Customers with one history and one weight; counted, so that the sum of their weights does not depend on their
// order.
struct entry {
    struct history history;
    double weight;
    uint64_t count;
};

// With a part of the hash, so that a slot nearly always tells without its entry whether it is the one.
struct slot {
    uint32_t entry; // 1 + its number, 0: free
    uint32_t hash;
};

struct histories_table {
    struct entry *entries;
    size_t count;
    size_t capacity;
    struct slot *slots;
    size_t slot_count;
};

static uint64_t mix(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t hash_of(const struct history *history, double weight)
{
    uint64_t hash = mix(mix(mix(0, history->x), history->T), history->t_x);
    return mix(mix(mix(hash, history->litt), history->m), weight) * UINT64_C(0xBF58476D1CE4E5B9);
}

static bool same(const struct history *a, const struct history *b)
{
    return a->T == b->T && a->t_x == b->t_x && a->x == b->x && a->litt == b->litt && a->m == b->m;
}

// The slot of a history, or the free one where it belongs.
static struct slot *find(const struct histories_table *table, const struct history *history, double weight,
                         uint64_t hash)
{
    size_t place = (hash >> 20) & (table->slot_count - 1);
    for (;;) {
        struct slot *slot = &table->slots[place];
        if (slot->entry == 0) {
            return slot;
        }
        const struct entry *entry = &table->entries[slot->entry - 1];
        if (slot->hash == (uint32_t)hash && same(&entry->history, history) && entry->weight == weight) {
            return slot;
        }
        place = (place + 1) & (table->slot_count - 1);
    }
}

static void widen(struct histories_table *table)
{
    free(table->slots);
    table->slot_count = table->slot_count == 0 ? FIRST_SLOTS : table->slot_count * 2;
    table->slots = heap_allocate(table->slot_count, sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++) {
        const struct entry *entry = &table->entries[i];
        uint64_t hash = hash_of(&entry->history, entry->weight);
        *find(table, &entry->history, entry->weight, hash) = (struct slot){(uint32_t)i + 1, (uint32_t)hash};
    }
}

uint32_t histories_add(struct histories *histories, const struct history *history, double weight)
{
    if (histories->table == NULL) {
        histories->table = heap_allocate(1, sizeof *histories->table);
    }
    struct histories_table *table = histories->table;
    if (table->count * 2 >= table->slot_count) {
        widen(table);
    }
    uint64_t hash = hash_of(history, weight);
    struct slot *slot = find(table, history, weight, hash);
    if (slot->entry == 0) {
        if (table->count >= UINT32_MAX - 1) {
            diag_out_of_memory();
        }
        table->entries = heap_grow(table->entries, &table->capacity, table->count + 1, sizeof *table->entries);
        table->entries[table->count] = (struct entry){.history = *history, .weight = weight};
        *slot = (struct slot){(uint32_t)++table->count, (uint32_t)hash};
    }
    table->entries[slot->entry - 1].count++;
    return slot->entry - 1;
}

static int compare_numbers(double a, double b)
{
    return a < b ? -1 : a > b;
}

static int compare_histories(const struct history *a, const struct history *b)
{
    const double differences[][2] = {{a->x, b->x}, {a->T, b->T}, {a->t_x, b->t_x}, {a->litt, b->litt}, {a->m, b->m}};
    for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++) {
        if (differences[i][0] != differences[i][1]) {
            return compare_numbers(differences[i][0], differences[i][1]);
        }
    }
    return 0;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int order = compare_histories(&a->history, &b->history);
    return order != 0 ? order : compare_numbers(a->weight, b->weight);
}

static const struct entry **sort(const struct histories_table *table)
{
    const struct entry **order = heap_allocate(table->count, sizeof *order);
    for (size_t i = 0; i < table->count; i++) {
        order[i] = &table->entries[i];
    }
    qsort(order, table->count, sizeof *order, compare_entries);
    return order;
}

// Entries that differ in their weight alone are one row.
static void take(struct histories *histories, const struct entry *const *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = order[i];
        size_t last = histories->count - 1;
        if (histories->count == 0 || !same(&histories->rows[last], &entry->history)) {
            last = histories->count++;
            histories->rows[last] = entry->history;
        }
        histories->weights[last] += (double)entry->count * entry->weight;
        histories->customers += (double)entry->count * entry->weight;
        histories->positions[entry - histories->table->entries] = (uint32_t)last;
    }
}

static void free_table(struct histories *histories)
{
    if (histories->table != NULL) {
        free(histories->table->entries);
        free(histories->table->slots);
    }
    free(histories->table);
    histories->table = NULL;
}

void histories_settle(struct histories *histories)
{
    size_t count = histories->table == NULL ? 0 : histories->table->count;
    histories->rows = heap_allocate(count, sizeof *histories->rows);
    histories->weights = heap_allocate(count, sizeof *histories->weights);
    histories->positions = heap_allocate(count, sizeof *histories->positions);
    if (count > 0) {
        free(histories->table->slots);
        histories->table->slots = NULL;
        const struct entry **order = sort(histories->table);
        take(histories, order, count);
        free(order);
    }
    free_table(histories);
}

size_t histories_position(const struct histories *histories, uint32_t number)
{
    return histories->positions[number];
}

void histories_thin(struct histories *histories, const struct histories *from, size_t step)
{
    for (size_t i = step / 2; i < from->count; i += step) {
        histories_add(histories, &from->rows[i], from->weights[i]);
    }
    histories_settle(histories);
}

void histories_free(struct histories *histories)
{
    free_table(histories);
    free(histories->rows);
    free(histories->weights);
    free(histories->positions);
}
