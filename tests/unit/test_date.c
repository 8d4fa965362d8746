// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Dates: every accepted form, every refused one, and the calendar from end to end.
 */
#include "date.h"

#include "tap.h"

// The value read as text, with what else the cell said: "2023-05-31 19:12:53+28800".
static const char *read_as(const char *text, enum date_order order)
{
    static char out[64];
    struct date_time value;
    if (!date_read(slice_of(text), order, &value)) {
        return "refused";
    }
    char printed[DATE_SIZE];
    if (value.has_time) {
        date_print_time(printed, (int64_t)value.day * DATE_DAY_SECONDS + value.second);
    } else {
        date_print(printed, value.day);
    }
    if (value.has_offset) {
        snprintf(out, sizeof out, "%s%+d", printed, (int)value.offset);
    } else {
        snprintf(out, sizeof out, "%s", printed);
    }
    return !value.has_time && value.second != 0 ? "second without a time" : out;
}

struct form {
    const char *text;
    const char *expected;
};

static void check_forms(const struct form *forms, size_t count, enum date_order order)
{
    for (size_t i = 0; i < count; i++) {
        if (!CHECK_TEXT(read_as(forms[i].text, order), forms[i].expected)) {
            printf("# '%s'\n", forms[i].text);
        }
    }
}

#define CHECK_FORMS(forms, order) check_forms((forms), sizeof(forms) / sizeof *(forms), (order))

static void reads_year_month_day(void)
{
    const struct form forms[] = {
        {"2023-05-31", "2023-05-31"},
        {"2023/5/1", "2023-05-01"},
        {"2023.5.1", "2023-05-01"},
        {"2023-5-1", "2023-05-01"},
        {"20230501", "2023-05-01"},
        {"2023年5月1日", "2023-05-01"},
        {"2023年05月01号", "2023-05-01"},
        {" 2023-05-31 ", "2023-05-31"},
        {"\xEF\xBB\xBF"
         "2023-05-31\t",
         "2023-05-31"},
        {"0001-01-01", "0001-01-01"},
        {"9999-12-31", "9999-12-31"},
        {"2024-02-29", "2024-02-29"},
        {"2000-02-29", "2000-02-29"},
    };
    CHECK_FORMS(forms, DATE_YMD);
}

static void reads_times(void)
{
    const struct form forms[] = {
        {"2023-05-31 19:12:53", "2023-05-31 19:12:53"},    {"2023-05-31T19:12:53", "2023-05-31 19:12:53"},
        {"2023-05-31t19:12", "2023-05-31 19:12:00"},       {"2023-05-31 9:12", "2023-05-31 09:12:00"},
        {"2023-05-31  00:00:00", "2023-05-31 00:00:00"},   {"2023-05-31 19:12:53.999", "2023-05-31 19:12:53"},
        {"2023-05-31 19:12:53,25", "2023-05-31 19:12:53"}, {"2023/5/1 7:12 PM", "2023-05-01 19:12:00"},
        {"2026/09/20 10:00:00 AM", "2026-09-20 10:00:00"}, {"2026/09/20 10:00:00am", "2026-09-20 10:00:00"},
        {"2026/09/20 10:00 p.m.", "2026-09-20 22:00:00"},  {"2026/09/20 12:30 AM", "2026-09-20 00:30:00"},
        {"2026/09/20 12:30 PM", "2026-09-20 12:30:00"},    {"2026/09/20 12:30\xE2\x80\xAFPM", "2026-09-20 12:30:00"},
        {"2026/9/20 下午3:05:00", "2026-09-20 15:05:00"},  {"2026/9/20 上午 3:05", "2026-09-20 03:05:00"},
        {"2026/9/20 3:05 下午", "2026-09-20 15:05:00"},    {"2026/9/20 上午12:05", "2026-09-20 00:05:00"},
        {"2023年5月1日 19:12", "2023-05-01 19:12:00"},     {"2023年5月1日19:12:53", "2023-05-01 19:12:53"},
        {"2023年5月1日 下午7:12", "2023-05-01 19:12:00"},  {"2023年5月1日 19时12分53秒", "2023-05-01 19:12:53"},
        {"2023年5月1日19点12分", "2023-05-01 19:12:00"},   {"20230501 19:12:53", "2023-05-01 19:12:53"},
        {"20230501T191253", "2023-05-01 19:12:53"},
    };
    CHECK_FORMS(forms, DATE_YMD);
}

