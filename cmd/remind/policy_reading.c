// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy_reading: finds cells in the bytes of their row, so that a complaint can point at them.
 */
#include "policy_reading.h"

#include <stdarg.h>
#include <string.h>

#include "heap.h"
#include "text.h"

static const char *const names[POLICY_FIELDS] = {
    [POLICY_FIELD_RULE] = "rule",         [POLICY_FIELD_SEGMENT] = "segment",
    [POLICY_FIELD_STAGE] = "stage",       [POLICY_FIELD_TIER] = "tier",
    [POLICY_FIELD_WHEN] = "when",         [POLICY_FIELD_TOUCH] = "touch",
    [POLICY_FIELD_ANCHOR] = "anchor",     [POLICY_FIELD_AFTER] = "after",
    [POLICY_FIELD_EVERY] = "every",       [POLICY_FIELD_REPEAT_FROM] = "repeat_from",
    [POLICY_FIELD_FACTOR] = "factor",     [POLICY_FIELD_GAP] = "gap",
    [POLICY_FIELD_MIN] = "min",           [POLICY_FIELD_MAX] = "max",
    [POLICY_FIELD_GRACE] = "grace",       [POLICY_FIELD_SHIFT] = "shift",
    [POLICY_FIELD_CALENDAR] = "calendar", [POLICY_FIELD_TIME] = "time",
    [POLICY_FIELD_QUIET] = "quiet",       [POLICY_FIELD_CHANNEL] = "channel",
    [POLICY_FIELD_OWNER] = "owner",       [POLICY_FIELD_COST] = "cost",
    [POLICY_FIELD_MINUTES] = "minutes",   [POLICY_FIELD_PRIORITY] = "priority",
    [POLICY_FIELD_TAG] = "tag",           [POLICY_FIELD_CAP] = "cap",
    [POLICY_FIELD_STOP] = "stop",         [POLICY_FIELD_ESCALATE] = "escalate",
    [POLICY_FIELD_ENABLED] = "enabled",   [POLICY_FIELD_FROM_DATE] = "from_date",
    [POLICY_FIELD_UNTIL] = "until",
};

const char *policy_field_name(enum policy_field field)
{
    return names[field];
}

struct slice policy_cell(const struct policy_reading *reading, enum policy_field field)
{
    size_t position = reading->positions[field];
    if (position >= reading->row->count) {
        return (struct slice){"", 0};
    }
    return slice_trim_value(reading->row->cells[position]);
}

uint64_t policy_place(const struct policy_reading *reading, enum policy_field field)
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
    text_format(&text, "column '%s': ", names[field]);
    text_append_string(&text, format);
    uint64_t place = reading->positions[field] == SIZE_MAX ? 0 : policy_place(reading, field);
    complaints_add_list(reading->complaints, reading->file, reading->row->line, place, reading->source,
                        text_string(&text), arguments);
    va_end(arguments);
    text_free(&text);
}

struct slice policy_keep(struct policy_reading *reading, struct slice cell)
{
    return arena_copy(&reading->policy->arena, cell);
}

bool policy_is_set(const struct policy_reading *reading, enum policy_field field)
{
    return policy_cell(reading, field).length > 0;
}

bool policy_find_column(struct policy_reading *reading, enum policy_field field, struct slice name, size_t *column)
{
    struct text problem = {0};
    bool found = columns_find(table_columns(reading->scope->table), name, column, &problem);
    if (!found) {
        policy_complain(reading, field, "%s%s", text_string(&problem),
                        slice_is(name, "last_contact") ? "; --touches=FILE gives it too" : "");
    }
    text_free(&problem);
    return found;
}

size_t policy_day_slot(struct policy *policy, size_t column)
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

bool policy_is_touched(struct policy_reading *reading, struct slice name, size_t *slot)
{
    size_t column;
    if (!reading->scope->touches || !slice_is(name, "last_contact")) {
        return false;
    }
    bool there = columns_has(table_columns(reading->scope->table), name, &column);
    *slot = policy_day_slot(reading->policy, there ? column : TABLE_NO_COLUMN);
    reading->policy->touched_slot = *slot;
    return true;
}

// "2026-02-30": 8 to 10 bytes, digits but for the fifth, which stands once more among the last.
bool policy_means_day(struct slice cell)
{
    if (cell.length < 8 || cell.length > 10 || strchr("-/.", cell.data[4]) == NULL) {
        return false;
    }
    size_t marks = 0;
    for (size_t i = 0; i < cell.length; i++) {
        bool digit = cell.data[i] >= '0' && cell.data[i] <= '9';
        bool mark = cell.data[i] == cell.data[4] && (i == 4 || i == 6 || i == 7);
        if (!digit && !mark) {
            return false;
        }
        marks += mark;
    }
    return marks == 2;
}

bool policy_read_day(struct policy_reading *reading, enum policy_field field, struct slice cell, int32_t *day)
{
    if (cell_day(reading->scope->forms, cell, day) != CELL_OK) {
        policy_complain(reading, field, policy_means_day(cell) ? "there is no such day" : "not a date");
        return false;
    }
    return true;
}

bool policy_read_period(struct policy_reading *reading, enum policy_field field, struct slice cell, bool negative,
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

struct slice policy_keep_period(struct policy_reading *reading, struct slice cell)
{
    size_t sign = slice_starts(cell, slice_of("-"));
    bool iso = sign < cell.length && cell.data[sign] == 'P' && slice_find(cell, 'T', 0) == cell.length;
    struct text text = {0};
    text_append(&text, slice_part(cell, 0, sign));
    for (size_t i = sign + iso; i < cell.length; i++) {
        char byte = cell.data[i];
        text_append_byte(&text, iso && byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
    struct slice kept = policy_keep(reading, text_slice(&text));
    text_free(&text);
    return kept;
}
