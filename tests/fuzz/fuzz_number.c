// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any cell as a number, an amount of money and a period. The first byte chooses the decimal mark. What is read is
 * printed and read again as the same; blanks around it change nothing, and one letter more is a refusal.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "memory.h"
#include "money.h"
#include "number.h"
#include "period.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// The cell between `before` and `after`, in `text`.
static struct slice wrap(struct text *text, const char *before, struct slice cell, const char *after)
{
    text_clear(text);
    text_append_string(text, before);
    text_append(text, cell);
    text_append_string(text, after);
    return text_slice(text);
}

static bool is_same_parts(const struct number_parts *a, const struct number_parts *b)
{
    return a->digits == b->digits && a->places == b->places && a->dropped == b->dropped && a->exponent == b->exponent &&
           a->negative == b->negative && a->inexact == b->inexact;
}

static void check_number(struct slice cell, char decimal, struct text *wrapped)
{
    struct number_parts plain;
    struct number_parts parts;
    double value = 0;
    double again = 1;
    bool split = number_split(cell, decimal, &parts);
    if (number_split_plain(cell, decimal, &plain)) {
        require(split && is_same_parts(&plain, &parts));
    }
    bool read = number_read(cell, decimal, &value);
    require(read == number_read(wrap(wrapped, " ", cell, "\t"), decimal, &again));
    require(!read || (split && isfinite(value) && memcmp(&value, &again, sizeof value) == 0));
    if (read) {
        char out[NUMBER_SIZE];
        require(!number_read(wrap(wrapped, "", cell, "x"), decimal, &again));
        struct slice printed = {out, number_print(out, value, 17)};
        require(printed.length > 0 && printed.length < NUMBER_SIZE && number_read(printed, '.', &again));
        require(memcmp(&value, &again, sizeof value) == 0);
    }
}

static void check_whole(struct slice cell)
{
    int64_t value;
    int64_t again;
    double number;
    if (number_read_whole(cell, &value)) {
        char out[NUMBER_SIZE];
        require(number_read_whole((struct slice){out, number_print_whole(out, value)}, &again) && again == value);
        require(number_read(cell, '.', &number) && number == (double)value);
    }
}

// A number within the range is an amount, but for exponents and more than six decimals; the two then agree.
static void check_money(struct slice cell, char decimal, struct text *wrapped)
{
    struct money money;
    struct money again;
    struct money_sum sum = {0};
    double number;
    if (!money_read(cell, decimal, &money)) {
        return;
    }
    char out[MONEY_SIZE];
    money_add(&sum, money);
    struct slice printed = {out, money_print(out, sum)};
    require(printed.length > 0 && printed.length < MONEY_SIZE && money.places <= 6);
    require(money_read(printed, '.', &again) && again.micros == money.micros && again.places == money.places);
    require(!money_read(wrap(wrapped, "", cell, "x"), decimal, &again));
    if (number_read(cell, decimal, &number)) {
        require(money.currency == MONEY_NO_CURRENCY && money_number(sum) == number);
    }
}

static void check_period(struct slice cell)
{
    struct period period;
    struct period again;
    if (period_read(cell, &period)) {
        char out[PERIOD_SIZE];
        struct slice printed = {out, period_print(out, period)};
        require(printed.length > 0 && printed.length < PERIOD_SIZE && period_read(printed, &again));
        require(again.months == period.months && again.seconds == period.seconds);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct slice cell = {(const char *)bytes + 1, size - 1};
    char decimal = bytes[0] % 2 == 0 ? '.' : ',';
    struct text wrapped = {0};
    check_number(cell, decimal, &wrapped);
    check_whole(cell);
    check_money(cell, decimal, &wrapped);
    check_period(cell);
    text_free(&wrapped);
    return 0;
}
