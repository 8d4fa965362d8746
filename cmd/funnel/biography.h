// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * biography: the stages each person went through: of his events in order of time those that differ from the one before.
 *
 * Events may come in any order; those of one person and time count in the order in which they were added. Persons are
 * numbered in order of first appearance. Memory: 48 to 96 bytes an event; it lives until biography_free.
 */
#ifndef BIOGRAPHY_H
#define BIOGRAPHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lookups.h"
#include "map.h"
#include "slice.h"

struct biography_event {
    int64_t time;
    uint64_t line;    // where it was read
    const char *file; // borrowed
    uint32_t person;  // set by biography_add
    uint32_t stage;
    bool has_time;  // false: a date alone
    int64_t amount; // whatever the caller has to remember with it
};

struct biography_page {
    const struct biography_event *events; // the changes, or all, in order of time
    size_t count;
};

struct biography {
    bool whole; // all events are kept, not only changes
    struct map *persons;
    struct lookups *lookups;
    size_t known; // events whose person is known
    struct biography_event *events;
    size_t count;
    size_t capacity;
    size_t *starts; // of each person's changes, once settled
    size_t *ends;
};

void biography_open(struct biography *biography, bool whole);

// The event of a customer.
void biography_add(struct biography *biography, struct slice customer, const struct biography_event *event);

// After the last event, before anything is asked for.
void biography_settle(struct biography *biography);

size_t biography_count(const struct biography *biography);                         // persons
struct slice biography_customer(const struct biography *biography, size_t person); // lives as long as the biography
size_t biography_find(const struct biography *biography, struct slice customer);   // SIZE_MAX: nobody
struct biography_page biography_page(const struct biography *biography, size_t person);

// The first person whose record cannot be: somebody without an event, or with another's, events that are not in order
// of time, or a change that changes nothing. biography_count when all is well.
size_t biography_breach(const struct biography *biography);

void biography_free(struct biography *biography);

#endif
