// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provisions: the file of --settings: how often customers are contacted, how much an owner does, when it is quiet.
 *
 * A table scope,name,limit,window. The scope tells whom a row is about: '*' is all, else conditions such as
 * "tag=promo&stage=interested|prospect", which must all hold. Read as a whole before the first customer; all that is
 * wrong is said at once, with row and column. Without a file the limits that are built in hold (provisions_default).
 */
#ifndef PROVISIONS_H
#define PROVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "cap.h"
#include "diag.h"
#include "labels.h"
#include "policy.h"
#include "quiet.h"
#include "slice.h"
#include "table.h"

// What a scope may ask for: of the customer (as policies do, in their order), then of the contact.
enum provisions_dimension {
    PROVISIONS_CHANNEL = POLICY_DIMENSIONS,
    PROVISIONS_TAG,
    PROVISIONS_OWNER,
    PROVISIONS_DIMENSIONS,
};

struct provisions_scope {
    struct labels_wanted wanted[PROVISIONS_DIMENSIONS];
};

struct provisions_limit {
    struct provisions_scope scope;
    bool of_owner;     // counts what an owner does for all customers; else what a customer gets
    bool minutes;      // instead of contacts
    double most;       // minutes
    struct cap cap;    // contacts; of minutes only the window
    struct slice text; // "tag=promo 1/7d", for people
};

struct provisions_quiet {
    struct provisions_scope scope;
    struct quiet hours;
};

struct provisions {
    bool built_in;
    struct provisions_limit *limits; // in the order of the file
    size_t limit_count;
    size_t limit_capacity;
    struct provisions_quiet *quiets;
    size_t quiet_count;
    size_t quiet_capacity;
    struct slice *holidays; // "FILE" or "NAME=FILE"
    size_t holiday_count;
    size_t holiday_capacity;
    const char *zone; // NULL: not told
    struct labels labels[PROVISIONS_DIMENSIONS];
    size_t label_columns[POLICY_DIMENSIONS]; // of the customers; TABLE_NO_COLUMN: no scope asks, or there is none
    struct arena arena;
};

// The limits that hold without a file, as one.
extern const char provisions_default[];

// Reads `path`, or what is built in where it is NULL. `roles` are the columns of segment, stage and tier that the user
// named, or NULL; `encoding` is that of a file that is no UTF-8, NULL: none is allowed. Always leaves provisions that
// provisions_free takes; what is wrong was said, with the table stopped or not: then the status is not STATUS_DONE.
enum status provisions_read(struct provisions *provisions, const char *path, struct table *table,
                            const char *const roles[POLICY_DIMENSIONS], const char *encoding);
void provisions_free(struct provisions *provisions); // also of the zero value

// The number of a label; and all those of a contact's.
uint32_t provisions_number(struct provisions *provisions, enum provisions_dimension dimension, struct slice label);
void provisions_number_all(struct provisions *provisions, struct slice channel, struct slice tag, struct slice owner,
                           uint32_t numbers[PROVISIONS_DIMENSIONS]);

// Are these labels, by their numbers, of the scope? A label that the file does not name is LABELS_OTHER.
bool provisions_match(const struct provisions_scope *scope, const uint32_t numbers[PROVISIONS_DIMENSIONS]);

// One note for each label that no customer, and each tag that no rule of the policy has: most likely it is misspelt.
// After the last customer; none of what is built in.
void provisions_name_absent_labels(struct provisions *provisions, const char *path, const struct policy *policy,
                                   const struct diag *diag);

// "stage"
extern const char *const provisions_dimension_names[PROVISIONS_DIMENSIONS];

#endif
