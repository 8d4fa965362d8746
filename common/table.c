// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table: streams records from reader after reader, and keeps the account of those that were not given out.
 *
 * A record that needs nothing done to it is passed on as the reader gave it; one that is ragged, comes from a file with
 * another column order or delimiter, or gets the file's name as a cell is put together anew and marked irregular.
 */
#include "table.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "cell.h"
#include "columns.h"
#include "complaints.h"
#include "diag.h"
#include "expression.h"
#include "heap.h"
#include "reader.h"
#include "rejects.h"
#include "roles.h"
#include "row.h"
#include "slice.h"
#include "text.h"

struct left_out {
    const char *reason;
    uint64_t count;
};

struct table {
    struct table_options options;
    const char **paths;
    size_t path_count;
    size_t next_path;
    struct reader *reader;  // of the file being read; NULL before, between and after
    struct columns header;  // of the files
    struct columns columns; // as given out: the header, with the file column before it
    struct slice *cells;    // of a record put together anew
    size_t *order;          // where this file has the columns of the header
    char delimiter;
    bool anew;    // must every record of this file be put together anew?
    bool pending; // is `first` still to be given out?
    struct row first;
    struct expression_scope scope;
    struct expression *where;
    struct arena run;
    struct arena row; // folded keys
    struct rejects *rejects;
    struct rejects_limit limit;
    const char *refused_file; // the record refused last, not to be counted twice
    uint64_t refused_line;
    uint64_t read; // records, headers left out
    uint64_t given;
    uint64_t rejected;
    uint64_t ungiven; // of these, the ones that never were given out
    uint64_t skipped; // and the ragged ones without a rejects file
    uint64_t padded;
    uint64_t not_kept; // by --where
    uint64_t headers;  // repeated ones
    struct left_out *reasons;
    size_t reason_count;
    size_t reason_capacity;
    enum status status;
    bool stopped;
    bool closed;
};

void table_stop(struct table *table, enum status status)
{
    table->stopped = true;
    if (status > table->status) {
        table->status = status;
    }
}

bool table_stopped(const struct table *table)
{
    return table->stopped;
}

enum status table_status(const struct table *table)
{
    return table->status;
}

const struct columns *table_columns(const struct table *table)
{
    return &table->columns;
}

char table_delimiter(const struct table *table)
{
    return table->delimiter;
}

uint64_t table_rows(const struct table *table)
{
    return table->given;
}

static const char *file_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

static void close_reader(struct table *table)
{
    if (table->reader != NULL) {
        reader_close(table->reader);
        table->reader = NULL;
    }
}

// Opens the next file. False when there is none, or when it cannot be opened, which stops the table.
static bool open_next(struct table *table)
{
    close_reader(table);
    if (table->next_path == table->path_count) {
        return false;
    }
    table->reader = reader_open(table->paths[table->next_path++], &table->options.reader);
    if (table->reader == NULL) {
        table_stop(table, STATUS_SYSTEM);
    }
    return table->reader != NULL;
}

// Says what the reader found wrong, and stops.
static void stop_at_problem(struct table *table, const struct row *row)
{
    struct reader_problem problem = reader_problem(table->reader);
    diag_error_at(row->file, problem.line, "%s", problem.text);
    table_stop(table, problem.status);
}

// Reads the first record of a file. False when there is none that can be read; all but the end was said.
static bool read_first(struct table *table, struct row *row)
{
    *row = (struct row){.file = file_name(table->paths[table->next_path - 1])};
    const char *file = row->file;
    enum reader_result result = reader_next(table->reader, row);
    if (result == READER_ROW) {
        return true;
    }
    row->file = file;
    if (result == READER_END && !table->options.no_header) {
        diag_error_at(file, 0, "no header line");
        table_stop(table, STATUS_DATA);
    } else if (result != READER_END) {
        stop_at_problem(table, row);
    }
    return false;
}

