// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_row: one small reader a column, in a table; then what the columns of a row say of each other.
 */
#include "policy_row.h"

#include <string.h>

#include "answer.h"
#include "key.h"
#include "number.h"
#include "policy_timing.h"
#include "roles.h"
#include "text.h"

// Reads the cell of a field, which is not empty.
typedef void field_reader(struct policy_reading *reading, enum policy_field field, struct slice cell);

static void read_rule(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct text encoded = {0};
    (void)field;
    key_append_part(&encoded, cell);
    reading->rule->id = policy_keep(reading, cell);
    reading->rule->encoded = policy_keep(reading, text_slice(&encoded));
    text_free(&encoded);
}

static void read_touch(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)field;
    reading->rule->touch = policy_keep(reading, cell);
}

static void read_tag(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)field;
    reading->rule->tag = policy_keep(reading, cell);
}

// Looks once for the column in which customers have their segment, stage or tier.
static bool find_dimension(struct policy_reading *reading, enum policy_dimension dimension)
{
    static const enum role roles[POLICY_DIMENSIONS] = {ROLE_SEGMENT, ROLE_STAGE, ROLE_TIER};
    size_t *column = &reading->policy->label_columns[dimension];
    if (*column != TABLE_NO_COLUMN || reading->stopped) {
        return true;
    }
    if (!table_optional_role(reading->scope->table, roles[dimension], reading->scope->roles[dimension], column)) {
        reading->stopped = true;
        return true;
    }
    return *column != TABLE_NO_COLUMN;
}

static void read_labels(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    enum policy_dimension dimension = (enum policy_dimension)(field - POLICY_FIELD_SEGMENT);
    struct labels_wanted *wanted = &reading->rule->wanted[dimension];
    struct policy *policy = reading->policy;
    reading->rule->wanted_text[dimension] = policy_keep(reading, cell);
    if (!labels_read(&policy->labels[dimension], cell, &policy->arena, wanted)) {
        policy_complain(reading, field, "not '*' or a list of labels such as new|promising");
    } else if (wanted->count > 0 && !find_dimension(reading, dimension)) {
        const char *name = policy_dimension_name(dimension);
        policy_complain(reading, field, "the customers have no column for it (name theirs with --%s=COL)", name);
    }
}

// Every condition is asked about every row, so they are one set.
static struct expression_set *conditions_of(struct policy_reading *reading)
{
    struct policy *policy = reading->policy;
    if (policy->conditions == NULL) {
        struct expression_scope *scope = arena_allocate(&policy->arena, sizeof *scope);
        *scope = (struct expression_scope){
            .columns = table_columns(reading->scope->table),
            .forms = reading->scope->forms,
            .clock = reading->scope->clock,
        };
        policy->conditions = expression_set_create(scope, &policy->arena);
    }
    return policy->conditions;
}

static void read_when(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct expression_place place = {
        .file = reading->file,
        .line = reading->row->line,
        .column = policy_place(reading, field),
        .whole_line = reading->source,
    };
    reading->rule->when_text = policy_keep(reading, cell);
    reading->rule->when =
        expression_set_compile(conditions_of(reading), reading->rule->when_text, &place, reading->complaints);
}

static void read_factor(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->kind = POLICY_WINBACK;
    find_dimension(reading, POLICY_SEGMENT); // for the medians; without one all customers are one segment
    reading->rule->factor_text = policy_keep(reading, cell);
    if (!number_read(cell, reading->scope->forms->decimal, &reading->rule->factor)) {
        policy_complain(reading, field, "not a number");
    } else if (reading->rule->factor <= 0) {
        policy_complain(reading, field, "must be above zero");
    }
}

static bool is_winback(struct policy_reading *reading, enum policy_field field)
{
    if (!policy_is_set(reading, POLICY_FIELD_FACTOR)) {
        policy_complain(reading, field, "has no meaning without 'factor'");
        return false;
    }
    return true;
}

static void read_gap(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (is_winback(reading, field)) {
        policy_find_column(reading, field, cell, &reading->rule->gap_column);
    }
}

static void read_min(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->min_text = policy_keep_period(reading, cell);
    reading->rule->has_min =
        is_winback(reading, field) && policy_read_period(reading, field, cell, false, &reading->rule->min);
}

static void read_max(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->max_text = policy_keep_period(reading, cell);
    reading->rule->has_max =
        is_winback(reading, field) && policy_read_period(reading, field, cell, false, &reading->rule->max);
}

static void read_grace(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (policy_is_set(reading, POLICY_FIELD_FACTOR)) {
        policy_complain(reading, field, "a win-back has none: leave it empty");
        return;
    }
    reading->rule->has_grace = policy_read_period(reading, field, cell, false, &reading->rule->grace);
}

