// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * roles: what a mode needs of a table, and the usual names of columns that can play the part.
 *
 * The published list (regulars-tables(5) prints it from here) is in English and Chinese, in ranks: for a customer
 * identifier, account name, e-mail or phone, name. The best rank present wins; two columns of one rank are ambiguous.
 * Case, blanks, underscores and hyphens are ignored: "Customer ID" is customer_id.
 */
#ifndef ROLES_H
#define ROLES_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "text.h"

enum role {
    ROLE_CUSTOMER,
    ROLE_DATE,
    ROLE_AMOUNT,
    ROLE_ORDER_ID,
    ROLE_COST,
    ROLE_REFUNDED,
    ROLE_TIME, // of an event; a date will do
    ROLE_EVENT,
    ROLE_SEGMENT,
    ROLE_STAGE,
    ROLE_TIER,
    ROLE_REVENUE, // of a customer, summed
    ROLE_ORDERS,  // of a customer, counted
    ROLE_LAST_ORDER,
    ROLE_RECENCY,
    ROLE_NET,
    ROLE_OWNER,
    ROLE_CHANNEL,
    ROLE_ZONE,
    ROLE_OPT_OUT,      // yes: never to be contacted
    ROLE_PAUSED_UNTIL, // a date: not to be contacted before it
    ROLE_COUNT_,
};

// Its word in messages and its option: "customer" is --customer=COL.
const char *roles_name(enum role role);

// The usual names of a role in rank `rank` (from 0), NULL-terminated; NULL when there is no such rank.
const char *const *roles_usual(enum role role, size_t rank);

enum roles_result {
    ROLES_FOUND,
    ROLES_ABSENT,
    ROLES_AMBIGUOUS, // *problem says which and what to type
};

enum roles_result roles_find(const struct columns *columns, enum role role, size_t *index, struct text *problem);

#endif
