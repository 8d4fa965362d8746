// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provisions_row: what a row of the file of --settings adds to the provisions.
 */
#ifndef PROVISIONS_ROW_H
#define PROVISIONS_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "complaints.h"
#include "policy.h"
#include "provisions.h"
#include "slice.h"
#include "table.h"

enum provisions_field {
    PROVISIONS_SCOPE,
    PROVISIONS_NAME,
    PROVISIONS_LIMIT,
    PROVISIONS_WINDOW,
    PROVISIONS_FIELDS,
};

// The reading of one file.
struct provisions_reading {
    struct provisions *provisions;
    struct table *table;
    const char *const *roles; // columns that the user named
    struct complaints complaints;
    const char *file;
    uint64_t line;
    size_t positions[PROVISIONS_FIELDS]; // SIZE_MAX: no such column
    struct slice cells[PROVISIONS_FIELDS];
    struct slice calendar; // of the scope, of a row of holidays
    bool stopped;          // something was said already that ends the run
};

// "scope", and the field of this name, PROVISIONS_FIELDS when there is none; then which name may be meant, or NULL.
const char *provisions_field_name(enum provisions_field field);
enum provisions_field provisions_field_of(struct slice name);
const char *provisions_field_meant(struct slice name);

// Reads the cells of a row, trimmed. What is wrong with them is among the complaints.
void provisions_read_row(struct provisions_reading *reading);

#endif
