// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What table.h promises: several files are one table, records fit the header, and whatever is not given out is refused,
 * counted and said. Files are made in a directory of their own; standard error goes to one of them.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table.h"
#include "tap.h"
#include "text.h"

static const struct diag usual = {0};
static const struct cell_forms forms = {.decimal = '.'};
static const struct clock today = {0};

static struct table_options defaults(void)
{
    return (struct table_options){
        .reader = {.max_field = READER_MAX_FIELD}, .forms = &forms, .clock = &today, .diag = &usual};
}

static void write_file(const char *name, const char *bytes)
{
    FILE *file = fopen(name, "wb");
    fputs(bytes, file);
    fclose(file);
}

// The bytes of a file; "(none)" when there is no such file. Good until the next call.
static const char *read_file(const char *name)
{
    static char bytes[65536];
    FILE *file = fopen(name, "rb");
    if (file == NULL) {
        return "(none)";
    }
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[length] = '\0';
    fclose(file);
    return bytes;
}

// What was said since the last time. Good until the next call.
static const char *said(void)
{
    static char bytes[65536];
    fflush(stderr);
    snprintf(bytes, sizeof bytes, "%s", read_file("said"));
    FILE *emptied = freopen("said", "wb", stderr);
    return emptied == NULL ? "(lost)" : bytes;
}

static struct table *open_one(const char *bytes, const struct table_options *options)
{
    static const char *const paths[] = {"a.csv"};
    write_file(paths[0], bytes);
    return table_open(paths, 1, options);
}

static struct table *open_two(const char *first, const char *second, const struct table_options *options)
{
    static const char *const paths[] = {"a.csv", "b.csv"};
    write_file(paths[0], first);
    write_file(paths[1], second);
    return table_open(paths, 2, options);
}

static void append_row(struct text *out, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        text_append_string(out, i > 0 ? "," : "");
        text_append(out, row->cells[i]);
    }
    text_append_string(out, row->regular ? "\n" : "!\n"); // '!' tells what may not be copied as bytes
}

// All rows left, then the table closed. Good until the next call.
static const char *rows(struct table *table)
{
    static char bytes[8192];
    struct text text = {0};
    struct row row;
    while (table_next(table, &row)) {
        append_row(&text, &row);
    }
    table_close(table);
    snprintf(bytes, sizeof bytes, "%s", text_string(&text));
    text_free(&text);
    return bytes;
}

// Opens, reads and frees in one: the rows, with the status in *status.
static const char *read_one(const char *bytes, const struct table_options *options, int *status)
{
    struct table *table = open_one(bytes, options);
    const char *got = rows(table);
    *status = (int)table_status(table);
    table_free(table);
    return got;
}

static const char *read_two(const char *first, const char *second, const struct table_options *options, int *status)
{
    struct table *table = open_two(first, second, options);
    const char *got = rows(table);
    *status = (int)table_status(table);
    table_free(table);
    return got;
}

static void test_rows_come_as_they_stand(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_one("a,b\n1,2\n\"3\",4\n", &options, &status), "1,2\n3,4\n");
    CHECK(status == 0);
    CHECK_TEXT(read_one("a,b\n", &options, &status), "");
    CHECK(status == 0);
    CHECK_TEXT(said(), "");
}

static void test_empty_input(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_one("", &options, &status), "");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: a.csv: no header line\n");
    options.no_header = true;
    struct table *table = open_one("", &options);
    CHECK(table_stopped(table));
    CHECK(table_status(table) == STATUS_DONE);
    size_t index;
    CHECK(!table_role(table, ROLE_CUSTOMER, NULL, &index));
    CHECK(table_columns(table)->count == 0);
    table_free(table);
    CHECK_TEXT(said(), "");
}

static void test_no_header(void)
{
    struct table_options options = defaults();
    options.no_header = true;
    struct table *table = open_two("1,2\n3,4\n", "5,6\n1,2\n", &options);
    size_t index = 0;
    CHECK(table_columns(table)->count == 2);
    CHECK(table_column(table, "2", "--by", &index) && index == 1);
    CHECK_TEXT(rows(table), "1,2\n3,4\n5,6\n1,2\n"); // a record like the first one is data
    CHECK(table_rows(table) == 4);
    table_free(table);
    int status = -1;
    CHECK_TEXT(read_two("", "5,6\n", &options, &status), "5,6\n");
    CHECK(status == 0);
    CHECK_TEXT(said(), "");
}

