// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Numbers: what is a number and what is not, correct rounding in both directions, plain decimal out.
 */
#include "number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "tap.h"

static double read_as(const char *text, char decimal)
{
    double value = NAN;
    return number_read(slice_of(text), decimal, &value) ? value : NAN;
}

static bool refused(const char *text)
{
    double value = 0;
    return !number_read(slice_of(text), '.', &value);
}

static const char *printed(double value, int digits)
{
    static char out[NUMBER_SIZE];
    size_t length = number_print(out, value, digits);
    return length == strlen(out) ? out : "wrong length";
}

static void accepts_what_people_write(void)
{
    CHECK(read_as("0", '.') == 0);
    CHECK(read_as("1234.5", '.') == 1234.5);
    CHECK(read_as("-12", '.') == -12);
    CHECK(read_as("+12", '.') == 12);
    CHECK(read_as(".5", '.') == 0.5);
    CHECK(read_as("5.", '.') == 5);
    CHECK(read_as("007", '.') == 7);
    CHECK(read_as(" 12\t", '.') == 12);
    CHECK(read_as("\xC2\xA0"
                  "12\xE3\x80\x80",
                  '.') == 12);
    CHECK(read_as("'12", '.') == 12);
    CHECK(read_as("(12.5)", '.') == -12.5);
    CHECK(read_as("12.5-", '.') == -12.5);
    CHECK(read_as("1e3", '.') == 1000);
    CHECK(read_as("-1.5E-2", '.') == -0.015);
    CHECK(read_as("1.38E+10", '.') == 13800000000.0);
}

static void accepts_groups_of_three_only(void)
{
    CHECK(read_as("1,234", '.') == 1234);
    CHECK(read_as("12,345.67", '.') == 12345.67);
    CHECK(read_as("1,234,567.89", '.') == 1234567.89);
    CHECK(refused("12,34"));
    CHECK(read_as("1 234.50", '.') == 1234.5);
    CHECK(read_as("1\u00a0234\u00a0567,5", ',') == 1234567.5);
    CHECK(read_as("-12\u202f345", '.') == -12345);
    CHECK(read_as("1'234'567.50", '.') == 1234567.5);
    CHECK(read_as("'1'234", '.') == 1234);
    CHECK(read_as("1\u2019234", '.') == 1234);
    CHECK(refused("12 34"));
    CHECK(refused("1 234 56"));
    CHECK(refused("1234 567"));
    CHECK(refused("0 123"));
    CHECK(refused("1 234'567"));
    CHECK(refused("1 234\u00a0567"));
    CHECK(refused("1 234,567"));
    CHECK(refused("1  234"));
    CHECK(refused("1''234"));
    CHECK(refused("\u20191"));
    CHECK(refused("1.5 000"));
    CHECK(refused("1,2345"));
    CHECK(refused("1234,567"));
    CHECK(refused("1,234,56"));
    CHECK(refused(",123"));
    CHECK(refused("1,,234"));
    CHECK(refused("1.5,000"));
    CHECK(refused("0,123"));
    CHECK(refused("1,234,"));
}

static void knows_the_decimal_comma(void)
{
    CHECK(read_as("1.234,50", ',') == 1234.5);
    CHECK(read_as("0,5", ',') == 0.5);
    CHECK(read_as("-1.234.567,8", ',') == -1234567.8);
    CHECK(isnan(read_as("1,234.50", ',')));
    CHECK(isnan(read_as("12.34", ',')));
    CHECK(refused("1.234,50"));
}

static void folds_full_width_forms(void)
{
    CHECK(read_as("１，２３４．５０", '.') == 1234.5);
    CHECK(read_as("－５", '.') == -5);
    CHECK(read_as("＋５", '.') == 5);
    CHECK(read_as("（１２）", '.') == -12);
    CHECK(read_as("1２3", '.') == 123);
    CHECK(refused("\xEF\xBC"));
    CHECK(refused("1\xEF\xBC"));
    CHECK(refused("\xEF\xBC\x9A"));
}

static void refuses_what_is_left_over(void)
{
    const char *const bad[] = {"",       " ",
                               "-",      "+",
                               ".",      "-.",
                               "e3",     "1e",
                               "1e+",    "1e5.5",
                               "abc",    "12a",
                               "1 2",    "- 5",
                               "--5",    "+-5",
                               "-5-",    "+5-",
                               "(-5)",   "(5",
                               "5)",     "()",
                               "(5)-",   "''5",
                               "5'",     "nan",
                               "inf",    "NaN",
                               "0x10",   "1_000",
                               "5%",     "1.2.3",
                               "(+5)",   "1e9999999999999999999",
                               "-1e400", "１ ２",
                               "¥5",     "1'00",
                               "(5)e3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!CHECK(refused(bad[i]))) {
            printf("# '%s'\n", bad[i]);
        }
    }
    double value = 0;
    CHECK(!number_read((struct slice){"1\0002", 3}, '.', &value));
    CHECK(!number_read((struct slice){NULL, 0}, '.', &value));
}

