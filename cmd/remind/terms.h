// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terms: on what terms customers are contacted: whose columns say what, the settings, holidays and touches, the policy.
 *
 * What the modes due, check and preview have in common before they ask the first customer. Everything here says what is
 * wrong itself.
 */
#ifndef TERMS_H
#define TERMS_H

#include <stdbool.h>

#include "calendars.h"
#include "diag.h"
#include "options.h"
#include "people.h"
#include "policy.h"
#include "program.h"
#include "provisions.h"
#include "table.h"
#include "touches.h"

// Comes first in the settings of a mode. What --settings and --touches do is said by each mode in its own words.
struct terms_settings {
    const char *policy;
    const char *given; // --settings
    const char *touches;
    struct option_list holidays;
    int leap; // enum series_leap
    const char *customer;
    const char *labels[POLICY_DIMENSIONS];
    const char *last_order;
    const char *opt_out;
    const char *paused_until;
};

// All of them but --settings and --touches.
extern const struct option terms_options[];

// Stays where it is, since its parts point at each other. A zeroed one may be freed.
struct terms {
    const struct terms_settings *settings;
    struct program *program;
    struct table *table;
    struct people_options columns; // without zones and kept columns
    struct provisions provisions;
    struct calendars *calendars;
    struct touches *touches; // NULL: none
    struct policy policy;
};

// False, said as wrong usage, without a policy, or where two of the files are standard input.
bool terms_check(const struct terms_settings *settings, struct program *program);

// Opens the customers and finds their columns. Both are borrowed.
enum status terms_open(struct terms *terms, const struct terms_settings *settings, struct program *program);

// Reads all that --settings, --holidays, --touches and --policy name.
enum status terms_read(struct terms *terms);

// After the last customer: names years of unknown holidays, and labels that nobody has.
void terms_name_absent(struct terms *terms);

void terms_free(struct terms *terms);

#endif
