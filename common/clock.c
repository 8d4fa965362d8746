// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clock: the run's "now", from the options or from the system.
 */
#include "clock.h"

#include <time.h>

#include "date.h"

static void set_now(struct clock *clock, int64_t local)
{
    clock->now = local;
    clock->today = (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0));
}

// An unzoned time is one of the clock's own zone.
static bool set_from_text(struct clock *clock, const char *today)
{
    struct date_time value;
    if (!date_read(slice_of(today), DATE_YMD, &value)) {
        return false;
    }
    int64_t midnight = (int64_t)value.day * DATE_DAY_SECONDS;
    if (value.has_offset) {
        set_now(clock, zone_to_local(clock->zone, midnight + value.second - value.offset));
    } else {
        set_now(clock, midnight + (value.has_time ? value.second : DATE_DAY_SECONDS - 1));
        clock->whole_day = !value.has_time;
    }
    return true;
}

const char *clock_set(struct clock *clock, const char *today, const char *zone_name)
{
    *clock = (struct clock){.zone = zone_open(zone_name)};
    if (clock->zone == NULL) {
        return "unknown time zone";
    }
    if (today == NULL) {
        set_now(clock, zone_to_local(clock->zone, (int64_t)time(NULL)));
        return NULL;
    }
    if (!set_from_text(clock, today)) {
        clock_free(clock);
        return "not a date or time";
    }
    return NULL;
}

void clock_free(struct clock *clock)
{
    zone_free(clock->zone);
    clock->zone = NULL;
}

double clock_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
