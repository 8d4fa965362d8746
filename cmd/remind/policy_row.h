// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_row: one row of a policy made into a rule. Used by policy.c alone.
 */
#ifndef POLICY_ROW_H
#define POLICY_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "complaints.h"
#include "policy.h"
#include "row.h"

enum policy_field {
    POLICY_FIELD_RULE,
    POLICY_FIELD_SEGMENT,
    POLICY_FIELD_STAGE,
    POLICY_FIELD_TIER,
    POLICY_FIELD_WHEN,
    POLICY_FIELD_TOUCH,
    POLICY_FIELD_ANCHOR,
    POLICY_FIELD_AFTER,
    POLICY_FIELD_EVERY,
    POLICY_FIELD_REPEAT_FROM,
    POLICY_FIELD_FACTOR,
    POLICY_FIELD_GAP,
    POLICY_FIELD_MIN,
    POLICY_FIELD_MAX,
    POLICY_FIELD_GRACE,
    POLICY_FIELD_SHIFT,
    POLICY_FIELD_CALENDAR,
    POLICY_FIELD_TIME,
    POLICY_FIELD_QUIET,
    POLICY_FIELD_CHANNEL,
    POLICY_FIELD_OWNER,
    POLICY_FIELD_COST,
    POLICY_FIELD_MINUTES,
    POLICY_FIELD_PRIORITY,
    POLICY_FIELD_TAG,
    POLICY_FIELD_CAP,
    POLICY_FIELD_STOP,
    POLICY_FIELD_ESCALATE,
    POLICY_FIELD_ENABLED,
    POLICY_FIELD_FROM_DATE,
    POLICY_FIELD_UNTIL,
    POLICY_FIELDS,
};

// The reading of one policy.
struct policy_reading {
    struct policy *policy;
    const struct policy_scope *scope;
    struct complaints *complaints;
    const char *file;
    char delimiter;
    size_t positions[POLICY_FIELDS]; // of the fields among the cells, SIZE_MAX where the policy has no such column
    const bool *named;               // which cells stand under a column with a name
    size_t cell_count;               // of the header
    bool stopped;                    // something was said already that ends the run

    const struct row *row; // the one being read
    struct slice source;   // its bytes, kept for complaints; empty when it has several lines
    struct policy_rule *rule;
};

const char *policy_field_name(enum policy_field field);

// Adds a complaint about a cell of the row.
void policy_complain(struct policy_reading *reading, enum policy_field field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The cell of a field, empty where there is none.
struct slice policy_cell(const struct policy_reading *reading, enum policy_field field);

// Fills reading->rule from reading->row, complaining of all that is wrong.
void policy_row_read(struct policy_reading *reading);

#endif
