// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * customer_key: a cell as what tells customers apart.
 */
#ifndef CUSTOMER_KEY_H
#define CUSTOMER_KEY_H

#include <stdbool.h>

#include "arena.h"
#include "cell.h"
#include "slice.h"

enum customer_key {
    CUSTOMER_KEY_GOOD,
    CUSTOMER_KEY_BLANK,
    CUSTOMER_KEY_MASKED,  // "186****05"
    CUSTOMER_KEY_ROUNDED, // "1.38E+10"
};

// The cell, trimmed; it is folded by another function.
enum customer_key customer_key_of(const struct cell_forms *forms, struct slice cell, struct slice *key);

// A copy with ASCII letters in lower case, in the arena.
struct slice customer_key_fold(struct slice key, struct arena *arena);

// Why a key that is not good is refused.
const char *customer_key_reason(enum customer_key key);

#endif