// Names the columns after the first record of the first file.
static void set_columns(struct table *table, const struct row *first)
{
    if (table->options.no_header) {
        columns_number(&table->header, first->count);
    } else {
        columns_set(&table->header, first);
    }
    size_t added = table->options.file_column != NULL ? 1 : 0;
    size_t count = table->header.count + added;
    table->cells = heap_allocate(count, sizeof *table->cells);
    table->order = heap_allocate(count, sizeof *table->order);
    if (added > 0) {
        table->cells[0] = slice_of(table->options.file_column);
    }
    for (size_t i = 0; i < table->header.count; i++) {
        table->cells[i + added] = table->header.names[i];
        table->order[i] = i;
    }
    columns_set(&table->columns, &(struct row){.cells = table->cells, .count = count});
    table->delimiter = reader_delimiter(table->reader);
    table->anew = added > 0;
}

// Checks the header of a further file against the first one's. False when they disagree, which stops the table.
static bool match_header(struct table *table, const struct row *record)
{
    struct columns other = {0};
    columns_set(&other, record);
    bool agree = columns_agree(&table->header, &other, table->order);
    if (!agree) {
        struct text difference = {0};
        columns_differ(&table->header, &other, &difference);
        diag_error_at(record->file, record->line, "the header is that of %s %s", file_name(table->paths[0]),
                      text_string(&difference));
        text_free(&difference);
        table_stop(table, STATUS_DATA);
    }
    columns_free(&other);
    return agree;
}

static bool is_in_order(const struct table *table)
{
    for (size_t i = 0; i < table->header.count; i++) {
        if (table->order[i] != i) {
            return false;
        }
    }
    return true;
}

// Goes on to the next file and past its header. False at the end of the last one, and when the table stopped.
static bool begin_next_file(struct table *table)
{
    struct row record;
    while (open_next(table)) {
        if (!read_first(table, &record)) {
            if (table->stopped) {
                return false;
            }
            continue;
        }
        if (table->columns.count == 0) {
            set_columns(table, &record);
        } else {
            if (!table->options.no_header && !match_header(table, &record)) {
                return false;
            }
            table->anew = table->options.file_column != NULL || !is_in_order(table) ||
                          reader_delimiter(table->reader) != table->delimiter;
        }
        table->pending = table->options.no_header;
        table->first = record;
        return true;
    }
    return false;
}

static void say_usage(struct table *table, struct text *problem)
{
    diag_error("%s", text_string(problem));
    text_free(problem);
    table_stop(table, STATUS_USAGE);
}

static bool check_file_column(struct table *table)
{
    const char *name = table->options.file_column;
    if (name == NULL || columns_times(&table->columns, slice_of(name)) <= 1) {
        return true;
    }
    struct text problem = {0};
    text_format(&problem, "--file-column: column '%s' is there already", name);
    say_usage(table, &problem);
    return false;
}

static bool compile_where(struct table *table)
{
    if (table->options.where == NULL) {
        return true;
    }
    struct complaints complaints = {0};
    struct slice source = slice_of(table->options.where);
    struct expression_place place = {.file = "--where", .line = 1, .column = 1, .whole_line = source};
    table->scope = (struct expression_scope){
        .columns = &table->columns, .forms = table->options.forms, .clock = table->options.clock};
    table->where = expression_compile(source, &place, &table->scope, &table->run, &complaints);
    if (table->where == NULL) {
        complaints_print(&complaints);
        table_stop(table, STATUS_USAGE);
    }
    complaints_free(&complaints);
    return table->where != NULL;
}

static void open_rejects(struct table *table)
{
    if (table->options.rejects == NULL) {
        return;
    }
    bool with_file = table->path_count > 1 && table->options.file_column == NULL;
    table->rejects = rejects_open(table->options.rejects, &table->columns, table->delimiter, with_file);
    if (table->rejects == NULL) {
        table_stop(table, STATUS_SYSTEM);
    }
}

