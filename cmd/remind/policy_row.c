// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_row: one small reader a column, in a table; then what the columns of a row say of each other.
 */
#include "policy_row.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "heap.h"
#include "number.h"
#include "roles.h"
#include "text.h"

typedef void field_reader(struct policy_reading *reading, enum policy_field field, struct slice cell);

struct field {
    const char *name;
    field_reader *read; // not asked when the cell is empty
};

static const struct field fields[POLICY_FIELDS];

const char *policy_field_name(enum policy_field field)
{
    return fields[field].name;
}

struct slice policy_cell(const struct policy_reading *reading, enum policy_field field)
{
    size_t position = reading->positions[field];
    if (position >= reading->row->count) {
        return (struct slice){"", 0};
    }
    return slice_trim_value(reading->row->cells[position]);
}

// Where a cell's text begins in the row's bytes, from 1; 0 when it is not to be found.
static uint64_t place_of(const struct policy_reading *reading, enum policy_field field)
{
    struct slice source = reading->source;
    bool quoted = false;
    size_t at = 0;
    for (size_t cell = 0; cell < reading->positions[field]; at++) {
        if (at >= source.length) {
            return 0;
        }
        quoted = quoted != (source.data[at] == '"');
        cell += !quoted && source.data[at] == reading->delimiter;
    }
    bool opened = at < source.length && source.data[at] == '"';
    return source.length == 0 ? 0 : at + 1 + opened;
}

void policy_complain(struct policy_reading *reading, enum policy_field field, const char *format, ...)
{
    struct text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_format(&text, "column '%s': ", fields[field].name);
    text_append_string(&text, format);
    uint64_t place = reading->positions[field] == SIZE_MAX ? 0 : place_of(reading, field);
    complaints_add_list(reading->complaints, reading->file, reading->row->line, place, reading->source,
                        text_string(&text), arguments);
    va_end(arguments);
    text_free(&text);
}

static struct slice keep(struct policy_reading *reading, struct slice cell)
{
    return arena_copy(&reading->policy->arena, cell);
}

static bool is_set(const struct policy_reading *reading, enum policy_field field)
{
    return policy_cell(reading, field).length > 0;
}

// The column of the customers that a cell names.
static bool find_column(struct policy_reading *reading, enum policy_field field, struct slice name, size_t *column)
{
    struct text problem = {0};
    bool found = columns_find(table_columns(reading->scope->table), name, column, &problem);
    if (!found) {
        policy_complain(reading, field, "%s", text_string(&problem));
    }
    text_free(&problem);
    return found;
}

// The place of a date column among those the policy reads.
static size_t day_slot(struct policy *policy, size_t column)
{
    for (size_t i = 0; i < policy->day_count; i++) {
        if (policy->day_columns[i] == column) {
            return i;
        }
    }
    policy->day_columns =
        heap_grow(policy->day_columns, &policy->day_capacity, policy->day_count + 1, sizeof *policy->day_columns);
    policy->day_columns[policy->day_count] = column;
    return policy->day_count++;
}

static bool read_day(struct policy_reading *reading, enum policy_field field, struct slice cell, int32_t *day)
{
    if (cell_day(reading->scope->forms, cell, day) != CELL_OK) {
        policy_complain(reading, field, "not a date");
        return false;
    }
    return true;
}

// A period of whole days.
static bool read_period(struct policy_reading *reading, enum policy_field field, struct slice cell, bool negative,
                        struct period *period)
{
    if (!period_read(cell, period)) {
        policy_complain(reading, field, "not a period such as 3d, 2w, 1m or P3D");
    } else if (!period_whole_days(*period)) {
        policy_complain(reading, field, "contacts fall on days: give whole days, weeks, months or years");
    } else if (!negative && (period->months < 0 || period->seconds < 0)) {
        policy_complain(reading, field, "may not be negative");
    } else {
        return true;
    }
    return false;
}

// A period as a person reads it: "P30D" becomes "30d", any other stays as it was written.
static struct slice keep_period(struct policy_reading *reading, struct slice cell)
{
    size_t sign = slice_starts(cell, slice_of("-"));
    bool iso = sign < cell.length && cell.data[sign] == 'P' && slice_find(cell, 'T', 0) == cell.length;
    struct text text = {0};
    text_append(&text, slice_part(cell, 0, sign));
    for (size_t i = sign + iso; i < cell.length; i++) {
        char byte = cell.data[i];
        text_append_byte(&text, iso && byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
    struct slice kept = keep(reading, text_slice(&text));
    text_free(&text);
    return kept;
}

static void read_rule(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)field;
    reading->rule->id = keep(reading, cell);
}

static void read_touch(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)field;
    reading->rule->touch = keep(reading, cell);
}

