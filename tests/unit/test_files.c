// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What files.h promises of the records at hand: those that are rows as they stand are taken together, every other comes
 * by files_next. The rest of it is tested with the table. Files are made in a directory of their own.
 */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"
#include "text.h"

#ifdef READER_LIBCSV_ALONE // make check-libcsv: without the lane no rows are ever at hand
enum { LANE = 0 };
#else
enum { LANE = 1 };
#endif

static const struct diag usual_diag = {0};
static const struct reader_options usual_reader = {.max_field = READER_MAX_FIELD};

static void write_file(const char *name, const char *bytes)
{
    FILE *file = fopen(name, "wb");
    fputs(bytes, file);
    fclose(file);
}

static void append_row(struct text *out, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        text_append_string(out, i > 0 ? "," : "");
        text_append(out, row->cells[i]);
    }
}

// Opens "a.csv" with these bytes and, where there are some, "b.csv".
static struct files *open_files(const char *first, const char *second, struct files_options options,
                                struct progress *progress)
{
    static const char *const paths[] = {"a.csv", "b.csv"};
    options.reader = &usual_reader;
    options.diag = &usual_diag;
    options.progress = progress;
    progress_start(progress, &usual_diag);
    write_file(paths[0], first);
    write_file(paths[1], second == NULL ? "" : second);
    return files_open(paths, second == NULL ? 1 : 2, &options);
}

// All records: those taken together in brackets, each that files_next gave alone, with '#' for one that is the header.
static const char *show(const char *first, const char *second, struct files_options options, struct text *out)
{
    struct progress progress;
    struct files *files = open_files(first, second, options, &progress);
    const struct row *rows;
    struct row row;
    text_clear(out);
    for (;;) {
        size_t count = files_take(files, &rows);
        for (size_t i = 0; i < count; i++) {
            text_append_string(out, i == 0 ? "[" : " ");
            append_row(out, &rows[i]);
        }
        text_append_string(out, count > 0 ? "] " : "");
        if (files_next(files, &row) != READER_ROW) {
            break;
        }
        append_row(out, &row);
        files_arrange(files, &row);
        text_append_string(out, files_is_header(files, &row) ? "# " : " ");
    }
    CHECK(files_status(files) == STATUS_DONE);
    files_free(files);
    return text_string(out);
}

static void test_rows_at_hand(struct text *out)
{
    struct files_options usual = {0};
    CHECK_TEXT(show("a,b\n1,2\n3,4\n5,6", NULL, usual, out), "[1,2 3,4] 5,6 "); // the last one has no end
    CHECK_TEXT(show("a,b\n1,2\n3\n4,5\n6,7,8\n", NULL, usual, out), "[1,2] 3 [4,5] 6,7,8 ");
    CHECK_TEXT(show("a,b\n1,2\n\"3\",4\n5,6\n", NULL, usual, out), "[1,2] 3,4 5,6 ");
    CHECK_TEXT(show("a,b\n1,2\n\n 3 ,4\n", NULL, usual, out), "[1,2 3,4] ");
}

static void test_headers_are_not_taken(struct text *out)
{
    struct files_options usual = {0};
    CHECK_TEXT(show("a,b\n1,2\na,b\n3,4\n a , b\n5,6\n", NULL, usual, out), "[1,2] a,b# [3,4] a,b# [5,6] ");
    CHECK_TEXT(show("a,b\n1,2\n\xEF\xBB\xBF"
                    "a,b\n3,4\n",
                    NULL, usual, out),
               "[1,2] \xEF\xBB\xBF"
               "a,b# [3,4] ");
    // What begins like a header is taken, unless it has the whole first cell of it.
    CHECK_TEXT(show("ab,b\n1,2\na,b\nabc,b\n,b\nab,c\n3,4\n", NULL, usual, out), "[1,2 a,b abc,b ,b] ab,c [3,4] ");
    CHECK_TEXT(show(",b\n1,2\n,3\n,b\n4,5\n", NULL, usual, out), "[1,2] ,3 ,b# [4,5] ");
    CHECK_TEXT(show("\xC2\xA0,b\n1,2\n,3\n,b\n4,5\n", NULL, usual, out), "[1,2] ,3 ,b# [4,5] "); // a blank name
    // Without a header all are rows, once the first was given out.
    usual.no_header = true;
    CHECK_TEXT(show("1,2\n3,4\n1,2\n,\n", NULL, usual, out), "1,2 [3,4 1,2 ,] ");
}

static void test_files_where_none_are_taken(struct text *out)
{
    struct files_options usual = {0};
    CHECK_TEXT(show("a,b\n1,2\n", "a,b\n3,4\n", usual, out), "[1,2] 3,4 ");
    CHECK_TEXT(show("a,b\n1,2\n", "a,b\n3,4\n5,6\n", usual, out), "[1,2] 3,4 [5,6] ");
    CHECK_TEXT(show("a,b\n1,2\n", "b,a\n3,4\n5,6\n", usual, out), "[1,2] 3,4 5,6 "); // another order
    CHECK_TEXT(show("a,b\n1,2\n", "a;b\n3;4\n5;6\n", usual, out), "[1,2] 3,4 5,6 "); // another delimiter
    struct files_options last = {.skip_last = 1};
    CHECK_TEXT(show("a,b\n1,2\n3,4\n5,6\n", NULL, last, out), "1,2 3,4 ");
    struct files_options named = {.file_column = "file"};
    CHECK_TEXT(show("a,b\n1,2\n3,4\n", NULL, named, out), "1,2 3,4 ");
    named.no_header = last.no_header = true;
    CHECK_TEXT(show("1,2\n3,4\n5,6\n", NULL, named, out), "1,2 3,4 5,6 ");
    CHECK_TEXT(show("1,2\n3,4\n5,6\n", NULL, last, out), "1,2 3,4 ");
}

static void test_close(void)
{
    struct progress progress;
    const struct row *rows;
    struct row row;
    struct files *files = open_files("a,b\n1,2\n3,4\n", "a,b\n5,6\n", (struct files_options){0}, &progress);
    files_close(files);
    CHECK(files_take(files, &rows) == 0);
    CHECK(files_next(files, &row) == READER_END);
    files_free(files);
}

int main(void)
{
    char directory[] = "/tmp/test-files-XXXXXX";
    if (mkdtemp(directory) == NULL || chdir(directory) != 0) {
        return 1;
    }
    struct text out = {0};
    if (LANE) {
        test_rows_at_hand(&out);
        test_headers_are_not_taken(&out);
        test_files_where_none_are_taken(&out);
    }
    test_close();
    text_free(&out);
    unlink("a.csv");
    unlink("b.csv");
    rmdir(directory);
    return tap_done();
}
