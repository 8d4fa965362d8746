// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake: reads the input of a funnel mode, whatever its shape, into the trails of its people.
 *
 * A log (FILE or standard input), the exports of several events (EVENT=FILE, each with its own header) or a wide sheet
 * (--wide-steps). Rows that match no step are dropped unless the event after the attempt is asked for. A row dated
 * after today is left out and counted; a cell that cannot be read refuses its row (table.h).
 */
#ifndef INTAKE_H
#define INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "attempt.h"
#include "diag.h"
#include "groups.h"
#include "options.h"
#include "period.h"
#include "plan.h"
#include "program.h"
#include "slice.h"
#include "source.h"
#include "trails.h"
#include "vocabulary.h"

// The options that every mode with steps has; its settings struct holds one.
struct intake_settings {
    struct source_columns columns;
    const char *steps;
    struct option_list expressions; // -s
    const char *wide_steps;
    struct period window;
    int start; // enum attempt_start
    bool allow_absent;
    bool sorted;
    int order;        // enum attempt_order
    const char *ties; // file, strict or seconds; NULL: file
    struct option_list exclude;
    bool exclude_person;
    const char *from; // dates or times
    const char *to;
    const char *amount; // a column; read at the last step
    const char *save;   // files, as in state.h
    const char *use;
};

// What a mode asks an intake for. The zero value asks for nothing but the steps.
struct intake_wishes {
    const char *by; // columns; a start's label is its group
    bool labels;    // so is that of every event that matches a step
    bool follow;    // the label of every event is its name, and those that match no step are kept too
    bool whole;     // as in trails.h
    struct slice
        only; // if not empty: no event but this person's, all of them; the label of each is the number of its note
};

// What is noted of one event.
struct intake_note {
    int64_t time;
    bool has_time;
    uint32_t name; // for intake_name
};

// Months of a window that was not given.
#define INTAKE_NO_WINDOW INT64_MIN

// The options of these settings, which a mode's settings begin with: all but the amount, and those of the rules apart.
extern const struct option intake_options[];
extern const struct option intake_rules[];

// The words of --start and --order, in the order of their enums.
extern const char *const intake_starts[];
extern const char *const intake_orders[];

struct intake {
    const struct intake_settings *settings;
    struct program *program;
    struct plan plan;
    struct trails *trails;
    struct source *sources;
    size_t source_count;
    struct intake_wishes wishes;
    struct attempt_rules rules;
    struct intake_note *notes;
    size_t note_count;
    size_t note_capacity;
    struct vocabulary vocabulary;
    struct vocabulary_word nameless; // of a log without a column of events
    struct groups groups;            // the label of a start is the number of its group
    uint64_t every;                  // the steps that every row matches
    int64_t now;                     // instants
    int64_t first;                   // of the events
    int64_t last;
    bool any;         // was there an event at all?
    bool has_times;   // had one a time of day?
    bool keeps_all;   // events that match no step are kept too
    bool has_state;   // first, last and more are of events read by runs before
    int64_t known;    // their last
    uint64_t late;    // events before that
    uint8_t places;   // the most decimals of an amount
    uint8_t currency; // enum money_currency
    struct arena arena;
};

// The label of an event without a name, when events are followed.
#define INTAKE_NAMELESS UINT32_MAX

// Says what is wrong with the options, before any input.
bool intake_check(const struct intake_settings *settings, struct program *program);

// Opens the tables and compiles the steps against their headers, so that what is wrong there is said before any row is
// read. On any status but STATUS_DONE all was said; so also intake_read. The intake is freed by intake_free in any
// case.
enum status intake_open(struct intake *intake, const struct intake_settings *settings, struct program *program,
                        const char *by, bool follow);
enum status intake_open_for(struct intake *intake, const struct intake_settings *settings, struct program *program,
                            const struct intake_wishes *wishes);

// Is there nothing to be read, not even a header, and so nothing to write?
bool intake_is_over(const struct intake *intake);

// Reads all rows.
enum status intake_read(struct intake *intake);

// Frees the trails, which nobody is to ask about any more.
void intake_forget(struct intake *intake);

void intake_free(struct intake *intake);

// The table whose delimiter the output takes over.
const struct table *intake_table(const struct intake *intake);

// The name an event's label stands for.
struct slice intake_name(const struct intake *intake, uint32_t label);

#endif