static void reads_offsets(void)
{
    const struct form forms[] = {
        {"2023-05-31T19:12:53Z", "2023-05-31 19:12:53+0"},
        {"2023-05-31T19:12:53.123456Z", "2023-05-31 19:12:53+0"},
        {"20230531T191253Z", "2023-05-31 19:12:53+0"},
        {"2023-05-31 19:12:53 UTC", "2023-05-31 19:12:53+0"},
        {"2026/09/20 10:00:00 PM GMT+3", "2026-09-20 22:00:00+10800"},
        {"2026/09/20 10:00:00 PM GMT-3:30", "2026-09-20 22:00:00-12600"},
        {"2026/09/20 10:00 UTC+08:00", "2026-09-20 10:00:00+28800"},
        {"2026-08-20 08:00:00 -0400", "2026-08-20 08:00:00-14400"},
        {"2026-08-20T08:00:00+0800", "2026-08-20 08:00:00+28800"},
        {"2026-08-20T08:00:00+08:00", "2026-08-20 08:00:00+28800"},
        {"2026-08-20T08:00:00+05:45", "2026-08-20 08:00:00+20700"},
        {"2026-08-20 08:00-04", "2026-08-20 08:00:00-14400"},
    };
    CHECK_FORMS(forms, DATE_YMD);
}

static void refuses_what_is_no_date(void)
{
    const char *const bad[] = {
        "",
        " ",
        "2023-02-29",
        "1900-02-29",
        "2100-02-29",
        "2023-13-01",
        "2023-00-10",
        "2023-01-00",
        "2023-04-31",
        "0000-00-00",
        "0000-01-01",
        "10000-01-01",
        "2023-05-31 24:00:00",
        "2023-05-31 24:00",
        "2023-05-31 19:60",
        "2023-05-31 19:12:60",
        "2023-05-31 19",
        "2023-05-31 19:1",
        "2023-05-31 19:12:5",
        "2023-05-31 19:12:53.",
        "2023-05-31T",
        "2023-05-31 T19:12",
        "2023-05-31 13:00 PM",
        "2023-05-31 0:30 AM",
        "2023-05-31 7 PM",
        "2023-05-31 AM 7:00 PM",
        "2023-05-31+08:00",
        "2023-05-31Z",
        "2023-05-31 19:12 CST",
        "2023-05-31 19:12 +8",
        "2023-05-31 19:12 +08:60",
        "2023-05-31 19:12 +19:00",
        "2023-05-31 19:12 GMT+",
        "2023-05-31 19:12 ZZ",
        "2023-05-31x",
        "x2023-05-31",
        "2023-05/31",
        "2023-05",
        "2023-05-",
        "2023",
        "12/29",
        "23-05-31",
        "03/04/2023",
        "31/12/2023",
        "2023年5月",
        "2023年5月1",
        "2023年13月1日",
        "20231301",
        "2023050",
        "202305011",
        "20230501191253",
        "45000",
        "1684920000",
        "2023-05-31 - 2023-06-01",
        "-2023-05-31",
        "2023--05-31",
        "２０２３-05-31",
        "2023-05-31 19:12:53:00",
        "2023-O5-31",
        "2023:05:31",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!CHECK_TEXT(read_as(bad[i], DATE_YMD), "refused")) {
            printf("# '%s'\n", bad[i]);
        }
    }
    struct date_time value;
    CHECK(!date_read((struct slice){"2023\00005-31", 10}, DATE_YMD, &value));
    CHECK(!date_read((struct slice){NULL, 0}, DATE_YMD, &value));
}

static void reads_day_first_and_month_first(void)
{
    const struct form day_first[] = {
        {"31/12/2026", "2026-12-31"}, {"3.4.2023", "2023-04-03"},
        {"03-04-2023", "2023-04-03"}, {"5/10/2026 09:15:00", "2026-10-05 09:15:00"},
        {"2023-05-31", "2023-05-31"}, {"12/31/2026", "refused"},
        {"3/4/23", "refused"},        {"3/4-2023", "refused"},
    };
    CHECK_FORMS(day_first, DATE_DMY);
    const struct form month_first[] = {
        {"12/31/2026", "2026-12-31"}, {"3/4/2023 7:12 PM", "2023-03-04 19:12:00"},
        {"2023/5/1", "2023-05-01"},   {"31/12/2026", "refused"},
        {"2/29/2023", "refused"},
    };
    CHECK_FORMS(month_first, DATE_MDY);
}

static void reads_serial_numbers_of_a_spreadsheet(void)
{
    const struct form forms[] = {
        {"1", "1900-01-01"},
        {"59", "1900-02-28"},
        {"60", "refused"},
        {"61", "1900-03-01"},
        {"45000", "2023-03-15"},
        {"45000.5", "2023-03-15 12:00:00"},
        {"45000,5", "2023-03-15 12:00:00"},
        {"45000.0", "2023-03-15 00:00:00"},
        {"45077.80061342593", "2023-05-31 19:12:53"},
        {"45000.999999", "2023-03-16 00:00:00"},
        {"2958465", "9999-12-31"},
        {"2958465.9999999", "refused"},
        {"2958466", "refused"},
        {"0", "refused"},
        {"0.5", "refused"},
        {"-1", "refused"},
        {"45000.", "refused"},
        {"45000.5x", "refused"},
        {"4.5e4", "refused"},
        {"2023-05-31", "2023-05-31"},
        {"2023.5.1", "2023-05-01"},
        {"20230501", "2023-05-01"},
    };
    CHECK_FORMS(forms, DATE_EXCEL);
}

