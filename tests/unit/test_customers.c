// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What customers.h promises: every row whole and in order, its key beside it, and a quick answer to who is among them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "customers.h"
#include "tap.h"

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};
static const struct clock today = {0};

// A table over these bytes, in the file "people.csv" here.
static struct table *open_people(const char *bytes, bool fold_case, enum table_blank_customer blank)
{
    static const char *const paths[] = {"people.csv"};
    FILE *file = fopen(paths[0], "wb");
    fputs(bytes, file);
    fclose(file);
    struct table_options options = {.reader = {.max_field = READER_MAX_FIELD},
                                    .fold_case = fold_case,
                                    .blank_customer = blank,
                                    .forms = &forms,
                                    .clock = &today,
                                    .diag = &quiet};
    return table_open(paths, 1, &options);
}

static void test_rows_are_kept_whole(void)
{
    struct table *table = open_people("name,customer\n\"A, B\", 7\nC,8\n\"5\"\" disk\",7\n", false, TABLE_BLANK_ERROR);
    struct customers *customers = customers_read(table, 1);
    CHECK(customers != NULL);
    CHECK(customers_count(customers) == 3); // who stands twice is there twice
    struct row row = {0};
    struct slice key = {0};
    customers_row(customers, 0, &row, &key);
    CHECK(row.count == 2 && slice_is(row.cells[0], "A, B") && slice_is(row.cells[1], "7") && slice_is(key, "7"));
    customers_row(customers, 2, &row, &key);
    CHECK(row.count == 2 && slice_is(row.cells[0], "5\" disk") && slice_is(key, "7") && row.line == 4);
    CHECK(row.regular && slice_is(row.raw, "\"5\"\" disk\",7"));
    customers_row(customers, 1, &row, &key);
    CHECK(slice_is(row.cells[0], "C") && slice_is(key, "8"));
    CHECK(customers_has(customers, slice_of("8")));
    CHECK(!customers_has(customers, slice_of("9")));
    CHECK(!customers_has(customers, slice_of("")));
    customers_free(customers);
    table_free(table);
}

static void test_keys_are_folded_like_the_log(void)
{
    struct table *table = open_people("email,x\n Bob@X.com ,1\n", true, TABLE_BLANK_ERROR);
    struct customers *customers = customers_read(table, 0);
    struct row row = {0};
    struct slice key = {0};
    customers_row(customers, 0, &row, &key);
    CHECK(slice_is(key, "bob@x.com") && slice_is(row.cells[0], "Bob@X.com"));
    CHECK(customers_has(customers, slice_of("bob@x.com")));
    customers_free(customers);
    table_free(table);
}

static void test_no_customers(void)
{
    struct table *table = open_people("customer,x\n", false, TABLE_BLANK_ERROR);
    struct customers *customers = customers_read(table, 0);
    CHECK(customers != NULL && customers_count(customers) == 0);
    CHECK(!customers_has(customers, slice_of("a")));
    customers_free(customers);
    table_free(table);
    customers_free(NULL);
}

static void test_bad_keys(void)
{
    struct table *table = open_people("customer,x\na,1\n186****05,2\n", false, TABLE_BLANK_ERROR);
    CHECK(customers_read(table, 0) == NULL);
    CHECK(table_status(table) == STATUS_DATA);
    table_free(table);
    table = open_people("customer,x\na,1\n,2\nb,3\n", false, TABLE_BLANK_SKIP);
    struct customers *customers = customers_read(table, 0);
    CHECK(customers != NULL && customers_count(customers) == 2);
    customers_free(customers);
    table_free(table);
}

int main(void)
{
    char directory[] = "/tmp/test-customers-XXXXXX";
    if (mkdtemp(directory) == NULL || chdir(directory) != 0) {
        return 1;
    }
    test_rows_are_kept_whole();
    test_keys_are_folded_like_the_log();
    test_no_customers();
    test_bad_keys();
    unlink("people.csv");
    rmdir(directory);
    return tap_done();
}
