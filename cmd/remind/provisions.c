// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provisions: one small reader a kind of row.
 *
 * Reads records rather than a table, as policies do, since a comment has not as many cells as a row.
 */
#include "provisions.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "complaints.h"
#include "heap.h"
#include "map.h"
#include "number.h"
#include "reader.h"
#include "roles.h"
#include "text.h"
#include "zone.h"

// Stage names are those of segment stage, in both of its languages.
const char provisions_default[] = "scope,name,limit,window\n"
                                  "# An offer a week, and for those who only look around two a month.\n"
                                  "tag=promo,cap,1,7d\n"
                                  "stage=interested|意向客户&tag=promo,cap,2,30d\n"
                                  "# Further lines begin like these; see remind(1), SETTINGS.\n"
                                  "# *,cap,3,7d\n"
                                  "# *,quiet,21:00-08:00,\n"
                                  "# *,minutes,240,day\n";

enum field { FIELD_SCOPE, FIELD_NAME, FIELD_LIMIT, FIELD_WINDOW, FIELDS };

static const char *const field_names[FIELDS] = {"scope", "name", "limit", "window"};

static const char *const dimension_names[PROVISIONS_DIMENSIONS] = {"segment", "stage", "tier",
                                                                   "channel", "tag",   "owner"};

// The reading of one file.
struct reading {
    struct provisions *provisions;
    struct table *table;
    const char *const *roles;
    struct complaints complaints;
    const char *file;
    uint64_t line;
    size_t positions[FIELDS]; // SIZE_MAX: no such column
    struct slice cells[FIELDS];
    struct slice calendar; // of the scope, of a row of holidays
    bool stopped;          // something was said already that ends the run
};

// Reads what a row of this name says; its scope was read.
typedef void row_reader(struct reading *reading, const struct provisions_scope *scope);

const char *provisions_dimension_name(enum provisions_dimension dimension)
{
    return dimension_names[dimension];
}

static void complain(struct reading *reading, enum field field, const char *what, struct slice value, const char *meant)
{
    bool shown = value.length > 0;
    complaints_add(&reading->complaints, reading->file, reading->line, 0, (struct slice){"", 0},
                   "column '%s': %s%s%.*s%s%s%s%s", field_names[field], what, shown ? " '" : "", (int)value.length,
                   value.data, shown ? "'" : "", meant != NULL ? " (did you mean '" : "", meant != NULL ? meant : "",
                   meant != NULL ? "'?)" : "");
}

static void complain_plainly(struct reading *reading, enum field field, const char *what)
{
    complain(reading, field, what, (struct slice){"", 0}, NULL);
}

static const char *nearest_of(struct slice word, const char *const *words, size_t count)
{
    struct slice known[PROVISIONS_DIMENSIONS + FIELDS];
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

// Looks once for the column in which customers have their segment, stage or tier. What is built in does without.
static void find_column(struct reading *reading, enum policy_dimension dimension)
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
        complain(reading, FIELD_SCOPE, "the customers have no column for", slice_of(dimension_names[dimension]), NULL);
    }
}

// One "tag=promo|news" of a scope.
static void read_condition(struct reading *reading, struct slice part, struct provisions_scope *scope)
{
    size_t equals = slice_find(part, '=', 0);
    struct slice word = slice_trim_value(slice_part(part, 0, equals));
    struct slice list = slice_trim_value(slice_part(part, equals < part.length ? equals + 1 : equals, part.length));
    size_t dimension = index_of(word, dimension_names, PROVISIONS_DIMENSIONS);
    struct provisions *provisions = reading->provisions;
    if (slice_is(word, "calendar") && list.length > 0) {
        reading->calendar = list;
    } else if (dimension == PROVISIONS_DIMENSIONS) {
        complain(reading, FIELD_SCOPE, "not '*' or conditions such as tag=promo&stage=new|repeat:", part,
                 nearest_of(word, dimension_names, PROVISIONS_DIMENSIONS));
    } else if (list.length == 0 ||
               !labels_read(&provisions->labels[dimension], list, &provisions->arena, &scope->wanted[dimension])) {
        complain(reading, FIELD_SCOPE, "no list of labels such as new|repeat follows", word, NULL);
    } else if (dimension < POLICY_DIMENSIONS && scope->wanted[dimension].count > 0) {
        find_column(reading, (enum policy_dimension)dimension);
    }
}

