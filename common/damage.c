// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * damage: counts, for each column, the values that look damaged and those that speak against it.
 */
#include "damage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "diag.h"
#include "heap.h"
#include "row.h"
#include "slice.h"

enum {
    KEPT_DIGITS = 15, // of a number in a spreadsheet
    MANY_ZEROES = 9,  // digits that are hardly all zero by chance
    LONGEST = 64,     // longer cells are prose, in which an asterisk means something else
};

struct damage_column {
    uint64_t values;
    uint64_t masked;
    uint64_t rounded;
    uint64_t zeroes; // digits behind the 15th of whole numbers, all zero
    bool precise;    // one of these was another
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool damage_is_rounded(struct slice value)
{
    if (value.length < 5 || !slice_equal(slice_part(value, value.length - 4, value.length - 2), slice_of("E+"))) {
        return false;
    }
    for (size_t i = 0; i < value.length; i++) {
        bool in_exponent = i == value.length - 4 || i == value.length - 3;
        if (!in_exponent && value.data[i] != '.' && !is_digit(value.data[i])) {
            return false;
        }
    }
    return true;
}

bool damage_is_masked(struct slice value)
{
    return memchr(value.data, '*', value.length) != NULL;
}

static bool is_whole(struct slice value)
{
    for (size_t i = 0; i < value.length; i++) {
        if (!is_digit(value.data[i])) {
            return false;
        }
    }
    return true;
}

// A whole number of more digits than a spreadsheet keeps.
static void look_at_long(struct damage_column *column, struct slice value)
{
    for (size_t i = KEPT_DIGITS; i < value.length; i++) {
        column->precise = column->precise || value.data[i] != '0';
        column->zeroes++;
    }
}

static void look_at(struct damage_column *column, struct slice cell)
{
    struct slice value = slice_trim_value(cell);
    if (value.length == 0 || value.length > LONGEST) {
        column->values += value.length > 0;
        return;
    }
    column->values++;
    column->masked += value.length > 1 && damage_is_masked(value);
    column->rounded += damage_is_rounded(value);
    if (value.length > KEPT_DIGITS && is_whole(value)) {
        look_at_long(column, value);
    }
}

void damage_look(struct damage *damage, const struct row *row)
{
    if (damage->columns == NULL) {
        damage->columns = heap_allocate(row->count, sizeof *damage->columns);
        damage->count = row->count;
    }
    for (size_t i = 0; i < damage->count; i++) {
        look_at(&damage->columns[i], row->cells[i]);
    }
    damage->rows++;
}

// NULL when there is nothing to say. Where half of the values have an asterisk it hides something.
static const char *describe(const struct damage_column *column)
{
    if (column->zeroes >= MANY_ZEROES && !column->precise) {
        return "its long numbers end in zeroes: a spreadsheet rounded them, the last digits are lost";
    }
    if (column->rounded > 0) {
        return "numbers such as 1.38E+10: a spreadsheet rounded them, the last digits are lost";
    }
    if (column->masked > 1 && column->masked * 2 >= column->values) {
        return "masked with asterisks, so it cannot tell customers apart";
    }
    return NULL;
}

void damage_say(const struct damage *damage, const struct columns *columns, const char *file, const struct diag *diag)
{
    for (size_t i = 0; i < damage->count; i++) {
        const char *what = describe(&damage->columns[i]);
        struct slice name = slice_trim_value(columns->names[i]);
        if (what != NULL && name.length > 0) {
            diag_note(diag, "%s: column '%.*s': %s", file, (int)name.length, name.data, what);
        } else if (what != NULL) {
            diag_note(diag, "%s: column %zu: %s", file, i + 1, what);
        }
    }
}

void damage_free(struct damage *damage)
{
    free(damage->columns);
    *damage = (struct damage){0};
}
