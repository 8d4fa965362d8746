// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * digest: what one run of the mode holds, shared by digest.c, which makes text of it, and digest_mail.c, which makes
 * messages of that.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "addresses.h"
#include "cell.h"
#include "diag.h"
#include "map.h"
#include "money.h"
#include "program.h"
#include "sheet.h"
#include "slice.h"
#include "table.h"
#include "text.h"

struct digest_settings {
    const char *owner;
    const char *cost;
    bool mail;
    const char *split;
    const char *owners;
    const char *to;
    const char *from;
    const char *subject;
};

// The rows of one owner, in their order.
struct owner {
    size_t *rows;
    size_t count;
    size_t capacity;
    struct money_sum cost;
};

struct digest {
    struct table *table;
    const struct cell_forms *forms;
    size_t owner; // column
    size_t cost;  // column, TABLE_NO_COLUMN: none
    struct sheet sheet;
    struct map *owners; // struct owner
    size_t *widths;     // of the columns, over all blocks; 0: empty throughout
    struct text out;
    struct addresses addresses; // of --owners
};

// Makes every column as wide as its name at least: before the first block, after the last row.
void digest_widen(struct digest *digest);

// Adds an owner's head line, contacts and sums to digest->out.
void digest_append_block(struct digest *digest, struct slice name, const struct owner *owner);

// The text, with a blank for each control character: a cell must not steer the reader's terminal.
void digest_append_plain(struct text *out, struct slice text);

// What --mail or --split asks for.
enum status digest_write_messages(struct digest *digest, const struct digest_settings *settings,
                                  struct program *program);

#endif
