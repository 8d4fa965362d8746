// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ledger: the append-only file that remembers every contact, so that none is made twice.
 *
 * Whoever changes it holds flock(2) from before it is read until it is closed, so runs side by side wait for each
 * other; the lock goes with the process, however that ends. Appending is one buffer and one fdatasync. A last line
 * without its line feed is the trace of a run that was killed: it is said, and cut by the next one that changes the
 * file. Local file systems only. Everything here says what is wrong itself.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"
#include "diag.h"
#include "entry.h"
#include "history.h"
#include "period.h"
#include "slice.h"

struct ledger_options {
    const char *path;  // borrowed
    bool change;       // take the lock; else it is only read, without one
    bool no_wait;      // a lock that is held is a fault, not waited for
    bool may_be_fresh; // where there is no file it is an empty ledger, made when it is to be changed
    int64_t until;     // local seconds: later entries are left out; INT64_MAX for none
};

struct ledger;

// Opens and reads it whole. NULL, said, with *status when it cannot be opened or is no ledger.
struct ledger *ledger_open(const struct ledger_options *options, const struct clock *clock, const struct diag *diag,
                           enum status *status);
void ledger_close(struct ledger *ledger);

// What its entries say. Whoever appends may play the new entries into it.
struct history *ledger_history(const struct ledger *ledger);

// May a run at this time change it? Not when its last entry is later than now, or more than `jump` ago: one of the two
// clocks is then wrong, which would burn every contact in between. False, said.
bool ledger_clock_fits(const struct ledger *ledger, const struct clock *clock, struct period jump);

// The id of this run: its date and a number, unlike any in the ledger ("2026-11-21.1"). Lives as long as the ledger.
struct slice ledger_run(struct ledger *ledger, const struct clock *clock);

// Reads the entries again from `place` on; *place becomes that of the next one. False at the end, and where the file
// cannot be read any more, which ledger_failed tells. The entry lives until the next call.
bool ledger_entry(struct ledger *ledger, uint64_t *place, struct entry *entry);

// The same for the line itself, without its end; it lives until the next call of this or of ledger_entry.
bool ledger_line(struct ledger *ledger, uint64_t *place, struct slice *line);

// Lets a file with this content, a whole ledger, take the place of this one: written beside it, on the disk before it
// is renamed. The lock is on the old file, so a run that waits for it finds the new one and begins anew. When that
// fails the ledger is as it was, and it was said: status 3. Afterwards only ledger_close may be called.
bool ledger_replace(struct ledger *ledger, struct slice content);

// Did reading again fail? It was said; what was given is not all, so the run must end with status 3.
bool ledger_failed(const struct ledger *ledger);

// Is an entry of this time left out as later than `until`? ledger_entry gives it all the same.
bool ledger_leaves_out(const struct ledger *ledger, int64_t at);

// Appends whole lines and waits until they are on the disk. When that fails, what was written of them is taken back as
// far as the system allows, and it was said: status 3.
bool ledger_append(struct ledger *ledger, struct slice lines);

#endif
