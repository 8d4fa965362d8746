// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * files: streams records from reader after reader. A record that needs nothing done to it is passed on as the reader
 * gave it; one from a file with another column order or delimiter is marked irregular, for its bytes may not be copied.
 */
#include "files.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "diag.h"
#include "heap.h"
#include "layout.h"
#include "progress.h"
#include "reader.h"
#include "row.h"
#include "slice.h"
#include "tail.h"
#include "text.h"

struct files {
    const struct reader_options *reader_options;
    bool no_header;
    const char *header_match;
    int layout;
    const char *file_column;
    struct progress *progress;
    const struct diag *diag;
    const char **paths;
    size_t path_count;
    size_t next_path;
    struct reader *reader; // of the file being read; NULL before, between and after
    struct columns header;
    struct columns columns;
    struct slice *cells; // of a record put together anew
    size_t *order;       // where this file has the columns of the header
    bool anew;           // must every record of this file be put together anew?
    bool begins[256];    // may a header begin with this byte?
    bool pending;        // is `first` still to be given out?
    bool direct;         // is the next record the reader's next?
    struct row first;
    struct tail *tail; // NULL when no records are held back
    struct reader_problem problem;
    char delimiter;
    uint64_t bytes; // of files that are closed
    enum status status;
};

static const char *file_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

static void close_reader(struct files *files)
{
    files->direct = false;
    if (files->reader != NULL) {
        files->bytes += reader_bytes(files->reader);
        reader_close(files->reader);
        files->reader = NULL;
    }
    if (files->tail != NULL) {
        tail_drop(files->tail);
    }
}

void files_close(struct files *files)
{
    close_reader(files);
    files->pending = false;
    files->next_path = files->path_count;
}

// Opens the next file. False when there is none, or when it cannot be opened.
static bool open_next(struct files *files)
{
    close_reader(files);
    if (files->next_path == files->path_count) {
        return false;
    }
    files->reader = reader_open(files->paths[files->next_path++], files->reader_options);
    if (files->reader == NULL) {
        files->status = STATUS_SYSTEM;
    }
    return files->reader != NULL;
}

// Says what the reader found wrong.
static void fail(struct files *files)
{
    struct reader_problem problem = reader_problem(files->reader);
    progress_clear(files->progress);
    diag_error_at(file_name(files->paths[files->next_path - 1]), problem.line, "%s", problem.text);
    files->status = problem.status;
}

// The names of --header-match as a header of its own.
static void set_wanted(const struct files *files, struct columns *wanted)
{
    struct slice list = slice_of(files->header_match);
    struct slice *names = heap_allocate(list.length + 1, sizeof *names);
    size_t count = 0;
    for (size_t at = 0; at <= list.length;) {
        size_t end = slice_find(list, ',', at);
        names[count] = slice_trim_value(slice_part(list, at, end));
        count += names[count].length > 0;
        at = end + 1;
    }
    columns_set(wanted, &(struct row){.cells = names, .count = count});
    free(names);
}

// Does a record hold all of the wanted names; or, without any, is it the header of the layout?
static bool is_sought(const struct files *files, const struct row *record, const struct columns *wanted)
{
    struct columns found = {0};
    columns_set(&found, record);
    size_t i = 0;
    while (i < wanted->count && columns_times(&found, wanted->folded[i]) > 0) {
        i++;
    }
    bool sought = wanted->count > 0 ? i == wanted->count : layout_of(&found, files->layout) != NULL;
    columns_free(&found);
    return sought;
}

// Goes to the line of the header that is sought. False when there is none, or, said, when reading failed.
static bool seek_line(struct files *files, const struct columns *wanted)
{
    struct row record;
    uint64_t first = files->reader_options->skip_lines;
    bool more = true;
    while (more) {
        enum reader_result result = reader_preview(files->reader, &record);
        if (result == READER_FAILED) {
            fail(files);
            return false;
        }
        if (result == READER_END || record.line > first + FILES_SOUGHT_LINES) {
            return false;
        }
        if (result == READER_ROW && is_sought(files, &record, wanted)) {
            return true;
        }
        more = reader_drop_line(files->reader);
    }
    return false;
}

// Says that no header was found, unless reading failed, which was said.
static void say_not_found(struct files *files, const char *what, const char *hint)
{
    if (files->status != STATUS_DONE) {
        return;
    }
    progress_clear(files->progress);
    diag_error_at(file_name(files->paths[files->next_path - 1]), 0, "no header %s in the first %d lines (%s)", what,
                  FILES_SOUGHT_LINES, hint);
    files->status = STATUS_USAGE;
}

static bool seek_names(struct files *files)
{
    struct columns wanted = {0};
    set_wanted(files, &wanted);
    bool found = seek_line(files, &wanted);
    struct text what = {0};
    for (size_t i = 0; i < wanted.count && !found; i++) {
        text_append_string(&what, i == 0 ? "with '" : "', '");
        text_append(&what, wanted.folded[i]);
    }
    if (!found) {
        text_append_byte(&what, '\'');
        say_not_found(files, text_string(&what), "--header-match");
    }
    text_free(&what);
    columns_free(&wanted);
    return found;
}