static void find_calendar(struct policy_reading *reading, struct slice name)
{
    struct policy_rule *rule = reading->rule;
    struct text problem = {0};
    if (!calendars_find(reading->scope->calendars, name, &rule->workdays, &problem)) {
        policy_complain(reading, POLICY_FIELD_CALENDAR, "%s", text_string(&problem));
    } else if (rule->workdays == NULL) {
        rule->calendar = slice_of("weekend");
    } else {
        rule->calendar = name.length == 0 ? slice_of("holidays") : policy_keep(reading, name);
    }
    text_free(&problem);
}

static void read_shift(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    enum workdays_shift shift = workdays_shift_of(cell);
    if (shift == WORKDAYS_SHIFTS) {
        policy_complain(reading, field, "none of 'after', 'before', 'nearest' and 'none'");
    } else {
        reading->rule->shift = shift;
        find_calendar(reading, policy_cell(reading, POLICY_FIELD_CALENDAR));
    }
}

static void read_calendar(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)cell;
    if (!policy_is_set(reading, POLICY_FIELD_SHIFT)) {
        policy_complain(reading, field, "has no meaning without 'shift'");
    }
}

static void read_time(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_time = quiet_read_time(cell, &reading->rule->second);
    if (!reading->rule->has_time) {
        policy_complain(reading, field, "not a time of day such as 10:00");
    }
}

static void read_quiet(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (slice_equal_fold(cell, slice_of("no"))) {
        reading->rule->quiet = POLICY_QUIET_NEVER;
    } else if (quiet_read(cell, &reading->rule->hours)) {
        reading->rule->quiet = POLICY_QUIET_OWN;
    } else {
        policy_complain(reading, field, "neither hours such as 21:00-08:00 nor 'no'");
    }
}

static void read_cap(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    bool capped = true;
    if (!answer_read(cell, &capped)) {
        policy_complain(reading, field, "neither 'yes' nor 'no'");
    }
    reading->rule->uncapped = !capped;
}

// A value, or @column.
static void read_text(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_text *text = field == POLICY_FIELD_CHANNEL ? &reading->rule->channel : &reading->rule->owner;
    if (cell.data[0] == '@') {
        policy_find_column(reading, field, slice_part(cell, 1, cell.length), &text->column);
    } else {
        text->text = policy_keep(reading, cell);
    }
}

static void read_cost(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct money cost;
    if (cell_money(reading->scope->forms, cell, &cost) != CELL_OK) {
        policy_complain(reading, field, "not an amount");
    } else if (cost.micros < 0) {
        policy_complain(reading, field, "may not be negative");
    } else {
        reading->rule->has_cost = true;
        money_add(&reading->rule->cost, cost);
    }
}

static void read_minutes(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    double *minutes = &reading->rule->minutes;
    if (!number_read(cell, reading->scope->forms->decimal, minutes)) {
        policy_complain(reading, field, "not a number");
    } else if (*minutes < 0) {
        policy_complain(reading, field, "may not be negative");
    }
}

static void read_priority(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_priority = number_read_whole(cell, &reading->rule->priority);
    if (!reading->rule->has_priority) {
        policy_complain(reading, field, "not a whole number");
    }
}

// A list of columns, "replied|last_order|left", any of which ends the rule.
static void read_stop(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_rule *rule = reading->rule;
    for (size_t at = 0; at <= cell.length;) {
        size_t end = slice_find(cell, '|', at);
        struct slice name = slice_trim_value(slice_part(cell, at, end));
        size_t column;
        size_t slot;
        if (rule->stop_count == POLICY_STOPS) {
            policy_complain(reading, field, "more than %d columns", POLICY_STOPS);
            return;
        }
        if (!policy_is_touched(reading, name, &slot)) {
            if (!policy_find_column(reading, field, name, &column)) {
                return;
            }
            slot = policy_day_slot(reading->policy, column);
        }
        rule->stop_slots[rule->stop_count++] = slot;
        at = end + 1;
    }
}

// One "3d:lead" of escalate; later than the level before it.
static bool read_level(struct policy_reading *reading, enum policy_field field, struct slice part)
{
    struct policy_rule *rule = reading->rule;
    size_t colon = slice_find(part, ':', 0);
    struct slice owner = colon == part.length ? part : slice_trim_value(slice_part(part, colon + 1, part.length));
    if (colon == part.length || owner.length == 0) {
        policy_complain(reading, field, "not a list of levels such as 3d:lead,7d:manager");
        return false;
    }
    if (rule->level_count == KEY_LEVELS) {
        policy_complain(reading, field, "more than %d levels", KEY_LEVELS);
        return false;
    }
    struct policy_level *level = &rule->levels[rule->level_count];
    if (!policy_read_period(reading, field, slice_part(part, 0, colon), false, &level->after)) {
        return false;
    }
    double before = rule->level_count == 0 ? 0 : period_days(level[-1].after);
    if (period_days(level->after) <= before) {
        policy_complain(reading, field, "each level must come later than the one before it");
        return false;
    }
    level->owner = policy_keep(reading, owner);
    rule->level_count++;
    return true;
}

