// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * customer_key: compared byte for byte; only case may be folded.
 */
#include "customer_key.h"

#include <stddef.h>

#include "damage.h"

enum customer_key customer_key_of(const struct cell_forms *forms, struct slice cell, struct slice *key)
{
    *key = slice_trim_value(cell);
    if (cell_is_blank(forms, *key)) {
        return CUSTOMER_KEY_BLANK;
    }
    if (damage_is_masked(*key)) {
        return CUSTOMER_KEY_MASKED;
    }
    return damage_is_rounded(*key) ? CUSTOMER_KEY_ROUNDED : CUSTOMER_KEY_GOOD;
}

struct slice customer_key_fold(struct slice key, struct arena *arena)
{
    char *folded = arena_allocate(arena, key.length);
    for (size_t i = 0; i < key.length; i++) {
        char byte = key.data[i];
        folded[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (struct slice){folded, key.length};
}

const char *customer_key_reason(enum customer_key key)
{
    switch (key) {
    case CUSTOMER_KEY_BLANK:
        return "blank, but a customer is needed";
    case CUSTOMER_KEY_MASKED:
        return "masked, so it cannot tell customers apart";
    case CUSTOMER_KEY_ROUNDED:
        return "rounded by a spreadsheet, so it cannot tell customers apart";
    case CUSTOMER_KEY_GOOD:
        break;
    }
    return "";
}
