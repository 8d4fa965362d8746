// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * files: the records of several files, one file after the other, under the header of the first.
 *
 * With `header_match` the header of a file is the first record that holds these names, looked for line by line,
 * whatever the quotes of the lines before, in the first FILES_SOUGHT_LINES. Every file but the first is checked against
 * that header by name; what stands in another order is put in the first file's. Below table.h, which decides about
 * records that do not fit. Trouble with a file as a whole (it cannot be opened, its header is missing or another) is
 * said here.
 */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "diag.h"
#include "layout.h"
#include "progress.h"
#include "reader.h"
#include "row.h"

#define FILES_SOUGHT_LINES 200

struct files_options {
    const struct reader_options *reader; // borrowed as long as the files are open
    bool no_header;
    const char *header_match;  // names, parted by commas, of which all are in the header, or NULL: the first record
    int layout;                // one of layout_words: what stands before the header of such an export is dropped
    uint64_t skip_last;        // records at the end of each file
    const char *file_column;   // name of an added first column with the file's name, or NULL
    struct progress *progress; // borrowed; taken away before something is said
    const struct diag *diag;   // borrowed
};

struct files;

// Reads up to the first file's header. Always gives files; files_status tells what went wrong. Paths and the name of
// the file column are borrowed, the array of paths is not.
struct files *files_open(const char *const *paths, size_t count, const struct files_options *options);
void files_free(struct files *files);

// Closes the file being read; files_next then gives READER_END.
void files_close(struct files *files);

// STATUS_DONE while all is well.
enum status files_status(const struct files *files);

// As the files have them, and with the file column before them. Both empty when no record was found.
const struct columns *files_header(const struct files *files);
const struct columns *files_columns(const struct files *files);

char files_delimiter(const struct files *files);       // of the first file
const char *files_encoding(const struct files *files); // of the file being read; NULL when there is none

// As the user named it; "stdin" for standard input. NULL when there is none.
const char *files_first_name(const struct files *files);

// Read so far.
uint64_t files_bytes(const struct files *files);

// The next record, as it stands in its file. After READER_MALFORMED files_problem tells why; before READER_FAILED it
// was said, and files_status is no longer STATUS_DONE. Views live until the next call.
enum reader_result files_next(struct files *files, struct row *row);

struct reader_problem files_problem(const struct files *files);

// Takes the records at hand that are rows of the table as they stand: they have all columns in their order, and are
// surely no header, so that the two below need not be asked. How many; where there is none, files_next is to be asked.
// Views live until the next call of either.
size_t files_take(struct files *files, const struct row **rows);

// Makes a record the row of a table: as many cells as there are columns, in their order, missing ones empty. Records
// that need it are put together anew and no longer regular. Views live until the next call of files_next or
// files_arrange.
void files_arrange(struct files *files, struct row *row);

// Is a row, arranged, the header again, as in `cat a.csv b.csv`?
bool files_is_header(const struct files *files, const struct row *row);

#endif