static void read_scope(struct reading *reading, struct provisions_scope *scope)
{
    struct slice text = reading->cells[FIELD_SCOPE];
    *scope = (struct provisions_scope){0};
    reading->calendar = (struct slice){"", 0};
    for (size_t at = 0; at <= text.length && !slice_is(text, "*");) {
        size_t end = slice_find(text, '&', at);
        read_condition(reading, slice_trim_value(slice_part(text, at, end)), scope);
        at = end + 1;
    }
}

static bool read_window(struct reading *reading, struct cap *cap)
{
    struct slice window = reading->cells[FIELD_WINDOW];
    if (window.length == 0) {
        complain_plainly(reading, FIELD_WINDOW, "empty: a period such as 7d, or day, week or month");
    } else if (!cap_read_window(window, cap)) {
        complain(reading, FIELD_WINDOW, "not a period such as 7d, nor day, week or month:", window, NULL);
    } else {
        return true;
    }
    return false;
}

static struct slice name_limit(struct reading *reading, const char *unit)
{
    struct text text = {0};
    text_append(&text, reading->cells[FIELD_SCOPE]);
    text_append_byte(&text, ' ');
    text_append(&text, reading->cells[FIELD_LIMIT]);
    text_append_string(&text, unit);
    text_append_byte(&text, '/');
    text_append(&text, reading->cells[FIELD_WINDOW]);
    struct slice kept = arena_copy(&reading->provisions->arena, text_slice(&text));
    text_free(&text);
    return kept;
}

static void add_limit(struct reading *reading, const struct provisions_limit *limit)
{
    struct provisions *provisions = reading->provisions;
    provisions->limits = heap_grow(provisions->limits, &provisions->limit_capacity, provisions->limit_count + 1,
                                   sizeof *provisions->limits);
    provisions->limits[provisions->limit_count++] = *limit;
}

static bool read_count(struct reading *reading, int64_t *count)
{
    struct slice cell = reading->cells[FIELD_LIMIT];
    if (!number_read_whole(cell, count)) {
        complain(reading, FIELD_LIMIT, cell.length == 0 ? "empty: how many contacts?" : "not a whole number:", cell,
                 NULL);
    } else if (*count < 0) {
        complain_plainly(reading, FIELD_LIMIT, "may not be negative");
    } else {
        return true;
    }
    return false;
}

static void read_cap(struct reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope};
    bool counted = read_count(reading, &limit.cap.most);
    if (read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, "");
        add_limit(reading, &limit);
    }
}

// A limit of owners cannot ask for a label of customers: the ledger does not know what label they had.
static bool is_of_owners(struct reading *reading, const struct provisions_scope *scope)
{
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        if (scope->wanted[i].count > 0) {
            complain(reading, FIELD_SCOPE, "the work of owners cannot be told by", slice_of(dimension_names[i]), NULL);
            return false;
        }
    }
    return true;
}

static void read_contacts(struct reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope, .of_owner = true};
    bool counted = read_count(reading, &limit.cap.most);
    if (is_of_owners(reading, scope) && read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, " contacts");
        add_limit(reading, &limit);
    }
}

static void read_minutes(struct reading *reading, const struct provisions_scope *scope)
{
    struct provisions_limit limit = {.scope = *scope, .of_owner = true, .minutes = true};
    bool counted = number_read(reading->cells[FIELD_LIMIT], '.', &limit.most) && limit.most >= 0;
    if (!counted) {
        complain(reading, FIELD_LIMIT, "not a number of minutes:", reading->cells[FIELD_LIMIT], NULL);
    }
    if (is_of_owners(reading, scope) && read_window(reading, &limit.cap) && counted) {
        limit.text = name_limit(reading, " minutes");
        add_limit(reading, &limit);
    }
}

