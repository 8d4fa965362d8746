// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * explanation: all events of one person in order, and which of them made his level.
 */
#ifndef EXPLANATION_H
#define EXPLANATION_H

#include "diag.h"
#include "intake.h"
#include "slice.h"

// Writes one row an event. The intake was opened for notes of this person alone, and read. On any status but
// STATUS_DONE what is wrong was said: there is no event of that person, or the output cannot be opened.
enum status explanation_write(const struct intake *intake, struct slice person);

#endif
