// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provisions_row: one small reader a kind of row.
 */
#include "provisions_row.h"

#include <stdlib.h>

#include "heap.h"
#include "number.h"
#include "roles.h"
#include "text.h"
#include "zone.h"

static const char *const field_names[PROVISIONS_FIELDS] = {"scope", "name", "limit", "window"};

// Reads what a row of this name says; its scope was read.
typedef void row_reader(struct provisions_reading *reading, const struct provisions_scope *scope);

static void complain(struct provisions_reading *reading, enum provisions_field field, const char *what,
                     struct slice value, const char *meant)
{
    bool shown = value.length > 0;
    complaints_add(&reading->complaints, reading->file, reading->line, 0, (struct slice){"", 0},
                   "column '%s': %s%s%.*s%s%s%s%s", field_names[field], what, shown ? " '" : "", (int)value.length,
                   value.data, shown ? "'" : "", meant != NULL ? " (did you mean '" : "", meant != NULL ? meant : "",
                   meant != NULL ? "'?)" : "");
}

static void complain_plainly(struct provisions_reading *reading, enum provisions_field field, const char *what)
{
    complain(reading, field, what, (struct slice){"", 0}, NULL);
}

static const char *nearest_of(struct slice word, const char *const *words, size_t count)
{
    struct slice known[PROVISIONS_DIMENSIONS + PROVISIONS_FIELDS];
    for (size_t i = 0; i < count; i++) {
        known[i] = slice_of(words[i]);
    }
    long nearest = diag_nearest(word, known, count);
    return nearest < 0 ? NULL : words[nearest];
}

static size_t index_of(struct slice word, const char *const *words, size_t count)
{
    size_t index = 0;
    while (index < count && !slice_is(word, words[index])) {
        index++;
    }
    return index;
}

const char *provisions_field_name(enum provisions_field field)
{
    return field_names[field];
}

enum provisions_field provisions_field_of(struct slice name)
{
    return (enum provisions_field)index_of(name, field_names, PROVISIONS_FIELDS);
}

const char *provisions_field_meant(struct slice name)
{
    return nearest_of(name, field_names, PROVISIONS_FIELDS);
}

// Looks once for the column in which customers have their segment, stage or tier. What is built in does without.
static void find_column(struct provisions_reading *reading, enum policy_dimension dimension)
{
    static const enum role roles[POLICY_DIMENSIONS] = {ROLE_SEGMENT, ROLE_STAGE, ROLE_TIER};
    struct provisions *provisions = reading->provisions;
    size_t *column = &provisions->label_columns[dimension];
    if (*column != TABLE_NO_COLUMN || reading->stopped) {
        return;
    }
    if (provisions->built_in && reading->roles[dimension] == NULL) {
        struct text problem = {0};
        enum roles_result found = roles_find(table_columns(reading->table), roles[dimension], column, &problem);
        *column = found == ROLES_FOUND ? *column : TABLE_NO_COLUMN;
        text_free(&problem);
    } else if (!table_optional_role(reading->table, roles[dimension], reading->roles[dimension], column)) {
        reading->stopped = true;
    } else if (*column == TABLE_NO_COLUMN && !provisions->built_in) {
        complain(reading, PROVISIONS_SCOPE, "the customers have no column for",
                 slice_of(provisions_dimension_names[dimension]), NULL);
    }
}

// One "tag=promo|news" of a scope.
static void read_condition(struct provisions_reading *reading, struct slice part, struct provisions_scope *scope)
{
    size_t equals = slice_find(part, '=', 0);
    struct slice word = slice_trim_value(slice_part(part, 0, equals));
    struct slice list = slice_trim_value(slice_part(part, equals < part.length ? equals + 1 : equals, part.length));
    size_t dimension = index_of(word, provisions_dimension_names, PROVISIONS_DIMENSIONS);
    struct provisions *provisions = reading->provisions;
    if (slice_is(word, "calendar") && list.length > 0) {
        reading->calendar = list;
    } else if (dimension == PROVISIONS_DIMENSIONS) {
        complain(reading, PROVISIONS_SCOPE, "not '*' or conditions such as tag=promo&stage=new|repeat:", part,
                 nearest_of(word, provisions_dimension_names, PROVISIONS_DIMENSIONS));
    } else if (list.length == 0 ||
               !labels_read(&provisions->labels[dimension], list, &provisions->arena, &scope->wanted[dimension])) {
        complain(reading, PROVISIONS_SCOPE, "no list of labels such as new|repeat follows", word, NULL);
    } else if (dimension < POLICY_DIMENSIONS && scope->wanted[dimension].count > 0) {
        find_column(reading, (enum policy_dimension)dimension);
    }
}

