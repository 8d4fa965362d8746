// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * touches: the log of contacts made elsewhere (--touches): who was contacted when, by what channel, about what.
 *
 * Kept in memory: about 60 bytes a customer and 40 a contact. Contacts later than the run's now are left out.
 */
#ifndef TOUCHES_H
#define TOUCHES_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"
#include "clock.h"
#include "provisions.h"
#include "slice.h"
#include "table.h"

struct touch {
    int32_t day;
    int32_t second; // 0 without a time
    bool has_time;
    uint32_t channel; // numbers of labels, by the provisions
    uint32_t tag;
    uint32_t owner;
    uint32_t older; // number + 1 of the customer's contact before it in the file, 0: none
};

struct touches;

// Reads the whole table: columns of the roles customer and time (a date will do), and, where it has them, channel and
// owner, and 'tag'. NULL when the table stopped, which was said.
struct touches *touches_read(struct table *table, struct provisions *provisions, const struct clock *clock);
void touches_free(struct touches *touches); // NULL is allowed

// The contacts of a customer, the last in the file first; NULL behind the end.
const struct touch *touches_of(const struct touches *touches, struct slice customer);
const struct touch *touches_older(const struct touches *touches, const struct touch *touch);

// The latest day on which a customer was contacted; false when he never was.
bool touches_last(const struct touches *touches, struct slice customer, int32_t *day);

#endif
