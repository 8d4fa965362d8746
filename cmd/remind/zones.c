// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zones: a map from names to places. Customers of one zone often stand together, so the last one found is kept.
 */
#include "zones.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "heap.h"
#include "map.h"

struct zones {
    const struct clock *clock;
    int64_t instant; // the run's now
    struct zones_place home;
    bool home_is_own; // its zone was opened here
    struct map *places;
    uint32_t last; // MAP_NONE: none
};

static void set_time(const struct zones *zones, struct zones_place *place)
{
    place->today = zones->clock->today;
    place->has_time = !zones->clock->whole_day;
    if (place->has_time) {
        place->now = zone_to_local(place->zone, zones->instant);
        place->today = (int32_t)(place->now / DATE_DAY_SECONDS - (place->now % DATE_DAY_SECONDS < 0));
    }
}

struct zones *zones_create(const struct clock *clock, const char *home)
{
    struct zones *zones = heap_allocate(1, sizeof *zones);
    zones->clock = clock;
    zones->instant = zone_to_instant(clock->zone, clock->now);
    zones->places = map_create(sizeof(struct zones_place));
    zones->last = MAP_NONE;
    zones->home.zone = home == NULL ? NULL : zone_open(home);
    zones->home_is_own = zones->home.zone != NULL;
    if (!zones->home_is_own) {
        zones->home.zone = clock->zone;
    }
    set_time(zones, &zones->home);
    return zones;
}

void zones_free(struct zones *zones)
{
    if (zones == NULL) {
        return;
    }
    for (uint32_t i = 0; i < map_count(zones->places); i++) {
        zone_free(((struct zones_place *)map_value(zones->places, i))->zone);
    }
    map_free(zones->places);
    if (zones->home_is_own) {
        zone_free(zones->home.zone);
    }
    free(zones);
}

struct zones_place *zones_home(struct zones *zones)
{
    return &zones->home;
}

struct zones_place *zones_find(struct zones *zones, struct slice name)
{
    if (zones->last != MAP_NONE && slice_equal(map_key(zones->places, zones->last), name)) {
        return map_value(zones->places, zones->last);
    }
    size_t before = map_count(zones->places);
    struct zones_place *place = map_add(zones->places, name, &zones->last);
    if (map_count(zones->places) > before && name.length > 0) {
        char *text = heap_string(name);
        place->zone = zone_open(text);
        free(text);
        if (place->zone != NULL) {
            set_time(zones, place);
        }
    }
    return place;
}
