// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy: the table that says who is contacted when: one row a rule.
 *
 * Read against the customers' table, so that every column a rule needs is found once, before the first customer. All
 * that is wrong with a policy is said at once, with row and column. Columns are in regulars' remind(1); rows whose
 * first cell begins with '#' are comments.
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "calendars.h"
#include "cell.h"
#include "clock.h"
#include "diag.h"
#include "expression.h"
#include "key.h"
#include "labels.h"
#include "money.h"
#include "period.h"
#include "series.h"
#include "quiet.h"
#include "slice.h"
#include "table.h"
#include "workdays.h"

#define POLICY_STOPS 8 // events that may end a rule

enum policy_kind {
    POLICY_ONCE,     // anchor + after
    POLICY_PERIODIC, // anchor + k x every
    POLICY_CHAINED,  // every, counted from the day the last one was done
    POLICY_WINBACK,  // anchor + factor x the customer's own gap
};

enum policy_dimension {
    POLICY_SEGMENT,
    POLICY_STAGE,
    POLICY_TIER,
    POLICY_DIMENSIONS,
};

// Which hours are quiet for a rule.
enum policy_quiet {
    POLICY_QUIET_SETTINGS, // those of the settings
    POLICY_QUIET_OWN,
    POLICY_QUIET_NEVER,
};

// A value of the policy, or a column of the customers.
struct policy_text {
    size_t column; // TABLE_NO_COLUMN: `text`
    struct slice text;
};

struct policy_level {
    struct period after; // from the due day
    struct slice owner;
};

// Texts live as long as the policy. Date columns are positions in policy.day_columns, gap columns in the table.
struct policy_rule {
    uint64_t line;
    struct slice id;
    struct slice encoded; // the id, as in keys
    struct slice touch;
    bool enabled;
    struct labels_wanted wanted[POLICY_DIMENSIONS];
    struct slice wanted_text[POLICY_DIMENSIONS]; // as written
    struct expression *when;                     // NULL: always
    struct slice when_text;
    enum policy_kind kind;
    struct slice anchor; // its column's name, empty when it is a date
    size_t anchor_slot;  // TABLE_NO_COLUMN when it is a date
    int32_t anchor_day;
    bool yearless;            // an anchor may be a day without a year
    struct period period;     // once: after
    struct series series;     // of a rule that repeats: every, moved by after
    struct slice period_text; // after, else every, as a person reads it
    struct slice offset_text; // after, where there is an every
    double factor;
    struct slice factor_text;
    size_t gap_column; // TABLE_NO_COLUMN: usual_gap, else t_x / x
    bool has_min;
    bool has_max;
    struct period min;
    struct period max;
    struct slice min_text;
    struct slice max_text;
    bool has_grace;
    struct period grace;
    enum workdays_shift shift;
    struct workdays *workdays;       // NULL: Monday to Friday
    struct slice calendar;           // its name, for the reason
    size_t stop_slots[POLICY_STOPS]; // events that end it
    size_t stop_count;
    struct policy_text channel;
    struct policy_text owner;
    bool has_cost;
    struct money_sum cost;
    double minutes;
    bool has_priority;
    int64_t priority;
    struct slice tag;
    bool has_time; // a time of day in the customer's zone
    int32_t second;
    enum policy_quiet quiet;
    struct quiet hours; // of POLICY_QUIET_OWN
    bool uncapped;      // no cap defers it, though it counts
    struct policy_level levels[KEY_LEVELS];
    size_t level_count;
    bool has_from;
    bool has_until;
    int32_t from;
    int32_t until;
};

struct policy {
    struct policy_rule *rules;
    size_t count;
    size_t capacity;
    struct labels labels[POLICY_DIMENSIONS];
    size_t label_columns[POLICY_DIMENSIONS]; // TABLE_NO_COLUMN: no rule asks for it
    size_t *day_columns;                     // TABLE_NO_COLUMN: last_contact, which the customers' table does not have
    size_t day_count;
    size_t day_capacity;
    size_t touched_slot; // of last_contact, which --touches tells too; TABLE_NO_COLUMN: no rule asks for it
    struct expression_set *conditions; // of all rules; NULL: none has one
    struct arena arena;
};

// What the rules may refer to. All is borrowed for the life of the policy.
struct policy_scope {
    struct table *table;
    const char *roles[POLICY_DIMENSIONS]; // columns the user named, or NULL
    const char *last_order;               // the same
    const char *encoding;                 // of a policy that is no UTF-8; NULL: none is allowed
    bool touches;                         // does --touches give last_contact?
    const struct cell_forms *forms;
    const struct clock *clock;
    const struct calendars *calendars;
    enum series_leap leap;
    size_t block_size; // bytes of the policy asked of the system at once; 0 for the usual, other sizes are for tests
};

// What a policy's file is called in messages.
const char *policy_called(const char *path);

// Reads a policy; `path` is borrowed. Always leaves one that policy_free takes. What is wrong was said: then the status
// is not STATUS_DONE.
enum status policy_read(struct policy *policy, const char *path, const struct policy_scope *scope);
void policy_free(struct policy *policy);

// Notes of labels that no customer had; once all were read.
void policy_name_absent_labels(const struct policy *policy, const char *path, const struct diag *diag);

// "segment"
const char *policy_dimension_name(enum policy_dimension dimension);

#endif