static bool check_options(struct table *table)
{
    struct text problem = {0};
    const char *limit = table->options.max_rejects;
    if (limit != NULL && !rejects_limit_read(limit, &table->limit)) {
        text_format(&problem, "--max-rejects: '%s' is neither a number nor a percentage", limit);
    } else if (table->options.rejects != NULL && strcmp(table->options.rejects, "-") == 0) {
        text_append_string(&problem, "--rejects needs a file: standard output is for data");
    } else {
        return true;
    }
    say_usage(table, &problem);
    return false;
}

static const char *delimiter_word(char delimiter)
{
    switch (delimiter) {
    case ',':
        return "comma";
    case '\t':
        return "tab";
    case ';':
        return "semicolon";
    case '|':
        return "pipe";
    default:
        return "another";
    }
}

struct table *table_open(const char *const *paths, size_t count, const struct table_options *options)
{
    struct table *table = heap_allocate(1, sizeof *table);
    table->options = *options;
    table->delimiter = options->reader.delimiter != '\0' ? options->reader.delimiter : ',';
    table->paths = heap_allocate(count, sizeof *table->paths);
    table->path_count = count;
    for (size_t i = 0; i < count; i++) {
        table->paths[i] = paths[i];
    }
    if (check_options(table) && begin_next_file(table) && check_file_column(table)) {
        diag_detail(options->diag, "%s: delimiter %s, %zu columns", table->first.file, delimiter_word(table->delimiter),
                    table->header.count);
    }
    if (!table->stopped && table->columns.count == 0) {
        table_stop(table, STATUS_DONE); // no record and no header wanted: there is nothing to ask for a column
    }
    if (!table->stopped && compile_where(table)) {
        open_rejects(table);
    }
    return table;
}

static bool is_one_of(char byte, const char *bytes)
{
    return byte != '\0' && strchr(bytes, byte) != NULL;
}

// A header of one column that holds what looks like a delimiter: says which option to try.
static void hint_at_delimiter(const struct table *table, struct text *problem)
{
    if (table->header.count != 1) {
        return;
    }
    struct slice name = table->header.names[0];
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.data[i];
        if (byte != table->delimiter && is_one_of(byte, ",;\t|:^~")) {
            text_append_string(problem, "; the header is one column, try --delimiter='");
            text_append_string(problem, byte == '\t' ? "\\t" : (char[]){byte, '\0'});
            text_append_byte(problem, '\'');
            return;
        }
    }
}

bool table_column(struct table *table, const char *name, const char *option, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    struct text problem = {0};
    text_format(&problem, "%s: ", option);
    bool found = columns_find(&table->columns, slice_of(name), index, &problem);
    if (found) {
        text_free(&problem);
    } else {
        hint_at_delimiter(table, &problem);
        say_usage(table, &problem);
    }
    return found;
}

static bool find_role(struct table *table, enum role role, bool needed, size_t *index)
{
    struct text problem = {0};
    switch (roles_find(&table->columns, role, index, &problem)) {
    case ROLES_FOUND:
        return true;
    case ROLES_ABSENT:
        *index = TABLE_NO_COLUMN;
        if (!needed) {
            return true;
        }
        text_format(&problem, "no column for the %s; have: ", roles_name(role));
        columns_list(&table->columns, &problem);
        text_format(&problem, " (name it with --%s=COL)", roles_name(role));
        hint_at_delimiter(table, &problem);
        break;
    case ROLES_AMBIGUOUS:
        break;
    }
    say_usage(table, &problem);
    return false;
}

static bool resolve_role(struct table *table, enum role role, const char *name, bool needed, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    bool found;
    if (name != NULL) {
        struct text option = {0};
        text_format(&option, "--%s", roles_name(role));
        found = table_column(table, name, text_string(&option), index);
        text_free(&option);
    } else {
        found = find_role(table, role, needed, index);
    }
    if (found && *index != TABLE_NO_COLUMN) {
        struct slice column = table->columns.names[*index];
        diag_detail(table->options.diag, "%s: column '%.*s'", roles_name(role), (int)column.length, column.data);
    }
    return found;
}

