// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cohorts: people who were there in the same period, and how many of them came back in later ones.
 *
 * Sees numbers only. Memory grows with cohorts times columns; it lives until cohorts_free.
 */
#ifndef COHORTS_H
#define COHORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "money.h"
#include "visits.h"

#define COHORTS_COLUMNS 1000
#define COHORTS_FOR_EVER INT32_MAX

// The periods after that of the cohort, both ends in; `to` may be COHORTS_FOR_EVER.
struct cohorts_column {
    int32_t from;
    int32_t to;
};

struct cohorts_rules {
    const struct cohorts_column *columns; // ascending by `from`; borrowed
    size_t count;                         // at most COHORTS_COLUMNS
    bool each; // a person is in the cohort of every period in which he was there, else in that of his first alone
};

struct cohorts_cell {
    uint64_t people;
    money_wide weight;
};

struct cohort {
    uint32_t group;
    int32_t period;
    struct cohorts_cell size;
    const struct cohorts_cell *cells; // one a column
};

struct cohorts;

struct cohorts *cohorts_create(const struct cohorts_rules *rules);
void cohorts_free(struct cohorts *cohorts);

void cohorts_add(struct cohorts *cohorts, uint32_t group, struct visits_page page);

size_t cohorts_count(const struct cohorts *cohorts);

// Cohort `index` in order of first appearance.
struct cohort cohorts_at(const struct cohorts *cohorts, size_t index);

// Can it be? Everybody of a cohort was there in its first period, and no more of them in any other.
bool cohorts_is_sound(const struct cohort *cohort, size_t columns);

// Is the last period of a column over when `last_over` is? Of one without end the first period decides.
bool cohorts_is_mature(const struct cohort *cohort, const struct cohorts_column *column, int32_t last_over);

// Did it begin by the period `now`?
bool cohorts_has_begun(const struct cohort *cohort, const struct cohorts_column *column, int32_t now);

#endif
