// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * treatment: the table of --treat=FILE, one row a label: how customers of that label are to be treated.
 *
 * Its column 'label', 'segment' or what the mode calls its labels (the first of them) holds the labels; all other
 * columns (treatment, max_contacts, service_cost, ...) are added to the rows with that label. Kept in memory; cells are
 * passed as they stand.
 */
#ifndef TREATMENT_H
#define TREATMENT_H

#include <stdbool.h>

#include "program.h"
#include "slice.h"
#include "table.h"
#include "writer.h"

struct treatment;

// Reads the file, in which `column` ("stage") may hold the labels, and checks that none of its columns is in `input`
// already. NULL when something is wrong, which was said; then `input` is stopped. Freed by treatment_free (NULL is
// allowed).
struct treatment *treatment_read(struct program *program, const char *path, const char *column, struct table *input);
void treatment_free(struct treatment *treatment);

// Has the file a column of this name (besides the labels)?
bool treatment_has(const struct treatment *treatment, const char *column);

// The names of the added columns.
void treatment_write_names(const struct treatment *treatment, struct writer *writer);

// The added cells for a label. A label without a row gives empty cells and is named on standard error, once; the empty
// label is not.
void treatment_write(struct treatment *treatment, struct writer *writer, struct slice label);

#endif
