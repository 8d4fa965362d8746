// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * past: where customers stood last time: the output of 'segment stage' of then.
 *
 * Read whole: a customer costs his key and about 50 bytes. Labels are taken in any language of --names.
 */
#ifndef PAST_H
#define PAST_H

#include "ladder.h"
#include "program.h"
#include "slice.h"
#include "table.h"

struct past;

// The columns of the file. `customer` NULL: found by its usual names. Where `since` or `seen` is no column or a cell is
// blank, the day is today.
struct past_columns {
    const char *customer;
    const char *stage;
    const char *since;
    const char *seen;
};

// NULL when something is wrong with the file, which was said; then `input` is stopped. Freed by past_free (NULL is
// allowed).
struct past *past_read(struct program *program, const char *path, const struct past_columns *names,
                       struct table *input);
void past_free(struct past *past);

// NULL when the customer is not in the file. Lives as long as the past.
const struct ladder_standing *past_find(const struct past *past, struct slice customer);

#endif
