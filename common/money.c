// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * money: amounts in millionths, read from the digits themselves, never through a double.
 *
 * A currency mark stands before or after the number, inside or outside its sign or brackets; "$" and "¥" name no single
 * currency, so a second mark may settle it ("$10.00 CAD").
 */
#include "money.h"

#include <string.h>

#include "digits.h"
#include "number.h"

#define MOST_PLACES 6
#define LARGEST_MICROS UINT64_C(9200000000000000000)

// An amount with its mark between sign and digits is put together without the mark; nobody writes a longer one.
#define LONGEST_JOINED 256

struct mark {
    const char *text;
    enum money_currency currency;
};

// A mark that ends with another one stands before it.
static const struct mark marks[] = {
    {"CN¥", MONEY_CNY},  {"JP¥", MONEY_JPY},    {"¥", MONEY_CNY},    {"￥", MONEY_CNY},   {"人民币", MONEY_CNY},
    {"日元", MONEY_JPY}, {"美元", MONEY_USD},   {"欧元", MONEY_EUR}, {"港元", MONEY_HKD}, {"港币", MONEY_HKD},
    {"韩元", MONEY_KRW}, {"新台币", MONEY_TWD}, {"台币", MONEY_TWD}, {"英镑", MONEY_GBP}, {"加元", MONEY_CAD},
    {"澳元", MONEY_AUD}, {"元", MONEY_CNY},     {"圆", MONEY_CNY},   {"円", MONEY_JPY},   {"원", MONEY_KRW},
    {"US$", MONEY_USD},  {"HK$", MONEY_HKD},    {"NT$", MONEY_TWD},  {"CA$", MONEY_CAD},  {"AU$", MONEY_AUD},
    {"C$", MONEY_CAD},   {"A$", MONEY_AUD},     {"$", MONEY_USD},    {"＄", MONEY_USD},   {"€", MONEY_EUR},
    {"£", MONEY_GBP},    {"￡", MONEY_GBP},     {"₹", MONEY_INR},    {"₩", MONEY_KRW},    {"￦", MONEY_KRW},
    {"CNY", MONEY_CNY},  {"RMB", MONEY_CNY},    {"USD", MONEY_USD},  {"EUR", MONEY_EUR},  {"GBP", MONEY_GBP},
    {"INR", MONEY_INR},  {"KRW", MONEY_KRW},    {"JPY", MONEY_JPY},  {"HKD", MONEY_HKD},  {"TWD", MONEY_TWD},
    {"CAD", MONEY_CAD},  {"AUD", MONEY_AUD},    {"CHF", MONEY_CHF},
};

static const char *const wrappers[] = {"'", "(", "+", "-", "（", "＋", "－", ")", "）"};

static const int64_t scales[MOST_PLACES + 1] = {1000000, 100000, 10000, 1000, 100, 10, 1};

static bool from_parts(const struct number_parts *parts, struct money *value)
{
    if (parts->exponent != 0 || parts->inexact) {
        return false;
    }
    uint64_t digits = parts->digits;
    int places = parts->places - parts->dropped;
    for (; places > MOST_PLACES; places--) {
        if (digits % 10 != 0) {
            return false;
        }
        digits /= 10;
    }
    if (digits != 0 && (places < 0 || digits > LARGEST_MICROS / (uint64_t)scales[places])) {
        return false;
    }
    int64_t micros = digits == 0 ? 0 : (int64_t)digits * scales[places];
    value->micros = parts->negative ? -micros : micros;
    value->places = (uint8_t)(parts->places < MOST_PLACES ? parts->places : MOST_PLACES);
    value->currency = MONEY_NO_CURRENCY;
    return true;
}

