// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * columns: names are copied once per header and kept twice, as written and as they are matched. Look-ups walk the list;
 * they happen a few times a run. Two headers are compared sorted by name and position, so the widest ones cost little
 * and the second 'x' of one answers to the second 'x' of the other.
 */
#include "columns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "diag.h"
#include "heap.h"
#include "number.h"
#include "row.h"
#include "slice.h"
#include "text.h"

enum {
    LIST_BYTES = 240, // of names in one message
    NAME_BYTES = 48,  // of one name in a message
};

// The ASCII character that the three bytes at `data` are the full-width form of, or 0.
static char narrow(const char *data)
{
    unsigned char first = (unsigned char)data[0];
    unsigned char second = (unsigned char)data[1];
    unsigned char third = (unsigned char)data[2];
    if (first == 0xE3 && second == 0x80 && third == 0x80) { // U+3000
        return ' ';
    }
    if (first == 0xEF && second == 0xBC && third >= 0x81 && third <= 0xBF) { // U+FF01 to U+FF3F
        return (char)(third - 0x60);
    }
    if (first == 0xEF && second == 0xBD && third >= 0x80 && third <= 0x9E) { // U+FF40 to U+FF5E
        return (char)(third - 0x20);
    }
    return 0;
}

// The name as it is matched: a part of `name` itself, or a copy in the arena when there was something to fold.
static struct slice fold(struct arena *arena, struct slice name)
{
    struct slice trimmed = slice_trim_value(name);
    char *folded = NULL;
    size_t length = 0;
    for (size_t i = 0; i < trimmed.length; i++) {
        char ascii = i + 2 < trimmed.length ? narrow(trimmed.data + i) : (char)0;
        if (ascii != 0 && folded == NULL) {
            folded = arena_allocate(arena, trimmed.length);
            memcpy(folded, trimmed.data, i);
        }
        if (folded != NULL) {
            folded[length] = ascii != 0 ? ascii : trimmed.data[i];
        }
        length++;
        i += ascii != 0 ? 2 : 0;
    }
    return folded == NULL ? trimmed : slice_trim_value((struct slice){folded, length});
}

static void make_room(struct columns *columns, size_t count)
{
    columns_free(columns);
    columns->count = count;
    columns->names = arena_allocate(&columns->arena, count * sizeof *columns->names);
    columns->folded = arena_allocate(&columns->arena, count * sizeof *columns->folded);
}

void columns_set(struct columns *columns, const struct row *header)
{
    make_room(columns, header->count);
    for (size_t i = 0; i < header->count; i++) {
        columns->names[i] = arena_copy(&columns->arena, header->cells[i]);
        columns->folded[i] = fold(&columns->arena, columns->names[i]);
    }
}

void columns_number(struct columns *columns, size_t count)
{
    make_room(columns, count);
    for (size_t i = 0; i < count; i++) {
        char digits[NUMBER_SIZE];
        size_t length = number_print_whole(digits, (int64_t)i + 1);
        columns->names[i] = arena_copy(&columns->arena, (struct slice){digits, length});
        columns->folded[i] = columns->names[i];
    }
}

void columns_free(struct columns *columns)
{
    arena_free(&columns->arena);
    *columns = (struct columns){0};
}

// The `which`-th column (from 1) of this folded name; the number of columns when there is none.
static size_t occurrence(const struct columns *columns, struct slice folded, size_t which)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (slice_equal(columns->folded[i], folded) && --which == 0) {
            return i;
        }
    }
    return columns->count;
}

static size_t times(const struct columns *columns, struct slice folded)
{
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        count += slice_equal(columns->folded[i], folded);
    }
    return count;
}

size_t columns_times(const struct columns *columns, struct slice name)
{
    struct arena scratch = {0};
    size_t count = times(columns, fold(&scratch, name));
    arena_free(&scratch);
    return count;
}

bool columns_has(const struct columns *columns, struct slice name, size_t *index)
{
    struct arena scratch = {0};
    struct slice folded = fold(&scratch, name);
    bool once = folded.length > 0 && times(columns, folded) == 1;
    if (once) {
        *index = occurrence(columns, folded, 1);
    }
    arena_free(&scratch);
    return once;
}

