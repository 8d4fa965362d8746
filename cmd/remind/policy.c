// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy: reads the header and the rows of a policy file.
 *
 * Reads records rather than a table, since a comment has not as many cells as a rule.
 */
#include "policy.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "complaints.h"
#include "heap.h"
#include "policy_row.h"
#include "reader.h"
#include "text.h"

static const char *const dimension_names[POLICY_DIMENSIONS] = {"segment", "stage", "tier"};

const char *policy_dimension_name(enum policy_dimension dimension)
{
    return dimension_names[dimension];
}

static bool is_comment(const struct row *row)
{
    return row->count > 0 && row->cells[0].length > 0 && row->cells[0].data[0] == '#';
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

// Takes the row as the one that complaints are about.
static void look_at(struct policy_reading *reading, const struct row *row)
{
    bool one_line = memchr(row->raw.data, '\n', row->raw.length) == NULL;
    reading->row = row;
    reading->source = one_line ? arena_copy(&reading->policy->arena, row->raw) : (struct slice){"", 0};
}

static enum policy_field field_of(struct slice name)
{
    size_t field = 0;
    while (field < POLICY_FIELDS && !slice_is(name, policy_field_name((enum policy_field)field))) {
        field++;
    }
    return (enum policy_field)field;
}

static void complain_of_header(struct policy_reading *reading, const char *what, struct slice name, const char *meant)
{
    bool near = meant != NULL;
    complaints_add(reading->complaints, reading->file, reading->row->line, 0, reading->source, "%s '%.*s'%s%s%s", what,
                   (int)name.length, name.data, near ? " (did you mean '" : "", near ? meant : "", near ? "'?)" : "");
}

static void complain_of_unknown(struct policy_reading *reading, struct slice name)
{
    struct slice known[POLICY_FIELDS];
    for (size_t i = 0; i < POLICY_FIELDS; i++) {
        known[i] = slice_of(policy_field_name((enum policy_field)i));
    }
    long nearest = diag_nearest(name, known, POLICY_FIELDS);
    complain_of_header(reading, "unknown column", name,
                       nearest < 0 ? NULL : policy_field_name((enum policy_field)nearest));
}

static void place_field(struct policy_reading *reading, struct slice name, size_t position)
{
    enum policy_field field = field_of(name);
    if (field == POLICY_FIELDS) {
        complain_of_unknown(reading, name);
    } else if (reading->positions[field] != SIZE_MAX) {
        complain_of_header(reading, "two columns", name, NULL);
    } else {
        reading->positions[field] = position;
    }
}

static void require(struct policy_reading *reading, enum policy_field field)
{
    if (reading->positions[field] == SIZE_MAX) {
        complain_of_header(reading, "no column", slice_of(policy_field_name(field)), NULL);
    }
}

// Finds the columns of the header. Columns without a name are let pass when nothing stands below them (spreadsheets).
static void read_header(struct policy_reading *reading, const struct row *row)
{
    struct columns columns = {0};
    bool *named = arena_allocate(&reading->policy->arena, row->count * sizeof *named);
    columns_set(&columns, row);
    look_at(reading, row);
    for (size_t i = 0; i < columns.count; i++) {
        named[i] = columns.folded[i].length > 0;
        if (named[i]) {
            place_field(reading, columns.folded[i], i);
        }
    }
    columns_free(&columns);
    reading->named = named;
    reading->cell_count = row->count;
    require(reading, POLICY_FIELD_RULE);
    require(reading, POLICY_FIELD_TOUCH);
}

// Are there cells beside the columns of the header? Missing cells at the end are empty ones.
static bool has_stray_cell(const struct policy_reading *reading, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        bool named = i < reading->cell_count && reading->named[i];
        if (!named && row->cells[i].length > 0) {
            return true;
        }
    }
    return false;
}

static void add_rule(struct policy_reading *reading, const struct row *row)
{
    struct policy *policy = reading->policy;
    look_at(reading, row);
    if (has_stray_cell(reading, row)) {
        complaints_add(reading->complaints, reading->file, row->line, 0, reading->source,
                       "a cell stands under no column: is a comma missing or too many?");
        return;
    }
    policy->rules = heap_grow(policy->rules, &policy->capacity, policy->count + 1, sizeof *policy->rules);
    reading->rule = &policy->rules[policy->count++];
    *reading->rule = (struct policy_rule){
        .line = row->line,
        .enabled = true,
        .anchor_slot = TABLE_NO_COLUMN,
        .gap_column = TABLE_NO_COLUMN,
        .channel = {.column = TABLE_NO_COLUMN},
        .owner = {.column = TABLE_NO_COLUMN},
    };
    policy_row_read(reading);
}

// Reads to the end. STATUS_DONE also where complaints were added.
static enum status read_records(struct policy_reading *reading, struct reader *reader)
{
    struct row row;
    bool headed = false;
    for (;;) {
        enum reader_result result = reader_next(reader, &row);
        if (result == READER_END) {
            break;
        }
        if (result == READER_FAILED || (result == READER_MALFORMED && !slice_starts(row.raw, slice_of("#")))) {
            struct reader_problem problem = reader_problem(reader);
            diag_error_at(reading->file, problem.line, "%s", problem.text);
            return problem.status == STATUS_SYSTEM ? STATUS_SYSTEM : STATUS_USAGE;
        }
        if (result == READER_MALFORMED || is_comment(&row) || is_empty(&row)) {
            continue;
        }
        if (headed) {
            add_rule(reading, &row);
        } else {
            reading->delimiter = reader_delimiter(reader);
            read_header(reading, &row);
            headed = true;
        }
    }
    if (!headed || reading->policy->count == 0) {
        complaints_add(reading->complaints, reading->file, 0, 0, (struct slice){"", 0}, "no rule in it");
    }
    return STATUS_DONE;
}

static enum status finish(struct policy_reading *reading, enum status status)
{
    if (status == STATUS_DONE && reading->complaints->count > 0) {
        complaints_print(reading->complaints);
        status = STATUS_USAGE;
    }
    if (status == STATUS_DONE && reading->stopped) {
        status = table_status(reading->scope->table);
    }
    complaints_free(reading->complaints);
    return status;
}

const char *policy_called(const char *path)
{
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

enum status policy_read(struct policy *policy, const char *path, const struct policy_scope *scope)
{
    struct complaints complaints = {0};
    struct policy_reading reading = {
        .policy = policy, .scope = scope, .complaints = &complaints, .file = policy_called(path)};
    struct reader_options options = {
        .encoding = scope->encoding,
        .unless_utf8 = true,
        .max_field = READER_MAX_FIELD,
        .block_size = scope->block_size,
    };
    *policy = (struct policy){.touched_slot = TABLE_NO_COLUMN};
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        labels_begin(&policy->labels[i]);
        policy->label_columns[i] = TABLE_NO_COLUMN;
    }
    for (size_t i = 0; i < POLICY_FIELDS; i++) {
        reading.positions[i] = SIZE_MAX;
    }
    struct reader *reader = reader_open(path, &options);
    if (reader == NULL) {
        return STATUS_SYSTEM;
    }
    enum status status = finish(&reading, read_records(&reading, reader));
    reader_close(reader);
    return status;
}

void policy_name_absent_labels(const struct policy *policy, const char *path, const struct diag *diag)
{
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        labels_name_absent(&policy->labels[i], policy_called(path), "customer", dimension_names[i], diag);
    }
}

void policy_free(struct policy *policy)
{
    expression_set_free(policy->conditions);
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        labels_free(&policy->labels[i]);
    }
    free(policy->rules);
    free(policy->day_columns);
    arena_free(&policy->arena);
}
