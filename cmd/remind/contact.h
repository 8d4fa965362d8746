// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * contact: one contact to be made, as the modes of remind hand it on: a row of 13 columns.
 */
#ifndef CONTACT_H
#define CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "date.h"
#include "money.h"
#include "slice.h"
#include "writer.h"

enum contact_column {
    CONTACT_CUSTOMER,
    CONTACT_OWNER,
    CONTACT_RULE,
    CONTACT_TOUCH,
    CONTACT_CHANNEL,
    CONTACT_DUE,
    CONTACT_NOMINAL,
    CONTACT_OVERDUE,
    CONTACT_LEVEL,
    CONTACT_PRIORITY,
    CONTACT_COST,
    CONTACT_REASON,
    CONTACT_KEY,
    CONTACT_COLUMNS,
};

// Texts are borrowed.
struct contact {
    struct slice customer;
    struct slice owner;
    struct slice rule;
    struct slice touch;
    struct slice channel;
    int32_t due;     // the day it is to be made
    bool has_time;   // and at what time of that day, in the customer's zone?
    int32_t second;  // of the day; 0 when it has no time
    int32_t nominal; // the day the rule gave, before anything moved it
    int64_t overdue; // days
    int64_t level;   // of escalation, 0 at first
    bool has_priority;
    int64_t priority;
    bool has_cost;
    struct money_sum cost;
    struct slice reason;
    struct slice key;
};

// Its column's name; also the reverse, CONTACT_COLUMNS when it is none of them.
const char *contact_name(enum contact_column column);
enum contact_column contact_column_of(struct slice name);

// From cells in the order of the columns. False, with *wrong, when one cannot be read.
bool contact_read(const struct slice cells[CONTACT_COLUMNS], struct contact *contact, enum contact_column *wrong);

// The cell of `due`: a day, with a time where the contact has one. Returns the length; and the same to a writer.
size_t contact_print_due(char out[DATE_SIZE], const struct contact *contact);
void contact_write_due(struct writer *writer, const struct contact *contact);

void contact_write_names(struct writer *writer);

// All 13 cells; the caller ends the record.
void contact_write(struct writer *writer, const struct contact *contact);

#endif
