// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * labels: numbers labels in the order in which the policy names them.
 */
#include "labels.h"

#include <stdlib.h>

#include "heap.h"
#include "text.h"

enum { OTHERS_MOST = 1000 };

void labels_begin(struct labels *labels)
{
    *labels = (struct labels){.named = map_create(sizeof(bool)), .others = map_create(0)};
}

void labels_free(struct labels *labels)
{
    if (labels->named != NULL) {
        map_free(labels->named);
        map_free(labels->others);
    }
}

static size_t parts(struct slice list)
{
    size_t count = 1;
    for (size_t at = slice_find(list, '|', 0); at < list.length; at = slice_find(list, '|', at + 1)) {
        count++;
    }
    return count;
}

bool labels_read(struct labels *labels, struct slice list, struct arena *arena, struct labels_wanted *wanted)
{
    list = slice_trim_value(list);
    *wanted = (struct labels_wanted){0};
    if (list.length == 0 || slice_is(list, "*")) {
        return true;
    }
    size_t count = parts(list);
    uint32_t *numbers = arena_allocate(arena, count * sizeof *numbers);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = slice_find(list, '|', at);
        struct slice label = slice_trim_value(slice_part(list, at, end));
        if (label.length == 0 || slice_is(label, "*")) {
            return false;
        }
        map_add(labels->named, label, &numbers[i]);
        at = end + 1;
    }
    *wanted = (struct labels_wanted){numbers, count};
    return true;
}

// Where a label is remembered, if it is. Labels are few, and differ at their ends or in length.
static struct labels_seen *place_of(struct labels *labels, struct slice label)
{
    size_t place = label.length;
    if (label.length > 0) {
        place += (unsigned char)label.data[0] + (size_t)(unsigned char)label.data[label.length - 1];
    }
    return &labels->seen[place % LABELS_SEEN];
}

// A label not met last at its place.
static void see(struct labels *labels, struct slice label, struct labels_seen *seen)
{
    uint32_t number = map_find(labels->named, label);
    if (number != MAP_NONE) {
        *(bool *)map_value(labels->named, number) = true;
        *seen = (struct labels_seen){map_key(labels->named, number), number};
    } else if (map_count(labels->others) < OTHERS_MOST) {
        map_add(labels->others, label, &number);
        *seen = (struct labels_seen){map_key(labels->others, number), LABELS_OTHER};
    } else {
        *seen = (struct labels_seen){{NULL, 0}, LABELS_OTHER};
    }
}

uint32_t labels_of_customer(struct labels *labels, struct slice label)
{
    label = slice_trim_value(label);
    struct labels_seen *seen = place_of(labels, label);
    if (seen->label.data == NULL || !slice_equal(seen->label, label)) {
        see(labels, label, seen);
    }
    return seen->number;
}

// Every label that customers have, those of the policy too.
static struct slice nearest_had(const struct labels *labels, struct slice label)
{
    size_t named = map_count(labels->named);
    size_t others = map_count(labels->others);
    struct slice *had = heap_allocate(named + others, sizeof *had);
    size_t count = 0;
    for (uint32_t i = 0; i < named; i++) {
        if (*(const bool *)map_value(labels->named, i)) {
            had[count++] = map_key(labels->named, i);
        }
    }
    for (uint32_t i = 0; i < others; i++) {
        had[count++] = map_key(labels->others, i);
    }
    long nearest = diag_nearest(label, had, count);
    struct slice meant = nearest < 0 ? (struct slice){"", 0} : had[nearest];
    free(had);
    return meant;
}

bool labels_absent(const struct labels *labels, uint32_t *next, struct slice *label, struct slice *nearest)
{
    for (; *next < map_count(labels->named); ++*next) {
        if (!*(const bool *)map_value(labels->named, *next)) {
            *label = map_key(labels->named, (*next)++);
            *nearest = nearest_had(labels, *label);
            return true;
        }
    }
    return false;
}

void labels_name_absent(const struct labels *labels, const char *file, const char *who, const char *what,
                        const struct diag *diag)
{
    struct text others = {0};
    struct slice label;
    struct slice nearest;
    for (uint32_t next = 0; labels_absent(labels, &next, &label, &nearest);) {
        if (nearest.length > 0) {
            diag_note(diag, "%s: no %s has the %s '%.*s' (did you mean '%.*s'?)", file, who, what, (int)label.length,
                      label.data, (int)nearest.length, nearest.data);
        } else {
            text_format(&others, "%s'%.*s'", others.length == 0 ? "" : ", ", (int)label.length, label.data);
        }
    }
    if (others.length > 0) {
        diag_note(diag, "%s: no %s has the %s %s", file, who, what, text_string(&others));
    }
    text_free(&others);
}
