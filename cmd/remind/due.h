// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * due: what one run of the mode holds, shared by the files that do its parts: due.c decides, due_list.c records and
 * prints, due_explain.c and due_reprint.c do what --explain and --reprint ask for.
 */
#ifndef DUE_H
#define DUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "clock.h"
#include "decision.h"
#include "diag.h"
#include "kept.h"
#include "ledger.h"
#include "limits.h"
#include "options.h"
#include "people.h"
#include "period.h"
#include "program.h"
#include "terms.h"
#include "text.h"
#include "turn.h"
#include "writer.h"
#include "zones.h"

struct due_settings {
    struct terms_settings terms;
    const char *ledger;
    bool dry_run;
    uint64_t limit;
    const char *zone;
    const char *keep;
    const char *reprint;
    const char *explain;
    int dump;
    bool no_wait;
    bool force_clock;
    struct period max_jump;
};

// Rows that wait until the ledger's memory of their customers has come.
enum { DUE_TURNS = 8 };

struct due_run {
    const struct due_settings *settings;
    struct program *program;
    const struct clock *clock;
    struct terms terms;
    struct zones *zones;
    struct limits *limits;
    struct kept kept;
    struct ledger *ledger; // NULL: none
    bool records;          // is the ledger to be written?
    struct people *people;
    struct decision *decision;
    struct turn turns[DUE_TURNS]; // the last rows
    size_t taken;                 // rows so far
    struct writer *writer;
    struct arena arena; // of what --reprint read
    struct text reason; // scratch, of the contact being written
};

// Records what was decided, prints what is due, records that it was printed.
enum status due_list(struct due_run *run);

// Prints why the customer of --explain is, or is not, due.
enum status due_explain(struct due_run *run);

// Prints what the run of --reprint recorded. The table is open, nothing of it read.
enum status due_reprint(struct due_run *run);

// The end of a run that printed: sees that the output took all of it, then records so under this run's id.
enum status due_finish(struct due_run *run, struct slice id, size_t contacts);

#endif
