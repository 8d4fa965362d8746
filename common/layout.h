// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * layout: exports of known services: how each is recognised, which columns play which part, which rows count.
 *
 * One table of data. A layout is known by names that its header holds together, behind a preamble where the service
 * writes one. What it fixes is used only where the user did not say otherwise, and only by modes that ask for it: a
 * mode that merely passes rows on gets all of them.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "roles.h"
#include "slice.h"

enum { LAYOUT_NAMES = 10, LAYOUT_ROLES = 10 };

// Names of a column in its order of age stand in one text, parted by '|': "Created date (UTC)|Created (UTC)".
struct layout_role {
    enum role role;
    const char *columns; // the first that is there; NULL ends the list
};

struct layout {
    const char *name;                 // the word for --layout; two kinds of one service share it
    const char *title;                // "Shopify orders", for a note
    const char *header[LAYOUT_NAMES]; // names that are all there; NULL ends the list
    size_t leading;                   // so many of them are the first columns, in this order
    const char *opening;              // what may stand at the beginning of the first line before it, parted by '|';
                                      // NULL: there is no preamble
    struct layout_role roles[LAYOUT_ROLES];
    const char *counted;   // rows that count (regulars-rules(5)); NULL: all
    const char *uncounted; // what the others are, for a note
    const char *currency;  // column that must say the same in all rows that are added up, or NULL
    bool utc;              // times without an offset are UTC
    const char *advice;    // what the export does not tell, or NULL
};

// The words for --layout: "auto", "none", then the names of layouts, each once; NULL ends them.
enum { LAYOUT_AUTO, LAYOUT_NONE, LAYOUT_FIRST };
extern const char *const layout_words[];

// The layout with this header, of those that `word` (a position in layout_words) allows; NULL when there is none.
const struct layout *layout_of(const struct columns *header, int word);

// May a file that begins with this cell have the header of a layout further down?
bool layout_may_follow(struct slice first_cell, int word);

// The column for a role. False when the layout has none for it, or it is not there.
bool layout_role(const struct layout *layout, const struct columns *columns, enum role role, size_t *index);

// The column of the currency, if there is one.
bool layout_currency(const struct layout *layout, const struct columns *columns, size_t *index);

// The layouts one after the other; NULL behind the last.
const struct layout *layout_at(size_t index);

#endif
