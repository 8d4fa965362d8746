// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * state: what an intake knows after a run, in a file, so that the next one goes on with the events that came since.
 *
 * Only events are in it that came so far; the next run gives the bytes that one run over all events would have given. A
 * CSV of record,text,time,dated,steps,ends,label,amount: how the run counts, the names seen, the groups, then each
 * person with the events that are kept of him.
 */
#ifndef STATE_H
#define STATE_H

#include "diag.h"
#include "intake.h"
#include "options.h"
#include "slice.h"
#include "text.h"

// --save and --use, in intake_settings.
extern const struct option state_options[];

// Appends how a run counts, " --window=7d ...", which a state that is used must have been saved with: an option with
// its value, nothing for NULL; and all options of the intake that matter. The mode puts its own before them.
void state_tell_option(struct text *rules, const char *name, const char *value);
void state_tell_rules(const struct intake_settings *settings, struct text *rules);

// intake_read, after what --use knows.
enum status state_read_log(struct intake *intake, struct slice rules);

// With --save, once all is written: delivers the output and then writes the state, lest a run that failed and is
// repeated counts its events twice.
enum status state_deliver(struct intake *intake, struct slice rules);

#endif
