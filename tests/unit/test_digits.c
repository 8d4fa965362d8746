// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * digits_read against a loop over the bytes: every text of up to three bytes, and many longer ones; digits_split
 * against printf.
 */
#include "digits.h"

#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

// What digits.h promises, said in the plainest way.
static bool read_slowly(struct slice cell, char decimal, uint64_t *value, int *places)
{
    bool any = false;
    bool marked = false;
    *value = 0;
    *places = 0;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.data[i] == decimal && !marked) {
            marked = true;
        } else if (cell.data[i] >= '0' && cell.data[i] <= '9') {
            any = true;
            *places += marked;
            *value = *value * 10 + (uint64_t)(cell.data[i] - '0');
        } else {
            return false;
        }
    }
    return any;
}

// With other bytes before it, the same digits are got at once.
static bool agrees_behind(const char *text, size_t length)
{
    static const char before[DIGITS_MOST] = "12.,x\xFF\0";
    char *bytes = malloc(DIGITS_MOST);
    memcpy(bytes, before, DIGITS_MOST - length);
    memcpy(bytes + DIGITS_MOST - length, text, length);
    struct slice cell = {bytes + DIGITS_MOST - length, length};
    bool same = digits_before(cell) == digits_of((struct slice){text, length});
    free(bytes);
    return same;
}

// Without the mark, digits have the order of the number that they are.
static bool is_ordered(struct slice cell, char decimal, uint64_t number, int places)
{
    uint64_t digits = digits_of(cell);
    size_t behind;
    return digits_unmark(&digits, cell, decimal, &behind) && (int)behind == places &&
           digits_order(digits) == digits_order(digits_split(number));
}

// In memory of just that size, so that a sanitizer sees who reads beside it.
static bool agrees(const char *text, size_t length, char decimal)
{
    uint64_t expected;
    uint64_t got = 0;
    int expected_places;
    int places = 0;
    char *bytes = malloc(length);
    memcpy(bytes, text, length);
    struct slice cell = {bytes, length};
    bool is_number = read_slowly(cell, decimal, &expected, &expected_places);
    bool same = digits_read(cell, decimal, &got, &places) == is_number &&
                (!is_number || (got == expected && places == expected_places));
    same = same && (!is_number || is_ordered(cell, decimal, got, places));
    free(bytes);
    return same && agrees_behind(text, length);
}

static void test_short(void)
{
    long wrong = 0;
    for (unsigned all = 0; all < 1U << 24; all += all < 1U << 16 ? 1 : 7) {
        char text[3] = {(char)(all & 0xFF), (char)(all >> 8 & 0xFF), (char)(all >> 16)};
        wrong += !agrees(text, all < 256 ? 1 : all < 65536 ? 2 : 3, '.');
    }
    CHECK(wrong == 0);
}

static void test_long(void)
{
    static const char bytes[] = "0123456789012345678901234567890123456789..,/:-\xB9\x80";
    unsigned state = 1;
    long wrong = 0;
    for (int round = 0; round < 1000000; round++) {
        char text[DIGITS_MOST];
        for (size_t i = 0; i < sizeof text; i++) {
            state = state * 1664525 + 1013904223;
            text[i] = bytes[(state >> 16) % (sizeof bytes - 1)];
        }
        wrong += !agrees(text, 1 + (state >> 8) % DIGITS_MOST, round % 2 == 0 ? '.' : ',');
    }
    CHECK(wrong == 0);
}

// Split, stored, loaded and joined again.
static void test_split(void)
{
    long wrong = 0;
    for (uint64_t value = 0; value < 100000000; value += 1 + value / 4099) {
        char text[DIGITS_MOST + 1];
        char bytes[DIGITS_MOST];
        uint64_t joined;
        snprintf(text, sizeof text, "%08llu", (unsigned long long)value);
        digits_store(bytes, digits_split(value) | '0' * DIGITS_EACH_ONE);
        wrong += memcmp(bytes, text, sizeof bytes) != 0;
        wrong += !digits_value(digits_load(bytes, sizeof bytes), &joined) || joined != value;
    }
    CHECK(wrong == 0);
}

static void test_order(void)
{
    static const uint64_t numbers[] = {0, 1, 9, 10, 11, 99, 100, 101, 4999, 5000, 99999, 9999999, 10000000, 99999999};
    for (size_t i = 1; i < sizeof numbers / sizeof *numbers; i++) {
        CHECK(digits_order(digits_split(numbers[i - 1])) < digits_order(digits_split(numbers[i])));
    }
}

int main(void)
{
    test_split();
    test_short();
    test_long();
    CHECK(agrees("99999999", 8, '.'));
    CHECK(agrees(".0000001", 8, '.'));
    CHECK(agrees("1234567.", 8, '.'));
    test_order();
    return tap_done();
}