static bool is_of_all(struct reading *reading)
{
    if (!slice_is(reading->cells[FIELD_SCOPE], "*")) {
        complain(reading, FIELD_SCOPE, "has to be '*' for", reading->cells[FIELD_NAME], NULL);
    }
    return slice_is(reading->cells[FIELD_SCOPE], "*");
}

static void needs_no_window(struct reading *reading)
{
    if (reading->cells[FIELD_WINDOW].length > 0) {
        complain(reading, FIELD_WINDOW, "has to be empty for", reading->cells[FIELD_NAME], NULL);
    }
}

// `name` with the NUL at its end.
static void set_zone(struct reading *reading, struct slice name)
{
    if (reading->provisions->zone != NULL) {
        complain_plainly(reading, FIELD_NAME, "a time zone was given already");
    } else {
        reading->provisions->zone = arena_copy(&reading->provisions->arena, name).data;
    }
}

static void read_zone(struct reading *reading, const struct provisions_scope *scope)
{
    struct slice cell = reading->cells[FIELD_LIMIT];
    char *name = heap_string(cell);
    struct zone *zone = cell.length == 0 ? NULL : zone_open(name);
    (void)scope;
    needs_no_window(reading);
    if (zone == NULL) {
        complain(reading, FIELD_LIMIT, cell.length == 0 ? "empty: which time zone?" : "unknown time zone", cell, NULL);
    } else if (is_of_all(reading)) {
        set_zone(reading, (struct slice){name, cell.length + 1});
    }
    zone_free(zone);
    free(name);
}

static void read_quiet(struct reading *reading, const struct provisions_scope *scope)
{
    struct provisions *provisions = reading->provisions;
    struct provisions_quiet quiet = {.scope = *scope};
    needs_no_window(reading);
    if (!quiet_read(reading->cells[FIELD_LIMIT], &quiet.hours)) {
        complain(reading, FIELD_LIMIT, "not hours such as 21:00-08:00:", reading->cells[FIELD_LIMIT], NULL);
        return;
    }
    provisions->quiets = heap_grow(provisions->quiets, &provisions->quiet_capacity, provisions->quiet_count + 1,
                                   sizeof *provisions->quiets);
    provisions->quiets[provisions->quiet_count++] = quiet;
}

static void read_holidays(struct reading *reading, const struct provisions_scope *scope)
{
    struct provisions *provisions = reading->provisions;
    struct text text = {0};
    (void)scope;
    needs_no_window(reading);
    if (reading->cells[FIELD_LIMIT].length == 0) {
        complain_plainly(reading, FIELD_LIMIT, "empty: which file of holidays?");
        return;
    }
    if (reading->calendar.length == 0 && !is_of_all(reading)) {
        return;
    }
    text_append(&text, reading->calendar);
    if (reading->calendar.length > 0) {
        text_append_byte(&text, '=');
    }
    text_append(&text, reading->cells[FIELD_LIMIT]);
    provisions->holidays = heap_grow(provisions->holidays, &provisions->holiday_capacity, provisions->holiday_count + 1,
                                     sizeof *provisions->holidays);
    provisions->holidays[provisions->holiday_count++] = arena_copy(&provisions->arena, text_slice(&text));
    text_free(&text);
}

enum { KIND_CAP, KIND_CONTACTS, KIND_MINUTES, KIND_ZONE, KIND_QUIET, KIND_HOLIDAYS, KINDS };

static const char *const kind_names[KINDS] = {"cap", "contacts", "minutes", "zone", "quiet", "holidays"};
static row_reader *const readers[KINDS] = {read_cap, read_contacts, read_minutes, read_zone, read_quiet, read_holidays};

