// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * character: one character of UTF-8: its code, its bytes, and the columns a terminal gives it. No locale is asked.
 */
#ifndef CHARACTER_H
#define CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct character {
    uint32_t code; // the byte itself when it is not part of valid UTF-8
    size_t length; // bytes
    bool valid;
};

// The character at the start of `bytes`, which is not empty.
struct character character_at(struct slice bytes);

bool character_is_control(struct character character);

// Columns that a terminal gives the character: 2 in the blocks that East Asian Width calls wide and for pictures, 0
// when it stands upon the one before it.
int character_width(uint32_t code);

#endif