// A name as it may stand in a message: one line, not too long, cut between characters.
static void append_name(struct text *out, struct slice name)
{
    struct slice shown = slice_trim_value(name);
    size_t length = shown.length;
    if (length > NAME_BYTES) {
        length = NAME_BYTES;
        while (length > 0 && ((unsigned char)shown.data[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)shown.data[i];
        text_append_byte(out, byte < 0x20 || byte == 0x7F ? ' ' : shown.data[i]);
    }
    if (length < shown.length) {
        text_append_string(out, "...");
    }
}

void columns_list(const struct columns *columns, struct text *out)
{
    size_t start = out->length;
    for (size_t i = 0; i < columns->count; i++) {
        if (out->length - start > LIST_BYTES) {
            text_format(out, ", ... (%zu more)", columns->count - i);
            return;
        }
        text_append_string(out, i > 0 ? ", " : "");
        if (columns->folded[i].length > 0) {
            append_name(out, columns->names[i]);
        } else {
            text_format(out, "%zu", i + 1);
        }
    }
}

// "name[2]" taken apart. False when `folded` is not of this form.
static bool split_occurrence(struct slice folded, struct slice *base, size_t *which)
{
    size_t bracket = folded.length;
    while (bracket > 0 && folded.data[bracket - 1] != '[') {
        bracket--;
    }
    int64_t number = 0;
    if (bracket < 2 || folded.data[folded.length - 1] != ']' ||
        !number_read_whole(slice_part(folded, bracket, folded.length - 1), &number) || number < 1) {
        return false;
    }
    *base = slice_trim_value(slice_part(folded, 0, bracket - 1));
    *which = (size_t)number;
    return base->length > 0;
}

// A 1-based number. False when `folded` is none.
static bool read_position(struct slice folded, size_t *position)
{
    int64_t number = 0;
    if (folded.length == 0 || folded.data[0] < '0' || folded.data[0] > '9' || !number_read_whole(folded, &number)) {
        return false;
    }
    *position = (size_t)number;
    return true;
}

static void explain_ambiguous(const struct columns *columns, struct slice folded, struct text *problem)
{
    size_t first = occurrence(columns, folded, 1);
    size_t second = occurrence(columns, folded, 2);
    text_append_string(problem, "column '");
    append_name(problem, folded);
    text_format(problem, "' is there %zu times (columns %zu and %zu%s): write '", times(columns, folded), first + 1,
                second + 1, times(columns, folded) > 2 ? " ..." : "");
    append_name(problem, folded);
    text_append_string(problem, "[1]' or '");
    append_name(problem, folded);
    text_append_string(problem, "[2]'");
}

static void explain_absent(const struct columns *columns, struct slice folded, struct text *problem)
{
    text_append_string(problem, "no column '");
    append_name(problem, folded);
    text_append_byte(problem, '\'');
    long nearest = diag_nearest(folded, columns->folded, columns->count);
    if (nearest >= 0) {
        text_append_string(problem, " (did you mean '");
        append_name(problem, columns->names[nearest]);
        text_append_string(problem, "'?)");
    }
    text_append_string(problem, columns->count > 0 ? "; have: " : "");
    columns_list(columns, problem);
}

static bool find(const struct columns *columns, struct slice folded, size_t *index, struct text *problem)
{
    size_t named = folded.length > 0 ? times(columns, folded) : 0;
    if (named > 1) {
        explain_ambiguous(columns, folded, problem);
        return false;
    }
    struct slice base = {0};
    size_t which = 0;
    *index = columns->count;
    if (named == 1) {
        *index = occurrence(columns, folded, 1);
    } else if (split_occurrence(folded, &base, &which)) {
        *index = occurrence(columns, base, which);
    } else if (read_position(folded, &which) && which > 0) {
        *index = which - 1;
    }
    if (*index >= columns->count) {
        explain_absent(columns, folded, problem);
        return false;
    }
    return true;
}

bool columns_find(const struct columns *columns, struct slice wanted, size_t *index, struct text *problem)
{
    struct arena scratch = {0};
    bool found = find(columns, fold(&scratch, wanted), index, problem);
    arena_free(&scratch);
    return found;
}

struct place {
    struct slice name;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;
    int order = slice_compare(left->name, right->name);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

// The columns sorted by name, then by position. Freed by the caller.
static struct place *sort_places(const struct columns *columns)
{
    struct place *places = heap_allocate(columns->count, sizeof *places);
    for (size_t i = 0; i < columns->count; i++) {
        places[i] = (struct place){columns->folded[i], i};
    }
    qsort(places, columns->count, sizeof *places, compare_places);
    return places;
}

bool columns_agree(const struct columns *columns, const struct columns *other, size_t *order)
{
    if (columns->count != other->count) {
        return false;
    }
    struct place *ours = sort_places(columns);
    struct place *theirs = sort_places(other);
    bool agree = true;
    for (size_t i = 0; i < columns->count && agree; i++) {
        agree = slice_equal(ours[i].name, theirs[i].name);
        order[ours[i].index] = theirs[i].index;
    }
    free(ours);
    free(theirs);
    return agree;
}

// Appends the names of `have` that `other` has less often; says `word` before the first.
static void append_missing(const struct columns *have, const struct columns *other, const char *word, struct text *out)
{
    struct place *ours = sort_places(have);
    struct place *theirs = sort_places(other);
    size_t start = out->length;
    for (size_t i = 0, j = 0; i < have->count && out->length - start <= LIST_BYTES; i++) {
        while (j < other->count && slice_compare(theirs[j].name, ours[i].name) < 0) {
            j++;
        }
        if (j < other->count && slice_equal(theirs[j].name, ours[i].name)) {
            j++;
            continue;
        }
        text_append_string(out, out->length == start ? word : ", ");
        text_append_byte(out, '\'');
        append_name(out, ours[i].name);
        text_append_byte(out, '\'');
    }
    free(ours);
    free(theirs);
}

void columns_differ(const struct columns *columns, const struct columns *other, struct text *out)
{
    size_t start = out->length;
    append_missing(columns, other, "without ", out);
    append_missing(other, columns, out->length == start ? "with " : "; with ", out);
}
