// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rrule: the text of a recurrence rule, "FREQ=WEEKLY;BYDAY=MO", read into a recurrence (RFC 5545, 3.3.10).
 *
 * Read are the rules by DAILY, WEEKLY, MONTHLY and YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH,
 * BYSETPOS and WKST; "RRULE:" may stand before it, letters may be small. What the RFC forbids or leaves undefined, and
 * what goes beyond days, is refused: a rule is answered rightly or not at all.
 */
#ifndef RRULE_H
#define RRULE_H

#include <stdbool.h>
#include <stddef.h>

#include "date.h"
#include "recurrence.h"
#include "slice.h"
#include "zone.h"

struct rrule {
    struct recurrence recurrence; // without UNTIL
    bool has_until;
    struct date_time until;
};

// Why a rule is refused, and for which part of its text: "INTERVAL=0", empty where something is missing.
struct rrule_problem {
    const char *reason; // static
    struct slice part;
    size_t place; // where the part begins, in bytes from 1
};

// Is the cell meant as a rule? "FREQ=" or "RRULE:" in it at the beginning, in any letters.
bool rrule_meant(struct slice text);

// False when it is refused; *problem then says why. The part is a view of `text`.
bool rrule_read(struct slice text, struct rrule *rule, struct rrule_problem *problem);

// Takes UNTIL into the recurrence: the last day whose occurrence, at this second of the day, is not later. A UNTIL
// without a time is the whole day; one with an offset or Z is an instant, taken to `zone`.
void rrule_bound(struct rrule *rule, struct zone *zone, int32_t second);

#endif
