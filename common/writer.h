// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * writer: records to CSV, TSV or JSON lines.
 *
 * A cell is quoted only where our own reader would otherwise not give it back: delimiter, quote, CR or LF in it, a
 * leading or trailing space or tab, what would mislead at the start of the output (a byte-order mark, "sep=;"), and an
 * empty only cell. Doubled quotes, LF line ends (CRLF on request). With tab as the delimiter the same rules hold. A
 * regular row is passed as bytes.
 *
 * Use: one writer_name per column and writer_end, then per record a writer_pass and/or cells in order, and
 * writer_end. In JSON lines passed cells and texts are strings, numbers are numbers, and every empty value is null.
 * Nothing here fails: faults of the device stay in the output (output_failed).
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "money.h"
#include "output.h"
#include "row.h"
#include "slice.h"
#include "text.h"

struct writer_options {
    char delimiter;
    bool no_header;       // names are not written (JSON lines still use them)
    bool bom;             // begin with a UTF-8 byte-order mark
    bool crlf;            // end records with CR LF
    bool escape_formulas; // an apostrophe before a cell that a spreadsheet would run, plain numbers and phones excepted
    bool json;
    int digits;           // of computed numbers, 1 to 17
    char input_delimiter; // of the rows that will be passed: only rows with the same delimiter pass as bytes
};

struct writer;

// Borrows the output. Freed by writer_free, which does not close it.
struct writer *writer_open(struct output *output, const struct writer_options *options);
void writer_free(struct writer *writer);

// The header, name by name, ended by writer_end. Names are copied.
void writer_name(struct writer *writer, struct slice name);

// All cells of a row; further cells may follow.
void writer_pass(struct writer *writer, const struct row *row);

// One cell each.
void writer_text(struct writer *writer, struct slice text);
void writer_string(struct writer *writer, const char *text);
void writer_blank(struct writer *writer);
void writer_number(struct writer *writer, double value); // NaN and infinities are blank
void writer_exact(struct writer *writer, double value);  // the same with 17 digits, for what is read again
void writer_whole(struct writer *writer, int64_t value);
void writer_money(struct writer *writer, struct money_sum value);
void writer_day(struct writer *writer, int32_t day);
void writer_time(struct writer *writer, int64_t local);

// Ends the header or the record.
void writer_end(struct writer *writer);

// The cells that end many records, written but once and then copied. Freed by writer_ending_free.
struct writer_ending {
    const struct slice *cells; // borrowed; they must outlive the ending
    size_t count;
    struct text bytes; // as they stand behind the cells of a row, with the end of the record
};

struct writer_ending writer_ending(const struct writer *writer, const struct slice *cells, size_t count);
void writer_ending_free(struct writer_ending *ending);

// A record: all cells of a row, then these. The same as writer_pass, a writer_text for each and writer_end.
void writer_pass_ended(struct writer *writer, const struct row *row, const struct writer_ending *ending);

// False once the output failed: a streaming mode stops reading then.
bool writer_good(const struct writer *writer);

#endif