static void test_missing_file(void)
{
    struct table_options options = defaults();
    struct table *table = table_open((const char *const[]){"nowhere.csv"}, 1, &options);
    struct row row;
    CHECK(table_stopped(table) && table_status(table) == STATUS_SYSTEM);
    CHECK(!table_next(table, &row));
    CHECK(table_columns(table)->count == 0);
    CHECK(table_delimiter(table) == ',');
    table_free(table);
    CHECK(strstr(said(), "nowhere.csv") != NULL);
}

static void test_several_files_are_one_table(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_two("a,b,c\n1,2,3\n", "c,a,b\n6,4,5\n", &options, &status), "1,2,3\n4,5,6!\n");
    CHECK(status == 0);
    CHECK_TEXT(read_two("a,b\n1,2\n", "a,b\n3,4", &options, &status), "1,2\n3,4\n");
    CHECK_TEXT(read_two("a,b\n1,2\n", "a;b\n3;4\n", &options, &status), "1,2\n3,4!\n"); // another delimiter
    CHECK_TEXT(said(), "");
    CHECK_TEXT(read_two("a,b\n1,2\n", "a,B\n3,4\n", &options, &status), "1,2\n");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: b.csv:1: the header is that of a.csv without 'b'; with 'B'\n");
    CHECK_TEXT(read_two("a,b\n1,2\n", "", &options, &status), "1,2\n");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: b.csv: no header line\n");
}

static void test_file_column(void)
{
    struct table_options options = defaults();
    options.file_column = "file";
    struct table *table = open_two("a,b\n1,2\n", "b,a\n4,3\na,b\nb,a\n", &options);
    size_t index = 9;
    CHECK(table_column(table, "b", "--by", &index) && index == 2);
    CHECK_TEXT(rows(table), "a.csv,1,2!\nb.csv,3,4!\nb.csv,b,a!\n");
    table_free(table);
    CHECK_TEXT(said(), "regulars: 1 repeated header left out\n"); // the one of its own file
    options.file_column = "a";
    int status = -1;
    CHECK_TEXT(read_one("a,b\n1,2\n", &options, &status), "");
    CHECK(status == 2);
    CHECK_TEXT(said(), "regulars: --file-column: column 'a' is there already\n");
    options.file_column = "file";
    options.no_header = true;
    table = open_one("1,2\n", &options);
    CHECK(table_column(table, "1", "--by", &index) && index == 1); // names come before numbers
    CHECK_TEXT(rows(table), "a.csv,1,2!\n");
    table_free(table);
}

static void test_repeated_headers(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_one("a,b\n1,2\na,b\n3,4\n\xEF\xBB\xBF"
                        "a,b\na,c\n",
                        &options, &status),
               "1,2\n3,4\na,c\n");
    CHECK(status == 0);
    CHECK_TEXT(said(), "regulars: 2 repeated headers left out\n");
    struct diag quiet = {.quiet = true};
    options.diag = &quiet;
    CHECK_TEXT(read_one("a,b\na,b\n", &options, &status), "");
    CHECK_TEXT(said(), "");
}