bool table_role(struct table *table, enum role role, const char *name, size_t *index)
{
    return resolve_role(table, role, name, true, index);
}

bool table_optional_role(struct table *table, enum role role, const char *name, size_t *index)
{
    return resolve_role(table, role, name, false, index);
}

bool table_new_column(struct table *table, const char *name, bool as)
{
    if (table->stopped) {
        return false;
    }
    if (columns_times(&table->columns, slice_of(name)) == 0) {
        return true;
    }
    struct text problem = {0};
    text_format(&problem, "column '%s' is there already", name);
    text_append_string(&problem, as ? " (name the new one with --as=NAME)" : "");
    say_usage(table, &problem);
    return false;
}

// Is this record to be counted as refused? Not once the table stopped, nor a second time.
static bool is_newly_refused(struct table *table, const struct row *row)
{
    if (table->stopped || (row->line == table->refused_line && row->file == table->refused_file)) {
        return false;
    }
    table->refused_line = row->line;
    table->refused_file = row->file;
    return true;
}

void table_refuse(struct table *table, const struct row *row, size_t column, const char *reason)
{
    if (!is_newly_refused(table, row)) {
        return;
    }
    struct text what = {0};
    char value[DIAG_VALUE_SIZE] = "";
    if (column != TABLE_NO_COLUMN && column < table->columns.count) {
        text_append_string(&what, "column '");
        text_append(&what, slice_trim_value(table->columns.names[column]));
        text_append_string(&what, "': ");
        diag_value(table->options.diag, row->cells[column], value);
    }
    text_append_string(&what, reason);
    if (table->rejects != NULL) {
        table->rejected++;
        rejects_add_cells(table->rejects, row, text_string(&what));
    } else {
        diag_error_at(row->file, row->line, "%s%s", text_string(&what), value);
        table_stop(table, STATUS_DATA);
    }
    text_free(&what);
}

// Refuses a record that does not have the cells of the header; `hint` is for the user at the keyboard alone.
static void refuse_record(struct table *table, const struct row *row, uint64_t line, const char *reason,
                          const char *hint)
{
    if (table->rejects != NULL) {
        table->rejected++;
        table->ungiven++;
        rejects_add_raw(table->rejects, row, reason);
    } else {
        diag_error_at(row->file, line, "%s%s", reason, hint);
        table_stop(table, STATUS_DATA);
    }
}

static void refuse_ragged(struct table *table, const struct row *row)
{
    bool skip = table->options.ragged == TABLE_RAGGED_SKIP;
    if (skip && table->rejects == NULL) {
        table->rejected++;
        table->ungiven++;
        table->skipped++;
        return;
    }
    struct text reason = {0};
    size_t wanted = table->header.count;
    text_format(&reason, "%zu cell%s, %s has %zu", row->count, row->count == 1 ? "" : "s",
                table->options.no_header ? "the first record" : "header", wanted);
    const char *hint = row->count < wanted ? " (use --ragged=pad or --ragged=skip)" : " (use --ragged=skip)";
    refuse_record(table, row, row->line, text_string(&reason), hint);
    text_free(&reason);
}