static void read_escalate(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    for (size_t at = 0; at <= cell.length;) {
        size_t end = slice_find(cell, ',', at);
        if (!read_level(reading, field, slice_trim_value(slice_part(cell, at, end)))) {
            return;
        }
        at = end + 1;
    }
}

static void read_enabled(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (!answer_read(cell, &reading->rule->enabled)) {
        policy_complain(reading, field, "neither 'yes' nor 'no'");
    }
}

static void read_from_date(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_from = policy_read_day(reading, field, cell, &reading->rule->from);
}

static void read_until(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_until = policy_read_day(reading, field, cell, &reading->rule->until);
}

static field_reader *const readers[POLICY_FIELDS] = {
    [POLICY_FIELD_RULE] = read_rule,
    [POLICY_FIELD_SEGMENT] = read_labels,
    [POLICY_FIELD_STAGE] = read_labels,
    [POLICY_FIELD_TIER] = read_labels,
    [POLICY_FIELD_WHEN] = read_when,
    [POLICY_FIELD_TOUCH] = read_touch,
    [POLICY_FIELD_ANCHOR] = policy_read_anchor,
    [POLICY_FIELD_AFTER] = policy_read_after,
    [POLICY_FIELD_EVERY] = policy_read_every,
    [POLICY_FIELD_REPEAT_FROM] = policy_read_repeat_from,
    [POLICY_FIELD_FACTOR] = read_factor,
    [POLICY_FIELD_GAP] = read_gap,
    [POLICY_FIELD_MIN] = read_min,
    [POLICY_FIELD_MAX] = read_max,
    [POLICY_FIELD_GRACE] = read_grace,
    [POLICY_FIELD_SHIFT] = read_shift,
    [POLICY_FIELD_CALENDAR] = read_calendar,
    [POLICY_FIELD_TIME] = read_time,
    [POLICY_FIELD_QUIET] = read_quiet,
    [POLICY_FIELD_CHANNEL] = read_text,
    [POLICY_FIELD_OWNER] = read_text,
    [POLICY_FIELD_COST] = read_cost,
    [POLICY_FIELD_MINUTES] = read_minutes,
    [POLICY_FIELD_PRIORITY] = read_priority,
    [POLICY_FIELD_TAG] = read_tag,
    [POLICY_FIELD_CAP] = read_cap,
    [POLICY_FIELD_STOP] = read_stop,
    [POLICY_FIELD_ESCALATE] = read_escalate,
    [POLICY_FIELD_ENABLED] = read_enabled,
    [POLICY_FIELD_FROM_DATE] = read_from_date,
    [POLICY_FIELD_UNTIL] = read_until,
};

static void check_required(struct policy_reading *reading)
{
    static const enum policy_field required[] = {POLICY_FIELD_RULE, POLICY_FIELD_TOUCH};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        if (reading->positions[required[i]] != SIZE_MAX && !policy_is_set(reading, required[i])) {
            policy_complain(reading, required[i], "empty");
        }
    }
    bool day = policy_is_set(reading, POLICY_FIELD_AFTER) || policy_is_set(reading, POLICY_FIELD_EVERY);
    int ways = day + policy_is_set(reading, POLICY_FIELD_FACTOR);
    if (ways != 1) {
        complaints_add(reading->complaints, reading->file, reading->row->line, 0, reading->source,
                       ways == 0 ? "no 'after', 'every' or 'factor' says when"
                                 : "'factor' says when, and so does 'after' or 'every'");
    }
}

static void check_unique(struct policy_reading *reading)
{
    const struct policy *policy = reading->policy;
    for (size_t i = 0; i < policy->count && reading->rule->id.length > 0; i++) {
        if (&policy->rules[i] != reading->rule && slice_equal(policy->rules[i].id, reading->rule->id)) {
            policy_complain(reading, POLICY_FIELD_RULE, "the rule '%.*s' stands in line %llu already",
                            (int)reading->rule->id.length, reading->rule->id.data,
                            (unsigned long long)policy->rules[i].line);
            return;
        }
    }
}

static void check_bounds(struct policy_reading *reading)
{
    const struct policy_rule *rule = reading->rule;
    if (rule->has_min && rule->has_max && period_days(rule->min) > period_days(rule->max)) {
        policy_complain(reading, POLICY_FIELD_MAX, "below 'min'");
    }
    if (rule->has_from && rule->has_until && rule->from > rule->until) {
        policy_complain(reading, POLICY_FIELD_UNTIL, "before 'from_date'");
    }
}

void policy_row_read(struct policy_reading *reading)
{
    for (size_t field = 0; field < POLICY_FIELDS; field++) {
        struct slice cell = policy_cell(reading, (enum policy_field)field);
        if (memchr(cell.data, '\n', cell.length) != NULL || memchr(cell.data, '\r', cell.length) != NULL) {
            policy_complain(reading, (enum policy_field)field, "has a line break in it");
        } else if (cell.length > 0) {
            readers[field](reading, (enum policy_field)field, cell);
        }
    }
    check_required(reading);
    check_unique(reading);
    policy_check_timing(reading);
    check_bounds(reading);
}
