// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_timing: an anchor, and what is counted from it.
 */
#include "policy_timing.h"

#include "columns.h"
#include "every.h"
#include "roles.h"
#include "series.h"

#define MONTHS_A_YEAR 12

static void set_anchor(struct policy_reading *reading, size_t column)
{
    reading->rule->anchor = slice_trim_value(table_columns(reading->scope->table)->names[column]);
    reading->rule->anchor_slot = policy_day_slot(reading->policy, column);
}

static bool is_by_moon(const struct policy_reading *reading)
{
    struct every every;
    struct rrule_problem problem;
    struct slice cell = policy_cell(reading, POLICY_FIELD_EVERY);
    return every_read(cell, &every, &problem) && every.kind == SERIES_LUNAR;
}

static bool means_lunar(struct slice cell)
{
    return slice_starts(cell, slice_of("lunar ")) || slice_starts(cell, slice_of("农历"));
}

// A column by its name, else a date or a day of the year, else a column in any other way of naming one.
void policy_read_anchor(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_rule *rule = reading->rule;
    size_t column;
    if (policy_is_touched(reading, cell, &rule->anchor_slot)) {
        rule->anchor = slice_of("last_contact");
    } else if (columns_has(table_columns(reading->scope->table), cell, &column)) {
        set_anchor(reading, column);
    } else if (cell_day(reading->scope->forms, cell, &rule->anchor_day) == CELL_OK ||
               series_read_yearless(cell, is_by_moon(reading), &rule->anchor_day) ||
               series_read_lunar(cell, &rule->anchor_day)) {
        return;
    } else if (policy_means_day(cell)) {
        policy_complain(reading, field, "there is no such day");
    } else if (means_lunar(cell)) {
        policy_complain(reading, field, "not a lunar day from %d to %d, such as lunar 08-15 or lunar 2025-08-15",
                        LUNAR_FIRST_YEAR, LUNAR_LAST_YEAR);
    } else if (policy_find_column(reading, field, cell, &column)) {
        set_anchor(reading, column);
    }
}

// Alone the time from the anchor; beside `every` the time from each of its days.
void policy_read_after(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_rule *rule = reading->rule;
    if (policy_is_set(reading, POLICY_FIELD_EVERY)) {
        rule->series.has_offset = true;
        rule->offset_text = policy_keep_period(reading, cell);
        policy_read_period(reading, field, cell, true, &rule->series.offset);
        return;
    }
    rule->kind = POLICY_ONCE;
    rule->period_text = policy_keep_period(reading, cell);
    policy_read_period(reading, field, cell, true, &rule->period);
}

static void set_rule(struct policy_reading *reading, enum policy_field field, struct rrule *rule)
{
    rrule_bound(rule, reading->scope->clock->zone, 0);
    reading->rule->series.rule = rule->recurrence;
    if (!recurrence_possible(&rule->recurrence)) {
        policy_complain(reading, field, "there is no such day in any year");
    }
}

void policy_read_every(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_rule *rule = reading->rule;
    struct every every;
    struct rrule_problem problem;
    rule->kind = POLICY_PERIODIC;
    if (!every_read(cell, &every, &problem)) {
        bool part = problem.part.length > 0;
        policy_complain(reading, field, "%s%.*s%s%s", part ? "'" : "", (int)problem.part.length, problem.part.data,
                        part ? "': " : "", problem.reason);
        return;
    }
    rule->series.kind = every.kind;
    rule->series.period = every.period;
    rule->period_text =
        every.kind == SERIES_PERIOD ? policy_keep_period(reading, every_period_text(cell)) : policy_keep(reading, cell);
    if (every.kind == SERIES_RULE) {
        set_rule(reading, field, &every.rule);
    }
}

void policy_read_repeat_from(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    bool done = slice_is(cell, "done");
    if (!done && !slice_is(cell, "anchor")) {
        policy_complain(reading, field, "neither 'anchor' nor 'done'");
    } else if (!policy_is_set(reading, POLICY_FIELD_EVERY)) {
        policy_complain(reading, field, "has no meaning without 'every'");
    } else if (done && policy_is_set(reading, POLICY_FIELD_AFTER)) {
        policy_complain(reading, field, "'done' has no meaning with 'after', which lies before or behind fixed days");
    } else if (done) {
        reading->rule->kind = POLICY_CHAINED;
    }
}

// Without an anchor a rule counts from the last order.
static void find_anchor(struct policy_reading *reading)
{
    size_t column;
    if (policy_is_set(reading, POLICY_FIELD_ANCHOR) || reading->stopped) {
        return;
    }
    if (!table_optional_role(reading->scope->table, ROLE_LAST_ORDER, reading->scope->last_order, &column)) {
        reading->stopped = true;
    } else if (column == TABLE_NO_COLUMN) {
        policy_complain(reading, POLICY_FIELD_ANCHOR,
                        "empty, and the customers have no column of the last order: name a column or give a date");
    } else {
        set_anchor(reading, column);
    }
}

// Does the rule come by the year, so that a month and a day are enough to count from?
static bool is_yearly(const struct policy_rule *rule)
{
    struct period period = rule->series.period;
    bool years = rule->series.kind == SERIES_PERIOD && period.months > 0 && period.months % MONTHS_A_YEAR == 0;
    return rule->kind == POLICY_PERIODIC && (rule->series.kind == SERIES_LUNAR || (years && period.seconds == 0));
}

static void check_fixed_day(struct policy_reading *reading)
{
    const struct policy_rule *rule = reading->rule;
    struct lunar_day lunar;
    bool moon = rule->kind == POLICY_PERIODIC && rule->series.kind == SERIES_LUNAR;
    if (rule->anchor_slot != TABLE_NO_COLUMN || !policy_is_set(reading, POLICY_FIELD_ANCHOR)) {
        return;
    }
    if (series_is_yearless(rule->anchor_day) && !rule->yearless) {
        policy_complain(reading, POLICY_FIELD_ANCHOR, "a day without a year: 'every' must be years, or lunar");
    } else if (!moon && series_is_yearless(rule->anchor_day) &&
               means_lunar(policy_cell(reading, POLICY_FIELD_ANCHOR))) {
        policy_complain(reading, POLICY_FIELD_ANCHOR, "a lunar day without a year: 'every' must be lunar");
    } else if (moon && !series_lunar_anchor(rule->anchor_day, &lunar)) {
        policy_complain(reading, POLICY_FIELD_ANCHOR, "not within the table of lunar days, %d to %d", LUNAR_FIRST_YEAR,
                        LUNAR_LAST_YEAR);
    }
}

void policy_check_timing(struct policy_reading *reading)
{
    struct policy_rule *rule = reading->rule;
    struct lunar_day lunar;
    find_anchor(reading);
    rule->yearless = is_yearly(rule);
    rule->series.leap = reading->scope->leap;
    rule->series.after_anchor = rule->anchor_slot != TABLE_NO_COLUMN;
    rule->series.rule.after_first = rule->series.after_anchor;
    check_fixed_day(reading);
    if (rule->series.kind == SERIES_LUNAR && !lunar_from_day(reading->scope->clock->today, &lunar)) {
        policy_complain(reading, POLICY_FIELD_EVERY, "today is not within the table of lunar days, %d to %d",
                        LUNAR_FIRST_YEAR, LUNAR_LAST_YEAR);
    }
}