static void read_tag(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)field;
    reading->rule->tag = keep(reading, cell);
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
    reading->rule->wanted_text[dimension] = keep(reading, cell);
    if (!labels_read(&policy->labels[dimension], cell, &policy->arena, wanted)) {
        policy_complain(reading, field, "not '*' or a list of labels such as new|promising");
    } else if (wanted->count > 0 && !find_dimension(reading, dimension)) {
        const char *name = policy_dimension_name(dimension);
        policy_complain(reading, field, "the customers have no column for it (name theirs with --%s=COL)", name);
    }
}

static void read_when(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct expression_scope *scope = arena_allocate(&reading->policy->arena, sizeof *scope);
    *scope = (struct expression_scope){
        .columns = table_columns(reading->scope->table),
        .forms = reading->scope->forms,
        .clock = reading->scope->clock,
    };
    struct expression_place place = {
        .file = reading->file,
        .line = reading->row->line,
        .column = place_of(reading, field),
        .whole_line = reading->source,
    };
    reading->rule->when_text = keep(reading, cell);
    reading->rule->when =
        expression_compile(reading->rule->when_text, &place, scope, &reading->policy->arena, reading->complaints);
}

static void set_anchor(struct policy_reading *reading, size_t column)
{
    reading->rule->anchor = slice_trim_value(table_columns(reading->scope->table)->names[column]);
    reading->rule->anchor_slot = day_slot(reading->policy, column);
}

// A column by its name, else a date, else a column in any other way of naming one.
static void read_anchor(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    size_t column;
    if (columns_has(table_columns(reading->scope->table), cell, &column)) {
        set_anchor(reading, column);
    } else if (cell_day(reading->scope->forms, cell, &reading->rule->anchor_day) != CELL_OK &&
               find_column(reading, field, cell, &column)) {
        set_anchor(reading, column);
    }
}

static void read_after(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->kind = POLICY_ONCE;
    reading->rule->period_text = keep_period(reading, cell);
    read_period(reading, field, cell, true, &reading->rule->period);
}

static bool is_recurrence_rule(struct slice cell)
{
    return slice_starts(cell, slice_of("FREQ=")) || slice_starts(cell, slice_of("RRULE:")) ||
           slice_starts(cell, slice_of("R/"));
}

static void read_every(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->kind = POLICY_PERIODIC;
    reading->rule->period_text = keep_period(reading, cell);
    if (is_recurrence_rule(cell)) {
        policy_complain(reading, field, "recurrence rules are not read; give a period such as 1w");
    } else if (read_period(reading, field, cell, false, &reading->rule->period) &&
               !period_positive(reading->rule->period)) {
        policy_complain(reading, field, "must be above zero");
    }
}

static void read_repeat_from(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    bool done = slice_is(cell, "done");
    if (!done && !slice_is(cell, "anchor")) {
        policy_complain(reading, field, "neither 'anchor' nor 'done'");
    } else if (!is_set(reading, POLICY_FIELD_EVERY)) {
        policy_complain(reading, field, "has no meaning without 'every'");
    } else if (done) {
        reading->rule->kind = POLICY_CHAINED;
    }
}

static void read_factor(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->kind = POLICY_WINBACK;
    find_dimension(reading, POLICY_SEGMENT); // for the medians; without one all customers are one segment
    reading->rule->factor_text = keep(reading, cell);
    if (!number_read(cell, reading->scope->forms->decimal, &reading->rule->factor)) {
        policy_complain(reading, field, "not a number");
    } else if (reading->rule->factor <= 0) {
        policy_complain(reading, field, "must be above zero");
    }
}

static bool is_winback(struct policy_reading *reading, enum policy_field field)
{
    if (!is_set(reading, POLICY_FIELD_FACTOR)) {
        policy_complain(reading, field, "has no meaning without 'factor'");
        return false;
    }
    return true;
}

static void read_gap(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (is_winback(reading, field)) {
        find_column(reading, field, cell, &reading->rule->gap_column);
    }
}

static void read_min(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->min_text = keep_period(reading, cell);
    reading->rule->has_min =
        is_winback(reading, field) && read_period(reading, field, cell, false, &reading->rule->min);
}

static void read_max(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->max_text = keep_period(reading, cell);
    reading->rule->has_max =
        is_winback(reading, field) && read_period(reading, field, cell, false, &reading->rule->max);
}

static void read_grace(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    if (is_set(reading, POLICY_FIELD_FACTOR)) {
        policy_complain(reading, field, "a win-back has none: leave it empty");
        return;
    }
    reading->rule->has_grace = read_period(reading, field, cell, false, &reading->rule->grace);
}

static void refuse_shift(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)cell;
    policy_complain(reading, field, "contacts are not shifted to working days: leave it empty");
}

static void refuse_time(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)cell;
    policy_complain(reading, field, "contacts are planned by the day: leave it empty");
}

static void refuse_cap(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    (void)cell;
    policy_complain(reading, field, "there are no caps to be exempt from: leave it empty");
}

