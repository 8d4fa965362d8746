// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendars: names of calendars, and what is wrong with a list of files. Run in the root of the tree.
 */
#include "../../cmd/remind/calendars.h"

#include "../../cmd/remind/answer.h"
#include "tap.h"

static enum status read_list(struct calendars *calendars, const char *list)
{
    return calendars_read(calendars, slice_of(list));
}

static const char *found(const struct calendars *calendars, const char *name, struct workdays **workdays)
{
    static struct text problem;
    text_clear(&problem);
    return calendars_find(calendars, slice_of(name), workdays, &problem) ? "" : text_string(&problem);
}

static void read_answers(void)
{
    bool yes = false;
    CHECK(answer_read(slice_of("Yes"), &yes) && yes);
    CHECK(answer_read(slice_of("否"), &yes) && !yes);
    CHECK(answer_read(slice_of("X"), &yes) && yes);
    CHECK(answer_read(slice_of("0"), &yes) && !yes);
    CHECK(!answer_read(slice_of(""), &yes));
    CHECK(!answer_read(slice_of("perhaps"), &yes));
}

int main(void)
{
    struct calendars *calendars = calendars_create(NULL);
    struct workdays *workdays;
    struct workdays *chinese;
    CHECK_TEXT(found(calendars, "", &workdays), "");
    CHECK(workdays == NULL);
    CHECK(read_list(calendars, "CN=tests/data/remind/holidays-cn-2025.json, tests/data/remind/holidays-cn-2026.json") ==
          STATUS_DONE);
    CHECK_TEXT(found(calendars, "CN", &chinese), "");
    CHECK(chinese != NULL);
    CHECK_TEXT(found(calendars, "", &workdays), "");
    CHECK(workdays == NULL); // files were given under a name only
    CHECK(read_list(calendars, "tests/data/remind/holidays-eu.csv") == STATUS_DONE);
    CHECK_TEXT(found(calendars, "", &workdays), "");
    CHECK(workdays != NULL && workdays != chinese);
    CHECK_TEXT(found(calendars, "none", &workdays), "");
    CHECK(workdays == NULL);
    CHECK_TEXT(found(calendars, "CM", &workdays), "no calendar 'CM' (did you mean 'CN'?)");
    CHECK_TEXT(found(calendars, "Norway", &workdays), "no calendar 'Norway': give it with --holidays=Norway=FILE");
    CHECK(read_list(calendars, "none=tests/data/remind/holidays-eu.csv") == STATUS_USAGE);
    CHECK(read_list(calendars, "CN=") == STATUS_USAGE);
    CHECK(read_list(calendars, "CN=-") == STATUS_USAGE); // standard input is for customers
    CHECK(read_list(calendars, "tests/data/remind/holidays-eu.csv,") == STATUS_USAGE);
    CHECK(read_list(calendars, "tests/data/no=such.csv") == STATUS_SYSTEM); // a path with '=' in it, not a name
    calendars_free(calendars);
    calendars_free(NULL);
    read_answers();
    return tap_done();
}
