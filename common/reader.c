// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reader: takes records off the stream, by the lane or by feeding the parser line by line until they end.
 */
#include "reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "delimiter.h"
#include "descriptor.h"
#include "heap.h"
#include "lane.h"
#include "parser.h"
#include "record.h"
#include "stream.h"
#include "text.h"

enum { PROBLEM_SIZE = 200 };

struct reader {
    struct stream stream;
    struct reader_options options;
    const char *name;
    struct record record;
    struct lane lane;
    struct text bytes;     // of cells that are not views of the stream
    struct parser *parser; // NULL before the first block was read
    bool foreign;          // quotes are not ours, or there is an escape: no record is regular
    bool shut;             // the lane
    bool begun;            // the first block was read
    bool failed;           // and nothing more will come
    bool judged;           // the delimiter was found, not named
    bool skipping;         // the line at the start of the stream belongs to a record that was passed over
    size_t columns;        // 0 until known
    struct reader_problem problem;
    char problem_text[PROBLEM_SIZE];
};

static void set_problem(struct reader *reader, uint64_t line, enum status status, const char *text)
{
    snprintf(reader->problem_text, sizeof reader->problem_text, "%s", text);
    reader->problem = (struct reader_problem){reader->problem_text, line, status};
}

static bool fail(struct reader *reader, uint64_t line, enum status status, const char *text)
{
    set_problem(reader, line, status, text);
    reader->failed = true;
    return false;
}

// The stream ended before its time: says where and why.
static bool fail_stream(struct reader *reader)
{
    struct stream *stream = &reader->stream;
    bool unread = stream->fault == STREAM_UNREAD;
    char text[PROBLEM_SIZE];
    stream_pass_over(stream, stream_available(stream));
    stream_explain(stream, text, sizeof text);
    return fail(reader, unread ? 0 : stream->line, unread ? STATUS_SYSTEM : STATUS_DATA, text);
}

static bool uses_quotes(const struct reader *reader)
{
    return reader->options.quote != READER_QUOTE_NONE;
}

// The quote in force; 0, which stands in no text: none.
static char quote_of(const struct reader *reader)
{
    return uses_quotes(reader) ? reader->options.quote_char : 0;
}

static char judge_delimiter(struct reader *reader)
{
    return delimiter_judged(&reader->stream, quote_of(reader), reader->options.escape_char);
}

static void start_parser(struct reader *reader)
{
    enum reader_quote quote = reader->options.quote;
    struct parser_form form = {
        .delimiter = reader->options.delimiter,
        .quote = quote_of(reader),
        .escape = reader->options.escape_char,
        .bare_wrong = quote == READER_QUOTE_STRICT,
        .lenient = quote == READER_QUOTE_LENIENT,
        .lazy = quote == READER_QUOTE_LAZY,
    };
    reader->parser = parser_create(&form, &reader->record, &reader->bytes);
}

// Lines are cut ahead from where the stream is.
static void begin_lane(struct reader *reader)
{
    lane_begin(&reader->lane, stream_data(&reader->stream), reader->stream.line);
}

// Reads the first block and settles what depends on it.
static bool begin(struct reader *reader)
{
    reader->begun = true;
    const char *problem = stream_begin(&reader->stream);
    if (problem != NULL) {
        return fail(reader, 0, STATUS_DATA, problem);
    }
    enum stream_fault fault = reader->stream.fault;
    if (fault != STREAM_SOUND && fault != STREAM_UNREAD) {
        return fail_stream(reader);
    }
    uint64_t skipped = 0;
    while (skipped < reader->options.skip_lines && stream_pass_line(&reader->stream)) {
        skipped++;
    }
    char named = delimiter_named(&reader->stream, reader->options.delimiter);
    reader->judged = named == 0;
    reader->options.delimiter = named == 0 ? judge_delimiter(reader) : named;
    start_parser(reader);
    begin_lane(reader);
    return true;
}

struct reader *reader_open_descriptor(int descriptor, const char *name, const struct reader_options *options)
{
    struct reader *reader = heap_allocate(1, sizeof *reader);
    struct stream_encoding encoding = {options->encoding, options->unless_utf8};
    stream_open(&reader->stream, descriptor, false, encoding, options->block_size);
    reader->options = *options;
    reader->options.quote_char = options->quote_char == 0 ? '"' : options->quote_char;
    if (options->escape_char == reader->options.quote_char) {
        reader->options.escape_char = 0;
    }
#ifdef READER_LIBCSV_ALONE // make check-libcsv
    reader->options.libcsv_only = true;
#endif
    reader->foreign = reader->options.escape_char != 0 || reader->options.quote_char != '"';
    reader->shut = reader->foreign || (reader->options.libcsv_only && uses_quotes(reader));
    reader->name = reader->lane.file = name;
    reader->record.max_field = options->max_field == 0 ? SIZE_MAX : options->max_field;
    reader->record.max_columns = READER_MAX_COLUMNS;
    return reader;
}

