// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evaluation: the value of a node for a row; conditions are told by truth.h.
 *
 * One evaluation serves all expressions of a set: it holds what they share and remembers the first cell that could not
 * be read. Nothing is allocated for a row, but for buffers that grow to the longest text. One thread at a time.
 */
#ifndef EVALUATION_H
#define EVALUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "cell.h"
#include "expression.h"
#include "node.h"
#include "row.h"
#include "slice.h"

// A buffer for texts that are changed, in a list of all of them.
struct scratch {
    struct scratch *next;
    struct text text;
};

// What a cell was read as; good while `row` is the row's number.
struct evaluation_slot {
    uint64_t row;
    double value;
    size_t column;
    enum node_kind reading;
};

// The row in which a column's cell was last passed over.
struct evaluation_mark {
    const char *file;
    uint64_t line;
};

struct evaluation {
    const struct cell_forms *forms;
    const struct row *row;
    uint64_t row_number;
    struct evaluation_slot *slots; // one for each column and kind it is read as
    size_t slot_count;
    size_t slot_capacity;
    const struct node *fault; // the first that could not be read, or NULL
    bool bad_is_missing;
    bool gathering;
    bool *gathered;                // by column: its bad cells were counted in the first pass
    struct evaluation_mark *marks; // by column; both only with bad_is_missing
    size_t missed;
    struct evaluation_mark first; // of the cells passed over
    size_t first_column;
    struct columnwise *columns;
    struct pattern *patterns;
    struct scratch *scratches;
};

// Lives in the arena; evaluation_free gives back what the nodes of the set grew. The scope is read once.
struct evaluation *evaluation_create(const struct expression_scope *scope, struct arena *arena);
void evaluation_free(struct evaluation *evaluation);

// Makes the cell that a text came from a fault: it is too long for a regular expression.
void evaluation_refuse_text(struct evaluation *evaluation, const struct node *node);

// The slot of a column that is read as this kind.
size_t evaluation_slot(struct evaluation *evaluation, size_t column, enum node_kind reading);

// Sets the row and forgets the fault.
static inline void evaluation_begin(struct evaluation *evaluation, const struct row *row)
{
    evaluation->row = row;
    evaluation->row_number++;
    evaluation->fault = NULL;
}

// Reads the plainest numbers and dates among the first slots. Whether a cell was read already cannot be foreseen, and a
// wrong guess costs the processor more than to read them all; the others are read when they are asked for, since they
// may be at fault.
#define EVALUATION_AHEAD 8 // slots
void evaluation_read_ahead(struct evaluation *evaluation);

// Numbers, dates and lengths. NaN is unknown.
double evaluation_number(struct evaluation *evaluation, const struct node *node);

// Lives until the same node is asked again or the row ends.
struct slice evaluation_text(struct evaluation *evaluation, const struct node *node);

// The cell of a node's column.
static inline struct slice evaluation_cell(const struct evaluation *evaluation, const struct node *node)
{
    return evaluation->row->cells[node->column];
}

// What it is read as (NaN: unknown, or a fault), once a row however often it is asked for.
double evaluation_read_anew(struct evaluation *evaluation, const struct node *node);

static inline bool evaluation_has_read(const struct evaluation *evaluation, const struct node *node)
{
    return evaluation->slots[node->slot].row == evaluation->row_number;
}

static inline double evaluation_read(struct evaluation *evaluation, const struct node *node)
{
    return evaluation_has_read(evaluation, node) ? evaluation->slots[node->slot].value
                                                 : evaluation_read_anew(evaluation, node);
}

// Whose cell it was, and what was wanted of it. Only when there is a fault.
struct expression_fault evaluation_fault(const struct evaluation *evaluation);

// The first pass: gives the row to every function over a column. False on a fault.
bool evaluation_gather(struct evaluation *evaluation, const struct row *row);
void evaluation_settle(struct evaluation *evaluation);

#endif
