// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table_parts: what the files of the module table share: table.c opens and closes it, table_columns.c answers which
 * column is which, table_rows.c gives and refuses rows.
 */
#ifndef TABLE_PARTS_H
#define TABLE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "account.h"
#include "arena.h"
#include "assignment.h"
#include "cell.h"
#include "choice.h"
#include "columns.h"
#include "damage.h"
#include "diag.h"
#include "files.h"
#include "progress.h"
#include "refusal.h"
#include "rejects.h"
#include "row.h"
#include "table.h"
#include "text.h"

// Rows that are at hand: they fit, and were not given out yet.
struct table_rows {
    const struct row *next;
    const struct row *end;
};

struct table {
    struct table_options options;
    struct files *files;
    const struct columns *header; // of the files
    const struct columns *columns;
    struct cell_forms forms;
    struct assignment assignment;
    struct choice choice;
    bool order_id_unused; // the mode has order ids, and nobody named their column
    bool begun;           // the first row was asked for
    bool bare;            // rows at hand are given out as they are
    struct table_rows rows;
    struct arena row; // folded keys
    bool several;     // files
    struct refusals refusals;
    struct rejects_limit limit;
    struct account account;
    struct damage damage;
    struct progress progress;
    enum status status;
    bool stopped;
    bool closed;
};

// Says what is wrong, gives the text back and stops the table with status 2.
void table_say_usage(struct table *table, struct text *problem);

#endif
