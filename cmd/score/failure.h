// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * failure: why a model has no parameters, and what to do about it, said on standard error.
 *
 * The same words in every mode that fits models. A line is "LABELMODEL: what is the matter: what to do", where the
 * label names a group (buyers_label) or is "".
 */
#ifndef FAILURE_H
#define FAILURE_H

#include "fitting.h"

// Of any outcome but FITTING_DONE, of a model of purchases.
void failure_tell(const struct fitting *fitting, const char *label);

// The same of the spend model; `histories` are those it was to learn from.
void failure_tell_spend(const struct fitting *fitting, const struct histories *histories, const char *label);

#endif