// The bytes of the wrapper that `text` begins or ends with; 0 when there is none. One is of one byte or of three.
static size_t find_wrapper(struct slice text, bool at_end)
{
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
        size_t length = wrappers[i][1] == '\0' ? 1 : 3;
        size_t start = at_end ? text.length - length : 0;
        if (length <= text.length && text.data[start] == wrappers[i][0] &&
            memcmp(text.data + start, wrappers[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

// The bytes at the start of `text` (or at its end) that belong to signs, brackets and blanks around a number.
static size_t wrapper_length(struct slice text, bool at_end)
{
    size_t length = 0;
    size_t found = 0;
    do {
        struct slice rest = at_end ? slice_part(text, 0, text.length - length) : slice_part(text, length, text.length);
        struct slice trimmed = slice_trim_value(rest);
        if (trimmed.length == 0) {
            return text.length;
        }
        length += at_end ? (size_t)(rest.data + rest.length - (trimmed.data + trimmed.length))
                         : (size_t)(trimmed.data - rest.data);
        found = find_wrapper(trimmed, at_end);
        length += found;
    } while (found > 0);
    return length;
}

static bool has_mark(struct slice text, struct slice mark, bool at_end)
{
    if (text.length < mark.length) {
        return false;
    }
    struct slice part =
        at_end ? slice_part(text, text.length - mark.length, text.length) : slice_part(text, 0, mark.length);
    return slice_equal_fold(part, mark);
}

// Takes the mark off one end of `text`, and the blanks between it and the number. NULL when there is none.
static const struct mark *take_mark(struct slice *text, bool at_end)
{
    char edge = text->length == 0 ? '0' : text->data[at_end ? text->length - 1 : 0];
    if (edge >= '0' && edge <= '9') {
        return NULL;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct slice mark = slice_of(marks[i].text);
        if (has_mark(*text, mark, at_end)) {
            *text = at_end ? slice_part(*text, 0, text->length - mark.length)
                           : slice_part(*text, mark.length, text->length);
            *text = slice_trim_value(*text);
            return &marks[i];
        }
    }
    return NULL;
}

static bool is_shared_sign(const struct mark *mark)
{
    return slice_is(slice_of("$"), mark->text) || slice_is(slice_of("＄"), mark->text) ||
           slice_is(slice_of("¥"), mark->text) || slice_is(slice_of("￥"), mark->text);
}

// May the sign at one end stand for the currency that the other end names?
static bool may_mean(const struct mark *sign, enum money_currency currency)
{
    if (sign->currency == currency) {
        return true;
    }
    if (!is_shared_sign(sign)) {
        return false;
    }
    if (sign->currency == MONEY_CNY) {
        return currency == MONEY_JPY;
    }
    return currency == MONEY_CAD || currency == MONEY_AUD || currency == MONEY_HKD || currency == MONEY_TWD;
}

static bool settle(const struct mark *before, const struct mark *after, enum money_currency *currency)
{
    if (before == NULL || after == NULL) {
        const struct mark *mark = before != NULL ? before : after;
        *currency = mark == NULL ? MONEY_NO_CURRENCY : mark->currency;
        return true;
    }
    *currency = is_shared_sign(before) ? after->currency : before->currency;
    return may_mean(before, after->currency) || may_mean(after, before->currency);
}

static bool join(char out[LONGEST_JOINED], size_t *length, struct slice part)
{
    part = slice_trim_value(part);
    if (part.length > LONGEST_JOINED - *length) {
        return false;
    }
    if (part.length > 0) {
        memcpy(out + *length, part.data, part.length);
        *length += part.length;
    }
    return true;
}

// Splits a cell with a currency mark.
static bool split_marked(struct slice cell, char decimal, struct number_parts *parts, enum money_currency *currency)
{
    cell = slice_trim_value(cell);
    size_t head = wrapper_length(cell, false);
    if (head == cell.length) {
        return false;
    }
    size_t tail = wrapper_length(cell, true);
    struct slice middle = slice_part(cell, head, cell.length - tail);
    const struct mark *before = take_mark(&middle, false);
    const struct mark *after = take_mark(&middle, true);
    if ((before == NULL && after == NULL) || !settle(before, after, currency)) {
        return false;
    }
    char joined[LONGEST_JOINED];
    size_t length = 0;
    return join(joined, &length, slice_part(cell, 0, head)) && join(joined, &length, middle) &&
           join(joined, &length, slice_part(cell, cell.length - tail, cell.length)) &&
           number_split((struct slice){joined, length}, decimal, parts);
}

static bool read_marked(struct slice cell, char decimal, struct money *value)
{
    struct number_parts parts;
    enum money_currency currency = MONEY_NO_CURRENCY;
    if (!split_marked(cell, decimal, &parts, &currency) || !from_parts(&parts, value)) {
        return false;
    }
    value->currency = (uint8_t)currency;
    return true;
}

bool money_is_beyond(struct slice cell, char decimal)
{
    const double largest = 9.2e12;
    struct number_parts parts;
    enum money_currency currency;
    if (!number_split(cell, decimal, &parts) && !split_marked(cell, decimal, &parts, &currency)) {
        return false;
    }
    double size = (double)parts.digits;
    int tens = parts.dropped - parts.places + parts.exponent;
    for (; tens < 0 && size > largest; tens++) {
        size /= 10;
    }
    for (; tens > 0 && size > 0 && size <= largest; tens--) {
        size *= 10;
    }
    return size > largest;
}

bool money_read_short(struct slice cell, char decimal, struct money *value)
{
    uint64_t digits;
    int places;
    if (cell.length - 1 >= DIGITS_MOST || !digits_read(cell, decimal, &digits, &places) || places > MOST_PLACES) {
        return false;
    }
    *value = (struct money){.micros = (int64_t)digits * scales[places], .places = (uint8_t)places};
    return true;
}

bool money_read(struct slice cell, char decimal, struct money *value)
{
    struct number_parts parts;
    if (money_read_short(cell, decimal, value)) {
        return true;
    }
    if (number_split_plain(cell, decimal, &parts) || number_split(cell, decimal, &parts)) {
        return from_parts(&parts, value);
    }
    return read_marked(cell, decimal, value);
}

static void raise_places(struct money_sum *sum, uint8_t places)
{
    if (places > sum->places) {
        sum->places = places;
    }
}

void money_add(struct money_sum *sum, struct money value)
{
    sum->micros += value.micros;
    raise_places(sum, value.places);
}

void money_add_sum(struct money_sum *sum, struct money_sum other)
{
    sum->micros += other.micros;
    raise_places(sum, other.places);
}

int money_compare(struct money_sum a, struct money_sum b)
{
    return (a.micros > b.micros) - (a.micros < b.micros);
}

double money_number(struct money_sum sum)
{
    const int64_t exact = INT64_C(1) << 53;
    if (sum.micros >= -exact && sum.micros <= exact) {
        return (double)(int64_t)sum.micros / MONEY_ONE;
    }
    sum.places = MOST_PLACES;
    char text[MONEY_SIZE];
    size_t length = money_print(text, sum);
    double value = 0;
    number_read((struct slice){text, length}, '.', &value);
    return value;
}

// Rounded half away from zero; divisor > 0.
static money_wide divide(money_wide micros, int64_t divisor)
{
    bool small = micros == (int64_t)micros; // a wide division is slow
    money_wide quotient = small ? (int64_t)micros / divisor : micros / divisor;
    money_wide rest = micros - quotient * divisor;
    rest = rest < 0 ? -rest : rest;
    if (rest >= divisor - rest) {
        quotient += micros < 0 ? -1 : 1;
    }
    return quotient;
}

struct money_sum money_divide(struct money_sum sum, int64_t count)
{
    sum.micros = divide(sum.micros, count);
    return sum;
}

// One more digit in front; before it the mark when the places are done.
static char *prepend(char *to, unsigned digit, size_t done, size_t places)
{
    if (done == places && done > 0) {
        *--to = '.';
    }
    *--to = (char)('0' + digit);
    return to;
}

size_t money_print(char out[MONEY_SIZE], struct money_sum sum)
{
    money_wide units = divide(sum.micros, scales[sum.places]);
    bool negative = units < 0;
    money_wide rest = negative ? -units : units;
    char digits[MONEY_SIZE];
    char *end = digits + sizeof digits;
    char *to = end;
    size_t done = 0;
    for (; rest > INT64_MAX; rest /= 10) { // slow, and seldom
        to = prepend(to, (unsigned)(rest % 10), done++, sum.places);
    }
    for (uint64_t low = (uint64_t)rest; low != 0 || done <= sum.places; low /= 10) {
        to = prepend(to, (unsigned)(low % 10), done++, sum.places);
    }
    if (negative) {
        *--to = '-';
    }
    size_t length = (size_t)(end - to);
    memcpy(out, to, length);
    out[length] = '\0';
    return length;
}

const char *money_currency_name(enum money_currency currency)
{
    static const char *const names[] = {"",    "CNY", "USD", "EUR", "GBP", "INR", "KRW",
                                        "JPY", "HKD", "TWD", "CAD", "AUD", "CHF"};
    return names[currency];
}
