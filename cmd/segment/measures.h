// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * measures: the columns of a table that hold the numbers of a customer, and how they are read from a row.
 */
#ifndef MEASURES_H
#define MEASURES_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "program.h"
#include "table.h"

struct measures {
    size_t *columns;
    size_t count;
    bool positive; // numbers below zero are refused
};

enum measures_result {
    MEASURES_READ,
    MEASURES_BLANK, // at least one cell is
    MEASURES_REFUSED,
};

// Finds the columns named in these lists, parted by commas. False when one is not there or stands twice: that was said
// and the table is stopped. Starts from the zero value; measures_free in either case.
bool measures_find(struct measures *measures, struct table *table, const struct option_list *lists,
                   struct program *program);

// The same for one name more, which the user typed after `option`.
bool measures_add(struct measures *measures, struct table *table, const char *name, const char *option,
                  struct program *program);

void measures_free(struct measures *measures);

// Reads the numbers of a row, all of them finite and within SCALING_FARTHEST. A row with a cell that is no number is
// refused.
enum measures_result measures_read(const struct measures *measures, struct table *table, const struct cell_forms *forms,
                                   const struct row *row, double *numbers);

#endif