struct reader *reader_open(const char *path, const struct reader_options *options)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "stdin" : path;
    int descriptor = descriptor_open(path);
    if (descriptor == -1) {
        diag_error("%s: %s", name, strerror(errno));
        return NULL;
    }
    struct reader *reader = reader_open_descriptor(descriptor, name, options);
    reader->stream.owned = !standard;
    return reader;
}

void reader_close(struct reader *reader)
{
    parser_free(reader->parser);
    stream_close(&reader->stream);
    record_free(&reader->record);
    lane_free(&reader->lane);
    text_free(&reader->bytes);
    free(reader);
}

struct reader_problem reader_problem(const struct reader *reader)
{
    return reader->problem;
}

uint64_t reader_bytes(const struct reader *reader)
{
    return reader->stream.total;
}

const char *reader_encoding(const struct reader *reader)
{
    return reader->stream.encoding;
}

bool reader_is_doubtful(const struct reader *reader)
{
    return reader->stream.doubtful;
}

char reader_delimiter(struct reader *reader)
{
    bool known = reader->begun || begin(reader);
    return known && reader->options.delimiter != 0 ? reader->options.delimiter : ',';
}

// Hands out the collected cells, a record that ends with `span`, `lines` lines later.
static enum reader_result give(struct reader *reader, struct row *row, struct stream_span span, uint64_t lines,
                               bool regular)
{
    row->cells = reader->record.cells;
    row->count = reader->record.count;
    row->raw = (struct slice){stream_data(&reader->stream), span.length};
    row->regular = regular;
    row->line = reader->stream.line;
    if (reader->columns == 0) {
        reader->columns = row->count;
    }
    stream_consume(&reader->stream, span.end, lines);
    return READER_ROW;
}

static size_t raw_limit(const struct reader *reader)
{
    return reader->options.max_field == 0 ? READER_MAX_FIELD : reader->options.max_field;
}

// Passes over a record that cannot be read, up to the end of the line that position `from` lies in.
static enum reader_result pass_over(struct reader *reader, struct row *row, size_t from, const char *why)
{
    struct stream *stream = &reader->stream;
    size_t limit = raw_limit(reader);
    struct stream_span span;
    enum stream_line found;
    stream_rewind(stream);
    while ((found = stream_line(stream, from, &span)) == STREAM_PART && span.length < limit) {
        stream_more(stream);
    }
    set_problem(reader, stream->line, STATUS_DATA, why);
    struct slice raw = {stream_data(stream), span.length < limit ? span.length : limit};
    *row = (struct row){.raw = raw, .line = stream->line, .file = reader->name};
    reader->skipping = found == STREAM_PART;
    stream_pass_over(stream, span.end);
    return READER_MALFORMED;
}

static enum reader_result pass_over_limit(struct reader *reader, struct row *row)
{
    char why[PROBLEM_SIZE];
    if (reader->record.fault == RECORD_MANY_CELLS) {
        snprintf(why, sizeof why, "more than %d cells", READER_MAX_COLUMNS);
    } else {
        snprintf(why, sizeof why, "a cell longer than %zu bytes (see --max-field; is a quote not closed?)",
                 reader->options.max_field);
    }
    return pass_over(reader, row, 0, why);
}

static enum reader_result give_fed(struct reader *reader, struct row *row, struct stream_span span, uint64_t lines)
{
    if (reader->record.fault != RECORD_SOUND) {
        return pass_over_limit(reader, row);
    }
    record_place(&reader->record, text_string(&reader->bytes));
    struct slice raw = {stream_data(&reader->stream), span.length};
    bool regular = !reader->foreign && lane_is_regular(raw, reader->options.delimiter);
    return give(reader, row, span, lines, regular);
}

// The record ends with the input.
static enum reader_result give_last(struct reader *reader, struct row *row, struct stream_span span, uint64_t lines)
{
    if (reader->stream.fault != STREAM_SOUND) {
        fail_stream(reader);
        return READER_FAILED;
    }
    if (!parser_finish(reader->parser)) {
        return pass_over(reader, row, 0, "a quote is opened and never closed");
    }
    return give_fed(reader, row, span, lines);
}

