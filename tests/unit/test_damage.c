// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What damage.h promises: rounded and masked values are known, and no other is taken for one.
 */
#include "damage.h"

#include <stdio.h>
#include <unistd.h>

#include "tap.h"

static bool rounded(const char *value)
{
    return damage_is_rounded(slice_of(value));
}

static void test_values(void)
{
    CHECK(rounded("1.38E+10") && rounded("1.10101E+17") && rounded("5E+10"));
    CHECK(!rounded("1.38E-10") && !rounded("1.38e+10") && !rounded("13800138000") && !rounded("E+10") && !rounded(""));
    CHECK(!rounded("x1.38E+10") && !rounded("1.38E+1x") && !rounded("138E+100"));
    CHECK(damage_is_masked(slice_of("186****05")) && damage_is_masked(slice_of("张*")));
    CHECK(!damage_is_masked(slice_of("18612345605")) && !damage_is_masked(slice_of("")));
}

// What is said of one column with these values, of which the last is NULL. Good until the next call.
static const char *said(const char *const *values)
{
    static char bytes[1000];
    struct damage damage = {0};
    struct columns columns = {0};
    struct slice name = slice_of(" id ");
    columns_set(&columns, &(struct row){.cells = &name, .count = 1});
    for (; *values != NULL && damage_wants(&damage); values++) {
        struct slice cell = slice_of(*values);
        damage_look(&damage, &(struct row){.cells = &cell, .count = 1});
    }
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    damage_say(&damage, &columns, "f.csv", &(struct diag){0});
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    damage_free(&damage);
    columns_free(&columns);
    return bytes;
}

#define SAID(...) said((const char *const[]){__VA_ARGS__, NULL})

static void test_columns(void)
{
    static const char *const zeroes =
        "regulars: f.csv: column 'id': its long numbers end in zeroes: a spreadsheet rounded them, the last digits are "
        "lost\n";
    CHECK_TEXT(SAID("110101199003070000", "110101199003080000", "110101198503070000"), zeroes);
    CHECK_TEXT(SAID("110101199003070000", "", "x", "12", "110101199003080000", " 110101198503070000 "), zeroes);
    CHECK_TEXT(SAID("110101199003070000", "110101199003080000", "110101198503070017"), ""); // one is precise
    CHECK_TEXT(SAID("110101199003070000", "110101199003080000"), "");                       // too few to be sure
    CHECK_TEXT(SAID("1000000000", "2000000000", "3000000000", "4000000000"), "");
    CHECK_TEXT(SAID("abc", "1.38E+10"),
               "regulars: f.csv: column 'id': numbers such as 1.38E+10: a spreadsheet rounded them, the last digits "
               "are lost\n");
    CHECK_TEXT(SAID("186****05", "138******99", ""),
               "regulars: f.csv: column 'id': masked with asterisks, so it cannot tell customers apart\n");
    CHECK_TEXT(SAID("186****05", "138", "139"), "");
    CHECK_TEXT(SAID("a **bold** word in a long line of prose that nobody would take for a name", "x *", "y"), "");
    CHECK_TEXT(SAID("*", "*", "*"), "");
}

static void test_only_the_first_rows(void)
{
    struct damage damage = {0};
    struct slice cell = slice_of("x");
    uint64_t looked = 0;
    while (damage_wants(&damage)) {
        looked++;
        damage_look(&damage, &(struct row){.cells = &cell, .count = 1});
    }
    CHECK(looked == DAMAGE_ROWS);
    damage_free(&damage);
}

int main(void)
{
    test_values();
    test_columns();
    test_only_the_first_rows();
    return tap_done();
}