static void rounds_correctly(void)
{
    CHECK(read_as("0.1", '.') == 0.1);
    CHECK(read_as("9007199254740993", '.') == 9007199254740992.0);
    CHECK(read_as("9007199254740993.00000000000000000000000001", '.') == 9007199254740994.0);
    CHECK(read_as("123456789012345678901234567890", '.') == 123456789012345678901234567890.0);
    CHECK(read_as("1e22", '.') == 1e22);
    CHECK(read_as("1e23", '.') == 1e23);
    CHECK(read_as("4.9406564584124654e-324", '.') == 4.9406564584124654e-324);
    CHECK(read_as("1.7976931348623157e308", '.') == DBL_MAX);
    CHECK(read_as("2.2250738585072011e-308", '.') == 2.2250738585072011e-308);
    CHECK(read_as("1e-400", '.') == 0);
    CHECK(read_as("0e999999", '.') == 0);
    CHECK(!signbit(read_as("-0", '.')));
    CHECK(!signbit(read_as("-1e-400", '.')));
}

// The midpoint between 1 and the next double, and a last digit that lifts it: far beyond any buffer of ours.
static void rounds_correctly_whatever_the_length(void)
{
    static char text[5000];
    const char *midpoint = "1.00000000000000011102230246251565404236316680908203125";
    size_t length = strlen(midpoint);
    memset(text, '0', sizeof text);
    memcpy(text, midpoint, length);
    double value = 0;
    CHECK(number_read((struct slice){text, sizeof text}, '.', &value) && value == 1);
    text[sizeof text - 1] = '1';
    CHECK(number_read((struct slice){text, sizeof text}, '.', &value) && value == 1 + DBL_EPSILON);
    memset(text, '0', sizeof text);
    text[sizeof text - 1] = '7';
    CHECK(number_read((struct slice){text, sizeof text}, '.', &value) && value == 7);
    memset(text, '9', sizeof text);
    CHECK(!number_read((struct slice){text, sizeof text}, '.', &value));
    text[1] = '.';
    CHECK(number_read((struct slice){text, sizeof text}, '.', &value) && value == 10);
}

static void splits_digits_and_places(void)
{
    struct number_parts parts;
    CHECK(number_split(slice_of("-1,234.50"), '.', &parts) && parts.digits == 123450 && parts.places == 2 &&
          parts.negative && parts.dropped == 0 && !parts.inexact);
    CHECK(number_split(slice_of("12.30e-4"), '.', &parts) && parts.digits == 1230 && parts.places == 2 &&
          parts.exponent == -4);
    CHECK(number_split(slice_of("1234567890123456789"), '.', &parts) && parts.digits == 1234567890123456789u &&
          parts.dropped == 0);
    CHECK(number_split(slice_of("12345678901234567890"), '.', &parts) && parts.digits == 1234567890123456789u &&
          parts.dropped == 1 && !parts.inexact);
    CHECK(number_split(slice_of("1.23456789012345678901"), '.', &parts) && parts.places == 20 && parts.dropped == 2 &&
          parts.inexact);
    CHECK(number_split(slice_of("0.000000000000000000000000012"), '.', &parts) && parts.digits == 12 &&
          parts.places == 27 && parts.dropped == 0);
}

static void reads_whole_numbers(void)
{
    int64_t value = 0;
    CHECK(number_read_whole(slice_of("42"), &value) && value == 42);
    CHECK(number_read_whole(slice_of("-42"), &value) && value == -42);
    CHECK(number_read_whole(slice_of("+0"), &value) && value == 0);
    CHECK(number_read_whole(slice_of("-0"), &value) && value == 0);
    CHECK(number_read_whole(slice_of("9223372036854775807"), &value) && value == INT64_MAX);
    CHECK(number_read_whole(slice_of("-9223372036854775808"), &value) && value == INT64_MIN);
    CHECK(!number_read_whole(slice_of("9223372036854775808"), &value));
    CHECK(!number_read_whole(slice_of("-9223372036854775809"), &value));
    CHECK(!number_read_whole(slice_of("99999999999999999999"), &value));
    CHECK(!number_read_whole(slice_of(""), &value));
    CHECK(!number_read_whole(slice_of("-"), &value));
    CHECK(!number_read_whole(slice_of("1.0"), &value));
    CHECK(!number_read_whole(slice_of("1,000"), &value));
    CHECK(!number_read_whole(slice_of(" 1"), &value));
}

