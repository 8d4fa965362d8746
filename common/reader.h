// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reader: records of one CSV or TSV stream.
 *
 * Reads with read(2) in blocks of 256 KiB and carries the tail, so memory is one block or the longest record. A record
 * on one line, without quotes or with quotes just around cells and doubled within, is cut by a lane of our own; every
 * other goes through libcsv (strict, blanks outside quotes trimmed), whose irregularities are decided here
 * (regulars-tables(5)): a quote inside an unquoted cell is part of it; text after a closing quote and a quote never
 * closed are malformed. Both lanes give the same cells, line numbers and errors; `libcsv_only` forces libcsv, and so
 * does another quote or an escape. Records end at LF, CRLF or CR outside quotes; the last one needs no end. Lines count
 * from 1, those inside quotes too. Blank lines (nothing but spaces and tabs that are no delimiters) are skipped when
 * the first record has two cells or more, and before it; they are a record of one empty cell when it has one.
 *
 * The encoding is that of a byte-order mark, which is dropped, else that of the options, else UTF-8. Bytes must be
 * strictly valid in it, without NUL; records before the first offending one are delivered, but when it lies in the
 * first block the stream fails before its first record. Cells are UTF-8 always, and so is `raw`. Workbooks (ZIP, OLE),
 * gzip, PDF and UTF-16 without a mark are recognised by their first bytes and refused with what to do. A first line
 * "sep=;" names the delimiter and is no record; where the options name another, it is a record like any other.
 *
 * After a malformed record reading goes on at the line behind the offending byte when text follows a closing quote
 * (or a quote stands where `quote` forbids it), and behind the record's first line when a quote is never closed or a
 * limit is passed: an open quote then costs one line, not the rest of the file.
 */
#ifndef READER_H
#define READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "row.h"

enum reader_quote {
    READER_QUOTE_AUTO,    // as above
    READER_QUOTE_STRICT,  // a quote inside an unquoted cell is malformed too
    READER_QUOTE_LENIENT, // text after a closing quote is part of the cell
    READER_QUOTE_NONE,    // quotes are ordinary bytes
    READER_QUOTE_LAZY,    // a quote closes a cell only before a delimiter or a line end; else it is part of it
};

struct reader_options {
    const char *encoding; // borrowed, one that encoding_known knows; NULL: UTF-8
    bool unless_utf8;     // `encoding` only where the first block is no UTF-8
    // Any ASCII byte but quote, CR and LF. 0: of comma, tab, semicolon and pipe the one most often in the first record.
    char delimiter;
    enum reader_quote quote;
    char quote_char; // any ASCII byte but the delimiter, blanks, CR and LF; 0: "
    // Makes a quote, delimiter, line end or another of itself behind it an ordinary part of the cell, also one that no
    // quotes stand around; before anything else it is an ordinary byte. 0, or the quote: none.
    char escape_char;
    uint64_t skip_lines; // at the beginning, whatever is in them; "sep=;" would stand behind
    size_t max_field;    // bytes of one cell; 0 for no limit
    bool libcsv_only;    // no lane; without effect on QUOTE_NONE and QUOTE_LENIENT, which libcsv cannot read
    size_t block_size;   // bytes asked of the system at once; 0 for 256 KiB, other sizes are for tests
};

#define READER_MAX_FIELD ((size_t)1 << 20)
#define READER_MAX_COLUMNS 65536

enum reader_result {
    READER_ROW,
    READER_END,
    READER_MALFORMED, // this record cannot be read; the next call goes on after it, where that is possible
    READER_FAILED,    // the stream cannot be read on
};

struct reader;

// `path` "-" is standard input, called "stdin" in rows and messages. `path` must outlive the reader. NULL, with a
// message, when it cannot be opened or is a directory (status 3).
struct reader *reader_open(const char *path, const struct reader_options *options);

// The same for an open descriptor, which reader_close does not close. `name` is what rows and messages call it and must
// outlive the reader.
struct reader *reader_open_descriptor(int descriptor, const char *name, const struct reader_options *options);
void reader_close(struct reader *reader);

// The next record; the row's views live until the next call. On READER_MALFORMED row->line, row->file and row->raw
// (what was passed over, cut after max_field bytes, or READER_MAX_FIELD where that is 0) are set and reader_problem
// tells why.
enum reader_result reader_next(struct reader *reader, struct row *row);

// The records that are at hand, *count of them or none, which reader_next would give one by one: reader_pass goes past
// the first of them. Views live until the next call of reader_next.
const struct row *reader_ahead(const struct reader *reader, size_t *count);
void reader_pass(struct reader *reader, size_t count);

// After READER_MALFORMED or READER_FAILED: what is wrong, in which line (0: none), and whose fault, STATUS_DATA or
// STATUS_SYSTEM. The text lives until the next call.
struct reader_problem {
    const char *text;
    uint64_t line;
    enum status status;
};
struct reader_problem reader_problem(const struct reader *reader);

// The name of the encoding, as the user gave it or a byte-order mark told; known once the first record was read.
const char *reader_encoding(const struct reader *reader);

// Is the first block, which is read in the encoding of the options, UTF-8 with characters beyond ASCII? Then most
// likely it is misread. Known once the first record was read.
bool reader_is_doubtful(const struct reader *reader);

// The delimiter in force; known once the first record was read or asked for here (which reads the first block).
char reader_delimiter(struct reader *reader);

// For tables that do not begin with their header; both only before the first reader_next. reader_preview gives the
// record that begins at this line, or behind the blank lines here, without going past it; its delimiter, unless the
// options or "sep=" name one, is judged by it. reader_drop_line goes past one line, whatever its quotes; false when
// there is none.
enum reader_result reader_preview(struct reader *reader, struct row *row);
bool reader_drop_line(struct reader *reader);

// Bytes read so far, for progress.
uint64_t reader_bytes(const struct reader *reader);

#endif
