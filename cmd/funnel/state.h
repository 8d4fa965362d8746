// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * state: what an intake knows after a run, in a file, so that the next one goes on with the events that came since.
 *
 * A CSV of record,text,time,dated,steps,ends,label,amount: how the run counts, the names seen, the groups, then each
 * person with the events that are kept of him.
 */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>

#include "diag.h"
#include "intake.h"
#include "slice.h"

// Takes what a file holds into an intake that was opened and not read. `rules` must be those it was saved with. On any
// status but STATUS_DONE what is wrong was said.
enum status state_use(struct intake *intake, const char *path, struct slice rules);

// Writes it; the file takes its place when all was written. STATUS_SYSTEM, said, when that failed.
enum status state_save(struct intake *intake, const char *path, struct slice rules);

#endif
