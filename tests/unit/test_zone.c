// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Time zones: gaps and repeated hours as RFC 5545 3.3.5 has them, the TZ variable, and the C library as a witness. What
 * needs the tz database is checked only where the system has it.
 */
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

static int64_t seconds_of(const char *text)
{
    struct date_time value = {0};
    date_read(slice_of(text), DATE_YMD, &value);
    return (int64_t)value.day * DATE_DAY_SECONDS + value.second;
}

static const char *text_of(int64_t seconds)
{
    static char out[DATE_SIZE];
    date_print_time(out, seconds);
    return out;
}

// The instant of a local time, as text in UTC; "" when the system does not know the zone.
static const char *instant_of(const char *name, const char *local)
{
    struct zone *zone = zone_open(name);
    if (zone == NULL) {
        return "";
    }
    const char *text = text_of(zone_to_instant(zone, seconds_of(local)));
    zone_free(zone);
    return text;
}

static const char *local_of(const char *name, const char *instant)
{
    struct zone *zone = zone_open(name);
    if (zone == NULL) {
        return "";
    }
    const char *text = text_of(zone_to_local(zone, seconds_of(instant)));
    zone_free(zone);
    return text;
}

static bool system_has_zones(void)
{
    struct zone *zone = zone_open("Europe/Berlin");
    zone_free(zone);
    return zone != NULL;
}

// A file as the tz database has them: two blocks, of which the second has one change of the clock, from UTC+1 to UTC+2
// at 2000-01-01, and a rule for later.
static const char tz_file[] = "TZif2" // the first block is empty
                              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                              "TZif2"
                              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\4"
                              "\0\0\0\0\x38\x6D\x43\x80"
                              "\1"
                              "\0\0\x0E\x10\0\0"
                              "\0\0\x1C\x20\0\0"
                              "XYZ\0"
                              "\nXYZ-2\n";

enum { TZ_SIZE = sizeof tz_file - 1, TZ_SECOND = 44, TZ_TIMES = 88, TZ_FOOTER = 113 };

// What a zone of such a file makes of noon in winter 2000, "" when it is refused.
static const char *noon_of(const char *bytes, size_t size)
{
    FILE *file = fopen("tz-file", "wb");
    fwrite(bytes, 1, size, file);
    fclose(file);
    return local_of("tz-file", "2000-02-01 12:00:00");
}

static const char *noon_with(size_t place, char byte)
{
    char bytes[TZ_SIZE];
    memcpy(bytes, tz_file, TZ_SIZE);
    bytes[place] = byte;
    return noon_of(bytes, TZ_SIZE);
}

static void a_damaged_file_is_no_zone(void)
{
    char folder[] = "/tmp/test_zone.XXXXXX";
    CHECK(mkdtemp(folder) != NULL && chdir(folder) == 0);
    setenv("TZDIR", ".", 1);
    CHECK_TEXT(noon_of(tz_file, TZ_SIZE), "2000-02-01 14:00:00");
    CHECK_TEXT(local_of("tz-file", "1999-12-31 12:00:00"), "1999-12-31 13:00:00");
    for (size_t size = 0; size < TZ_SIZE; size++) {
        CHECK_TEXT(noon_of(tz_file, size), "");
    }
    CHECK_TEXT(noon_with(0, 't'), "");
    CHECK_TEXT(noon_with(4, '1'), ""); // of the first version, without times beyond 2038
    for (size_t count = 20; count < 44; count += 4) {
        CHECK_TEXT(noon_with(count, 1), ""); // counts that would reach beyond the file
        CHECK_TEXT(noon_with(TZ_SECOND + count, 1), "");
        CHECK_TEXT(noon_with(count + 3, 100), "");
    }
    CHECK_TEXT(noon_with(TZ_SECOND, 't'), "");
    CHECK_TEXT(noon_with(TZ_SECOND + 31, 1), "");    // a leap second
    CHECK_TEXT(noon_with(TZ_SECOND + 39, 0), "");    // no type
    CHECK_TEXT(noon_with(TZ_TIMES, 0x7F), "");       // a change after the end of the calendar
    CHECK_TEXT(noon_with(TZ_TIMES, (char)0x80), ""); // and one before its beginning
    CHECK_TEXT(noon_with(TZ_TIMES + 8, 2), "");      // a type that is not there
    CHECK_TEXT(noon_with(TZ_TIMES + 9, 1), "");      // offsets of more than a day
    CHECK_TEXT(noon_with(TZ_TIMES + 15, (char)0x80), "");
    CHECK_TEXT(noon_with(TZ_FOOTER, 'X'), "");
    CHECK_TEXT(noon_with(TZ_FOOTER + 1, '1'), ""); // no rule
    CHECK_TEXT(noon_with(TZ_SIZE - 1, 'X'), "");
    remove("tz-file");
    rmdir(folder);
    CHECK(zone_open("tz-file") == NULL && zone_open("/etc/localtime") == NULL && zone_open("../tz-file") == NULL);
    CHECK(zone_open("a-name-that-is-longer-than-any-in-the-tz-database-of-any-system-could-possibly-be-and-then-some-"
                    "a-name-that-is-longer-than-any-in-the-tz-database-of-any-system-could-possibly-be-and-then-some-"
                    "a-name-that-is-longer-than-any-in-the-tz-database-of-any-system-could-possibly-be") == NULL);
    setenv("TZDIR", "", 1); // as if it were not there
    CHECK(zone_open("tz-file") == NULL);
    unsetenv("TZDIR");
}

