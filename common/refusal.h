// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * refusal: a record that cannot be used: said, and the table ends there, or put among the rejects and counted.
 *
 * All functions return whether the table goes on.
 */
#ifndef REFUSAL_H
#define REFUSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account.h"
#include "columns.h"
#include "diag.h"
#include "progress.h"
#include "rejects.h"
#include "row.h"

#define REFUSAL_NO_COLUMN SIZE_MAX

// What is done with refused records, and which was the last. All but the last two are borrowed.
struct refusals {
    struct rejects *rejects; // NULL: the first refused record ends the table
    struct account *account;
    struct progress *progress;
    const struct columns *columns;
    const struct diag *diag;
    const char *last_file; // a row is refused once, however much is wrong with it
    uint64_t last_line;
};

// Why a row is refused: one of its cells, or with REFUSAL_NO_COLUMN the whole. `hint` is for the user at the keyboard
// alone. Both texts are borrowed.
struct refusal {
    size_t column;
    const char *reason;
    const char *hint;
};

// Refuses a row that fits the header.
bool refusal_row(struct refusals *refusals, const struct row *row, const struct refusal *refusal);

// Refuses a record that does not, or could not be read; `line` is where it went wrong.
bool refusal_record(struct refusals *refusals, const struct row *row, uint64_t line, const struct refusal *refusal);

#endif
