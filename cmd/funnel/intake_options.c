// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake_options: the options of intake.h, in two tables: which steps there are and where the events come from, and
 * what counts.
 */
#include "intake.h"

const char *const intake_starts[] = {
    [ATTEMPT_BEST] = "best", [ATTEMPT_FIRST] = "first", [ATTEMPT_LATEST] = "latest", NULL};

const char *const intake_orders[] = {
    [ATTEMPT_GAPS] = "gaps", [ATTEMPT_ADJACENT] = "adjacent", [ATTEMPT_ANY] = "any", NULL};

const struct option intake_options[] = {
    {.kind = OPTION_TEXT,
     .name = "steps",
     .value = "NAME,...",
     .help = "the steps, each the name of an event; odd names in quotes",
     .offset = offsetof(struct intake_settings, steps)},
    {.kind = OPTION_LIST,
     .letter = 's',
     .name = "step",
     .value = "NAME[: EXPR]",
     .help = "one more step: rows of which EXPR is true, without EXPR those of the event NAME (repeatable)",
     .offset = offsetof(struct intake_settings, expressions)},
    {.kind = OPTION_TEXT,
     .name = "wide-steps",
     .value = "COL,...",
     .help = "the input is a sheet with the date of each step in a column of its own",
     .offset = offsetof(struct intake_settings, wide_steps)},
    {.kind = OPTION_FLAG,
     .name = "allow-absent",
     .help = "a step named after an event that no row has is only warned of",
     .offset = offsetof(struct intake_settings, allow_absent)},
    {.kind = OPTION_FLAG,
     .name = "sorted",
     .help = "rows come in order of time (checked): memory grows with people, not with events",
     .offset = offsetof(struct intake_settings, sorted)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who it was: a person, or a session or group to be counted instead",
     .offset = offsetof(struct intake_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "when it was",
     .offset = offsetof(struct intake_settings, columns.time)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "what it was",
     .offset = offsetof(struct intake_settings, columns.event)},
    {.kind = OPTION_END},
};

const struct option intake_rules[] = {
    {.kind = OPTION_PERIOD,
     .name = "window",
     .value = "PERIOD",
     .help = "steps count only so long after the start, the edge included (default: no end)",
     .offset = offsetof(struct intake_settings, window)},
    {.kind = OPTION_CHOICE,
     .name = "start",
     .help = "which start counts: of the attempts that get furthest the first or the latest, or a person's first only "
             "(default: best)",
     .offset = offsetof(struct intake_settings, start),
     .choices = intake_starts},
    {.kind = OPTION_CHOICE,
     .name = "order",
     .help = "steps in order with gaps between, each the very next event, or in any order (default: gaps)",
     .offset = offsetof(struct intake_settings, order),
     .choices = intake_orders},
    {.kind = OPTION_TEXT,
     .name = "ties",
     .value = "file|strict|SECONDS",
     .help =
         "steps of equal times count as in the file or not at all, or any two so close in either order (default: file)",
     .offset = offsetof(struct intake_settings, ties)},
    {.kind = OPTION_LIST,
     .name = "exclude",
     .value = "NAME[@I-J]",
     .help = "this event between two steps (default: the first and the last) ends an attempt where it is (repeatable)",
     .offset = offsetof(struct intake_settings, exclude)},
    {.kind = OPTION_FLAG,
     .name = "exclude-person",
     .help = "an attempt that was so ended does not count at all",
     .offset = offsetof(struct intake_settings, exclude_person)},
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "DATE",
     .help = "attempts start on this day or later",
     .offset = offsetof(struct intake_settings, from)},
    {.kind = OPTION_TEXT,
     .name = "to",
     .value = "DATE",
     .help = "attempts start on this day or before; what they reach later still counts",
     .offset = offsetof(struct intake_settings, to)},
    {.kind = OPTION_END},
};