static void test_ragged_records(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_one("a,b\n1,2,,\n3,4,\" \"\n", &options, &status), "1,2!\n3,4!\n");
    CHECK(status == 0);
    CHECK_TEXT(read_one("a,b,c\n1,2,3\n\n1,2\n4,5,6\n", &options, &status), "1,2,3\n");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: a.csv:4: 2 cells, header has 3 (use --ragged=pad or --ragged=skip)\n");
    CHECK_TEXT(read_one("a,b\n1,2,3\n", &options, &status), "");
    CHECK_TEXT(said(), "regulars: a.csv:2: 3 cells, header has 2 (use --ragged=skip)\n");
    options.ragged = SHAPE_RAGGED_PAD;
    CHECK_TEXT(read_one("a,b,c\n1\n1,2,3\n", &options, &status), "1,,!\n1,2,3\n");
    CHECK(status == 0);
    CHECK_TEXT(said(), "regulars: 1 short record padded\n");
    CHECK_TEXT(read_one("a,b\n1,2,3\n", &options, &status), "");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: a.csv:2: 3 cells, header has 2 (use --ragged=skip)\n");
    options.ragged = SHAPE_RAGGED_SKIP;
    CHECK_TEXT(read_one("a,b\n1\n1,2\n1,2,3\n", &options, &status), "1,2\n");
    CHECK(status == 1); // nothing is dropped silently
    CHECK_TEXT(said(), "regulars: 2 ragged records left out\n");
    options.max_rejects = "2";
    CHECK_TEXT(read_one("a,b\n1\n1,2\n1,2,3\n", &options, &status), "1,2\n");
    CHECK(status == 0);
    said();
}

static void test_short_record_of_a_reordered_file(void)
{
    struct table_options options = defaults();
    options.ragged = SHAPE_RAGGED_PAD;
    int status = -1;
    CHECK_TEXT(read_two("a,b,c\n1,2,3\n", "c,b,a\n6,5\n", &options, &status), "1,2,3\n,5,6!\n");
    said();
}

static void test_malformed_records(void)
{
    struct table_options options = defaults();
    int status = -1;
    CHECK_TEXT(read_one("a,b\n1,2\n\"x\"y,2\n3,4\n", &options, &status), "1,2\n");
    CHECK(status == 1);
    CHECK(strncmp(said(), "regulars: a.csv:3: ", 19) == 0);
    CHECK_TEXT(read_one("\"a\"b,c\n1,2\n", &options, &status), "");
    CHECK(status == 1);
    CHECK(strncmp(said(), "regulars: a.csv:1: ", 19) == 0);
    options.rejects = "rejects.csv";
    CHECK_TEXT(read_one("a,b\n1,2\n\"x\"y,2\n3,4\n", &options, &status), "1,2\n3,4\n");
    CHECK(status == 1);
    CHECK_TEXT(said(), "regulars: 1 record rejected, see rejects.csv\n");
    CHECK(strstr(read_file("rejects.csv"), "\"\"\"x\"\"y,2\",\n") != NULL);
}

// Reads all rows and refuses those whose second cell is "bad".
static int refuse_bad(struct table *table)
{
    struct row row;
    while (table_next(table, &row)) {
        if (slice_is(row.cells[1], "bad")) {
            table_refuse(table, &row, 1, "not a number");
            table_refuse(table, &row, 0, "a second fault is not a second record");
        }
    }
    table_close(table);
    int status = (int)table_status(table);
    table_free(table);
    return status;
}

static void test_first_refusal_stops(void)
{
    struct table_options options = defaults();
    CHECK(refuse_bad(open_one("a,b\n1,2\n2,bad\n3,bad\n", &options)) == 1);
    CHECK_TEXT(said(), "regulars: a.csv:3: column 'b': not a number\n");
    struct diag shown = {.show_values = true};
    options.diag = &shown;
    CHECK(refuse_bad(open_one("a,b\n2,bad\n", &options)) == 1);
    CHECK_TEXT(said(), "regulars: a.csv:2: column 'b': not a number 'bad'\n");
    options = defaults();
    struct table *table = open_one("a,b\n1,2\n", &options);
    struct row row;
    CHECK(table_next(table, &row));
    table_refuse(table, &row, TABLE_NO_COLUMN, "both cannot be");
    CHECK(table_stopped(table) && !table_next(table, &row));
    table_free(table);
    CHECK_TEXT(said(), "regulars: a.csv:2: both cannot be\n");
}