static void read_scope(struct provisions_reading *reading, struct provisions_scope *scope)
{
    struct slice text = reading->cells[PROVISIONS_SCOPE];
    *scope = (struct provisions_scope){0};
    reading->calendar = (struct slice){"", 0};
    for (size_t at = 0; at <= text.length && !slice_is(text, "*");) {
        size_t end = slice_find(text, '&', at);
        read_condition(reading, slice_trim_value(slice_part(text, at, end)), scope);
        at = end + 1;
    }
}

static bool read_window(struct provisions_reading *reading, struct cap *cap)
{
    struct slice window = reading->cells[PROVISIONS_WINDOW];
    if (window.length == 0) {
        complain_plainly(reading, PROVISIONS_WINDOW, "empty: a period such as 7d, or day, week or month");
    } else if (!cap_read_window(window, cap)) {
        complain(reading, PROVISIONS_WINDOW, "not a period such as 7d, nor day, week or month:", window, NULL);
    } else {
        return true;
    }
    return false;
}

static struct slice name_limit(struct provisions_reading *reading, const char *unit)
{
    struct text text = {0};
    text_append(&text, reading->cells[PROVISIONS_SCOPE]);
    text_append_byte(&text, ' ');
    text_append(&text, reading->cells[PROVISIONS_LIMIT]);
    text_append_string(&text, unit);
    text_append_byte(&text, '/');
    text_append(&text, reading->cells[PROVISIONS_WINDOW]);
    struct slice kept = arena_copy(&reading->provisions->arena, text_slice(&text));
    text_free(&text);
    return kept;
}

static void add_limit(struct provisions_reading *reading, const struct provisions_limit *limit)
{
    struct provisions *provisions = reading->provisions;
    provisions->limits = heap_grow(provisions->limits, &provisions->limit_capacity, provisions->limit_count + 1,
                                   sizeof *provisions->limits);
    provisions->limits[provisions->limit_count++] = *limit;
}

static bool read_count(struct provisions_reading *reading, int64_t *count)
{
    struct slice cell = reading->cells[PROVISIONS_LIMIT];
    if (!number_read_whole(cell, count)) {
        complain(reading, PROVISIONS_LIMIT,
                 cell.length == 0 ? "empty: how many contacts?" : "not a whole number:", cell, NULL);
    } else if (*count < 0) {
        complain_plainly(reading, PROVISIONS_LIMIT, "may not be negative");
    } else {
        return true;
    }
    return false;
}

static void read_cap(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope};
    bool counted = read_count(reading, &limit.cap.most);
    if (read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, "");
        add_limit(reading, &limit);
    }
}

// A limit of owners cannot ask for a label of customers: the ledger does not know what label they had.
static bool is_of_owners(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        if (scope->wanted[i].count > 0) {
            complain(reading, PROVISIONS_SCOPE, "the work of owners cannot be told by",
                     slice_of(provisions_dimension_names[i]), NULL);
            return false;
        }
    }
    return true;
}

static void read_contacts(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope, .of_owner = true};
    bool counted = read_count(reading, &limit.cap.most);
    if (is_of_owners(reading, scope) && read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, " contacts");
        add_limit(reading, &limit);
    }
}

static void read_minutes(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope, .of_owner = true, .minutes = true};
    bool counted = number_read(reading->cells[PROVISIONS_LIMIT], '.', &limit.most) && limit.most >= 0;
    if (!counted) {
        complain(reading, PROVISIONS_LIMIT, "not a number of minutes:", reading->cells[PROVISIONS_LIMIT], NULL);
    }
    if (is_of_owners(reading, scope) && read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, " minutes");
        add_limit(reading, &limit);
    }
}

static bool is_of_all(struct provisions_reading *reading)
{
    if (!slice_is(reading->cells[PROVISIONS_SCOPE], "*")) {
        complain(reading, PROVISIONS_SCOPE, "has to be '*' for", reading->cells[PROVISIONS_NAME], NULL);
    }
    return slice_is(reading->cells[PROVISIONS_SCOPE], "*");
}

