// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zone_rule: the clock changes that come back every year, as a POSIX TZ string says them ("EST5EDT,M3.2.0,M11.1.0").
 *
 * Tz files end in such a string for the years after their last transition; the TZ variable may be one. For zone.c
 * alone.
 */
#ifndef ZONE_RULE_H
#define ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

// No clock is further from Greenwich than this, in seconds, with room to spare.
#define ZONE_WIDEST_OFFSET 100000

// Instants before and after all time, with room for adding offsets.
#define ZONE_BEGINNING (-(INT64_C(1) << 60))
#define ZONE_END (INT64_C(1) << 60)

// A stretch of time with one offset.
struct zone_span {
    int64_t from; // instants
    int64_t until;
    int32_t offset; // seconds east of Greenwich
    int32_t before; // the offset of the span before this one
};

enum zone_change_kind {
    ZONE_CHANGE_MONTH,  // Mm.w.d
    ZONE_CHANGE_JULIAN, // Jn, 1 to 365, without leap days
    ZONE_CHANGE_DAY,    // n, 0 to 365
};

// When in a year the clocks change.
struct zone_change {
    enum zone_change_kind kind;
    int month;
    int week;
    int day;
    int32_t time; // seconds of the wall clock after that day's midnight; may be negative or above a day
};

// The zero value is no rule.
struct zone_rule {
    bool exists;
    bool has_summer;
    int32_t standard;
    int32_t summer;
    struct zone_change to_summer;
    struct zone_change to_standard;
};

// False when `text` is no such string. A summer without dates has those of the United States, as everywhere else.
bool zone_rule_read(const char *text, struct zone_rule *rule);

// Sets the offset of `span` for `instant`, which it holds, and narrows it by the changes around that.
void zone_rule_apply(const struct zone_rule *rule, int64_t instant, struct zone_span *span);

#endif
