// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * entry: one line of the ledger: event, at, run, the 13 columns of a contact, note.
 *
 * A line is one record whatever quotes it holds, so that a quote left open cannot swallow the lines after it; therefore
 * no cell has a line break in it. Always comma-separated, quotes only where needed.
 */
#ifndef ENTRY_H
#define ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"
#include "contact.h"
#include "date.h"
#include "key.h"
#include "slice.h"
#include "text.h"

enum entry_event {
    ENTRY_DUE,      // decided, and recorded before it is printed
    ENTRY_PRINTED,  // all that the run recorded was printed; has no contact
    ENTRY_DEFERRED, // due, but put off by a limit
    ENTRY_MISSED,   // never printed: its day went by
    ENTRY_DONE,     // the rest are marks of the staff
    ENTRY_SKIP,
    ENTRY_SNOOZE, // `due` is the day it comes back
    ENTRY_STOP,
    ENTRY_EVENTS,
};

struct entry {
    enum entry_event event;
    int64_t at; // local seconds; of a day alone, its last second
    struct slice run;
    struct slice head; // event, at and run as they stand in a plain line, with the comma behind them; else empty
    struct slice contact[CONTACT_COLUMNS]; // empty after ENTRY_PRINTED
    struct key key;                        // not set after ENTRY_PRINTED
    struct slice note;
};

// "done"; and the reverse, ENTRY_EVENTS when it is no event.
const char *entry_event_name(enum entry_event event);
enum entry_event entry_event_of(struct slice name);

// The first line of a ledger, with its line feed.
extern const char entry_header[];

// A time as the ledger writes it: the day alone when it is the day's last second, which is what a date without a time
// means. Returns the length.
size_t entry_print_at(char out[DATE_SIZE], int64_t at);

// Takes a line (without its end) apart. NULL, or what is wrong with it (static). Views of the line, or of *scratch,
// which is used when a cell has quotes in it; both must live as long as the entry is used.
const char *entry_read(struct slice line, struct text *scratch, struct entry *entry);

// The same, quickly, of the line that `bytes` begin with, if it is as most are: whole, without quotes and nothing wrong
// with it; else false, and entry_read tells more. *length is that of the line with its end. `before` is the entry of a
// plain line before it, which may stand in *entry, or NULL: the lines of a run begin alike, so what is known of that
// one is not read again. Of the contact only owner, due and key are set, and the note is not: all that a history asks
// for. Views of the bytes.
bool entry_read_plain(struct slice bytes, const struct entry *before, struct entry *entry, size_t *length);

// Adds a line to *out. `at` is the clock's time. `contact` NULL leaves its columns empty.
void entry_append(struct text *out, enum entry_event event, const struct clock *clock, struct slice run,
                  const struct contact *contact, struct slice note);

#endif
