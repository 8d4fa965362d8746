// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_reading: the reading of one policy: its columns, the row in hand, complaints about its cells, and the kinds of
 * values that several columns have. Used by policy.c and policy_row.c alone.
 */
#ifndef POLICY_READING_H
#define POLICY_READING_H

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

// "grace"
const char *policy_field_name(enum policy_field field);

// Adds a complaint about a cell of the row.
void policy_complain(struct policy_reading *reading, enum policy_field field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The cell of a field, trimmed, empty where there is none.
struct slice policy_cell(const struct policy_reading *reading, enum policy_field field);
bool policy_is_set(const struct policy_reading *reading, enum policy_field field);

// Where its text begins in the bytes of the row, from 1; 0 when it is not to be found.
uint64_t policy_place(const struct policy_reading *reading, enum policy_field field);

// Is the cell written as a day, year first, whether there is such a day or not?
bool policy_means_day(struct slice cell);

// A copy that lives as long as the policy.
struct slice policy_keep(struct policy_reading *reading, struct slice cell);

// A period as a person reads it: "P30D" becomes "30d", any other stays as it was written. Lives as long as the policy.
struct slice policy_keep_period(struct policy_reading *reading, struct slice cell);

// The place of a date column of the customers among those the policy reads.
size_t policy_day_slot(struct policy *policy, size_t column);

// Is this the day of the last contact, which --touches tells? *slot is its place among the date columns.
bool policy_is_touched(struct policy_reading *reading, struct slice name, size_t *slot);

// These complain and return false when the cell is not what is asked for: the name of a column of the customers, a
// date, a period of whole days.
bool policy_find_column(struct policy_reading *reading, enum policy_field field, struct slice name, size_t *column);
bool policy_read_day(struct policy_reading *reading, enum policy_field field, struct slice cell, int32_t *day);
bool policy_read_period(struct policy_reading *reading, enum policy_field field, struct slice cell, bool negative,
                        struct period *period);

#endif
