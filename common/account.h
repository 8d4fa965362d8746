// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * account: what became of the records of a table, counted, and said at its end. Nothing is dropped silently.
 *
 * The zero value is an empty account.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"

struct account_reason;

struct account {
    uint64_t read;     // records, headers left out
    uint64_t given;    // of these, the rows a mode saw
    uint64_t rejected; // before or after that
    uint64_t ungiven;  // of the rejected, those no mode saw
    uint64_t padded;
    uint64_t surplus;         // records with more cells than the header, all empty
    const char *surplus_file; // where the first of them is; borrowed
    uint64_t surplus_line;
    bool not_surplus;             // another record has no more cells than the header
    uint64_t not_kept;            // by --where
    uint64_t uncounted;           // by the layout
    const char *uncounted_reason; // what they are
    uint64_t headers;             // repeated ones
    struct account_reason *reasons;
    size_t reason_count;
    size_t reason_capacity;
};

// Counts a record with more cells than the header, all empty. Said only when there are others: an unquoted comma may
// have shifted its cells.
void account_add_surplus(struct account *account, const char *file, uint64_t line);

// Counts a given row left out for `reason`, a string constant.
void account_leave_out(struct account *account, const char *reason);

// The notes and, with -v, the counts. `where` tells whether --where chose rows.
void account_say(const struct account *account, const struct diag *diag, bool where);

// How many records are missing from the results, said whatever the options. `file` holds them; NULL: they were ragged
// and skipped.
void account_say_rejected(const struct account *account, const char *file);

void account_free(struct account *account);

#endif