static void read_row(struct reading *reading)
{
    struct provisions_scope scope;
    struct slice name = reading->cells[FIELD_NAME];
    size_t kind = index_of(name, kind_names, KINDS);
    if (kind == KINDS) {
        complain(reading, FIELD_NAME,
                 name.length == 0 ? "empty, and not cap, contacts, minutes, zone, quiet or holidays"
                                  : "not cap, contacts, minutes, zone, quiet or holidays:",
                 name, nearest_of(name, kind_names, KINDS));
        return;
    }
    if (reading->cells[FIELD_SCOPE].length == 0) {
        complain_plainly(reading, FIELD_SCOPE, "empty: write * for all");
        return;
    }
    read_scope(reading, &scope);
    if (reading->calendar.length > 0 && kind != KIND_HOLIDAYS) {
        complain_plainly(reading, FIELD_SCOPE, "a calendar is only of holidays");
    }
    readers[kind](reading, &scope);
}

static void read_header(struct reading *reading, const struct row *row)
{
    struct columns columns = {0};
    columns_set(&columns, row);
    for (size_t i = 0; i < columns.count; i++) {
        size_t field = index_of(columns.folded[i], field_names, FIELDS);
        if (columns.folded[i].length == 0) {
            continue;
        }
        if (field == FIELDS || reading->positions[field] != SIZE_MAX) {
            const char *meant = field == FIELDS ? nearest_of(columns.folded[i], field_names, FIELDS) : NULL;
            complaints_add(&reading->complaints, reading->file, row->line, 0, (struct slice){"", 0},
                           "%s '%.*s'%s%s%s; there are scope, name, limit and window",
                           field == FIELDS ? "unknown column" : "two columns", (int)columns.folded[i].length,
                           columns.folded[i].data, meant == NULL ? "" : " (did you mean '", meant == NULL ? "" : meant,
                           meant == NULL ? "" : "'?)");
        } else {
            reading->positions[field] = i;
        }
    }
    columns_free(&columns);
    for (size_t field = 0; field < FIELDS; field++) {
        if (reading->positions[field] == SIZE_MAX) {
            complaints_add(&reading->complaints, reading->file, row->line, 0, (struct slice){"", 0}, "no column '%s'",
                           field_names[field]);
        }
    }
}