// Does the file begin as the exports do that have a preamble? Its quotes need not be those of a table.
static bool begins_with_preamble(struct files *files)
{
    struct row record;
    enum reader_result result = reader_preview(files->reader, &record);
    if (result != READER_ROW && result != READER_MALFORMED) {
        return false;
    }
    struct slice start = slice_trim_value(record.raw);
    bool quoted = start.length > 0 && start.data[0] == '"';
    return layout_may_follow(quoted ? slice_part(start, 1, start.length) : start, files->layout);
}

static bool seek_layout(struct files *files)
{
    bool named = files->layout >= LAYOUT_FIRST;
    if (!named && !begins_with_preamble(files)) {
        return true;
    }
    if (seek_line(files, &(struct columns){0})) {
        return true;
    }
    if (named) {
        struct text what = {0};
        text_format(&what, "of '%s'", layout_words[files->layout]);
        say_not_found(files, text_string(&what), "--layout");
        text_free(&what);
    } else {
        say_not_found(files, "of a known bill, as which it begins,", "--layout=none reads it as it stands");
    }
    return false;
}

static bool seek_header(struct files *files)
{
    if (files->header_match != NULL) {
        return seek_names(files);
    }
    return files->no_header || files->layout == LAYOUT_NONE || seek_layout(files);
}

// Reads the first record of a file. False when there is none that can be read.
static bool read_first(struct files *files, struct row *row)
{
    switch (reader_next(files->reader, row)) {
    case READER_ROW:
        return true;
    case READER_END:
        if (!files->no_header) {
            progress_clear(files->progress);
            diag_error_at(file_name(files->paths[files->next_path - 1]), 0, "no header line");
            files->status = STATUS_DATA;
        }
        break;
    case READER_MALFORMED:
    case READER_FAILED:
        fail(files);
        break;
    }
    return false;
}

// By which bytes a repeated header is told at first sight; NUL, which stands in no text, for an empty cell. A
// byte-order mark may stand before it.
static void set_begins(struct files *files)
{
    static const char mark = '\xEF';
    struct slice name = files->header.names[0];
    memset(files->begins, !files->no_header && name.length == 0, sizeof files->begins);
    if (!files->no_header && name.length > 0) {
        files->begins[0] = true;
        files->begins[(unsigned char)name.data[0]] = true;
        files->begins[(unsigned char)mark] = true;
    }
}

// Names the columns after the first record.
static void set_columns(struct files *files, const struct row *first)
{
    if (files->no_header) {
        columns_number(&files->header, first->count);
    } else {
        columns_set(&files->header, first);
    }
    size_t added = files->file_column != NULL ? 1 : 0;
    size_t count = files->header.count + added;
    files->cells = heap_allocate(count, sizeof *files->cells);
    files->order = heap_allocate(count, sizeof *files->order);
    if (added > 0) {
        files->cells[0] = slice_of(files->file_column);
    }
    for (size_t i = 0; i < files->header.count; i++) {
        files->cells[i + added] = files->header.names[i];
        files->order[i] = i;
    }
    columns_set(&files->columns, &(struct row){.cells = files->cells, .count = count});
    set_begins(files);
    files->delimiter = reader_delimiter(files->reader);
}

// Checks the header of a further file against the first one's.
static bool match_header(struct files *files, const struct row *record)
{
    struct columns other = {0};
    columns_set(&other, record);
    bool agree = columns_agree(&files->header, &other, files->order);
    if (!agree) {
        struct text difference = {0};
        columns_differ(&files->header, &other, &difference);
        progress_clear(files->progress);
        diag_error_at(record->file, record->line, "the header is that of %s %s", file_name(files->paths[0]),
                      text_string(&difference));
        text_free(&difference);
        files->status = STATUS_DATA;
    }
    columns_free(&other);
    return agree;
}

// Goes past the header of a file just opened. False when there is none, or another than the first file's.
static bool begin_file(struct files *files)
{
    struct row record;
    bool known = files->columns.count > 0;
    if (known && files->no_header) {
        return true;
    }
    if (!seek_header(files) || !read_first(files, &record) || (known && !match_header(files, &record))) {
        return false;
    }
    if (!known) {
        set_columns(files, &record);
    }
    files->pending = files->no_header;
    files->first = record;
    return true;
}

static bool is_in_order(const struct files *files)
{
    for (size_t i = 0; i < files->header.count; i++) {
        if (files->order[i] != i) {
            return false;
        }
    }
    return true;
}

// What iconv(1) is told it obeys, right or wrong; so does --encoding, but not in silence.
static void remark_encoding(const struct files *files)
{
    if (reader_is_doubtful(files->reader)) {
        progress_clear(files->progress);
        diag_note(files->diag, "%s: this is UTF-8, but is read as %s, as --encoding says",
                  file_name(files->paths[files->next_path - 1]), reader_encoding(files->reader));
    }
}

// Goes on to the next file that has a record. False at the end of the last one, and when something went wrong.
static bool begin_next(struct files *files)
{
    while (open_next(files)) {
        if (begin_file(files)) {
            files->anew = files->file_column != NULL || !is_in_order(files) ||
                          reader_delimiter(files->reader) != files->delimiter;
            files->direct = files->tail == NULL && !files->pending;
            remark_encoding(files);
            return true;
        }
        if (files->status != STATUS_DONE) {
            return false;
        }
    }
    return false;
}