// A record with quotes, or any when the lane is shut.
static enum reader_result read_slowly(struct reader *reader, struct row *row)
{
    struct stream *stream = &reader->stream;
    parser_begin(reader->parser);
    uint64_t lines = 0;
    size_t at = 0;
    for (;;) {
        struct stream_span span;
        enum stream_line found = stream_line(stream, at, &span);
        size_t wanted = span.end - at;
        size_t fed = parser_feed(reader->parser, (struct slice){stream_data(stream) + at, wanted});
        if (reader->record.fault != RECORD_SOUND) {
            return pass_over_limit(reader, row);
        }
        at += fed;
        if (fed < wanted) {
            return pass_over(reader, row, at, parser_problem(reader->parser));
        }
        lines += found == STREAM_LINE;
        if (parser_ended(reader->parser)) {
            return give_fed(reader, row, span, lines);
        }
        if (found == STREAM_LAST) {
            return give_last(reader, row, span, lines);
        }
        if (found == STREAM_PART) {
            stream_more(stream);
        }
    }
}

static bool is_blank(struct slice line, char delimiter)
{
    for (size_t i = 0; i < line.length; i++) {
        if ((line.data[i] != ' ' && line.data[i] != '\t') || line.data[i] == delimiter) {
            return false;
        }
    }
    return true;
}

// Does the record that begins with these bytes hold quotes that mean something, or must it go to libcsv anyway?
static bool quotes_matter(struct reader *reader, struct stream_span span)
{
    if (reader->shut) {
        struct slice line = {stream_data(&reader->stream), span.length};
        return !is_blank(line, reader->options.delimiter);
    }
    return uses_quotes(reader) && stream_quote_within(&reader->stream, span.length);
}

// Cuts the first `length` bytes, by the lane.
static enum lane_result cut(struct reader *reader, size_t length, bool quoted, bool *trimmed)
{
    record_clear(&reader->record);
    struct slice line = {stream_data(&reader->stream), length};
    char delimiter = reader->options.delimiter;
    if (!quoted) {
        return lane_cut(&reader->record, line, delimiter, trimmed);
    }
    if (reader->shut) {
        return LANE_IRREGULAR;
    }
    return lane_cut_quoted(&reader->record, line, delimiter, trimmed, &reader->bytes);
}

// Reads on in a long line without quotes. False when a limit is passed already; looked at whenever the line has
// doubled.
static bool read_line_on(struct reader *reader, size_t length, size_t *looked)
{
    bool trimmed;
    if (length > *looked) {
        if (cut(reader, length, false, &trimmed) == LANE_LIMIT) {
            return false;
        }
        *looked = 2 * length;
    }
    stream_more(&reader->stream);
    return true;
}

static enum reader_result end(struct reader *reader)
{
    if (reader->stream.fault != STREAM_SOUND) {
        fail_stream(reader);
        return READER_FAILED;
    }
    return READER_END;
}

// Finds the line that the next record begins with, whole but for the `quoted` one of a long record. False when a
// limit is passed before its end.
static bool next_line(struct reader *reader, struct stream_span *span, enum stream_line *found, bool *quoted)
{
    size_t looked = raw_limit(reader);
    for (;;) {
        *found = stream_line(&reader->stream, 0, span);
        *quoted = quotes_matter(reader, *span);
        if (*found != STREAM_PART || *quoted) {
            return true;
        }
        if (!read_line_on(reader, span->length, &looked)) {
            return false;
        }
    }
}

// The end of the bytes that the lane may search: without a quote that means something.
static const char *lane_limit(struct reader *reader)
{
    struct stream *stream = &reader->stream;
    size_t limit = stream->checked;
    if (reader->shut) {
        limit = stream->start;
    } else if (uses_quotes(reader)) {
        limit = stream_seek(stream, &stream->marks.quote, '"', stream->start);
    }
    return stream->bytes + limit;
}

// A length that no limit forbids, of a line or its cells.
static size_t short_line(const struct reader *reader)
{
    const struct record *record = &reader->record;
    return record->max_field < record->max_columns ? record->max_field : record->max_columns - 1;
}

// Are all rows cut ahead records as they stand? Only the first can be longer than what is searched at once.
static bool are_records(const struct reader *reader)
{
    const struct lane *lane = &reader->lane;
    struct slice first = lane->row_count > 0 ? lane->rows[0].raw : (struct slice){NULL, 0};
    return reader->columns != 0 && uses_quotes(reader) && !lane->narrow &&
           (lane->row_count == 0 || lane->blanks <= first.data) && first.length <= short_line(reader) &&
           LANE_AHEAD <= short_line(reader);
}

