// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json: reads a JSON text (RFC 8259) front to back, value by value, as the caller expects it.
 *
 * The caller asks for what should come next; whatever else comes is a fault, and after a fault nothing more is given:
 *
 *     struct json json = json_of(bytes);
 *     for (bool more = json_open(&json, '{'); more && json_key(&json, &key);) { ... json_skip(&json); }
 *     if (json.fault != NULL) ... json_line(&json)
 *
 * A name given twice is not noticed. Memory: nothing but the texts asked for.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "text.h"

#define JSON_DEEPEST 64 // brackets within each other

struct json {
    struct slice bytes;
    size_t at;
    size_t depth;
    bool fresh;        // a bracket was just opened: no comma is due
    const char *fault; // what is wrong, NULL: nothing
};

// The bytes, which should be UTF-8, are borrowed.
struct json json_of(struct slice bytes);

// The line of the fault, or of what comes next, from 1.
uint64_t json_line(const struct json *json);

// All false, with a fault, when something else comes. `bracket` is '{' or '['.
bool json_open(struct json *json, char bracket);
bool json_text(struct json *json, struct text *value); // in place of what *value held
bool json_whole(struct json *json, int64_t *value);
bool json_truth(struct json *json, bool *value);
bool json_skip(struct json *json); // one value of any kind
bool json_end(struct json *json);  // nothing but blanks

// The name of the next member of the object that is open; false, without a fault, when it is closed now. Its value
// has to be read next.
bool json_key(struct json *json, struct text *name);

// Is there a further item in the array that is open? False, without a fault, when it is closed now.
bool json_item(struct json *json);

#endif
