// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * grading: the two passes that the modes of levels share: one that learns the levels of each group, one that labels.
 *
 * Where levels are to be learnt the rows are kept in memory, else they stream. What a row's value is and what its level
 * is called, the mode says.
 */
#ifndef GRADING_H
#define GRADING_H

#include <stddef.h>
#include <stdint.h>

#include "amount.h"
#include "labels.h"
#include "levels.h"
#include "program.h"
#include "sheet.h"
#include "strata.h"

struct grading {
    struct program *program;
    struct amount_reader reader;
    size_t by; // column of the groups, TABLE_NO_COLUMN: all are one group, whose name is empty
    struct labels labels;
    struct strata *strata;
    struct sheet sheet;
    uint64_t unlabelled;
    uint64_t strangers; // rows above 0 whose group has no levels

    // The value of a row. CELL_BAD: the row was refused.
    enum cell_result (*read)(struct grading *grading, const struct row *row, money_wide *value);

    // The word for a value: its position among the words of the labels, or RULE_NONE. `levels` is NULL where the group
    // has none; `result` is CELL_OK or CELL_BLANK.
    size_t (*word)(enum cell_result result, money_wide value, const struct levels *levels);
    const void *state; // the mode's own
};

// Begins with the table of the input; grading_free in any case. `by` may be NULL. False when the table is stopped.
bool grading_begin(struct grading *grading, struct program *program, const char *by);
void grading_free(struct grading *grading);

// Reads all rows and learns the levels of their groups. False when the table stopped.
bool grading_learn(struct grading *grading, void (*learn)(struct levels *levels, money_wide *values, size_t count));

// Writes the header and all rows, those that were kept or else those of the table. Gives the status.
enum status grading_write(struct grading *grading);

#endif
