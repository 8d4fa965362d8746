// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * history: what a ledger says, entry by entry in its order, of every contact: printed, done, put off, missed, stopped.
 *
 * Knows nothing of files. Keeps 32 bytes a customer and his first thread (and his name when it is longer than 15
 * bytes), 64 for each four others (a thread is a customer and a rule) and 24 an occurrence; the other texts stay in the
 * ledger, found again by `place`. Threads hang on their customer, so that one question tells of all rules that nothing
 * is known of him, as of most customers.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entry.h"
#include "slice.h"

#define HISTORY_NO_DAY INT32_MIN
#define HISTORY_NO_PLACE UINT64_MAX

// All that one rule did with one customer.
struct history_thread {
    uint32_t rule : 31;   // number of the rule
    uint32_t stopped : 1; // the staff ended it
    uint32_t other;       // number + 1 of another thread of the customer, 0: none
    uint32_t newest;      // number of its last occurrence + 1
    int32_t closed_on;    // when an occurrence was last done, skipped or missed; HISTORY_NO_DAY: never
};

// One nominal day of a thread, at any level.
struct history_occurrence {
    uint64_t place; // of its last `due` entry, else of its first entry of any kind
    int32_t nominal;
    int32_t snoozed_to; // the day it comes back, or HISTORY_NO_DAY
    uint32_t older;     // number + 1 of the occurrence of this thread that was recorded before it, 0: none
    uint16_t levels;    // bit n: printed at level n (since it was snoozed)
    bool closed : 1;    // done, skipped or stopped
    bool missed : 1;
    bool deferred : 1; // put off by a limit, at some time
    uint8_t mark;      // the last mark of the staff, enum entry_event, or ENTRY_EVENTS
};

struct history_run {
    size_t contacts; // that it recorded as due
    bool printed;
};

struct history;

// `today` is the day of this run: contacts recorded on it count towards the owners' limits.
struct history *history_create(int32_t today);
void history_free(struct history *history);

// `place` is where the entry stands in the ledger.
void history_add(struct history *history, const struct entry *entry, uint64_t place);

// The same for at most HISTORY_AT_ONCE entries in their order. Quicker: memory is asked for all of them before it is
// waited for.
enum { HISTORY_AT_ONCE = 32 };
struct history_entry {
    struct entry entry;
    uint64_t place;
};
void history_add_all(struct history *history, const struct history_entry *entries, size_t count);

// The number of a customer, encoded as in keys; HISTORY_NOBODY when nothing is recorded of him. Who has other work to
// do meanwhile asks for the memory first: history_expect gives the hash that history_expected takes. History_approach
// asks for what is read after that, worth while some time after history_expect.
#define HISTORY_NOBODY UINT32_MAX
uint32_t history_customer(const struct history *history, struct slice customer);
uint64_t history_expect(const struct history *history, struct slice customer);
void history_approach(const struct history *history, uint64_t hash);
uint32_t history_expected(const struct history *history, struct slice customer, uint64_t hash);

// The number of a rule, encoded as in keys; HISTORY_NO_RULE when nothing is recorded of it.
#define HISTORY_NO_RULE UINT32_MAX
uint32_t history_rule(const struct history *history, struct slice rule);

// What is recorded of a customer and a rule; NULL when nothing is. Valid until the next history_add.
const struct history_thread *history_thread(const struct history *history, uint32_t customer, uint32_t rule);
const struct history_occurrence *history_find(const struct history *history, const struct history_thread *thread,
                                              int32_t nominal);

// The last recorded occurrence of a thread; NULL when it has none.
const struct history_occurrence *history_newest(const struct history *history, const struct history_thread *thread);
const struct history_occurrence *history_older(const struct history *history,
                                               const struct history_occurrence *occurrence);

// Printed, and neither done, skipped, stopped, missed nor snoozed since.
bool history_is_open(const struct history_occurrence *occurrence);

// All occurrences, in the order in which they were first recorded.
size_t history_count(const struct history *history);
const struct history_occurrence *history_at(const struct history *history, size_t index);

// Contacts of this owner recorded as due on `today`.
size_t history_contacts_today(const struct history *history, struct slice owner);

// The runs, in order. The text lives as long as the history.
size_t history_run_count(const struct history *history);
const struct history_run *history_run(const struct history *history, size_t index, struct slice *id);

// Where the entries of this day and later ones begin, for who wants to read them again; HISTORY_NO_PLACE when there are
// none. Entries of earlier days may follow, where the clock went back.
uint64_t history_place(const struct history *history, int32_t day);

// False when nothing was recorded at all: then the ledger begins today. *first is the day of its first entry, *last the
// time of its last.
bool history_span(const struct history *history, int32_t *first, int64_t *last);

#endif
