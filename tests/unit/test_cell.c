// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Cells: blanks, trimming, and the zone of the run.
 */
#include "cell.h"

#include "tap.h"

static const struct cell_forms usual = {.decimal = '.'};

static void knows_the_usual_blanks(void)
{
    const char *const blanks[] = {"", " ", "\t", "-", "--", "——", "/", "NULL", "N/A", " - ", "\xE3\x80\x80NULL\r\n"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        CHECK(cell_is_blank(&usual, slice_of(blanks[i])));
    }
    const char *const others[] = {"0", "---", "null", "N", "//", "a", "—", "NULLS", "-1", "n/a"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        CHECK(!cell_is_blank(&usual, slice_of(others[i])));
    }
    CHECK(cell_is_blank(&usual, (struct slice){NULL, 0}));
}

static void takes_another_list_of_blanks(void)
{
    const struct slice list[] = {slice_of("none"), slice_of("0")};
    struct cell_forms forms = {.decimal = '.', .nulls = list, .null_count = 2};
    double value = 7;
    CHECK(cell_is_blank(&forms, slice_of(" none ")));
    CHECK(cell_is_blank(&forms, slice_of("")));
    CHECK(!cell_is_blank(&forms, slice_of("NULL")));
    CHECK(cell_number(&forms, slice_of("0"), &value) == CELL_BLANK && value == 7);
    CHECK(cell_number(&forms, slice_of("-"), &value) == CELL_BAD);
    struct money money = {.micros = 7};
    CHECK(cell_money(&forms, slice_of("0"), &money) == CELL_BLANK && money.micros == 7);
    CHECK(cell_money(&forms, slice_of("00"), &money) == CELL_OK && money.micros == 0);
    forms.null_count = 0;
    CHECK(!cell_is_blank(&forms, slice_of("-")));
}

static void reads_numbers_and_money(void)
{
    double number = 7;
    CHECK(cell_number(&usual, slice_of(" 1,234.5\t"), &number) == CELL_OK && number == 1234.5);
    CHECK(cell_number(&usual, slice_of("N/A"), &number) == CELL_BLANK && number == 1234.5);
    CHECK(cell_number(&usual, slice_of("many"), &number) == CELL_BAD);
    CHECK(cell_number(&usual, slice_of("-5"), &number) == CELL_OK && number == -5);
    struct money money = {.micros = 7};
    CHECK(cell_money(&usual, slice_of("\t¥28.16"), &money) == CELL_OK && money.micros == 28160000);
    CHECK(cell_money(&usual, slice_of("——"), &money) == CELL_BLANK && money.micros == 28160000);
    CHECK(cell_money(&usual, slice_of("28.16(refund)"), &money) == CELL_BAD);
    struct cell_forms comma = {.decimal = ','};
    CHECK(cell_money(&comma, slice_of("1.234,50"), &money) == CELL_OK && money.micros == 1234500000);
    CHECK(cell_number(&comma, slice_of("0,5"), &number) == CELL_OK && number == 0.5);
}

static void reads_dates(void)
{
    int32_t day = 0;
    int64_t local = 0;
    bool has_time = true;
    CHECK(cell_day(&usual, slice_of("1970-01-02"), &day) == CELL_OK && day == 1);
    CHECK(cell_day(&usual, slice_of(" 1970-01-03 23:59:59 "), &day) == CELL_OK && day == 2);
    CHECK(cell_day(&usual, slice_of("--"), &day) == CELL_BLANK && day == 2);
    CHECK(cell_day(&usual, slice_of("2023-02-29"), &day) == CELL_BAD);
    CHECK(cell_time(&usual, slice_of("1970-01-02"), &local, &has_time) == CELL_OK && local == 86400 && !has_time);
    CHECK(cell_time(&usual, slice_of("1970-01-02 00:00:01"), &local, &has_time) == CELL_OK && local == 86401 &&
          has_time);
    CHECK(cell_time(&usual, slice_of("1970-01-02"), &local, NULL) == CELL_OK);
    struct cell_forms day_first = {.decimal = '.', .dates = DATE_DMY};
    CHECK(cell_day(&day_first, slice_of("02/01/1970"), &day) == CELL_OK && day == 1);
}