struct files *files_open(const char *const *paths, size_t count, const struct files_options *options)
{
    struct files *files = heap_allocate(1, sizeof *files);
    files->reader_options = options->reader;
    files->no_header = options->no_header;
    files->header_match = options->header_match;
    files->layout = options->layout;
    files->tail = options->skip_last > 0 ? tail_create(options->skip_last) : NULL;
    files->file_column = options->file_column;
    files->progress = options->progress;
    files->diag = options->diag;
    files->delimiter = options->reader->delimiter != '\0' ? options->reader->delimiter : ',';
    files->paths = heap_allocate(count, sizeof *files->paths);
    files->path_count = count;
    for (size_t i = 0; i < count; i++) {
        files->paths[i] = paths[i];
    }
    begin_next(files);
    return files;
}

void files_free(struct files *files)
{
    files_close(files);
    columns_free(&files->header);
    columns_free(&files->columns);
    free(files->cells);
    free(files->order);
    free(files->paths);
    tail_free(files->tail);
    free(files);
}

enum status files_status(const struct files *files)
{
    return files->status;
}

const struct columns *files_header(const struct files *files)
{
    return &files->header;
}

const struct columns *files_columns(const struct files *files)
{
    return &files->columns;
}

char files_delimiter(const struct files *files)
{
    return files->delimiter;
}

const char *files_encoding(const struct files *files)
{
    return files->reader == NULL ? NULL : reader_encoding(files->reader);
}

const char *files_first_name(const struct files *files)
{
    return files->path_count == 0 ? NULL : file_name(files->paths[0]);
}

uint64_t files_bytes(const struct files *files)
{
    return files->bytes + (files->reader != NULL ? reader_bytes(files->reader) : 0);
}

struct reader_problem files_problem(const struct files *files)
{
    return files->problem;
}

// The next record of the file being read.
static enum reader_result read_record(struct files *files, struct row *row)
{
    if (files->pending) {
        files->pending = false;
        files->direct = files->tail == NULL;
        *row = files->first;
        return READER_ROW;
    }
    enum reader_result result = reader_next(files->reader, row);
    if (result == READER_MALFORMED) {
        files->problem = reader_problem(files->reader);
    }
    return result;
}

// The next one that is not among those left out at the end.
static enum reader_result read_kept(struct files *files, struct row *row)
{
    enum reader_result result = read_record(files, row);
    while (files->tail != NULL && (result == READER_ROW || result == READER_MALFORMED)) {
        struct tail_record record = {result, *row, files->problem};
        if (tail_pass(files->tail, &record)) {
            *row = record.row;
            files->problem = record.problem;
            return record.result;
        }
        result = read_record(files, row);
    }
    return result;
}

enum reader_result files_next(struct files *files, struct row *row)
{
    while (files->status == STATUS_DONE) {
        if (files->reader == NULL) {
            return READER_END;
        }
        enum reader_result result = read_kept(files, row);
        if (result == READER_ROW || result == READER_MALFORMED) {
            return result;
        }
        if (result == READER_FAILED) {
            fail(files);
        } else {
            begin_next(files);
        }
    }
    return READER_FAILED;
}

// Has a record the first cell of the header?
static inline bool begins_header(const struct files *files, struct slice first)
{
    char byte = first.length > 0 ? first.data[0] : '\0';
    return files->begins[(unsigned char)byte] &&
           slice_equal(slice_trim_value(first), slice_trim_value(files->header.names[0]));
}

static bool is_plain(const struct files *files, const struct row *row)
{
    return row->count == files->header.count && !begins_header(files, row->cells[0]);
}

size_t files_take(struct files *files, const struct row **rows)
{
    size_t count;
    size_t taken = 0;
    if (!files->direct || files->anew) {
        return 0;
    }
    *rows = reader_ahead(files->reader, &count);
    while (taken < count && is_plain(files, *rows + taken)) {
        taken++;
    }
    reader_pass(files->reader, taken);
    return taken;
}

void files_arrange(struct files *files, struct row *row)
{
    if (!files->anew && row->count == files->header.count) {
        return;
    }
    size_t to = 0;
    if (files->file_column != NULL) {
        files->cells[to++] = slice_of(row->file);
    }
    for (size_t i = 0; i < files->header.count; i++) {
        size_t from = files->order[i];
        files->cells[to++] = from < row->count ? row->cells[from] : (struct slice){"", 0};
    }
    row->cells = files->cells;
    row->count = to;
    row->regular = false;
}

bool files_is_header(const struct files *files, const struct row *row)
{
    const struct slice *cells = files->file_column != NULL ? row->cells + 1 : row->cells;
    if (!begins_header(files, cells[0])) {
        return false;
    }
    for (size_t i = 1; i < files->header.count; i++) {
        if (!slice_equal(slice_trim_value(cells[i]), slice_trim_value(files->header.names[i]))) {
            return false;
        }
    }
    return true;
}
