// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * paths: what people touched on their way to a conversion, or to nothing, one path after the other.
 *
 * Memory: 16 to 32 bytes a touch, 40 to 80 a path; it lives until paths_free. The zero value is empty.
 */
#ifndef PATHS_H
#define PATHS_H

#include <stddef.h>
#include <stdint.h>

#include "attribution.h"

struct path {
    size_t start; // of its touches
    size_t count;
    double conversions;
    double nulls;
    int64_t value; // millionths
};

struct paths {
    struct attribution_touch *touches;
    size_t touch_count;
    size_t touch_capacity;
    struct path *list;
    size_t count;
    size_t capacity;
};

// One more touch of the path that paths_end will end.
void paths_touch(struct paths *paths, uint32_t channel, double age);
void paths_end(struct paths *paths, double conversions, double nulls, int64_t value);

// Hands all paths over, channel i being renumbered to ranks[i], and settles the attribution.
void paths_attribute(const struct paths *paths, const uint32_t *ranks, struct attribution *attribution);

void paths_free(struct paths *paths);

#endif
