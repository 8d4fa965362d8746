// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * candidate: a customer and a rule, and what the steps of the decision found out about them.
 */
#ifndef CANDIDATE_H
#define CANDIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "contact.h"
#include "gaps.h"
#include "history.h"
#include "person.h"
#include "policy.h"
#include "slice.h"
#include "table.h"
#include "text.h"

#define CANDIDATE_NO_DAY PERSON_NO_DAY

// What was decided. In brackets the step that says so.
enum candidate_verdict {
    CANDIDATE_DUE,
    CANDIDATE_DISABLED, // (match) the rule is switched off
    CANDIDATE_SEGMENT,  // (match) the label is another, and so on
    CANDIDATE_STAGE,
    CANDIDATE_TIER,
    CANDIDATE_WHEN,
    CANDIDATE_NO_ANCHOR,  // (due) nothing to count from
    CANDIDATE_NOT_YET,    // (due) later than today
    CANDIDATE_OUTSIDE,    // (due) before from_date or after until
    CANDIDATE_NEEDS_GAP,  // (due) not decided yet: waits for the median of its segment
    CANDIDATE_STOP_EVENT, // (stop) the event came
    CANDIDATE_OPTED_OUT,  // (stop) the customer is not to be contacted any more
    CANDIDATE_PAUSED,     // (stop) nor before a date that lies ahead
    CANDIDATE_STOPPED,    // (ledger) the staff ended it
    CANDIDATE_CLOSED,     // (ledger) done or skipped
    CANDIDATE_SNOOZED,    // (ledger) comes back later
    CANDIDATE_RECORDED,   // (ledger) printed, or missed, already
    CANDIDATE_TWICE,      // (ledger) another row of this customer gave the same contact
    CANDIDATE_LATE,       // (grace) too long ago
    CANDIDATE_QUIET,      // (quiet) it cannot be made today any more
    CANDIDATE_CAPPED,     // (caps) the customer had enough contacts
    CANDIDATE_DEFERRED,   // (workload) the owner's limit is reached
    CANDIDATE_VERDICTS,
};

struct candidate {
    // Whoever offers it sets these; texts may be views of the row.
    const struct policy_rule *rule;
    const struct person *person;
    struct slice owner; // of the first level
    struct slice channel;
    int32_t anchor; // CANDIDATE_NO_DAY: none
    int32_t stop;   // day of the event that ends it, CANDIDATE_NO_DAY: none
    double gap;     // the customer's own, 0: none (win-back)
    uint32_t gap_group;
    enum candidate_verdict verdict; // CANDIDATE_DUE, or why the rule does not match; then the steps'

    // The steps set these.
    int32_t today; // of the customer
    int32_t since; // what `times` counts from
    int32_t nominal;
    int32_t shifted; // to a day of work
    int32_t due;
    int32_t second; // of the day, in the customer's zone, when it has a time
    int32_t snoozed_to;
    int level;
    enum gaps_source gap_source;
    bool has_time;
    bool since_done;   // `since` is not the anchor but the day the last one was done
    bool bound_by_min; // a win-back moved by 'min' or 'max'
    bool bound_by_max;
    bool snoozed; // by the staff, to snoozed_to
    bool quieted; // moved out of quiet hours, to awake_at
    bool put_off; // a limit or the staff moved it: grace is not asked
    bool deferred_before;
    bool thread_known;
    int64_t times;
    int64_t awake_at;                    // local seconds
    const struct history_thread *thread; // NULL: the ledger knows nothing of it
    struct slice key;                    // once it is decided
    const struct slice *put_off_by;      // the name of the limit that did; NULL: none
};

// A candidate of which nothing else is known. All that counts is set one by one: this is done for every rule of every
// row, and to clear the whole takes longer.
static inline void candidate_begin(struct candidate *candidate, const struct policy_rule *rule,
                                   const struct person *person)
{
    candidate->rule = rule;
    candidate->person = person;
    candidate->owner = (struct slice){NULL, 0};
    candidate->channel = (struct slice){NULL, 0};
    candidate->anchor = CANDIDATE_NO_DAY;
    candidate->stop = CANDIDATE_NO_DAY;
    candidate->gap = 0;
    candidate->gap_group = 0;
    candidate->verdict = CANDIDATE_DUE;
    candidate->today = 0;
    candidate->since = 0;
    candidate->nominal = 0;
    candidate->shifted = 0;
    candidate->due = 0;
    candidate->second = 0;
    candidate->snoozed_to = 0;
    candidate->level = 0;
    candidate->gap_source = GAPS_OWN;
    candidate->has_time = false;
    candidate->since_done = false;
    candidate->bound_by_min = false;
    candidate->bound_by_max = false;
    candidate->snoozed = false;
    candidate->quieted = false;
    candidate->put_off = false;
    candidate->deferred_before = false;
    candidate->thread_known = false;
    candidate->times = 0;
    candidate->awake_at = 0;
    candidate->thread = NULL;
    candidate->key = (struct slice){NULL, 0};
    candidate->put_off_by = NULL;
}

// Copies its own texts into the arena; those of its rule live as long as the policy. Has it any?
void candidate_keep(struct candidate *candidate, struct arena *arena);

static inline bool candidate_has_texts(const struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    return rule->owner.column != TABLE_NO_COLUMN || rule->channel.column != TABLE_NO_COLUMN;
}

// May the person be contacted on this day? CANDIDATE_DUE, CANDIDATE_OPTED_OUT or CANDIDATE_PAUSED.
enum candidate_verdict candidate_held(const struct person *person, int32_t day);

// The word for a verdict, and the step that gave it.
const char *candidate_word(enum candidate_verdict verdict);
const char *candidate_step(enum candidate_verdict verdict);

// Whose it is at its level.
struct slice candidate_owner(const struct candidate *candidate);

// What puts it off, quiet hours or a limit, for people: "tag=promo 1/7d".
struct slice candidate_put_off_by(const struct candidate *candidate);

// Why it is due, without prose: "first_order 2026-10-20 +3d", "last_order 2026-05-01 +2x45d median"; of a rule that
// does not match, what it asks for.
void candidate_append_reason(const struct candidate *candidate, struct text *out);

// The contact as it is printed, with views of the candidate; the reason stands in `reason`, in place of what stood
// there.
void candidate_contact(const struct candidate *candidate, struct text *reason, struct contact *contact);

#endif
