// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * knowledge: the parameters by which each group of customers is predicted, fitted here or taken from a file that was
 * written when others were fitted.
 */
#ifndef KNOWLEDGE_H
#define KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buyers.h"
#include "diag.h"
#include "estimates.h"
#include "parameters.h"
#include "program.h"
#include "unit.h"
#include "wanted.h"

struct knowledge {
    struct estimates *estimates;  // one a group, each with one model
    struct parameters parameters; // of a file
};

// Fits all groups. False, said, when one of them cannot be fitted; a spend model without a mean is said too. *status is
// STATUS_DATA in both cases, else left alone.
bool knowledge_learn(struct knowledge *knowledge, const struct wanted *wanted, const struct buyers *buyers,
                     const struct diag *diag, enum status *status);

// Reads a file, before the customers. `by` is the column of groups, or NULL. False, said: *status is what to return.
bool knowledge_open(struct knowledge *knowledge, const char *path, const char *by, enum unit unit,
                    struct program *program, enum status *status);

// Takes what the file `path` says of each group; `named`: only the model wanted, otherwise there must be a single one.
// False, said: *status is what to return. *status is STATUS_DATA also when a spend model has no mean.
bool knowledge_take(struct knowledge *knowledge, const char *path, const struct wanted *wanted, bool named,
                    const struct buyers *buyers, const struct diag *diag, enum status *status);

void knowledge_free(struct knowledge *knowledge); // the zero value too

#endif
