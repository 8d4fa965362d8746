// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * addresses: a table of owners read from a file; a row that is no owner's only address is refused.
 */
#include "../../cmd/remind/addresses.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};
static const struct clock today = {0};
static const char path[] = "owners.csv";
static const char rejects[] = "bad.csv";

static enum status read_owners(struct addresses *addresses, const char *bytes, bool leave_out)
{
    static const char *const paths[] = {path};
    struct table_options options = {.reader = {.max_field = READER_MAX_FIELD},
                                    .rejects = leave_out ? rejects : NULL,
                                    .forms = &forms,
                                    .clock = &today,
                                    .diag = &quiet};
    FILE *file = fopen(path, "wb");
    fputs(bytes, file);
    fclose(file);
    *addresses = (struct addresses){0};
    struct table *table = table_open(paths, 1, &options);
    enum status status = addresses_read(addresses, table);
    table_free(table);
    return status;
}

static void test_owners_are_found(void)
{
    struct addresses addresses;
    CHECK(read_owners(&addresses,
                      "owner,address,name\n mei , mei@example.org ,Mei Li\n,desk@example.org,\ntom,t@b.c,\n",
                      false) == STATUS_DONE);
    const struct address *mei = addresses_find(&addresses, slice_of("mei"));
    CHECK(mei != NULL && slice_is(mei->address, "mei@example.org") && slice_is(mei->name, "Mei Li"));
    const struct address *tom = addresses_find(&addresses, slice_of("tom"));
    CHECK(tom != NULL && slice_is(tom->address, "t@b.c") && tom->name.length == 0);
    const struct address *nobody = addresses_find(&addresses, slice_of("")); // contacts of no owner have a desk too
    CHECK(nobody != NULL && slice_is(nobody->address, "desk@example.org"));
    CHECK(addresses_find(&addresses, slice_of("Mei")) == NULL && addresses_find(&addresses, slice_of("me")) == NULL);
    addresses_free(&addresses);
}

static void test_columns(void)
{
    struct addresses addresses;
    CHECK(read_owners(&addresses, "x,address,owner\n1,a@b.c,mei\n", false) == STATUS_DONE);
    const struct address *mei = addresses_find(&addresses, slice_of("mei"));
    CHECK(mei != NULL && slice_is(mei->address, "a@b.c") && mei->name.length == 0);
    addresses_free(&addresses);
    CHECK(read_owners(&addresses, "owner,mail\nmei,a@b.c\n", false) == STATUS_USAGE);
    CHECK(addresses_find(&addresses, slice_of("mei")) == NULL);
    addresses_free(&addresses);
    CHECK(read_owners(&addresses, "address,name\na@b.c,mei\n", false) == STATUS_USAGE);
    addresses_free(&addresses);
}

static void test_empty_tables(void)
{
    struct addresses addresses;
    CHECK(read_owners(&addresses, "owner,address\n", false) == STATUS_DONE);
    CHECK(addresses_find(&addresses, slice_of("mei")) == NULL);
    addresses_free(&addresses);
    CHECK(read_owners(&addresses, "", false) != STATUS_DONE);
    addresses_free(&addresses);
    addresses = (struct addresses){0}; // never read: nobody has an address
    CHECK(addresses_find(&addresses, slice_of("mei")) == NULL);
    addresses_free(&addresses);
}

static void test_what_is_refused(void)
{
    static const char *const rows[] = {
        "mei,\n",
        "mei,mei\n",
        "mei,-f@example.org\n",
        "mei,a@b.c; rm\n",
        "mei,\"a@b.c\nBcc: x@y.z\"\n",
        "mei,a@b.c\nmei,a@b.c\n",
        "mei,a@b.c\n mei ,d@e.f\n",
        "mei,a@b.c,too,many\n",
    };
    struct addresses addresses;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char bytes[256];
        snprintf(bytes, sizeof bytes, "owner,address\ntom,tom@example.org\n%s", rows[i]);
        CHECK(read_owners(&addresses, bytes, false) == STATUS_DATA);
        CHECK(addresses_find(&addresses, slice_of("tom")) != NULL); // what was read before stays until it is freed
        addresses_free(&addresses);
    }
}

// Who lets bad rows go to a file has the first address of an owner, and all the others.
static void test_bad_rows_are_left_out(void)
{
    struct addresses addresses;
    CHECK(read_owners(&addresses, "owner,address\nmei,a@b.c\nmei,d@e.f\nann,none\ntom,t@b.c\n", true) == STATUS_DONE);
    CHECK(slice_is(addresses_find(&addresses, slice_of("mei"))->address, "a@b.c"));
    CHECK(addresses_find(&addresses, slice_of("ann")) == NULL);
    CHECK(addresses_find(&addresses, slice_of("tom")) != NULL);
    addresses_free(&addresses);
}

static void test_many_owners(void)
{
    static char bytes[400000];
    size_t length = (size_t)snprintf(bytes, sizeof bytes, "owner,address,name\n");
    for (int i = 0; i < 5000; i++) {
        length += (size_t)snprintf(bytes + length, sizeof bytes - length,
                                   "the owner with number %d,o%d@example.org,%d\n", i, i, i);
    }
    struct addresses addresses;
    bool right = read_owners(&addresses, bytes, false) == STATUS_DONE;
    for (int i = 0; i < 5000 && right; i++) {
        char owner[64];
        char expected[64];
        snprintf(owner, sizeof owner, "the owner with number %d", i);
        snprintf(expected, sizeof expected, "o%d@example.org", i);
        const struct address *found = addresses_find(&addresses, slice_of(owner));
        right = found != NULL && slice_is(found->address, expected);
    }
    CHECK(right);
    addresses_free(&addresses);
}

int main(void)
{
    char folder[] = "/tmp/test_addresses.XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_owners_are_found();
    test_columns();
    test_empty_tables();
    test_what_is_refused();
    test_bad_rows_are_left_out();
    test_many_owners();
    remove(path);
    remove(rejects);
    remove("said");
    rmdir(folder);
    return tap_done();
}
