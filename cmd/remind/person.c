// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * person: copies its texts.
 */
#include "person.h"

void person_keep(struct person *person, struct arena *arena)
{
    bool plain = person->encoded.data == person->customer.data;
    person->customer = arena_copy(arena, person->customer);
    person->encoded = plain ? person->customer : arena_copy(arena, person->encoded);
    if (person->kept_count > 0) {
        struct slice *kept = arena_allocate(arena, person->kept_count * sizeof *kept);
        for (size_t i = 0; i < person->kept_count; i++) {
            kept[i] = arena_copy(arena, person->kept[i]);
        }
        person->kept = kept;
    }
}
