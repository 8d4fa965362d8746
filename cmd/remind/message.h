// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * message: one mail (RFC 5322 and MIME) as sendmail -t reads it: its lines end in LF, its recipient is in its header.
 *
 * What is not ASCII is encoded, in the header as RFC 2047 says and in the body as base64, so that it passes through any
 * mail system. No text can begin a header of its own: an address has to be one (message_is_address), and control
 * characters elsewhere in the header become blanks.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"
#include "slice.h"
#include "text.h"

struct message {
    struct slice from;    // address, or empty: whoever sends it adds it
    struct slice to;      // address
    struct slice to_name; // may be empty
    struct slice subject;
    struct slice body; // lines, each with its line feed
};

// Is it NAME@DOMAIN with nothing else about it? ASCII without blanks, controls, quotes, brackets, commas, colons,
// semicolons and backslashes; at most 254 bytes, 64 of them before the one @; no dash at its beginning, where a command
// would see an option; no dot at an end or beside another.
bool message_is_address(struct slice text);

// Its date is the clock's; its Message-ID comes from all that is in it, so that equal messages have equal ones.
void message_append(struct text *out, const struct message *message, const struct clock *clock);

#endif
