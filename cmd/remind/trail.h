// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: what the ledger knows of the candidates of one customer after the other.
 *
 * A contact is found by thread and nominal day; a win-back is one for each absence, so any occurrence recorded after
 * its anchor is the same one, even when the median it was calculated from has moved. The customer is looked up once for
 * all rules of his row.
 */
#ifndef TRAIL_H
#define TRAIL_H

#include "candidate.h"
#include "history.h"
#include "person.h"

struct trail;

// `history` NULL: there is no ledger, and nothing is known of anybody. It stays as it is as long as the trail lives.
struct trail *trail_create(const struct history *history);
void trail_free(struct trail *trail);

// Candidates of this person will come: what the ledger knows of him is fetched meanwhile. Half way to them it is
// approached.
void trail_expect(const struct trail *trail, struct person *person);
void trail_approach(const struct trail *trail, const struct person *person);

// The next candidates are of this person, who was expected. He is borrowed for them.
void trail_begin(struct trail *trail, const struct person *person);

// What is known of a candidate's customer and rule, NULL when nothing is; stays in the candidate.
const struct history_thread *trail_find(struct trail *trail, struct candidate *candidate);

static inline const struct history_thread *trail_thread(struct trail *trail, struct candidate *candidate)
{
    return candidate->thread_known ? candidate->thread : trail_find(trail, candidate);
}

// The recorded occurrence that a candidate with a nominal day is, or NULL.
const struct history_occurrence *trail_follow(const struct trail *trail, const struct candidate *candidate);

static inline const struct history_occurrence *trail_recorded(struct trail *trail, struct candidate *candidate)
{
    return trail_thread(trail, candidate) == NULL ? NULL : trail_follow(trail, candidate);
}

#endif
