// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table: one or several files read as one table: header, ragged records, repeated headers, --where, rejects.
 *
 * Rows have exactly as many cells as the header and stand in the first file's column order. A table that meets trouble
 * says it on standard error, and from then on table_next gives nothing; table_status tells the status. So a mode reads
 *
 *     while (table_next(table, &row)) { ... }
 *     if (table_stopped(table)) return table_status(table);
 *
 * The export of a known service (layout.h) fixes what the options do not say: the columns of roles; and once a date, a
 * time or an amount was asked for, which rows count, unless --where tells, and that amounts are of one currency. A note
 * says so before the first row.
 *
 * A mode that cannot use a row calls table_refuse and goes on: without --rejects that was the last row, with it the row
 * is written to that file (line, reason, cells) and counted. What is left out for a stated reason (later than today,
 * unknown customers) is counted with table_leave_out and said once by table_close. Nothing is dropped silently.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "clock.h"
#include "columns.h"
#include "diag.h"
#include "reader.h"
#include "roles.h"
#include "row.h"
#include "shape.h"
#include "slice.h"

enum table_blank_customer {
    TABLE_BLANK_ERROR,
    TABLE_BLANK_SKIP,
};

struct table_options {
    struct reader_options reader;
    bool no_header;
    const char *header_match; // names, parted by commas, of which all are in the header; what stands before is dropped
    int layout;               // one of layout_words
    uint64_t skip_last;       // records at the end of each file
    enum shape_ragged ragged;
    const char *rejects;     // file for bad records, or NULL
    const char *max_rejects; // "N" or "P%": status 0 within it; NULL is none
    const char *where;       // rows to keep, or NULL
    const char *file_column; // name of an added first column with the file's name, or NULL
    bool watched;            // tell of columns whose values were lost before they came here
    bool fold_case;          // keys, ASCII letters
    enum table_blank_customer blank_customer;
    const struct cell_forms *forms; // borrowed
    const struct clock *clock;      // borrowed
    const struct diag *diag;        // borrowed
};

struct table;

// Opens the first file and reads the header. Always gives a table; when something was wrong it was said and the table
// is stopped. Without a header and without a record there are no columns to ask for: the table is stopped with status
// 0. Paths ("-" is standard input) are borrowed.
struct table *table_open(const char *const *paths, size_t count, const struct table_options *options);

bool table_stopped(const struct table *table);
enum status table_status(const struct table *table);

// How the cells of this table are read: the forms of the options, and what its layout says of them.
const struct cell_forms *table_forms(const struct table *table);

const struct columns *table_columns(const struct table *table);
char table_delimiter(const struct table *table);

// Positions of columns. `option` ("--columns") is what the user typed `name` after, for the message. All stop the table
// with status 2 and say why when they return false.
bool table_column(struct table *table, const char *name, const char *option, size_t *index);

// The same for a name that the user did not type, of a column that the mode `maker` ("score rfm") writes.
bool table_made_column(struct table *table, const char *name, const char *option, const char *maker, size_t *index);

// The column of a role: `name` when the user gave one, else found by its usual names.
bool table_role(struct table *table, enum role role, const char *name, size_t *index);

// The same for a role the mode can do without: *index is TABLE_NO_COLUMN when none is there. False only when `name`
// names no column or two columns are equally usual.
#define TABLE_NO_COLUMN SIZE_MAX
bool table_optional_role(struct table *table, enum role role, const char *name, size_t *index);

// The same for a role that changes what is counted: only the user and the layout of a known export can give it.
bool table_chosen_role(struct table *table, enum role role, const char *name, size_t *index);

// False, said, and stopped with status 2 when a column this mode is to add is there already: "column 'segment' is there
// already (name the new one with --as=NAME)"; `as` tells whether the mode has --as.
bool table_new_column(struct table *table, const char *name, bool as);

// The next row that --where keeps. Its views live until the next call.
bool table_next(struct table *table, struct row *row);

// The key in a cell: trimmed, folded if so asked, neither blank nor masked ('*' in it) nor rounded by a spreadsheet
// ("1.38E+10"). False when the row was refused or left out; the caller goes on with the next. The key lives until the
// next row.
bool table_key(struct table *table, const struct row *row, size_t column, struct slice *key);

// Refuses a row for one of its cells ("not a number") or, with TABLE_NO_COLUMN, as a whole.
void table_refuse(struct table *table, const struct row *row, size_t column, const char *reason);

// A note about a cell of a row that is used all the same.
void table_remark(struct table *table, const struct row *row, size_t column, const char *remark);

// Refuses unless CELL_OK; `wanted` is e.g. "a date", in "blank, but a date is needed" and "not a date". Of "a date",
// "an amount" and "a number" the message names the option under which the cell would be one.
bool table_needs(struct table *table, const struct row *row, size_t column, enum cell_result result,
                 const char *wanted);

// Counts a row left out for `reason` (a string constant; "dated after today"); said as a note by table_close.
void table_leave_out(struct table *table, const char *reason);

// Stops the table with a status, for faults a mode finds and says itself.
void table_stop(struct table *table, enum status status);

uint64_t table_rows(const struct table *table); // given out so far

// Ends reading: closes files, writes the rejects file out, says the notes and counts. Later calls of table_status give
// the final status. Called once the mode has read all it wants; table_free calls it if the mode did not.
void table_close(struct table *table);
void table_free(struct table *table);

#endif