static void a_gap_is_shifted_forward(void)
{
    CHECK_TEXT(instant_of("America/New_York", "2007-03-11 02:30:00"), "2007-03-11 07:30:00");
    CHECK_TEXT(instant_of("Europe/Berlin", "2026-03-29 02:30:00"), "2026-03-29 01:30:00");
    CHECK_TEXT(instant_of("Australia/Sydney", "2026-10-04 02:30:00"), "2026-10-03 16:30:00");
    CHECK_TEXT(instant_of("Australia/Lord_Howe", "2026-10-04 02:15:00"), "2026-10-03 15:45:00");
    CHECK_TEXT(instant_of("America/Sao_Paulo", "2018-11-04 00:00:00"), "2018-11-04 03:00:00");
    CHECK_TEXT(instant_of("Africa/Cairo", "2026-04-24 00:30:00"), "2026-04-23 22:30:00");
    // Samoa had no such day.
    CHECK_TEXT(instant_of("Pacific/Apia", "2011-12-30 12:00:00"), "2011-12-30 22:00:00");
}

static void the_first_of_a_repeated_hour_is_taken(void)
{
    CHECK_TEXT(instant_of("Europe/Berlin", "2026-10-25 02:30:00"), "2026-10-25 00:30:00");
    CHECK_TEXT(instant_of("Europe/Berlin", "2026-10-25 02:00:00"), "2026-10-25 00:00:00");
    CHECK_TEXT(instant_of("Europe/Berlin", "2026-10-25 03:00:00"), "2026-10-25 02:00:00");
    CHECK_TEXT(instant_of("Australia/Sydney", "2026-04-05 02:30:00"), "2026-04-04 15:30:00");
    CHECK_TEXT(instant_of("America/New_York", "2026-11-01 01:59:59"), "2026-11-01 05:59:59");
    CHECK_TEXT(instant_of("America/New_York", "2007-11-04 01:30:00"), "2007-11-04 05:30:00");
}

static void offsets_change_with_history(void)
{
    CHECK_TEXT(instant_of("Asia/Shanghai", "2026-03-01 09:00:00"), "2026-03-01 01:00:00");
    CHECK_TEXT(instant_of("Asia/Shanghai", "1986-06-01 09:00:00"), "1986-06-01 00:00:00");
    CHECK_TEXT(instant_of("Asia/Urumqi", "2026-03-01 09:00:00"), "2026-03-01 03:00:00");
    CHECK_TEXT(instant_of("Asia/Kathmandu", "2026-03-01 09:00:00"), "2026-03-01 03:15:00");
    CHECK_TEXT(local_of("Asia/Shanghai", "2026-08-20 20:00:00"), "2026-08-21 04:00:00");
    CHECK_TEXT(local_of("Asia/Kathmandu", "1985-12-31 18:29:59"), "1985-12-31 23:59:59");
    CHECK_TEXT(local_of("Asia/Kathmandu", "1985-12-31 18:30:00"), "1986-01-01 00:15:00");
}

