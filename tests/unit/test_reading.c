// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reading: the short ways give exactly what the long ones of cell.h give, for every day there is and for random cells.
 */
#include "reading.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "tap.h"

static const struct cell_forms usual = {.decimal = '.'};

static void test_every_day(void)
{
    int differences = 0;
    for (int32_t day = DATE_FIRST; day <= DATE_LAST; day++) {
        char out[DATE_SIZE];
        double value = 0;
        struct slice cell = {out, date_print(out, day)};
        differences += reading_date(&usual, cell, &value) != CELL_OK || value != day;
    }
    CHECK(differences == 0);
}

static void test_days_that_are_not(void)
{
    static const int years[] = {0, 1, 1900, 2000, 2023, 2024};
    int differences = 0;
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        for (int part = 0; part < 100 * 100; part++) {
            char out[32];
            int32_t day = 0;
            double value = -1e9;
            struct date_civil civil = {years[i], part / 100, part % 100};
            snprintf(out, sizeof out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
            bool there = date_from_civil(civil, &day);
            enum cell_result result = reading_date(&usual, slice_of(out), &value);
            differences += result != (there ? CELL_OK : CELL_BAD) || (there && value != day);
        }
    }
    CHECK(differences == 0);
}

// A plain date with any byte in any place of it.
static void test_bytes_of_dates(void)
{
    static const char *const dates[] = {"2024-02-29", "0001-01-01", "1999-12-31"};
    int differences = 0;
    int good = 0;
    for (int at = 0; at < 3 * 10 * 256; at++) {
        char out[10];
        size_t place = (size_t)(at / 256 % 10);
        memcpy(out, dates[at / 2560], sizeof out);
        out[place] = (char)(at % 256);
        bool plain = out[4] == '-' && out[7] == '-' && strchr("0123456789-", out[place]) != NULL &&
                     out[place] != '\0' && (out[place] != '-' || place == 4 || place == 7);
        struct date_civil civil = {(out[0] - '0') * 1000 + (out[1] - '0') * 100 + (out[2] - '0') * 10 + out[3] - '0',
                                   (out[5] - '0') * 10 + out[6] - '0', (out[8] - '0') * 10 + out[9] - '0'};
        int32_t day = 0;
        double value = -1e9;
        bool expected = plain && date_from_civil(civil, &day);
        good += expected;
        differences += reading_plain_date(&usual, (struct slice){out, sizeof out}, &value) != expected;
        differences += expected && value != day;
    }
    CHECK(differences == 0);
    CHECK(good > 60);
}

// Cells of digits and the signs that stand among them, most of them no numbers.
static void test_random_numbers(void)
{
    static const char bytes[] = "0123456789012345678901234567890123456789..-,+e ";
    int differences = 0;
    int good = 0;
    srand(3);
    for (int i = 0; i < 300000; i++) {
        char out[24];
        size_t length = (size_t)rand() % 22;
        for (size_t at = 0; at < length; at++) {
            out[at] = bytes[(size_t)rand() % (sizeof bytes - 1)];
        }
        double slow = 0;
        double fast = 0;
        struct slice cell = {out, length};
        enum cell_result expected = cell_number(&usual, cell, &slow);
        enum cell_result result = reading_number(&usual, cell, &fast);
        good += expected == CELL_OK;
        differences += expected != CELL_BAD && (expected != result || (expected == CELL_OK && slow != fast));
    }
    CHECK(differences == 0);
    CHECK(good > 10000);
}

static enum cell_result number(const char *cell, double *value)
{
    *value = 99;
    return reading_number(&usual, slice_of(cell), value);
}

static void test_numbers(void)
{
    double value = 0;
    CHECK(number("-0", &value) == CELL_OK && value == 0 && !signbit(value));
    CHECK(number("0.1", &value) == CELL_OK && value == 0.1);
    CHECK(number("123456789012345.5", &value) == CELL_OK && value == 123456789012345.5);
    CHECK(number("9007199254740993", &value) == CELL_OK && value == 9007199254740992.0);
    CHECK(number("¥1,234.50", &value) == CELL_OK && value == 1234.5);
    CHECK(number("12.50元", &value) == CELL_OK && value == 12.5);
    CHECK(number("(12.00)", &value) == CELL_OK && value == -12);
    CHECK(number("-", &value) == CELL_BLANK && value == 99);
    CHECK(number("", &value) == CELL_BLANK);
    CHECK(number("abc", &value) == CELL_BAD);
    CHECK(number("0x10", &value) == CELL_BAD);
    CHECK(number("nan", &value) == CELL_BAD);
}

static void test_lengths(void)
{
    double value = 0;
    CHECK(reading_length(&usual, slice_of("45"), &value) == CELL_OK && value == 45);
    CHECK(reading_length(&usual, slice_of("45d"), &value) == CELL_OK && value == 45);
    CHECK(reading_length(&usual, slice_of(" 2w "), &value) == CELL_OK && value == 14);
    CHECK(reading_length(&usual, slice_of("1m"), &value) == CELL_OK && value == 30.4375);
    CHECK(reading_length(&usual, slice_of("36h"), &value) == CELL_OK && value == 1.5);
    CHECK(reading_length(&usual, slice_of("--"), &value) == CELL_BLANK);
    CHECK(reading_length(&usual, slice_of("soon"), &value) == CELL_BAD);
}

// What --null lists is blank, even if it looks like a number or a date.
static void test_nulls(void)
{
    static const struct slice nulls[] = {{"-1", 2}, {"1900-01-01", 10}};
    struct cell_forms forms = {.decimal = '.', .nulls = nulls, .null_count = 2};
    double value = 0;
    CHECK(reading_number(&forms, slice_of("-1"), &value) == CELL_BLANK);
    CHECK(reading_length(&forms, slice_of("-1"), &value) == CELL_BLANK);
    CHECK(reading_date(&forms, slice_of("1900-01-01"), &value) == CELL_BLANK);
    CHECK(reading_number(&forms, slice_of("-2"), &value) == CELL_OK && value == -2);
    CHECK(reading_date(&forms, slice_of("1970-01-02"), &value) == CELL_OK && value == 1);
}

int main(void)
{
    test_every_day();
    test_days_that_are_not();
    test_bytes_of_dates();
    test_random_numbers();
    test_numbers();
    test_lengths();
    test_nulls();
    return tap_done();
}