static void needs_no_window(struct provisions_reading *reading)
{
    if (reading->cells[PROVISIONS_WINDOW].length > 0) {
        complain(reading, PROVISIONS_WINDOW, "has to be empty for", reading->cells[PROVISIONS_NAME], NULL);
    }
}

// `name` with the NUL at its end.
static void set_zone(struct provisions_reading *reading, struct slice name)
{
    if (reading->provisions->zone != NULL) {
        complain_plainly(reading, PROVISIONS_NAME, "a time zone was given already");
    } else {
        reading->provisions->zone = arena_copy(&reading->provisions->arena, name).data;
    }
}

static void read_zone(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct slice cell = reading->cells[PROVISIONS_LIMIT];
    char *name = heap_string(cell);
    struct zone *zone = cell.length == 0 ? NULL : zone_open(name);
    (void)scope;
    needs_no_window(reading);
    if (zone == NULL) {
        complain(reading, PROVISIONS_LIMIT, cell.length == 0 ? "empty: which time zone?" : "unknown time zone", cell,
                 NULL);
    } else if (is_of_all(reading)) {
        set_zone(reading, (struct slice){name, cell.length + 1});
    }
    zone_free(zone);
    free(name);
}

static void read_quiet(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct provisions *provisions = reading->provisions;
    struct provisions_quiet quiet = {.scope = *scope};
    needs_no_window(reading);
    if (!quiet_read(reading->cells[PROVISIONS_LIMIT], &quiet.hours)) {
        complain(reading, PROVISIONS_LIMIT, "not hours such as 21:00-08:00:", reading->cells[PROVISIONS_LIMIT], NULL);
        return;
    }
    provisions->quiets = heap_grow(provisions->quiets, &provisions->quiet_capacity, provisions->quiet_count + 1,
                                   sizeof *provisions->quiets);
    provisions->quiets[provisions->quiet_count++] = quiet;
}

static void read_holidays(struct provisions_reading *reading, const struct provisions_scope *scope)
{
    struct provisions *provisions = reading->provisions;
    struct text text = {0};
    (void)scope;
    needs_no_window(reading);
    if (reading->cells[PROVISIONS_LIMIT].length == 0) {
        complain_plainly(reading, PROVISIONS_LIMIT, "empty: which file of holidays?");
        return;
    }
    if (reading->calendar.length == 0 && !is_of_all(reading)) {
        return;
    }
    text_append(&text, reading->calendar);
    if (reading->calendar.length > 0) {
        text_append_byte(&text, '=');
    }
    text_append(&text, reading->cells[PROVISIONS_LIMIT]);
    provisions->holidays = heap_grow(provisions->holidays, &provisions->holiday_capacity, provisions->holiday_count + 1,
                                     sizeof *provisions->holidays);
    provisions->holidays[provisions->holiday_count++] = arena_copy(&provisions->arena, text_slice(&text));
    text_free(&text);
}

enum { KIND_CAP, KIND_CONTACTS, KIND_MINUTES, KIND_ZONE, KIND_QUIET, KIND_HOLIDAYS, KINDS };

static const char *const kind_names[KINDS] = {"cap", "contacts", "minutes", "zone", "quiet", "holidays"};
static row_reader *const readers[KINDS] = {read_cap, read_contacts, read_minutes, read_zone, read_quiet, read_holidays};

void provisions_read_row(struct provisions_reading *reading)
{
    struct provisions_scope scope;
    struct slice name = reading->cells[PROVISIONS_NAME];
    size_t kind = index_of(name, kind_names, KINDS);
    if (kind == KINDS) {
        complain(reading, PROVISIONS_NAME,
                 name.length == 0 ? "empty, and not cap, contacts, minutes, zone, quiet or holidays"
                                  : "not cap, contacts, minutes, zone, quiet or holidays:",
                 name, nearest_of(name, kind_names, KINDS));
        return;
    }
    if (reading->cells[PROVISIONS_SCOPE].length == 0) {
        complain_plainly(reading, PROVISIONS_SCOPE, "empty: write * for all");
        return;
    }
    read_scope(reading, &scope);
    if (reading->calendar.length > 0 && kind != KIND_HOLIDAYS) {
        complain_plainly(reading, PROVISIONS_SCOPE, "a calendar is only of holidays");
    }
    readers[kind](reading, &scope);
}