static void reads_seconds_since_1970(void)
{
    const struct form forms[] = {
        {"0", "1970-01-01 00:00:00+0"},
        {"1684920000", "2023-05-24 09:20:00+0"},
        {"1684920000123", "2023-05-24 09:20:00+0"},
        {"1684920000.75", "2023-05-24 09:20:00+0"},
        {"-1", "1969-12-31 23:59:59+0"},
        {"-0.5", "1969-12-31 23:59:59+0"},
        {"-100000000001", "1966-10-31 14:13:19+0"},
        {"20230501", "1970-08-23 03:35:01+0"},
        {"253402300799", "1978-01-11 21:31:40+0"},
        {"99999999999", "5138-11-16 09:46:39+0"},
        {"253402300799999", "9999-12-31 23:59:59+0"},
        {"253402300800000", "refused"},
        {"99999999999999999", "refused"},
        {"999999999999999999999", "refused"},
        {"-", "refused"},
        {"1684920000.", "refused"},
        {"1684920000 ms", "refused"},
        {"2023-05-31 19:12", "2023-05-31 19:12:00"},
    };
    CHECK_FORMS(forms, DATE_EPOCH);
}

static void counts_every_day_of_the_calendar(void)
{
    int wrong = 0;
    int32_t expected = DATE_FIRST;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int32_t day = 0;
            for (int i = 1; date_from_civil((struct date_civil){year, month, i}, &day); i++) {
                struct date_civil back = date_to_civil(day);
                wrong += day != expected || back.year != year || back.month != month || back.day != i;
                expected++;
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(expected == DATE_LAST + 1);
    int32_t day = 0;
    CHECK(date_from_civil((struct date_civil){1970, 1, 1}, &day) && day == 0);
    CHECK(!date_from_civil((struct date_civil){2023, 2, 29}, &day));
    CHECK(!date_from_civil((struct date_civil){10000, 1, 1}, &day));
    CHECK(!date_from_civil((struct date_civil){2023, -1, 1}, &day));
}

static void knows_weekdays(void)
{
    CHECK(date_weekday(0) == 4);
    CHECK(date_weekday(-1) == 3);
    CHECK(date_weekday(-4) == 7);
    CHECK(date_weekday(20778) == 6); // 2026-11-21
    CHECK(date_weekday(DATE_FIRST) == 1);
}

static const char *months_later(const char *date, int64_t months)
{
    static char out[DATE_SIZE];
    struct date_time value;
    date_read(slice_of(date), DATE_YMD, &value);
    date_print(out, date_add_months(value.day, months));
    return out;
}

static void adds_months_and_clamps(void)
{
    CHECK_TEXT(months_later("2023-01-31", 1), "2023-02-28");
    CHECK_TEXT(months_later("2024-01-31", 1), "2024-02-29");
    CHECK_TEXT(months_later("2023-01-31", 2), "2023-03-31");
    CHECK_TEXT(months_later("2024-02-29", 12), "2025-02-28");
    CHECK_TEXT(months_later("2024-02-29", 48), "2028-02-29");
    CHECK_TEXT(months_later("2023-03-31", -1), "2023-02-28");
    CHECK_TEXT(months_later("2023-01-15", -1), "2022-12-15");
    CHECK_TEXT(months_later("2023-01-15", 0), "2023-01-15");
    CHECK_TEXT(months_later("9999-12-31", 1), "9999-12-31");
    CHECK_TEXT(months_later("0001-01-31", -1), "0001-01-01");
    CHECK_TEXT(months_later("2023-01-15", INT64_MAX), "9999-12-31");
    CHECK_TEXT(months_later("2023-01-15", INT64_MIN), "0001-01-01");
}

static void prints_nothing_outside_the_calendar(void)
{
    char out[DATE_SIZE];
    CHECK(date_print(out, DATE_LAST + 1) == 0 && out[0] == '\0');
    CHECK(date_print(out, DATE_FIRST - 1) == 0 && out[0] == '\0');
    CHECK(date_print(out, DATE_FIRST) == 10 && strcmp(out, "0001-01-01") == 0);
    CHECK(date_print_time(out, -1) == 19 && strcmp(out, "1969-12-31 23:59:59") == 0);
    CHECK(date_print_time(out, INT64_MAX) == 0 && out[0] == '\0');
    CHECK(date_print_time(out, INT64_MIN) == 0 && out[0] == '\0');
}

int main(void)
{
    reads_year_month_day();
    reads_times();
    reads_offsets();
    refuses_what_is_no_date();
    reads_day_first_and_month_first();
    reads_serial_numbers_of_a_spreadsheet();
    reads_seconds_since_1970();
    counts_every_day_of_the_calendar();
    knows_weekdays();
    adds_months_and_clamps();
    prints_nothing_outside_the_calendar();
    return tap_done();
}
