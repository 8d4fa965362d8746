// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * parameters: files of fitted parameters, what `score fit` prints and --use reads.
 *
 * Columns: the group's where there are groups, then model,name,estimate,std_error. For each model its parameters in
 * the order of the literature (k before them), then loglik, aic, bic, customers, unit (of a model in time: day,
 * week ...), and the covariances, cov:r,alpha and so on. All numbers have 17 digits, so that they read back as they
 * were.
 */
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "estimates.h"
#include "map.h"
#include "program.h"
#include "unit.h"
#include "writer.h"

// The header, and the rows of one group. `by` names the column of groups and is empty without one.
void parameters_write_names(struct writer *writer, struct slice by);
void parameters_write(struct writer *writer, struct slice by, struct slice group, const struct estimates *estimates,
                      enum unit unit);

// Writes all groups to a file of their own. False, said, when it cannot be written.
bool parameters_save(const char *path, const struct buyers *buyers, const struct estimates *estimates, enum unit unit);

struct parameters {
    struct map *names; // of the groups
    struct estimates *groups;
    size_t count;
    size_t capacity;
};

// Reads a file. `by` is the column of groups, or NULL; models of another unit of time are refused. False, said,
// when it cannot be used: *status is what to return. To be freed in either case.
bool parameters_read(struct parameters *parameters, const char *path, const char *by, enum unit unit,
                     struct program *program, enum status *status);

// The estimates of a group, or NULL.
const struct estimates *parameters_of(const struct parameters *parameters, struct slice group);

// Are the covariances known that an interval needs?
bool parameters_have_errors(const struct fitting *fitting);

void parameters_free(struct parameters *parameters); // the zero value too

#endif
