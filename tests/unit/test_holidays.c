// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * holidays: both forms of files, what is tolerated, and what is refused.
 */
#include "../../cmd/remind/holidays.h"

#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

static int32_t day_of(const char *text)
{
    struct date_time value = {0};
    return date_read(slice_of(text), DATE_YMD, &value) ? value.day : 0;
}

static enum status read_text(struct workdays *workdays, const char *text)
{
    char path[] = "/tmp/test_holidays.XXXXXX";
    int descriptor = mkstemp(path);
    size_t length = strlen(text);
    bool written = descriptor != -1 && write(descriptor, text, length) == (ssize_t)length;
    enum status status = written ? holidays_read(workdays, path, NULL) : STATUS_SYSTEM;
    close(descriptor);
    unlink(path);
    return status;
}

static enum status tried(const char *text)
{
    struct workdays *workdays = workdays_create();
    enum status status = read_text(workdays, text);
    workdays_free(workdays);
    return status;
}

static bool is_unknown(struct workdays *workdays, int wanted)
{
    bool found = false;
    for (int year = 0; workdays_next_unknown(workdays, &year);) {
        found = found || year == wanted;
    }
    return found;
}

static void read_json(void)
{
    struct workdays *workdays = workdays_create();
    CHECK(read_text(workdays, "\xef\xbb\xbf {\"$schema\":\"x\",\"days\":[{\"isOffDay\":true,\"date\":\"2026-05-01\","
                              "\"more\":{\"a\":[]}},{\"name\":\"\\u52b3\",\"date\":\"2026-05-09\",\"isOffDay\":false}],"
                              "\"year\":2026}\n") == STATUS_DONE);
    CHECK(!workdays_works(workdays, day_of("2026-05-01")));
    CHECK(workdays_works(workdays, day_of("2026-05-09")));
    CHECK(workdays_works(workdays, day_of("2026-05-04")));
    CHECK(!is_unknown(workdays, 2026));
    // No days, but the papers that say so: known. Neither: not published yet.
    CHECK(read_text(workdays, "{\"year\":2027,\"papers\":[\"https://example.org\"],\"days\":[]}") == STATUS_DONE);
    CHECK(read_text(workdays, "{\"year\":2028,\"papers\":[],\"days\":[]}") == STATUS_DONE);
    CHECK(workdays_works(workdays, day_of("2027-05-03")) && !is_unknown(workdays, 2027));
    CHECK(workdays_works(workdays, day_of("2028-05-01")) && is_unknown(workdays, 2028));
    workdays_free(workdays);
}

static void refuse_json(void)
{
    CHECK(tried("{}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026}") == STATUS_USAGE);
    CHECK(tried("{\"days\":[]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":\"2026\",\"days\":[]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":0,\"days\":[]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[{\"date\":\"2026-02-30\",\"isOffDay\":true}]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[{\"date\":\"2026-02-03 10:00\",\"isOffDay\":true}]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[{\"date\":\"2026-02-03\"}]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[{\"isOffDay\":true}]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[{\"date\":\"2026-02-03\",\"isOffDay\":\"yes\"}]}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[]} {}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[],\"a\":\"\xff\"}") == STATUS_USAGE);
    CHECK(tried("{\"year\":2026,\"days\":[") == STATUS_USAGE);
}

static void read_csv(void)
{
    struct workdays *workdays = workdays_create();
    CHECK(read_text(workdays, "name;date;working;where\n# made in the office\nChristmas;2026-12-25;;all\n"
                              ";;;\nbefore it;2026-12-19;yes\nBoxing;2026-12-28;no;UK\n") == STATUS_DONE);
    CHECK(!workdays_works(workdays, day_of("2026-12-25")));
    CHECK(workdays_works(workdays, day_of("2026-12-19")));
    CHECK(!workdays_works(workdays, day_of("2026-12-28")));
    CHECK(!is_unknown(workdays, 2026));
    CHECK(workdays_works(workdays, day_of("2027-01-01")) && is_unknown(workdays, 2027));
    CHECK(read_text(workdays, "date\n2027-01-01\n") == STATUS_DONE);
    CHECK(!workdays_works(workdays, day_of("2027-01-01")) && !is_unknown(workdays, 2027));
    workdays_free(workdays);
    CHECK(tried("date,name\n") == STATUS_DONE);
    CHECK(tried("") == STATUS_USAGE);
    CHECK(tried("day,name\n2026-12-25,x\n") == STATUS_USAGE);
    CHECK(tried("date\n25.12.2026\n") == STATUS_USAGE);
    CHECK(tried("date,working\n2026-12-25,perhaps\n") == STATUS_USAGE);
    CHECK(tried("date,working\n\"2026-12-25,x\n") == STATUS_USAGE);
}

int main(void)
{
    read_json();
    refuse_json();
    read_csv();
    CHECK(holidays_read(NULL, "/nowhere/holidays.json", NULL) == STATUS_SYSTEM);
    struct workdays *workdays = workdays_create();
    for (int32_t day = day_of("2026-01-01"); day < day_of("2027-02-01"); day++) {
        workdays_tell(workdays, day, false);
    }
    CHECK(read_text(workdays, "date\n2026-12-25\n") == STATUS_USAGE); // no day of work to move to
    workdays_free(workdays);
    return tap_done();
}