static void takes_zoned_times_to_the_zone_of_the_run(void)
{
    int32_t day = 0;
    int64_t local = 0;
    CHECK(cell_time(&usual, slice_of("1970-01-02T00:00:00+08:00"), &local, NULL) == CELL_OK && local == 57600);
    CHECK(cell_day(&usual, slice_of("1970-01-02T00:00:00+08:00"), &day) == CELL_OK && day == 0);
    CHECK(cell_day(&usual, slice_of("1970-01-01T20:00:00-0800"), &day) == CELL_OK && day == 1);
    CHECK(cell_day(&usual, slice_of("0001-01-01T00:00:00+08:00"), &day) == CELL_BAD);
    CHECK(cell_day(&usual, slice_of("9999-12-31T23:00:00-08:00"), &day) == CELL_BAD);
    struct zone *zone = zone_open("Asia/Shanghai");
    if (zone == NULL) {
        return;
    }
    struct cell_forms shanghai = {.decimal = '.', .zone = zone};
    CHECK(cell_day(&shanghai, slice_of("2026-08-20 20:00:00 -0400"), &day) == CELL_OK && day == 20686);
    CHECK(cell_time(&shanghai, slice_of("2023-05-31T19:12:53Z"), &local, NULL) == CELL_OK && local == 1685589173);
    CHECK(cell_time(&shanghai, slice_of("2023-05-31 19:12:53"), &local, NULL) == CELL_OK && local == 1685560373);
    zone_free(zone);
}

static void names_the_option_that_would_read_a_cell(void)
{
    CHECK_TEXT(cell_date_option(&usual, slice_of(" 31/12/2026 ")), "--dates=dmy");
    CHECK_TEXT(cell_date_option(&usual, slice_of("12/31/2026 11:05 PM")), "--dates=mdy");
    CHECK_TEXT(cell_date_option(&usual, slice_of("05.06.2026")), "--dates=dmy or --dates=mdy");
    CHECK_TEXT(cell_date_option(&usual, slice_of("46023.5")), "--dates=excel");
    CHECK_TEXT(cell_date_option(&usual, slice_of("1767225600")), "--dates=epoch");
    CHECK_TEXT(cell_date_option(&usual, slice_of("1767225600000")), "--dates=epoch");
    const char *const none[] = {"",           "soon",       "2026",       "12345x",
                                "31/31/2026", "2026-02-30", "2026-12-31", "99999999999999999999"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK(cell_date_option(&usual, slice_of(none[i])) == NULL);
    }
    const struct cell_forms declared = {.decimal = '.', .dates = DATE_DMY};
    CHECK(cell_date_option(&declared, slice_of("12/31/2026")) == NULL);
    CHECK_TEXT(cell_money_option(&usual, slice_of("1.234,50")), "--decimal=,");
    CHECK_TEXT(cell_number_option(&usual, slice_of(" 4,50 ")), "--decimal=,");
    CHECK(cell_number_option(&usual, slice_of("4.50")) == NULL && cell_number_option(&usual, slice_of("4;5")) == NULL);
    CHECK_TEXT(cell_money_option(&usual, slice_of("19,9")), "--decimal=,");
    const struct cell_forms comma = {.decimal = ','};
    CHECK_TEXT(cell_money_option(&comma, slice_of("1,234.50")), "--decimal=.");
    CHECK(cell_money_option(&usual, slice_of("12.50")) == NULL && cell_money_option(&usual, slice_of("x")) == NULL);
}

int main(void)
{
    knows_the_usual_blanks();
    takes_another_list_of_blanks();
    reads_numbers_and_money();
    reads_dates();
    takes_zoned_times_to_the_zone_of_the_run();
    names_the_option_that_would_read_a_cell();
    return tap_done();
}
