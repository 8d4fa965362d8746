// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake_parts: what the files of an intake share among themselves.
 */
#ifndef INTAKE_PARTS_H
#define INTAKE_PARTS_H

#include <stdbool.h>

#include "attempt.h"
#include "diag.h"
#include "intake.h"
#include "plan.h"
#include "program.h"

// What the options say. False, said, when that cannot be; the plan is the caller's to free in any case.
bool intake_read_terms(const struct intake_settings *settings, struct program *program, struct plan *plan,
                       struct attempt_rules *rules);

// The status of the table that stopped.
enum status intake_fault(const struct intake *intake);

#endif
