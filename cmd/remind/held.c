// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * held: a verdict by customer.
 */
#include "held.h"

#include <stdint.h>

#include "map.h"

void held_make(struct held *held)
{
    *held = (struct held){.customers = map_create(sizeof(enum candidate_verdict))};
}

void held_free(struct held *held)
{
    map_free(held->customers);
}

void held_add(struct held *held, struct slice customer, enum candidate_verdict verdict)
{
    enum candidate_verdict *known = map_add(held->customers, customer, NULL);
    *known = *known == CANDIDATE_OPTED_OUT ? *known : verdict;
    held->any = true;
}

enum candidate_verdict held_find(const struct held *held, struct slice customer)
{
    uint32_t index = map_find(held->customers, customer);
    return index == MAP_NONE ? CANDIDATE_DUE : *(const enum candidate_verdict *)map_value(held->customers, index);
}

size_t held_count(const struct held *held, enum candidate_verdict verdict)
{
    size_t count = 0;
    for (uint32_t i = 0; i < map_count(held->customers); i++) {
        count += *(const enum candidate_verdict *)map_value(held->customers, i) == verdict;
    }
    return count;
}