static void years_after_the_table_follow_its_rule(void)
{
    CHECK_TEXT(instant_of("Europe/Berlin", "2500-07-01 12:00:00"), "2500-07-01 10:00:00");
    CHECK_TEXT(instant_of("Europe/Berlin", "2500-01-01 12:00:00"), "2500-01-01 11:00:00");
    CHECK_TEXT(instant_of("Australia/Sydney", "2500-01-01 12:00:00"), "2500-01-01 01:00:00");
    CHECK_TEXT(instant_of("Asia/Shanghai", "9999-12-31 23:59:59"), "9999-12-31 15:59:59");
    CHECK_TEXT(instant_of("Europe/Dublin", "2400-07-01 12:00:00"), "2400-07-01 11:00:00");
}

// One zone, asked in an order that defeats its memory of the last span, answers as a new one does.
static void the_last_span_is_only_a_shortcut(void)
{
    struct zone *zone = zone_open("America/New_York");
    int wrong = 0;
    for (int64_t i = 0; i < 4000; i++) {
        int64_t local = i * 7919 * 3593 % INT64_C(4000000000);
        struct zone *fresh = zone_open(i % 100 == 0 ? "America/New_York" : "UTC");
        int64_t instant = zone_to_instant(zone, local);
        wrong += i % 100 == 0 && zone_to_instant(fresh, local) != instant;
        wrong += i % 100 == 0 && zone_to_local(fresh, local) != zone_to_local(zone, local);
        wrong += instant - local != 4 * 3600 && instant - local != 5 * 3600;
        zone_free(fresh);
    }
    CHECK(wrong == 0);
    zone_free(zone);
}

static int64_t library_local(int64_t instant)
{
    time_t time = (time_t)instant;
    struct tm parts;
    localtime_r(&time, &parts);
    int32_t day = 0;
    date_from_civil((struct date_civil){parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday}, &day);
    return (int64_t)day * DATE_DAY_SECONDS + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec;
}

// Where a local time comes back as another instant, it is one that occurs twice, and the earlier is right.
static int count_differences(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
    struct zone *zone = zone_open("");
    int wrong = zone == NULL;
    for (int64_t instant = 31536000; zone != NULL && instant < INT64_C(2871763200); instant += 6011) {
        int64_t local = zone_to_local(zone, instant);
        int64_t back = zone_to_instant(zone, local);
        wrong += local != library_local(instant);
        wrong += back > instant || zone_to_local(zone, back) != local;
    }
    zone_free(zone);
    return wrong;
}

static void agrees_with_the_c_library(void)
{
    CHECK(count_differences("Europe/Berlin") == 0);
    CHECK(count_differences(":Australia/Lord_Howe") == 0);
    CHECK(count_differences("Africa/Casablanca") == 0);
}

static void posix_strings_agree_with_the_c_library(void)
{
    CHECK(count_differences("CST-8") == 0);
    CHECK(count_differences("<-03>3") == 0);
    CHECK(count_differences("<+0545>-5:45") == 0);
    CHECK(count_differences("EST5EDT,M3.2.0,M11.1.0") == 0);
    CHECK(count_differences("NZST-12NZDT,M9.5.0,M4.1.0/3") == 0);
    CHECK(count_differences("IST-1GMT0,M10.5.0,M3.5.0/1") == 0);
    CHECK(count_differences("<-02>2<-01>,M3.5.0/-1,M10.5.0/0") == 0);
    CHECK(count_differences("AAA-2BBB,J60/2,300/1") == 0);
}

static const char *system_local(const char *variable)
{
    setenv("TZ", variable, 1);
    return local_of("", "2026-01-15 00:00:00");
}