static void prints_plain_decimal(void)
{
    CHECK_TEXT(printed(0, 10), "0");
    CHECK_TEXT(printed(-0.0, 10), "0");
    CHECK_TEXT(printed(3, 10), "3");
    CHECK_TEXT(printed(-3.5, 10), "-3.5");
    CHECK_TEXT(printed(0.1, 10), "0.1");
    CHECK_TEXT(printed(0.1, 17), "0.10000000000000001");
    CHECK_TEXT(printed(1.0 / 3, 10), "0.3333333333");
    CHECK_TEXT(printed(2.0 / 3, 1), "0.7");
    CHECK_TEXT(printed(1e-7, 10), "0.0000001");
    CHECK_TEXT(printed(1.5e-9, 10), "0.0000000015");
    CHECK_TEXT(printed(1e21, 10), "1000000000000000000000");
    CHECK_TEXT(printed(123456789012.0, 10), "123456789000");
    CHECK_TEXT(printed(123456789012.0, 12), "123456789012");
    CHECK_TEXT(printed(123456789012345678.0, 17), "123456789012345680");
    CHECK_TEXT(printed(99999999999.9, 10), "100000000000");
    CHECK_TEXT(printed(0.99999999999, 10), "1");
    CHECK_TEXT(printed(9.9999999996, 10), "10");
    CHECK_TEXT(printed(100, 1), "100");
    CHECK_TEXT(printed(150, 1), "200");
    CHECK_TEXT(printed(2.5, 1), "2");
    CHECK_TEXT(printed(NAN, 10), "");
    CHECK_TEXT(printed(INFINITY, 10), "");
    CHECK_TEXT(printed(-INFINITY, 17), "");
    CHECK(strlen(printed(-4.9406564584124654e-324, 17)) < NUMBER_SIZE);
    CHECK(strlen(printed(-DBL_MAX, 17)) == 310);
}

static void prints_whole_numbers(void)
{
    char out[NUMBER_SIZE];
    CHECK(number_print_whole(out, 0) == 1 && strcmp(out, "0") == 0);
    CHECK(number_print_whole(out, INT64_MAX) == 19 && strcmp(out, "9223372036854775807") == 0);
    CHECK(number_print_whole(out, INT64_MIN) == 20 && strcmp(out, "-9223372036854775808") == 0);
}

// What is printed is what printf's correctly rounded digits say; with 17 of them it reads back as the same double.
static void agrees_with_printf(void)
{
    uint64_t state = 12345;
    int wrong = 0;
    for (int i = 0; i < 50000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double value = 0;
        memcpy(&value, &state, sizeof value);
        if (i % 3 == 0) {
            value = (double)(state >> 34) / (double)(1 + (state >> 50 & 1023));
        } else if (i % 3 == 1) {
            value = (double)(int64_t)(state >> 30) / 1000 - 1e6;
        }
        if (!isfinite(value) || fabs(value) > 1e307) {
            continue;
        }
        int digits = 1 + (int)(state >> 20 & 15);
        char expected[64];
        snprintf(expected, sizeof expected, "%.*e", digits - 1, value);
        double back = 0;
        wrong += strtod(printed(value, digits), NULL) != strtod(expected, NULL);
        wrong += !number_read(slice_of(printed(value, 17)), '.', &back) || back != value;
    }
    CHECK(wrong == 0);
}

// printf's digits without the zeroes behind a decimal mark.
static void without_zeroes(char *text)
{
    size_t length = strlen(text);
    while (text[length - 1] == '0') {
        length--;
    }
    text[text[length - 1] == '.' ? length - 1 : length] = '\0';
}

// Amounts and counts of every length, and their negatives.
static void prints_short_numbers(void)
{
    long wrong = 0;
    for (uint64_t whole = 1; whole < 200000000; whole += 1 + whole / 997) {
        for (int places = 0; places <= 8; places++) {
            double value = (double)whole / pow(10, places);
            char expected[64];
            snprintf(expected, sizeof expected, "%.*f.", places, value); // an ending of its own where there is no mark
            expected[strlen(expected) - (places > 0)] = '\0';
            without_zeroes(expected);
            wrong += strcmp(printed(value, 10), expected) != 0;
            memmove(expected + 1, expected, strlen(expected) + 1);
            expected[0] = '-';
            wrong += strcmp(printed(-value, 10), expected) != 0;
        }
    }
    CHECK(wrong == 0);
}

int main(void)
{
    accepts_what_people_write();
    accepts_groups_of_three_only();
    knows_the_decimal_comma();
    folds_full_width_forms();
    refuses_what_is_left_over();
    rounds_correctly();
    rounds_correctly_whatever_the_length();
    splits_digits_and_places();
    reads_whole_numbers();
    prints_plain_decimal();
    prints_whole_numbers();
    agrees_with_printf();
    prints_short_numbers();
    return tap_done();
}