static void test_rejects_file(void)
{
    struct table_options options = defaults();
    options.rejects = "rejects.csv";
    CHECK(refuse_bad(open_one("a,b\n1,2\n\"x, y\",bad\n3\n4,bad\n", &options)) == 1);
    CHECK_TEXT(said(), "regulars: 3 records rejected, see rejects.csv\n");
    CHECK_TEXT(read_file("rejects.csv"), "line,reason,a,b\n"
                                         "3,column 'b': not a number,\"x, y\",bad\n"
                                         "4,\"1 cell, header has 2\",3,\n"
                                         "5,column 'b': not a number,4,bad\n");
    CHECK(refuse_bad(open_one("a,b\n1,2\n", &options)) == 0); // an old file does not stay
    CHECK_TEXT(read_file("rejects.csv"), "line,reason,a,b\n");
    CHECK(refuse_bad(open_two("a,b\n1,2\n", "b,a\nbad,7\n", &options)) == 1);
    CHECK_TEXT(read_file("rejects.csv"), "line,reason,file,a,b\n2,column 'b': not a number,b.csv,7,bad\n");
    CHECK_TEXT(said(), "regulars: 1 record rejected, see rejects.csv\n");
    struct diag quiet = {.quiet = true};
    options.diag = &quiet;
    refuse_bad(open_one("a,b\n1,bad\n", &options));
    CHECK_TEXT(said(), "regulars: 1 record rejected, see rejects.csv\n"); // whatever is quiet
    options.rejects = "-";
    CHECK(refuse_bad(open_one("a,b\n1,2\n", &options)) == 2);
    said();
    options.rejects = "nowhere/rejects.csv";
    CHECK(refuse_bad(open_one("a,b\n1,2\n", &options)) == 3);
    CHECK(strstr(said(), "nowhere/rejects.csv") != NULL);
}

static void test_max_rejects(void)
{
    static const char bytes[] = "a,b\n1,bad\n2,bad\n3,3\n4,4\n";
    static const struct {
        const char *limit;
        int status;
    } cases[] = {{"1", 1}, {"2", 0}, {"49%", 1}, {"50%", 0}, {"100%", 0}, {"0", 1},  {"0%", 1},
                 {"x", 2}, {"", 2},  {"%", 2},   {"-1", 2},  {"1.5", 2},  {"-1%", 2}};
    struct table_options options = defaults();
    options.rejects = "rejects.csv";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        options.max_rejects = cases[i].limit;
        tap_report(refuse_bad(open_one(bytes, &options)) == cases[i].status, cases[i].limit, __FILE__, __LINE__);
    }
    said();
    options.max_rejects = "half";
    refuse_bad(open_one(bytes, &options));
    CHECK_TEXT(said(), "regulars: --max-rejects: 'half' is neither a number nor a percentage\n");
}

static void test_columns_and_roles(void)
{
    struct table_options options = defaults();
    size_t index = 9;
    struct table *table = open_one("user_id,when,revenue,cost,costs\n", &options);
    CHECK(table_role(table, ROLE_CUSTOMER, NULL, &index) && index == 0);
    CHECK(table_role(table, ROLE_DATE, "when", &index) && index == 1);
    CHECK(table_optional_role(table, ROLE_COST, NULL, &index) && index == 3);
    CHECK(table_optional_role(table, ROLE_REFUNDED, NULL, &index) && index == TABLE_NO_COLUMN);
    CHECK(!table_stopped(table));
    CHECK_TEXT(said(), "");
    CHECK(!table_role(table, ROLE_DATE, NULL, &index));
    CHECK(table_stopped(table) && table_status(table) == STATUS_USAGE);
    CHECK_TEXT(said(), "regulars: no column for the date; have: user_id, when, revenue, cost, costs "
                       "(name it with --date=COL)\n");
    CHECK(!table_role(table, ROLE_CUSTOMER, NULL, &index)); // and nothing more is said
    CHECK_TEXT(said(), "");
    table_free(table);
    table = open_one("user_id,revenue\n", &options);
    CHECK(!table_optional_role(table, ROLE_COST, "reveneu", &index));
    CHECK_TEXT(said(), "regulars: --cost: no column 'reveneu' (did you mean 'revenue'?); have: user_id, revenue\n");
    table_free(table);
    table = open_one("user_id,client_id\n", &options);
    CHECK(!table_optional_role(table, ROLE_CUSTOMER, NULL, &index));
    CHECK_TEXT(said(), "regulars: columns 'user_id' and 'client_id' may both be the customer: say which, "
                       "--customer=user_id or --customer=client_id\n");
    table_free(table);
}