static bool is_blank_from(const struct row *row, size_t from)
{
    for (size_t i = from; i < row->count; i++) {
        if (slice_trim_value(row->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

// Does the record fit the header, give or take what the options allow?
static bool fits(struct table *table, const struct row *row)
{
    if (row->count < table->header.count && table->options.ragged == TABLE_RAGGED_PAD) {
        table->padded++;
        return true;
    }
    return row->count == table->header.count ||
           (row->count > table->header.count && is_blank_from(row, table->header.count));
}

static void put_together(struct table *table, struct row *row)
{
    size_t to = 0;
    if (table->options.file_column != NULL) {
        table->cells[to++] = slice_of(row->file);
    }
    for (size_t i = 0; i < table->header.count; i++) {
        size_t from = table->order[i];
        table->cells[to++] = from < row->count ? row->cells[from] : (struct slice){"", 0};
    }
    row->cells = table->cells;
    row->count = to;
    row->regular = false;
}

// The header again, as in `cat a.csv b.csv`? A byte-order mark may stand before it there.
static bool is_header(const struct table *table, const struct row *row)
{
    static const char mark = '\xEF';
    size_t added = table->options.file_column != NULL ? 1 : 0;
    struct slice first = row->cells[added];
    struct slice name = table->header.folded[0];
    if (table->options.no_header ||
        (first.length > 0 && name.length > 0 && first.data[0] != name.data[0] && first.data[0] != mark)) {
        return false;
    }
    for (size_t i = 0; i < table->header.count; i++) {
        if (!slice_equal(slice_trim_value(row->cells[i + added]), slice_trim_value(table->header.names[i]))) {
            return false;
        }
    }
    return true;
}

// Does --where keep the row? False also for a row it cannot judge, which is refused.
static bool is_kept(struct table *table, const struct row *row)
{
    struct expression_fault fault = {0};
    switch (expression_test(table->where, row, &fault)) {
    case EXPRESSION_TRUE:
        return true;
    case EXPRESSION_BAD:
        table->ungiven++;
        table_refuse(table, row, fault.column, fault.reason);
        return false;
    case EXPRESSION_FALSE:
    case EXPRESSION_UNKNOWN:
        break;
    }
    table->not_kept++;
    return false;
}

// The next record of any file, or false at the end of the last and when the table stopped.
static bool read_record(struct table *table, struct row *row)
{
    while (!table->stopped) {
        if (table->pending) {
            table->pending = false;
            *row = table->first;
            return true;
        }
        if (table->reader == NULL) {
            return false;
        }
        switch (reader_next(table->reader, row)) {
        case READER_ROW:
            return true;
        case READER_END:
            begin_next_file(table);
            break;
        case READER_MALFORMED: {
            struct reader_problem problem = reader_problem(table->reader);
            table->read++;
            refuse_record(table, row, problem.line, problem.text, "");
            break;
        }
        case READER_FAILED:
            row->file = file_name(table->paths[table->next_path - 1]);
            stop_at_problem(table, row);
            break;
        }
    }
    return false;
}

bool table_next(struct table *table, struct row *row)
{
    while (read_record(table, row)) {
        table->read++;
        if (row->count != table->header.count && !fits(table, row)) {
            refuse_ragged(table, row);
            continue;
        }
        if (table->anew || row->count != table->header.count) {
            put_together(table, row);
        }
        if (is_header(table, row)) {
            table->read--;
            table->headers++;
            continue;
        }
        if (table->where != NULL && !is_kept(table, row)) {
            continue;
        }
        if (table->row.used > 0) {
            arena_reset(&table->row);
        }
        table->given++;
        return true;
    }
    return false;
}

static struct slice fold_key(struct table *table, struct slice key)
{
    char *folded = arena_allocate(&table->row, key.length);
    for (size_t i = 0; i < key.length; i++) {
        char byte = key.data[i];
        folded[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (struct slice){folded, key.length};
}

bool table_key(struct table *table, const struct row *row, size_t column, struct slice *key)
{
    struct slice trimmed = slice_trim_value(row->cells[column]);
    if (cell_is_blank(table->options.forms, trimmed)) {
        if (table->options.blank_customer == TABLE_BLANK_SKIP) {
            table_leave_out(table, "no customer");
        } else {
            table_refuse(table, row, column, "blank, but a customer is needed (see --blank-customer=skip)");
        }
        return false;
    }
    if (memchr(trimmed.data, '*', trimmed.length) != NULL) {
        table_refuse(table, row, column, "masked, so it cannot tell customers apart");
        return false;
    }
    *key = table->options.fold_case ? fold_key(table, trimmed) : trimmed;
    return true;
}

bool table_needs(struct table *table, const struct row *row, size_t column, enum cell_result result, const char *wanted)
{
    if (result == CELL_OK) {
        return true;
    }
    struct text reason = {0};
    text_append_string(&reason, result == CELL_BLANK ? "blank, but " : "not ");
    text_append_string(&reason, wanted);
    text_append_string(&reason, result == CELL_BLANK ? " is needed" : "");
    table_refuse(table, row, column, text_string(&reason));
    text_free(&reason);
    return false;
}

void table_leave_out(struct table *table, const char *reason)
{
    for (size_t i = 0; i < table->reason_count; i++) {
        if (table->reasons[i].reason == reason || strcmp(table->reasons[i].reason, reason) == 0) {
            table->reasons[i].count++;
            return;
        }
    }
    table->reasons =
        heap_grow(table->reasons, &table->reason_capacity, table->reason_count + 1, sizeof *table->reasons);
    table->reasons[table->reason_count++] = (struct left_out){reason, 1};
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

// How many of the rows given out the mode could use.
static uint64_t count_used(const struct table *table)
{
    uint64_t used = table->given - (table->rejected - table->ungiven);
    for (size_t i = 0; i < table->reason_count; i++) {
        used -= table->reasons[i].count;
    }
    return used;
}

static void say_details(const struct table *table)
{
    const struct diag *diag = table->options.diag;
    if (table->where != NULL) {
        diag_detail(diag, "%" PRIu64 " row%s not kept by --where", table->not_kept, plural(table->not_kept));
    }
    diag_detail(diag, "%" PRIu64 " row%s read, %" PRIu64 " used", table->read, plural(table->read), count_used(table));
}

static void say_notes(const struct table *table)
{
    const struct diag *diag = table->options.diag;
    if (table->headers > 0) {
        diag_note(diag, "%" PRIu64 " repeated header%s left out", table->headers, plural(table->headers));
    }
    if (table->padded > 0) {
        diag_note(diag, "%" PRIu64 " short record%s padded", table->padded, plural(table->padded));
    }
    for (size_t i = 0; i < table->reason_count; i++) {
        uint64_t count = table->reasons[i].count;
        diag_note(diag, "%" PRIu64 " row%s left out: %s", count, plural(count), table->reasons[i].reason);
    }
}

// Said whatever the options: these records are missing from the results.
static void say_rejected(const struct table *table)
{
    if (table->skipped > 0) {
        diag_error("%" PRIu64 " ragged record%s left out", table->skipped, plural(table->skipped));
    } else if (table->rejected > 0) {
        diag_error("%" PRIu64 " record%s rejected, see %s", table->rejected, plural(table->rejected),
                   table->options.rejects);
    }
}

void table_close(struct table *table)
{
    if (table->closed) {
        return;
    }
    table->closed = true;
    close_reader(table);
    if (!table->stopped) {
        say_notes(table);
        say_details(table);
    }
    say_rejected(table);
    if (!rejects_limit_allows(&table->limit, table->rejected, table->read) && table->status < STATUS_DATA) {
        table->status = STATUS_DATA;
    }
    if (table->rejects != NULL && rejects_close(table->rejects) == STATUS_SYSTEM) {
        table->status = STATUS_SYSTEM;
    }
    table->rejects = NULL;
}

void table_free(struct table *table)
{
    table_close(table);
    if (table->where != NULL) {
        expression_free(table->where);
    }
    columns_free(&table->header);
    columns_free(&table->columns);
    arena_free(&table->run);
    arena_free(&table->row);
    free(table->cells);
    free(table->order);
    free(table->reasons);
    free(table->paths);
    free(table);
}