// A value, or @column.
static void read_text(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    struct policy_text *text = field == POLICY_FIELD_CHANNEL ? &reading->rule->channel : &reading->rule->owner;
    if (cell.data[0] == '@') {
        find_column(reading, field, slice_part(cell, 1, cell.length), &text->column);
    } else {
        text->text = keep(reading, cell);
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

static void read_stop(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    size_t column;
    if (find_column(reading, field, cell, &column)) {
        reading->rule->stop_slot = day_slot(reading->policy, column);
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
    if (!read_period(reading, field, slice_part(part, 0, colon), false, &level->after)) {
        return false;
    }
    double before = rule->level_count == 0 ? 0 : period_days(level[-1].after);
    if (period_days(level->after) <= before) {
        policy_complain(reading, field, "each level must come later than the one before it");
        return false;
    }
    level->owner = keep(reading, owner);
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
    static const char *const words[] = {"no", "yes", "0", "1", "false", "true"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_equal_fold(cell, slice_of(words[i]))) {
            reading->rule->enabled = i % 2 == 1;
            return;
        }
    }
    policy_complain(reading, field, "neither 'yes' nor 'no'");
}

static void read_from_date(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_from = read_day(reading, field, cell, &reading->rule->from);
}

static void read_until(struct policy_reading *reading, enum policy_field field, struct slice cell)
{
    reading->rule->has_until = read_day(reading, field, cell, &reading->rule->until);
}

static const struct field fields[POLICY_FIELDS] = {
    [POLICY_FIELD_RULE] = {"rule", read_rule},
    [POLICY_FIELD_SEGMENT] = {"segment", read_labels},
    [POLICY_FIELD_STAGE] = {"stage", read_labels},
    [POLICY_FIELD_TIER] = {"tier", read_labels},
    [POLICY_FIELD_WHEN] = {"when", read_when},
    [POLICY_FIELD_TOUCH] = {"touch", read_touch},
    [POLICY_FIELD_ANCHOR] = {"anchor", read_anchor},
    [POLICY_FIELD_AFTER] = {"after", read_after},
    [POLICY_FIELD_EVERY] = {"every", read_every},
    [POLICY_FIELD_REPEAT_FROM] = {"repeat_from", read_repeat_from},
    [POLICY_FIELD_FACTOR] = {"factor", read_factor},
    [POLICY_FIELD_GAP] = {"gap", read_gap},
    [POLICY_FIELD_MIN] = {"min", read_min},
    [POLICY_FIELD_MAX] = {"max", read_max},
    [POLICY_FIELD_GRACE] = {"grace", read_grace},
    [POLICY_FIELD_SHIFT] = {"shift", refuse_shift},
    [POLICY_FIELD_CALENDAR] = {"calendar", refuse_shift},
    [POLICY_FIELD_TIME] = {"time", refuse_time},
    [POLICY_FIELD_QUIET] = {"quiet", refuse_time},
    [POLICY_FIELD_CHANNEL] = {"channel", read_text},
    [POLICY_FIELD_OWNER] = {"owner", read_text},
    [POLICY_FIELD_COST] = {"cost", read_cost},
    [POLICY_FIELD_MINUTES] = {"minutes", read_minutes},
    [POLICY_FIELD_PRIORITY] = {"priority", read_priority},
    [POLICY_FIELD_TAG] = {"tag", read_tag},
    [POLICY_FIELD_CAP] = {"cap", refuse_cap},
    [POLICY_FIELD_STOP] = {"stop", read_stop},
    [POLICY_FIELD_ESCALATE] = {"escalate", read_escalate},
    [POLICY_FIELD_ENABLED] = {"enabled", read_enabled},
    [POLICY_FIELD_FROM_DATE] = {"from_date", read_from_date},
    [POLICY_FIELD_UNTIL] = {"until", read_until},
};

static void check_required(struct policy_reading *reading)
{
    static const enum policy_field required[] = {POLICY_FIELD_RULE, POLICY_FIELD_TOUCH};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        if (reading->positions[required[i]] != SIZE_MAX && !is_set(reading, required[i])) {
            policy_complain(reading, required[i], "empty");
        }
    }
    int ways = is_set(reading, POLICY_FIELD_AFTER) + is_set(reading, POLICY_FIELD_EVERY) +
               is_set(reading, POLICY_FIELD_FACTOR);
    if (ways != 1) {
        complaints_add(reading->complaints, reading->file, reading->row->line, 0, reading->source,
                       ways == 0 ? "no 'after', 'every' or 'factor' says when"
                                 : "more than one of 'after', 'every' and 'factor' says when");
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

// Without an anchor a rule counts from the last order.
static void check_anchor(struct policy_reading *reading)
{
    size_t column;
    if (is_set(reading, POLICY_FIELD_ANCHOR) || reading->stopped) {
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
            fields[field].read(reading, (enum policy_field)field, cell);
        }
    }
    check_required(reading);
    check_unique(reading);
    check_anchor(reading);
    check_bounds(reading);
}
