// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zones: what time it is where a customer lives. Each zone is opened once, by its name; then a row costs one lookup.
 *
 * A run whose now is a day alone (--today=DATE) has no time of day: it is that day everywhere, and what was asked for
 * at midnight in one zone cannot depend on another. Else it is the same instant everywhere, and the day may differ.
 */
#ifndef ZONES_H
#define ZONES_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"
#include "slice.h"
#include "zone.h"

// A zone at the run's now.
struct zones_place {
    struct zone *zone; // NULL: there is no zone of this name
    int32_t today;
    bool has_time;
    int64_t now; // local seconds, when it has a time
    bool named;  // free for the caller, who may have spoken of it
};

struct zones;

// The clock is borrowed. `home` is the name of the zone of those of whom no other is known; NULL, and where it is
// unknown, the clock's.
struct zones *zones_create(const struct clock *clock, const char *home);
void zones_free(struct zones *zones); // NULL is allowed

// Never NULL; both live as long as the zones.
struct zones_place *zones_home(struct zones *zones);
struct zones_place *zones_find(struct zones *zones, struct slice name);

#endif