static void test_verbose_says_what_was_chosen(void)
{
    struct table_options options = defaults();
    struct diag verbose = {.verbose = true};
    options.diag = &verbose;
    struct table *table = open_one("user_id\tb\n1\t2\n", &options);
    size_t index;
    table_role(table, ROLE_CUSTOMER, NULL, &index);
    rows(table);
    table_free(table);
    CHECK_TEXT(said(), "regulars: a.csv: encoding UTF-8, delimiter tab, columns: 2\n"
                       "regulars: customer: column 'user_id'\n"
                       "regulars: 1 row read, 1 used\n");
}

static void test_wrong_delimiter_is_hinted_at(void)
{
    struct table_options options = defaults();
    options.reader.delimiter = ',';
    size_t index;
    struct table *table = open_one("user_id;date\n1;2\n", &options);
    CHECK(!table_role(table, ROLE_DATE, NULL, &index));
    CHECK_TEXT(said(), "regulars: no column for the date; have: user_id;date (name it with --date=COL); the header is "
                       "one column, try --delimiter=';'\n");
    table_free(table);
    table = open_one("user_id\tdate\n", &options);
    CHECK(!table_column(table, "date", "--by", &index));
    CHECK_TEXT(said(), "regulars: --by: no column 'date'; have: user_id date; the header is one column, try "
                       "--delimiter='\\t'\n");
    table_free(table);
}

static void test_new_columns(void)
{
    struct table_options options = defaults();
    struct table *table = open_one("customer, segment ,x,x\n", &options);
    CHECK(table_new_column(table, "tier", false));
    CHECK(!table_new_column(table, "segment", true));
    CHECK(table_status(table) == STATUS_USAGE);
    CHECK_TEXT(said(), "regulars: column 'segment' is there already (name the new one with --as=NAME)\n");
    table_free(table);
    table = open_one("customer,x,x\n", &options);
    CHECK(!table_new_column(table, "x", false));
    CHECK_TEXT(said(), "regulars: column 'x' is there already\n");
    table_free(table);
}

// The keys of the first column, parted by blanks; closes the table. Good until the next call.
static const char *keys(struct table *table)
{
    static char bytes[256];
    struct text text = {0};
    struct row row;
    struct slice key;
    while (table_next(table, &row)) {
        if (table_key(table, &row, 0, &key)) {
            text_append(&text, key);
            text_append_byte(&text, ' ');
        }
    }
    table_close(table);
    snprintf(bytes, sizeof bytes, "%s", text_string(&text));
    text_free(&text);
    return bytes;
}

static void test_keys(void)
{
    struct table_options options = defaults();
    struct table *table = open_one("a,b\n 013800138000 ,1\n\"\tBob@X.com　\",2\nbob@x.com,3\n", &options);
    CHECK_TEXT(keys(table), "013800138000 Bob@X.com bob@x.com ");
    table_free(table);
    options.fold_case = true;
    table = open_one("a,b\nBob@X.COM,1\nÉVA,2\n", &options);
    CHECK_TEXT(keys(table), "bob@x.com Éva "); // ASCII letters alone
    table_free(table);
    table = open_one("a,b\n186****05,1\n", &options);
    CHECK_TEXT(keys(table), "");
    CHECK(table_status(table) == STATUS_DATA);
    CHECK_TEXT(said(), "regulars: a.csv:2: column 'a': masked, so it cannot tell customers apart\n");
    table_free(table);
    table = open_one("a,b\n1.38E+10,1\n", &options);
    CHECK_TEXT(keys(table), "");
    CHECK(table_status(table) == STATUS_DATA);
    CHECK_TEXT(said(), "regulars: a.csv:2: column 'a': rounded by a spreadsheet, so it cannot tell customers apart\n");
    table_free(table);
    table = open_one("a,b\nE+10,1\n1.38E-10,2\n1E+,3\nx1E+10,4\n", &options);
    CHECK_TEXT(keys(table), "e+10 1.38e-10 1e+ x1e+10 ");
    table_free(table);
    table = open_one("a,b\nx,1\n,2\n", &options);
    CHECK_TEXT(keys(table), "x ");
    CHECK(table_status(table) == STATUS_DATA);
    CHECK_TEXT(said(),
               "regulars: a.csv:3: column 'a': blank, but a customer is needed (or use --blank-customer=skip)\n");
    table_free(table);
    options.blank_customer = TABLE_BLANK_SKIP;
    table = open_one("a,b\nx,1\n,2\nNULL,3\n——,4\ny,5\n", &options);
    CHECK_TEXT(keys(table), "x y ");
    CHECK(table_status(table) == STATUS_DONE);
    CHECK_TEXT(said(), "regulars: 3 rows left out: no customer\n");
    table_free(table);
}

