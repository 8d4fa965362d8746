// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * results: the columns a mode adds to a customer, and the table of --customers to whose rows they are added.
 */
#ifndef RESULTS_H
#define RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "customers.h"
#include "diag.h"
#include "program.h"
#include "slice.h"
#include "table.h"
#include "writer.h"

enum {
    RESULTS_MOST = 32,
};

struct results {
    struct slice group; // a column of groups before the results; empty when there is none
    const char *names[RESULTS_MOST];
    size_t count;
    size_t main;          // the column that --as renames
    struct table *people; // NULL without --customers, also below
    struct customers *customers;
    const char *path;
};

// Takes up the names; `as`, when not NULL, instead of the main one. False, said, when two are the same. The group is
// borrowed.
bool results_name(struct results *results, const char *const *names, size_t count, size_t main, const char *as,
                  struct slice group, struct program *program);

// Reads --customers=PATH whole (NULL: there is none); none of its columns may be one of the results. False, said, when
// it is refused: *status is what to return.
bool results_open(struct results *results, const char *path, const char *customer, struct program *program,
                  enum status *status);

// The whole header: the columns of --customers or else "customer", the group and the results.
void results_write_header(const struct results *results, struct writer *writer);

// The people of a log, for results_join.
struct results_log {
    void *context;
    size_t count; // of people
    struct slice (*person)(const void *context, size_t index);
    // Writes what the log knows of the person `key`, or that it knows nothing: each record is this row, passed on, and
    // the results behind it.
    void (*write)(void *context, const struct row *row, struct slice key);
};

// Every row of --customers with its results, in their order; says how many people of the log are not among them.
void results_join(const struct results *results, const struct results_log *log, const struct writer *writer,
                  const struct program *program);

void results_free(struct results *results);

#endif
