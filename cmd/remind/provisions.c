// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provisions: the records of the file; what their rows say is read in provisions_row.c.
 *
 * Reads records rather than a table, as policies do, since a comment has not as many cells as a row.
 */
#include "provisions.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "complaints.h"
#include "map.h"
#include "provisions_row.h"
#include "reader.h"

// Stage names are those of segment stage, in both of its languages.
const char provisions_default[] = "scope,name,limit,window\n"
                                  "# An offer a week, and for those who only look around two a month.\n"
                                  "tag=promo,cap,1,7d\n"
                                  "stage=interested|意向客户&tag=promo,cap,2,30d\n"
                                  "# Further lines begin like these; see remind(1), SETTINGS.\n"
                                  "# *,cap,3,7d\n"
                                  "# *,quiet,21:00-08:00,\n"
                                  "# *,minutes,240,day\n";

const char *const provisions_dimension_names[PROVISIONS_DIMENSIONS] = {"segment", "stage", "tier",
                                                                       "channel", "tag",   "owner"};

static void read_header(struct provisions_reading *reading, const struct row *row)
{
    struct columns columns = {0};
    columns_set(&columns, row);
    for (size_t i = 0; i < columns.count; i++) {
        enum provisions_field field = provisions_field_of(columns.folded[i]);
        if (columns.folded[i].length == 0) {
            continue;
        }
        if (field == PROVISIONS_FIELDS || reading->positions[field] != SIZE_MAX) {
            const char *meant = field == PROVISIONS_FIELDS ? provisions_field_meant(columns.folded[i]) : NULL;
            complaints_add(&reading->complaints, reading->file, row->line, 0, (struct slice){"", 0},
                           "%s '%.*s'%s%s%s; there are scope, name, limit and window",
                           field == PROVISIONS_FIELDS ? "unknown column" : "two columns", (int)columns.folded[i].length,
                           columns.folded[i].data, meant == NULL ? "" : " (did you mean '", meant == NULL ? "" : meant,
                           meant == NULL ? "" : "'?)");
        } else {
            reading->positions[field] = i;
        }
    }
    columns_free(&columns);
    for (size_t field = 0; field < PROVISIONS_FIELDS; field++) {
        if (reading->positions[field] == SIZE_MAX) {
            complaints_add(&reading->complaints, reading->file, row->line, 0, (struct slice){"", 0}, "no column '%s'",
                           provisions_field_name((enum provisions_field)field));
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
static bool take_cells(struct provisions_reading *reading, const struct row *row)
{
    size_t taken = 0;
    size_t filled = 0;
    for (size_t field = 0; field < PROVISIONS_FIELDS; field++) {
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

static enum status read_records(struct provisions_reading *reading, struct reader *reader)
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
            provisions_read_row(reading);
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

static enum status read_file(struct provisions_reading *reading, const char *path, const char *encoding)
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
static void read_built_in(struct provisions_reading *reading)
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
        for (size_t field = 0, from = 0; field < PROVISIONS_FIELDS; field++) {
            size_t comma = slice_find(line, ',', from);
            reading->cells[field] = slice_part(line, from, comma);
            from = comma < line.length ? comma + 1 : comma;
        }
        provisions_read_row(reading);
    }
}

static enum status finish(struct provisions_reading *reading, enum status status)
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
    struct provisions_reading reading = {.provisions = provisions, .table = table, .roles = roles};
    *provisions = (struct provisions){0};
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        labels_begin(&provisions->labels[i]);
    }
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        provisions->label_columns[i] = TABLE_NO_COLUMN;
    }
    for (size_t i = 0; i < PROVISIONS_FIELDS; i++) {
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
        labels_name_absent(&provisions->labels[i], policy_called(path), "customer", provisions_dimension_names[i],
                           diag);
    }
    labels_name_absent(&provisions->labels[PROVISIONS_TAG], policy_called(path), "rule",
                       provisions_dimension_names[PROVISIONS_TAG], diag);
}