static void test_two_folded_keys_of_one_row_live_together(void)
{
    struct table_options options = defaults();
    options.fold_case = true;
    struct table *table = open_one("a,b\nX,Y\nZ,W\n", &options);
    struct row row;
    struct slice one = {0};
    struct slice two = {0};
    CHECK(table_next(table, &row) && table_key(table, &row, 0, &one) && table_key(table, &row, 1, &two));
    CHECK(slice_is(one, "x") && slice_is(two, "y"));
    CHECK(table_next(table, &row) && table_key(table, &row, 0, &one) && slice_is(one, "z"));
    table_free(table);
}

// However many rows there are.
static void test_folded_keys_take_the_memory_of_the_last_row(void)
{
    struct table_options options = defaults();
    options.fold_case = true;
    struct table *table = open_one("a,b\n1,2\nX,1\nY,2\nZ,3\n", &options);
    struct row row;
    struct slice key = {0};
    uintptr_t first = 0;
    CHECK(table_next(table, &row));
    for (int i = 0; i < 3; i++) {
        CHECK(table_next(table, &row) && table_key(table, &row, 0, &key));
        first = i == 0 ? (uintptr_t)key.data : first;
        CHECK((uintptr_t)key.data == first);
    }
    table_free(table);
}

static void test_needs(void)
{
    struct table_options options = defaults();
    struct row row;
    struct table *table = open_one("a,b\n1,2\n", &options);
    CHECK(table_next(table, &row));
    CHECK(table_needs(table, &row, 1, CELL_OK, "a date"));
    CHECK(!table_needs(table, &row, 1, CELL_BLANK, "a date"));
    table_free(table);
    CHECK_TEXT(said(), "regulars: a.csv:2: column 'b': blank, but a date is needed\n");
    table = open_one("a,b\n1,2\n", &options);
    CHECK(table_next(table, &row));
    CHECK(!table_needs(table, &row, 1, CELL_BAD, "a date"));
    table_free(table);
    CHECK_TEXT(said(), "regulars: a.csv:2: column 'b': not a date\n");
}

static void test_rows_left_out_are_said_once(void)
{
    struct table_options options = defaults();
    struct table *table = open_one("a,b\n1,2\n", &options);
    char later[] = "dated after today"; // the same words elsewhere in memory
    table_leave_out(table, "dated after today");
    table_leave_out(table, "unknown customers");
    table_leave_out(table, later);
    table_close(table);
    table_close(table);
    table_free(table);
    CHECK_TEXT(said(), "regulars: 2 rows left out: dated after today\nregulars: 1 row left out: unknown customers\n");
}

static void test_stop(void)
{
    struct table_options options = defaults();
    struct table *table = open_one("a,b\n1,2\n", &options);
    struct row row;
    table_stop(table, STATUS_SYSTEM);
    table_stop(table, STATUS_DATA);
    CHECK(!table_next(table, &row));
    table_close(table);
    CHECK(table_status(table) == STATUS_SYSTEM); // the gravest
    table_free(table);
}

