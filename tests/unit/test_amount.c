// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of exact amounts: what is read, what is rounded and which way, the bounds, and that printing is reading back.
 */
#include "../../cmd/segment/amount.h"

#include <stdint.h>

#include "tap.h"

static const struct cell_forms plain = {.decimal = '.'};

static const char *shown(money_wide value)
{
    static char text[AMOUNT_SIZE + 1];
    text[amount_print(text, value)] = '\0';
    return text;
}

// What a cell is read as, "blank" or "bad".
static const char *read(const char *cell)
{
    money_wide value = 0;
    switch (amount_read(&plain, slice_of(cell), &value, NULL)) {
    case CELL_OK:
        return shown(value);
    case CELL_BLANK:
        return "blank";
    default:
        return "bad";
    }
}

static void money_and_numbers_are_read(void)
{
    CHECK_TEXT(read("12.50"), "12.5");
    CHECK_TEXT(read(" 1,234.50 "), "1234.5");
    CHECK_TEXT(read("¥1,234.50"), "1234.5");
    CHECK_TEXT(read("(3)"), "-3");
    CHECK_TEXT(read("-0"), "0");
    CHECK_TEXT(read("0.1234567891"), "0.1234567891");
    CHECK_TEXT(read("1e-3"), "0.001");
    CHECK_TEXT(read("-2.5e3"), "-2500");
    CHECK_TEXT(read(""), "blank");
    CHECK_TEXT(read("N/A"), "blank");
    CHECK_TEXT(read("x"), "bad");
    CHECK_TEXT(read("1.2.3"), "bad");
    const struct cell_forms comma = {.decimal = ','};
    money_wide value = 0;
    CHECK(amount_read(&comma, slice_of("1.234,5000001"), &value, NULL) == CELL_OK);
    CHECK_TEXT(shown(value), "1234.5000001");
}

static void what_is_too_fine_is_rounded_away_from_zero(void)
{
    CHECK_TEXT(read("0.000000000000001"), "0.000000000000001");
    CHECK_TEXT(read("0.0000000000000011"), "0.000000000000002");
    CHECK_TEXT(read("-0.0000000000000001"), "-0.000000000000001");
    CHECK_TEXT(read("1e-300"), "0.000000000000001");
    CHECK_TEXT(read("-1e-300"), "-0.000000000000001");
    CHECK_TEXT(read("0e-300"), "0");
    CHECK_TEXT(read("0.00000000000000100000000000000000000000001"), "0.000000000000002");
    CHECK_TEXT(read("3.33333333333333333333333333"), "3.333333333333334");
}

static void the_largest_amount_is_that_of_money(void)
{
    CHECK_TEXT(read("9223372036854.775807"), "9223372036854.775807");
    CHECK_TEXT(read("9223372036854.7758070000"), "9223372036854.775807");
    CHECK_TEXT(read("9223372036854.7758071"), "bad");
    CHECK_TEXT(read("-9223372036854.7758071"), "bad");
    CHECK_TEXT(read("1e13"), "bad");
    CHECK_TEXT(read("1e400"), "bad");
    CHECK_TEXT(read("99999999999999999999999999"), "bad");
}

static void the_currency_is_told(void)
{
    money_wide value = 0;
    uint8_t currency = MONEY_USD;
    CHECK(amount_read(&plain, slice_of("5"), &value, &currency) == CELL_OK && currency == MONEY_NO_CURRENCY);
    CHECK(amount_read(&plain, slice_of("€5"), &value, &currency) == CELL_OK && currency == MONEY_EUR);
    CHECK(amount_read(&plain, slice_of("0.1234567"), &value, &currency) == CELL_OK && currency == MONEY_NO_CURRENCY);
}

static int64_t micros(const char *cell)
{
    struct money money = {0};
    return amount_money(&plain, slice_of(cell), &money) == CELL_OK ? money.micros : INT64_MIN;
}

static void money_with_more_decimals_is_rounded_to_six(void)
{
    CHECK(micros("1.5") == 1500000);
    CHECK(micros("0.0000005") == 1 && micros("-0.0000005") == -1);
    CHECK(micros("0.0000004999999") == 0 && micros("-0.0000004999999") == 0);
    CHECK(micros("12.34567891") == 12345679);
    CHECK(micros("9223372036854.775807") == INT64_MAX);
    CHECK(micros("1e3") == INT64_MIN && micros("x") == INT64_MIN);
    struct money money;
    CHECK(amount_money(&plain, slice_of("1.50"), &money) == CELL_OK && money.places == 2);
    CHECK(amount_money(&plain, slice_of("1.50000001"), &money) == CELL_OK && money.places == 6);
    CHECK(amount_money(&plain, slice_of("-"), &money) == CELL_BLANK);
}

static void what_is_printed_is_read_back(void)
{
    uint64_t state = 1;
    size_t same = 0;
    for (int i = 0; i < 2000; i++) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        money_wide value = (money_wide)(int64_t)state >> (i % 64);
        money_wide again = 0;
        char text[AMOUNT_SIZE];
        size_t length = amount_print(text, value);
        same += amount_read(&plain, (struct slice){text, length}, &again, NULL) == CELL_OK && again == value;
    }
    CHECK(same == 2000);
}

int main(void)
{
    money_and_numbers_are_read();
    what_is_too_fine_is_rounded_away_from_zero();
    the_largest_amount_is_that_of_money();
    the_currency_is_told();
    money_with_more_decimals_is_rounded_to_six();
    what_is_printed_is_read_back();
    return tap_done();
}