static void the_variable_names_the_system_zone(void)
{
    CHECK_TEXT(system_local(""), "2026-01-15 00:00:00");
    CHECK_TEXT(system_local(":"), "2026-01-15 00:00:00");
    CHECK_TEXT(system_local("UTC"), "2026-01-15 00:00:00");
    CHECK_TEXT(system_local("CST-8"), "2026-01-15 08:00:00");
    CHECK_TEXT(system_local("AAA-2BBB"), "2026-01-15 02:00:00");
    const char *const bad[] = {"Nowhere/Land",
                               "CST",
                               "CST-",
                               "C-8",
                               "<>-8",
                               "CST-8x",
                               "CST-8CDT,",
                               "CST-8CDT,M3.2.0",
                               "CST-8CDT,M13.2.0,M11.1.0",
                               "CST-8CDT,M3.6.0,M11.1.0",
                               "CST-8CDT,M3.2.7,M11.1.0",
                               "CST-8CDT,J0,J5",
                               "CST-8CDT,366,5",
                               "CST-8:60",
                               "CST-200",
                               ":/nonexistent",
                               ":CST-8",
                               "/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!CHECK_TEXT(system_local(bad[i]), "")) {
            printf("# '%s'\n", bad[i]);
        }
    }
}

static void some_names_need_no_database(void)
{
    setenv("TZDIR", "/nonexistent", 1);
    CHECK_TEXT(local_of("UTC", "2026-01-15 00:00:00"), "2026-01-15 00:00:00");
    CHECK_TEXT(local_of("GMT", "2026-01-15 00:00:00"), "2026-01-15 00:00:00");
    CHECK_TEXT(local_of("Z", "2026-01-15 00:00:00"), "2026-01-15 00:00:00");
    CHECK_TEXT(instant_of("UTC", "0001-01-01 00:00:00"), "0001-01-01 00:00:00");
    CHECK(zone_open("Europe/Berlin") == NULL);
    unsetenv("TZDIR");
    unsetenv("TZ");
    struct zone *zone = zone_open(NULL);
    CHECK(zone != NULL);
    zone_free(zone);
    zone_free(NULL);
}

static void names_stay_inside_the_database(void)
{
    CHECK(zone_open("../zoneinfo/Europe/Berlin") == NULL);
    CHECK(zone_open("/usr/share/zoneinfo/Europe/Berlin") == NULL);
    CHECK(zone_open("Europe") == NULL);
    CHECK(zone_open("zone.tab") == NULL);
    CHECK(zone_open("CST-8") == NULL);
    CHECK(zone_open(" UTC") == NULL);
}

static bool file_is_refused(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(bytes, 1, size, file) == size;
    written = file != NULL && fclose(file) == 0 && written;
    struct zone *zone = zone_open("");
    bool refused = zone == NULL;
    zone_free(zone);
    return written && refused;
}

// A file cut anywhere, or with a byte changed, is refused or read; it is never read past its end.
static void broken_files_do_no_harm(void)
{
    static unsigned char bytes[8192];
    FILE *file = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file != NULL) {
        fclose(file);
    }
    char path[] = "/tmp/test_zone_XXXXXX";
    int descriptor = mkstemp(path);
    char variable[sizeof path + 1];
    snprintf(variable, sizeof variable, ":%s", path);
    setenv("TZ", variable, 1);
    int accepted = 0;
    for (size_t length = 0; descriptor >= 0 && length + 1 < size; length += 5) {
        accepted += !file_is_refused(path, bytes, length);
    }
    CHECK(accepted == 0);
    for (size_t i = 0; i < size; i += 3) {
        unsigned char kept = bytes[i];
        bytes[i] = 0xFF;
        file_is_refused(path, bytes, size);
        bytes[i] = kept;
    }
    remove(path);
    unsetenv("TZ");
}

int main(void)
{
    a_damaged_file_is_no_zone();
    if (system_has_zones()) {
        a_gap_is_shifted_forward();
        the_first_of_a_repeated_hour_is_taken();
        offsets_change_with_history();
        years_after_the_table_follow_its_rule();
        the_last_span_is_only_a_shortcut();
        agrees_with_the_c_library();
        names_stay_inside_the_database();
        broken_files_do_no_harm();
    }
    posix_strings_agree_with_the_c_library();
    the_variable_names_the_system_zone();
    some_names_need_no_database();
    return tap_done();
}
