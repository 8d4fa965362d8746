// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps: the parts of funnel steps: what is counted, and the two ways in which it is written.
 */
#ifndef STEPS_H
#define STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "intake.h"
#include "money.h"
#include "spend.h"
#include "tally.h"
#include "whose.h"

struct steps_settings {
    struct intake_settings intake;
    const char *by;
    const char *attribute;
    const char *costs;
    bool compare;
    int format;
    int count;
    int unit;
};

enum { STEPS_TABLE, STEPS_TEXT };      // settings.format
enum { STEPS_PEOPLE, STEPS_ATTEMPTS }; // settings.count

// What a run counts and writes.
struct steps {
    const struct steps_settings *settings;
    struct intake *intake;
    struct whose whose;
    struct tally tally;
    struct spend spend;
    struct tally_row *rows; // of all groups, group after group
    double *p_values;       // of these rows; below 0 where there was nothing to test
};

// Counts everybody, once all events are read.
void steps_count(struct steps *steps);

// Channels that money was spent on and that nobody began with get groups of their own, at the end.
void steps_add_idle_channels(struct steps *steps);

// Makes the rows of all groups. False, said, when people are not conserved.
bool steps_tell(struct steps *steps);

size_t steps_group_count(const struct steps *steps);

// A group has rows when somebody is in it or something was spent on it.
bool steps_has_rows(const struct steps *steps, uint32_t group);

// What was spent on a group; NULL when that is not known.
const struct money_sum *steps_cost(const struct steps *steps, uint32_t group);

void steps_free(struct steps *steps);

// A column of --by that has the name of one of ours would make the output ambiguous: false, said.
bool steps_names_are_free(const struct steps *steps);

enum status steps_write_table(struct steps *steps);

enum status steps_draw(struct steps *steps);

#endif
