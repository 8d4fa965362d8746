// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * paths: all touches in one list, and where each path begins in it.
 */
#include "paths.h"

#include <stdlib.h>

#include "heap.h"
#include "money.h"

void paths_touch(struct paths *paths, uint32_t channel, double age)
{
    paths->touches = heap_grow(paths->touches, &paths->touch_capacity, paths->touch_count + 1, sizeof *paths->touches);
    paths->touches[paths->touch_count++] = (struct attribution_touch){channel, age};
}

void paths_end(struct paths *paths, double conversions, double nulls, int64_t value)
{
    const struct path *last = paths->count == 0 ? NULL : &paths->list[paths->count - 1];
    size_t start = last == NULL ? 0 : last->start + last->count;
    paths->list = heap_grow(paths->list, &paths->capacity, paths->count + 1, sizeof *paths->list);
    paths->list[paths->count++] = (struct path){start, paths->touch_count - start, conversions, nulls, value};
}

void paths_attribute(const struct paths *paths, const uint32_t *ranks, struct attribution *attribution)
{
    for (size_t i = 0; i < paths->touch_count; i++) {
        paths->touches[i].channel = ranks[paths->touches[i].channel];
    }
    for (size_t i = 0; i < paths->count; i++) {
        const struct path *path = &paths->list[i];
        double value = money_number((struct money_sum){path->value, 0});
        attribution_add(attribution, paths->touches + path->start, path->count, path->conversions, path->nulls, value);
    }
    attribution_settle(attribution);
}

void paths_free(struct paths *paths)
{
    free(paths->touches);
    free(paths->list);
    *paths = (struct paths){.count = 0};
}
