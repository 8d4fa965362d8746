// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * biography: the stages each person went through: of his events in order of time those that differ from the one before.
 *
 * Events may come in any order; those of one person and time count in the order in which they were added. Persons are
 * numbered by the caller, from 0 without a gap. Memory: 48 to 96 bytes an event; it lives until biography_free.
 */
#ifndef BIOGRAPHY_H
#define BIOGRAPHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct biography_event {
    int64_t time;
    uint64_t line;    // where it was read
    const char *file; // borrowed
    uint32_t person;
    uint32_t stage;
    bool has_time;  // false: a date alone
    int64_t amount; // whatever the caller has to remember with it
};

struct biography_page {
    const struct biography_event *events; // the changes, or all, in order of time
    size_t count;
};

// The zero value is empty.
struct biography {
    bool whole; // all events are kept, not only changes
    struct biography_event *events;
    size_t count;
    size_t capacity;
    size_t *starts; // of each person's changes, once settled
    size_t *ends;
    size_t persons;
};

void biography_add(struct biography *biography, const struct biography_event *event);

// After the last event, before any page is asked for: there are `persons`.
void biography_settle(struct biography *biography, size_t persons);

struct biography_page biography_page(const struct biography *biography, size_t person);

// The first person whose record cannot be: somebody without an event, or with another's, events that are not in order
// of time, or a change that changes nothing. biography->persons when all is well.
size_t biography_breach(const struct biography *biography);

void biography_free(struct biography *biography);

#endif