// Rows come from the files by the dozen. What ends a table ends it at once, and those not given out are not counted.
static void test_rows_at_hand_end_with_the_table(void)
{
    static const char bytes[] = "a,b\n1,2\n3,bad\n5,6\n7,bad\n9,10\n";
    struct table_options options = defaults();
    struct diag verbose = {.verbose = true};
    struct row row;
    struct table *table = open_one(bytes, &options);
    CHECK(table_next(table, &row) && table_next(table, &row));
    table_stop(table, STATUS_SYSTEM);
    CHECK(!table_next(table, &row) && table_rows(table) == 2);
    table_free(table);
    options.diag = &verbose;
    options.rejects = "rejects.csv";
    options.max_rejects = "33%";
    table = open_one(bytes, &options);
    CHECK(table_next(table, &row) && table_next(table, &row) && slice_is(row.cells[1], "bad"));
    table_refuse(table, &row, 1, "not a number");
    CHECK(table_next(table, &row) && table_rows(table) == 3 && row.line == 4);
    said();
    table_close(table);
    CHECK_TEXT(said(), "regulars: 3 rows read, 2 used\nregulars: 1 record rejected, see rejects.csv\n");
    CHECK(table_status(table) == STATUS_DATA); // one of three, not of five
    CHECK(!table_next(table, &row) && table_rows(table) == 3);
    table_free(table);
}

// All rows at hand are looked at where that is wanted, and one that fits tells that the header is no comma short.
static void test_rows_at_hand_are_looked_at(void)
{
    struct table_options options = defaults();
    int status = -1;
    options.watched = true;
    CHECK_TEXT(read_one("a,b\n1,2\n2,3\n3,1.38E+10\n", &options, &status), "1,2\n2,3\n3,1.38E+10\n");
    CHECK(strstr(said(), "a.csv: column 'b': numbers such as 1.38E+10") != NULL);
    CHECK_TEXT(read_one("a,b\n1,2,,\n", &options, &status), "1,2!\n");
    CHECK_TEXT(said(), "");
    CHECK_TEXT(read_one("a,b\n1,2,,\n3,4\n5,6\n", &options, &status), "1,2!\n3,4\n5,6\n");
    CHECK(strstr(said(), "1 record has more cells than the header") != NULL);
    CHECK_TEXT(read_one("a,b\n3,4\n5,6\n1,2,,\n", &options, &status), "3,4\n5,6\n1,2!\n");
    CHECK(strstr(said(), "1 record has more cells than the header") != NULL);
}

static void test_where(void)
{
    struct table_options options = defaults();
    int status = -1;
    options.where = "b > 1";
    CHECK_TEXT(read_one("a,b\nx,1\ny,2\nz,\nw,3\n", &options, &status), "y,2\nw,3\n");
    CHECK(status == 0);
    CHECK_TEXT(said(), "");
    CHECK_TEXT(read_one("a,b\nx,1\ny,many\nw,3\n", &options, &status), "");
    CHECK(status == 1);
    CHECK(strncmp(said(), "regulars: a.csv:3: column 'b': ", 31) == 0);
    options.where = "c > 1";
    CHECK_TEXT(read_one("a,b\nx,1\n", &options, &status), "");
    CHECK(status == 2);
    CHECK(strncmp(said(), "regulars: --where:1:1: ", 23) == 0);
    options.where = "b > 1";
    options.rejects = "rejects.csv";
    CHECK_TEXT(read_one("a,b\nx,many\ny,2\n", &options, &status), "y,2\n");
    said();
}

int main(void)
{
    char directory[] = "/tmp/test-table-XXXXXX";
    if (mkdtemp(directory) == NULL || chdir(directory) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_rows_come_as_they_stand();
    test_empty_input();
    test_no_header();
    test_missing_file();
    test_several_files_are_one_table();
    test_file_column();
    test_repeated_headers();
    test_ragged_records();
    test_short_record_of_a_reordered_file();
    test_malformed_records();
    test_first_refusal_stops();
    test_rejects_file();
    test_max_rejects();
    test_columns_and_roles();
    test_verbose_says_what_was_chosen();
    test_wrong_delimiter_is_hinted_at();
    test_new_columns();
    test_keys();
    test_two_folded_keys_of_one_row_live_together();
    test_folded_keys_take_the_memory_of_the_last_row();
    test_needs();
    test_rows_left_out_are_said_once();
    test_stop();
    test_rows_at_hand_end_with_the_table();
    test_rows_at_hand_are_looked_at();
    test_where();
    unlink("a.csv");
    unlink("b.csv");
    unlink("rejects.csv");
    unlink("said");
    rmdir(directory);
    return tap_done();
}
