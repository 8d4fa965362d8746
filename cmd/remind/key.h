// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * key: the durable name of a contact, customer/rule/nominal date/level, each part percent-encoded (RFC 3986).
 *
 * Nothing in it depends on the clock, the owner or the channel, so a late run or a new owner cannot make a second
 * contact of the first. Its beginning, customer/rule, names the thread: all contacts that one rule makes with one
 * customer.
 */
#ifndef KEY_H
#define KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "text.h"

#define KEY_LEVELS 9 // the highest level

struct key {
    struct slice customer; // both encoded, views of the key
    struct slice rule;
    int32_t nominal;
    int level;
};

// Is a part written in keys as it is?
bool key_is_plain(struct slice part);

// Everything but letters, digits and - . _ ~ is written as %XX, so a key is plain ASCII whatever the customer is
// called.
void key_append_part(struct text *out, struct slice part);

// Makes a key of customer/rule, both encoded: adds /nominal/level.
void key_append_occurrence(struct text *out, int32_t nominal, int level);

// The key in a cell of a sheet: trimmed, and without the apostrophe that a spreadsheet's export may have put before it,
// with which no key begins.
struct slice key_cell(struct slice cell);

// Takes a key apart; false when it is none.
bool key_read(struct slice text, struct key *key);

#endif