// Leaves of the rows cut ahead those that are records, up to the first that may pass a limit. False where there is one.
static bool sift(struct reader *reader)
{
    struct lane *lane = &reader->lane;
    size_t kept = 0;
    for (size_t i = 0; i < lane->row_count; i++) {
        struct row *row = &lane->rows[i];
        if (row->raw.length > short_line(reader)) {
            lane_return(lane, i);
            lane->row_count = kept;
            return false;
        }
        bool trimmed = row->raw.data < lane->blanks && lane_trim(lane, row);
        bool blank = row->count == 1 && row->cells->length == 0;
        bool plain = uses_quotes(reader) || slice_find(row->raw, '"', 0) == row->raw.length;
        if (!blank || reader->columns == 1) {
            row->regular = plain && !trimmed && !blank;
            reader->columns = reader->columns == 0 ? row->count : reader->columns;
            lane->rows[kept++] = *row;
        }
    }
    lane->row_count = kept;
    return true;
}

// What most records are: a row that was cut ahead.
static bool take_row_ahead(struct reader *reader, struct row *row)
{
    struct lane *lane = &reader->lane;
    if (lane->next == lane->row_count) {
        return false;
    }
    *row = lane->rows[lane->next++];
    return true;
}

// A row of those that are cut now. False when there is none, or it may pass a limit.
static bool cut_rows(struct reader *reader, struct row *row)
{
    struct stream *stream = &reader->stream;
    struct lane *lane = &reader->lane;
    bool more = true;
    while (more && !take_row_ahead(reader, row)) {
        if (!lane_search(lane, lane_limit(reader), reader->options.delimiter)) {
            return false;
        }
        more = are_records(reader) || sift(reader);
        stream_consume(stream, (size_t)(lane->line - stream_data(stream)), lane->number - stream->line);
    }
    return more || take_row_ahead(reader, row);
}

// Any record, the slower ways.
static enum reader_result read_any(struct reader *reader, struct row *row)
{
    for (;;) {
        struct stream_span span;
        enum stream_line found;
        bool quoted;
        bool trimmed;
        if (!next_line(reader, &span, &found, &quoted)) {
            return pass_over_limit(reader, row);
        }
        if (found == STREAM_LAST && span.length == 0) {
            return end(reader);
        }
        enum lane_result result = found == STREAM_PART ? LANE_IRREGULAR : cut(reader, span.length, quoted, &trimmed);
        if (result == LANE_IRREGULAR) {
            return read_slowly(reader, row);
        }
        if (result == LANE_LIMIT) {
            return pass_over_limit(reader, row);
        }
        if (found == STREAM_LAST && reader->stream.fault != STREAM_SOUND) {
            return end(reader);
        }
        bool blank = reader->record.count == 1 && reader->record.cells[0].length == 0 && !quoted;
        if (!blank || reader->columns == 1) {
            bool plain = uses_quotes(reader) || !stream_quote_within(&reader->stream, span.length);
            return give(reader, row, span, 1, plain && !trimmed && !blank);
        }
        stream_consume(&reader->stream, span.end, 1);
    }
}

// The next record when no line was cut ahead.
static enum reader_result read_on(struct reader *reader, struct row *row)
{
    if (reader->failed || (!reader->begun && !begin(reader))) {
        return READER_FAILED;
    }
    if (reader->skipping) {
        reader->skipping = false;
        stream_pass_line(&reader->stream);
        begin_lane(reader);
    }
    if (cut_rows(reader, row)) {
        return READER_ROW;
    }
    row->file = reader->name;
    enum reader_result result = read_any(reader, row);
    begin_lane(reader);
    return result;
}

enum reader_result reader_next(struct reader *reader, struct row *row)
{
    return take_row_ahead(reader, row) ? READER_ROW : read_on(reader, row);
}

const struct row *reader_ahead(const struct reader *reader, size_t *count)
{
    const struct lane *lane = &reader->lane;
    *count = lane->row_count - lane->next;
    return lane->rows + lane->next;
}

void reader_pass(struct reader *reader, size_t count)
{
    reader->lane.next += count;
}

enum reader_result reader_preview(struct reader *reader, struct row *row)
{
    if (reader->failed || (!reader->begun && !begin(reader))) {
        return READER_FAILED;
    }
    if (reader->judged) {
        reader->options.delimiter = judge_delimiter(reader);
        parser_set_delimiter(reader->parser, reader->options.delimiter);
        begin_lane(reader); // more bytes may have been read, which moves those at hand
    }
    enum reader_result result = read_on(reader, row);
    if (result == READER_ROW || result == READER_MALFORMED) {
        stream_return(&reader->stream, row->raw.data, row->line);
        reader->skipping = false;
        reader->columns = 0;
        begin_lane(reader);
    }
    return result;
}

bool reader_drop_line(struct reader *reader)
{
    bool dropped = !reader->failed && (reader->begun || begin(reader)) && stream_pass_line(&reader->stream);
    begin_lane(reader);
    return dropped;
}
