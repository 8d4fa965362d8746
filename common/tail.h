// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tail: the last records of a file, held back until it is known that they are not the last.
 *
 * Gathers: as many records as are held back. Malformed ones are records too, so that lines below a table, which seldom
 * have its form, are never judged.
 */
#ifndef TAIL_H
#define TAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "reader.h"
#include "row.h"

struct tail;

struct tail_record {
    enum reader_result result; // READER_ROW or READER_MALFORMED
    struct row row;
    struct reader_problem problem; // of a malformed one
};

// Holds back `count` records, at least one.
struct tail *tail_create(uint64_t count);
void tail_free(struct tail *tail);

// Takes a copy of a record and gives, in its place, the one that came `count` records before; it lives until the next
// call. False while there is none.
bool tail_pass(struct tail *tail, struct tail_record *record);

// Forgets what is held back: it was the end of a file.
void tail_drop(struct tail *tail);

#endif
