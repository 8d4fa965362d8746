// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rejects: the file of bad records, and how many of them a run may have.
 *
 * One record a reject: line, reason, the file's name where a table has several, then the cells under their names. A
 * record that does not have the cells of the header stands whole, as it was read, in the first of them. Written as the
 * run goes, put in place by rejects_close.
 */
#ifndef REJECTS_H
#define REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "columns.h"
#include "diag.h"
#include "row.h"

// How many rejects leave the status 0: a count or a share of the records read. The zero value allows none.
struct rejects_limit {
    double count;
    double percent;
};

// "5" or "2.5%". False when `text` is neither.
bool rejects_limit_read(const char *text, struct rejects_limit *limit);

bool rejects_limit_allows(const struct rejects_limit *limit, uint64_t rejected, uint64_t read);

struct rejects;

// Borrows the columns, which are those of the rows to come. NULL, said, when the file cannot be made (status 3).
struct rejects *rejects_open(const char *path, const struct columns *columns, char delimiter, bool with_file);

void rejects_add_cells(struct rejects *rejects, const struct row *row, const char *reason);
void rejects_add_raw(struct rejects *rejects, const struct row *row, const char *reason);

// Puts the file in place; STATUS_SYSTEM, said, when it could not be written. Frees the rejects.
enum status rejects_close(struct rejects *rejects);

#endif
