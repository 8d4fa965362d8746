// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zone: time zones from the system's compiled tz database (TZif, RFC 8536), any number of them at once.
 *
 * Local times are wall-clock seconds as in date.h, instants are seconds since 1970-01-01 00:00 UTC. A local time that
 * does not exist (spring) is shifted forward by the gap; of one that occurs twice (autumn) the first is taken
 * (RFC 5545, 3.3.5). A zone is immutable once opened, but for a cache of the last period looked up.
 */
#ifndef ZONE_H
#define ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct zone;

// By name ("Asia/Shanghai", "UTC"), or NULL when the system does not know it; "" or NULL is the system's own zone: TZ,
// else /etc/localtime, else UTC. Freed by zone_free.
struct zone *zone_open(const char *name);
void zone_free(struct zone *zone);

int64_t zone_to_instant(struct zone *zone, int64_t local);
int64_t zone_to_local(struct zone *zone, int64_t instant);

#endif