static bool is_empty(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (slice_trim_value(row->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

// Takes the cells of a row; false when it has more than the header.
static bool take_cells(struct reading *reading, const struct row *row)
{
    size_t taken = 0;
    size_t filled = 0;
    for (size_t field = 0; field < FIELDS; field++) {
        size_t position = reading->positions[field];
        bool there = position < row->count;
        reading->cells[field] = there ? slice_trim_value(row->cells[position]) : (struct slice){"", 0};
        taken += reading->cells[field].length > 0;
    }
    for (size_t i = 0; i < row->count; i++) {
        filled += slice_trim_value(row->cells[i]).length > 0;
    }
    return filled == taken;
}

static enum status read_records(struct reading *reading, struct reader *reader)
{
    struct row row;
    bool headed = false;
    for (;;) {
        enum reader_result result = reader_next(reader, &row);
        if (result == READER_END) {
            break;
        }
        bool comment = result != READER_FAILED && slice_starts(row.raw, slice_of("#"));
        if (result == READER_FAILED || (result == READER_MALFORMED && !comment)) {
            struct reader_problem problem = reader_problem(reader);
            diag_error_at(reading->file, problem.line, "%s", problem.text);
            return problem.status == STATUS_SYSTEM ? STATUS_SYSTEM : STATUS_USAGE;
        }
        if (comment || is_empty(&row)) {
            continue;
        }
        reading->line = row.line;
        if (!headed) {
            read_header(reading, &row);
            headed = true;
            if (reading->complaints.count > 0) {
                return STATUS_DONE;
            }
        } else if (take_cells(reading, &row)) {
            read_row(reading);
        } else {
            complaints_add(&reading->complaints, reading->file, row.line, 0, (struct slice){"", 0},
                           "a cell stands under no column: is a comma missing or too many?");
        }
    }
    if (!headed) {
        complaints_add(&reading->complaints, reading->file, 0, 0, (struct slice){"", 0}, "no header scope,name,...");
    }
    return STATUS_DONE;
}

static enum status read_file(struct reading *reading, const char *path, const char *encoding)
{
    struct reader_options options = {.encoding = encoding, .unless_utf8 = true, .max_field = READER_MAX_FIELD};
    reading->file = policy_called(path);
    struct reader *reader = reader_open(path, &options);
    if (reader == NULL) {
        return STATUS_SYSTEM;
    }
    enum status status = read_records(reading, reader);
    reader_close(reader);
    return status;
}

// What is built in has neither quotes nor blanks.
static void read_built_in(struct reading *reading)
{
    struct slice rest = slice_of(provisions_default);
    reading->provisions->built_in = true;
    reading->file = "settings";
    for (size_t at = 0; at < rest.length; reading->line++) {
        size_t end = slice_find(rest, '\n', at);
        struct slice line = slice_part(rest, at, end);
        at = end + 1;
        if (slice_starts(line, slice_of("#")) || reading->line == 0) {
            continue;
        }
        for (size_t field = 0, from = 0; field < FIELDS; field++) {
            size_t comma = slice_find(line, ',', from);
            reading->cells[field] = slice_part(line, from, comma);
            from = comma < line.length ? comma + 1 : comma;
        }
        read_row(reading);
    }
}

static enum status finish(struct reading *reading, enum status status)
{
    if (status == STATUS_DONE && reading->complaints.count > 0) {
        complaints_print(&reading->complaints);
        status = STATUS_USAGE;
    }
    if (status == STATUS_DONE && reading->stopped) {
        status = table_status(reading->table);
    }
    complaints_free(&reading->complaints);
    return status;
}

enum status provisions_read(struct provisions *provisions, const char *path, struct table *table,
                            const char *const roles[POLICY_DIMENSIONS], const char *encoding)
{
    struct reading reading = {.provisions = provisions, .table = table, .roles = roles};
    *provisions = (struct provisions){0};
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        labels_begin(&provisions->labels[i]);
    }
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        provisions->label_columns[i] = TABLE_NO_COLUMN;
    }
    for (size_t i = 0; i < FIELDS; i++) {
        reading.positions[i] = SIZE_MAX;
    }
    if (path != NULL) {
        return finish(&reading, read_file(&reading, path, encoding));
    }
    read_built_in(&reading);
    return finish(&reading, STATUS_DONE);
}

void provisions_free(struct provisions *provisions)
{
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        labels_free(&provisions->labels[i]);
    }
    free(provisions->limits);
    free(provisions->quiets);
    free(provisions->holidays);
    arena_free(&provisions->arena);
}

uint32_t provisions_number(struct provisions *provisions, enum provisions_dimension dimension, struct slice label)
{
    struct labels *labels = &provisions->labels[dimension];
    return map_count(labels->named) == 0 ? LABELS_OTHER : labels_of_customer(labels, label);
}

void provisions_number_all(struct provisions *provisions, struct slice channel, struct slice tag, struct slice owner,
                           uint32_t numbers[PROVISIONS_DIMENSIONS])
{
    numbers[PROVISIONS_CHANNEL] = provisions_number(provisions, PROVISIONS_CHANNEL, channel);
    numbers[PROVISIONS_TAG] = provisions_number(provisions, PROVISIONS_TAG, tag);
    numbers[PROVISIONS_OWNER] = provisions_number(provisions, PROVISIONS_OWNER, owner);
}

bool provisions_match(const struct provisions_scope *scope, const uint32_t numbers[PROVISIONS_DIMENSIONS])
{
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        if (!labels_match(&scope->wanted[i], numbers[i])) {
            return false;
        }
    }
    return true;
}

void provisions_name_absent_labels(struct provisions *provisions, const char *path, const struct policy *policy,
                                   const struct diag *diag)
{
    if (provisions->built_in) {
        return;
    }
    for (size_t i = 0; i < policy->count; i++) {
        labels_of_customer(&provisions->labels[PROVISIONS_TAG], policy->rules[i].tag);
    }
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        labels_name_absent(&provisions->labels[i], policy_called(path), "customer", dimension_names[i], diag);
    }
    labels_name_absent(&provisions->labels[PROVISIONS_TAG], policy_called(path), "rule",
                       dimension_names[PROVISIONS_TAG], diag);
}
