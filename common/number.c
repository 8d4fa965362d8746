// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * number: decimal text to doubles and back, correctly rounded in both directions.
 *
 * Reading: a mantissa up to 2^53 and a power of ten up to 22 are exact doubles, so one multiplication or division
 * rounds once (Clinger 1990); all else goes to strtod, as digits and an exponent, so that no locale can matter.
 * Printing: the same idea backwards where a rounding error cannot decide a digit, else printf's digits laid out without
 * an exponent.
 */
#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "digits.h"

// Every midpoint between two doubles has fewer significant digits than this, so that of all further digits only whether
// they are zero matters.
#define LONGEST_MANTISSA 800

#define MOST_DIGITS 19
#define LARGEST_EXPONENT 100000000
#define EXACT_POWER 22

static const double powers[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                               1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// The digits beyond those that number_parts holds, for strtod.
struct mantissa {
    char digits[LONGEST_MANTISSA + 1];
    size_t length;
    int left_out; // digits that did not fit
    bool sticky;  // and one of them was not 0
};

// What is still to be read. Full-width signs and group marks come out as their ASCII twins.
struct cursor {
    const char *next;
    const char *end;
    char symbol;  // the one at `next`, or 0 at the end and for what no number contains
    size_t width; // its bytes
};

// The marks that only part thousands: a space that does not break comes out as ' ', a curled apostrophe as '\''.
static void look_group(struct cursor *cursor, struct slice rest)
{
    static const struct {
        const char *bytes;
        char symbol;
    } marks[] = {{"\xC2\xA0", ' '}, {"\xE2\x80\xAF", ' '}, {"\xE2\x80\x99", '\''}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct slice mark = slice_of(marks[i].bytes);
        if (slice_starts(rest, mark)) {
            cursor->symbol = marks[i].symbol;
            cursor->width = mark.length;
        }
    }
}

static void look(struct cursor *cursor)
{
    size_t left = (size_t)(cursor->end - cursor->next);
    cursor->symbol = 0;
    cursor->width = 1;
    if (left == 0) {
        return;
    }
    const unsigned char *bytes = (const unsigned char *)cursor->next;
    if (bytes[0] < 0x80) {
        cursor->symbol = (char)bytes[0];
    } else if (left >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBC && bytes[2] >= 0x88 && bytes[2] <= 0x99) {
        cursor->symbol = (char)(bytes[2] - 0x60);
        cursor->width = 3;
    } else {
        look_group(cursor, (struct slice){cursor->next, left});
    }
}

static void advance(struct cursor *cursor)
{
    cursor->next += cursor->width;
    look(cursor);
}

static bool take(struct cursor *cursor, char symbol)
{
    if (cursor->symbol != symbol || symbol == 0) {
        return false;
    }
    advance(cursor);
    return true;
}

static bool is_digit(char symbol)
{
    return symbol >= '0' && symbol <= '9';
}

static void add_to_mantissa(struct mantissa *mantissa, char digit)
{
    if (mantissa->length == 0 && digit == '0') {
        return;
    }
    if (mantissa->length < LONGEST_MANTISSA) {
        mantissa->digits[mantissa->length++] = digit;
        return;
    }
    mantissa->left_out++;
    mantissa->sticky = mantissa->sticky || digit != '0';
}

static void add_digit(struct number_parts *parts, struct mantissa *mantissa, char symbol)
{
    uint64_t digit = (uint64_t)(symbol - '0');
    // 10^18 and more has 19 digits.
    if (parts->dropped > 0 || parts->digits >= UINT64_C(1000000000000000000)) {
        parts->dropped++;
        parts->inexact = parts->inexact || digit != 0;
    } else {
        parts->digits = parts->digits * 10 + digit;
    }
    if (mantissa != NULL) {
        add_to_mantissa(mantissa, symbol);
    }
}

// Digits up to the first other symbol. Returns how many.
static int read_digits(struct cursor *cursor, struct number_parts *parts, struct mantissa *mantissa)
{
    int count = 0;
    while (is_digit(cursor->symbol)) {
        add_digit(parts, mantissa, cursor->symbol);
        count++;
        advance(cursor);
    }
    return count;
}

static bool is_group(char symbol, char decimal)
{
    return symbol == (decimal == '.' ? ',' : '.') || symbol == ' ' || symbol == '\'';
}

// The digits before the decimal mark, in groups of three parted by one mark, or in one run. False when the groups are
// not of three.
static bool read_whole_part(struct cursor *cursor, char decimal, struct number_parts *parts, struct mantissa *mantissa,
                            int *count)
{
    *count = read_digits(cursor, parts, mantissa);
    char group = cursor->symbol;
    size_t width = cursor->width;
    if (!is_group(group, decimal)) {
        return true;
    }
    if (*count < 1 || *count > 3 || parts->digits == 0) {
        return false;
    }
    while (cursor->symbol == group && cursor->width == width) {
        advance(cursor);
        if (read_digits(cursor, parts, mantissa) != 3) {
            return false;
        }
    }
    return true;
}

static bool read_exponent(struct cursor *cursor, struct number_parts *parts)
{
    bool negative = take(cursor, '-');
    if (!negative) {
        take(cursor, '+');
    }
    if (!is_digit(cursor->symbol)) {
        return false;
    }
    int exponent = 0;
    for (; is_digit(cursor->symbol); advance(cursor)) {
        if (exponent < LARGEST_EXPONENT) {
            exponent = exponent * 10 + (cursor->symbol - '0');
        }
    }
    parts->exponent = negative ? -exponent : exponent;
    return true;
}

// Digits, mark, digits, exponent: all but the sign.
static bool read_magnitude(struct cursor *cursor, char decimal, struct number_parts *parts, struct mantissa *mantissa)
{
    int whole = 0;
    if (!read_whole_part(cursor, decimal, parts, mantissa, &whole)) {
        return false;
    }
    if (take(cursor, decimal)) {
        parts->places = read_digits(cursor, parts, mantissa);
    }
    if (whole + parts->places == 0) {
        return false;
    }
    if (take(cursor, 'e') || take(cursor, 'E')) {
        return read_exponent(cursor, parts);
    }
    return true;
}

static bool split(struct slice cell, char decimal, struct number_parts *parts, struct mantissa *mantissa)
{
    cell = slice_trim_value(cell);
    if (cell.length == 0) {
        return false;
    }
    *parts = (struct number_parts){0};
    struct cursor cursor = {.next = cell.data, .end = cell.data + cell.length};
    look(&cursor);
    if (cursor.width == 1) {
        take(&cursor, '\'');
    }
    bool brackets = take(&cursor, '(');
    bool minus = !brackets && take(&cursor, '-');
    bool plus = !brackets && !minus && take(&cursor, '+');
    if (!read_magnitude(&cursor, decimal, parts, mantissa)) {
        return false;
    }
    if (brackets && !take(&cursor, ')')) {
        return false;
    }
    bool trailing_minus = !brackets && !minus && !plus && take(&cursor, '-');
    parts->negative = brackets || minus || trailing_minus;
    return cursor.next == cursor.end;
}

static bool split_run(struct slice cell, char decimal, struct number_parts *parts)
{
    size_t mark = cell.length;
    uint64_t digits = 0;
    for (size_t i = 0; i < cell.length; i++) {
        unsigned digit = (unsigned)(unsigned char)cell.data[i] - '0';
        if (digit <= 9) {
            digits = digits * 10 + digit;
        } else if (cell.data[i] == decimal && mark == cell.length) {
            mark = i;
        } else {
            return false;
        }
    }
    bool marked = mark < cell.length;
    parts->digits = digits;
    parts->places = marked ? (int)(cell.length - mark - 1) : 0;
    return cell.length - marked <= 18;
}

bool number_split_plain(struct slice cell, char decimal, struct number_parts *parts)
{
    bool negative = cell.length > 0 && cell.data[0] == '-';
    cell = slice_part(cell, negative, cell.length);
    if (cell.length - 1 > 18) { // nothing, or too much
        return false;
    }
    *parts = (struct number_parts){.negative = negative};
    return cell.length <= DIGITS_MOST ? digits_read(cell, decimal, &parts->digits, &parts->places)
                                      : split_run(cell, decimal, parts);
}

bool number_split(struct slice cell, char decimal, struct number_parts *parts)
{
    return number_split_plain(cell, decimal, parts) || split(cell, decimal, parts, NULL);
}

static bool finish(double magnitude, bool negative, double *value)
{
    if (!isfinite(magnitude)) {
        return false;
    }
    *value = negative && magnitude != 0 ? -magnitude : magnitude;
    return true;
}

static bool read_long(struct slice cell, char decimal, double *value)
{
    struct number_parts parts;
    struct mantissa mantissa = {.length = 0, .left_out = 0, .sticky = false};
    if (!split(cell, decimal, &parts, &mantissa)) {
        return false;
    }
    if (mantissa.sticky) {
        mantissa.digits[LONGEST_MANTISSA] = '1';
        mantissa.length++;
        mantissa.left_out--;
    }
    char text[LONGEST_MANTISSA + 32];
    snprintf(text, sizeof text, "%.*se%d", (int)mantissa.length, mantissa.digits,
             mantissa.left_out - parts.places + parts.exponent);
    return finish(strtod(text, NULL), parts.negative, value);
}

bool number_read(struct slice cell, char decimal, double *value)
{
    struct number_parts parts;
    if (!number_split(cell, decimal, &parts)) {
        return false;
    }
    if (parts.inexact) {
        return read_long(cell, decimal, value);
    }
    int power = parts.dropped - parts.places + parts.exponent;
    if (parts.digits == 0 || power == 0) {
        return finish((double)parts.digits, parts.negative, value);
    }
    if (parts.digits <= UINT64_C(1) << 53 && power >= -EXACT_POWER && power <= EXACT_POWER) {
        double digits = (double)parts.digits;
        return finish(power < 0 ? digits / powers[-power] : digits * powers[power], parts.negative, value);
    }
    char text[48];
    snprintf(text, sizeof text, "%llue%d", (unsigned long long)parts.digits, power);
    return finish(strtod(text, NULL), parts.negative, value);
}

bool number_read_whole(struct slice cell, int64_t *value)
{
    bool negative = cell.length > 0 && cell.data[0] == '-';
    size_t start = negative || (cell.length > 0 && cell.data[0] == '+') ? 1 : 0;
    if (cell.length == start) {
        return false;
    }
    uint64_t limit = negative ? UINT64_C(1) << 63 : INT64_MAX;
    uint64_t digits = 0;
    for (size_t i = start; i < cell.length; i++) {
        unsigned digit = (unsigned)(unsigned char)cell.data[i] - '0';
        if (digit > 9 || digits > (limit - digit) / 10) {
            return false;
        }
        digits = digits * 10 + digit;
    }
    // The lowest number has no positive twin.
    *value = negative && digits > 0 ? -(int64_t)(digits - 1) - 1 : (int64_t)digits;
    return true;
}

// As print_scaled, of less than 10^8 and at most seven places. Nothing here depends on how many digits there are, which
// the processor cannot foresee: its wrong guesses would cost more than all of this.
static size_t print_short(char *out, bool negative, uint64_t whole, int places)
{
    uint64_t digits = digits_split(whole);
    uint64_t text = digits | '0' * DIGITS_EACH_ONE;
    size_t mark = DIGITS_MOST - (size_t)places;
    // The first digit that is printed; the one before the mark always is. And behind the last.
    uint64_t shown = digits | UINT64_C(1) << (mark * 8 - 1);
    size_t first = (size_t)__builtin_ctzll(shown) / 8;
    size_t end = DIGITS_MOST - (size_t)__builtin_clzll(shown) / 8;
    *out = '-';
    char *behind = out + negative + (mark - first);
    digits_store(out + negative, text >> first * 8);
    *behind = '.';
    digits_store(behind + 1, places == 0 ? 0 : text >> mark * 8);
    behind += end - mark + (end > mark);
    *behind = '\0';
    return (size_t)(behind - out);
}

// The digits of `whole`, the last `places` of them after a mark, without zeroes at the end of those.
static size_t print_scaled(char *out, bool negative, uint64_t whole, int places)
{
    if (whole < 100000000 && places < DIGITS_MOST) {
        return print_short(out, negative, whole, places);
    }
    while (places > 0 && whole % 10 == 0) {
        whole /= 10;
        places--;
    }
    char reversed[64];
    size_t count = 0;
    for (int i = 0; i < places; i++) {
        reversed[count++] = (char)('0' + whole % 10);
        whole /= 10;
    }
    if (places > 0) {
        reversed[count++] = '.';
    }
    do {
        reversed[count++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    if (negative) {
        reversed[count++] = '-';
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    out[count] = '\0';
    return count;
}

// `magnitude` x 10^*places, rounded to `digits` significant digits, when the one rounding of the product cannot have
// changed a digit of that.
static bool scale(double magnitude, int digits, uint64_t *whole, int *places)
{
    int binary = 0;
    frexp(magnitude, &binary);
    int power = digits - 1 - (int)floor((binary - 1) * 0.30102999566398120);
    if (digits > 15 || power < 1 || power > EXACT_POWER) {
        return false;
    }
    double scaled = magnitude * powers[power];
    // The logarithm was a lower bound.
    if (scaled >= powers[digits]) {
        power--;
        scaled = magnitude * powers[power];
    }
    *whole = (uint64_t)scaled;
    double fraction = scaled - (double)*whole;
    if (fabs(fraction - 0.5) <= scaled * 0x1p-52) {
        return false;
    }
    *whole += fraction > 0.5;
    *places = power;
    return true;
}

// Lays out "d.ddde-xx" as plain decimal.
static size_t print_layout(char *out, const char *scientific, int digits)
{
    char mantissa[24];
    mantissa[0] = scientific[0];
    memcpy(mantissa + 1, scientific + 2, (size_t)digits - 1);
    const char *mark = strchr(scientific, 'e');
    int exponent = 0;
    for (const char *digit = mark + 2; *digit != '\0'; digit++) {
        exponent = exponent * 10 + (*digit - '0');
    }
    exponent = mark[1] == '-' ? -exponent : exponent;
    while (digits > 1 && mantissa[digits - 1] == '0') {
        digits--;
    }
    size_t length = 0;
    if (exponent < 0) {
        out[length++] = '0';
        out[length++] = '.';
        memset(out + length, '0', (size_t)(-exponent - 1));
        length += (size_t)(-exponent - 1);
        memcpy(out + length, mantissa, (size_t)digits);
        length += (size_t)digits;
    }
    for (int i = 0; exponent >= 0 && (i <= exponent || i < digits); i++) {
        if (i == exponent + 1) {
            out[length++] = '.';
        }
        out[length++] = i < digits ? mantissa[i] : '0';
    }
    out[length] = '\0';
    return length;
}

size_t number_print(char out[NUMBER_SIZE], double value, int digits)
{
    out[0] = '\0';
    if (!isfinite(value)) {
        return 0;
    }
    bool negative = value < 0;
    double magnitude = fabs(value);
    if (magnitude < 1e15 && magnitude == (double)(uint64_t)magnitude && (digits > 15 || magnitude < powers[digits])) {
        return print_scaled(out, negative, (uint64_t)magnitude, 0);
    }
    uint64_t whole = 0;
    int places = 0;
    if (scale(magnitude, digits, &whole, &places)) {
        return print_scaled(out, negative, whole, places);
    }
    char scientific[40];
    snprintf(scientific, sizeof scientific, "%.*e", digits - 1, magnitude);
    if (negative) {
        out[0] = '-';
    }
    return (size_t)negative + print_layout(out + negative, scientific, digits);
}

size_t number_print_whole(char out[NUMBER_SIZE], int64_t value)
{
    uint64_t magnitude = value < 0 ? (uint64_t) - (value + 1) + 1 : (uint64_t)value;
    return print_scaled(out, value < 0, magnitude, 0);
}
