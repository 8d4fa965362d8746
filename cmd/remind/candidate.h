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
#include "cap.h"
#include "contact.h"
#include "gaps.h"
#include "history.h"
#include "policy.h"
#include "slice.h"
#include "zones.h"

#define CANDIDATE_NO_DAY INT32_MIN

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

// A limit that stands in a customer's row.
struct candidate_cap {
    struct cap cap;
    struct slice text; // "max_contacts 1/14d"
};

struct candidate {
    // Whoever offers it sets these; texts may be views of the row.
    const struct policy_rule *rule;
    struct slice customer;
    struct slice owner; // of the first level
    struct slice channel;
    struct slice *kept; // cells to be printed with it
    size_t kept_count;
    size_t order;   // of its row in the input
    int32_t anchor; // CANDIDATE_NO_DAY: none
    int32_t stop;   // day of the event that ends it, CANDIDATE_NO_DAY: none
    double gap;     // the customer's own, 0: none (win-back)
    uint32_t gap_group;
    uint32_t labels[POLICY_DIMENSIONS];       // numbers of his labels by the provisions, where there are some
    const struct zones_place *place;          // where the customer lives; NULL: where the run is made
    const struct candidate_cap *max_contacts; // of his row; NULL: none
    bool place_unknown;                       // his zone is not known, so it is the run's

    // The steps set these.
    bool since_done;   // `since` is not the anchor but the day the last one was done
    bool bound_by_min; // a win-back moved by 'min' or 'max'
    bool bound_by_max;
    bool snoozed; // by the staff, to snoozed_to
    bool quieted; // moved out of quiet hours, to awake_at
    bool put_off; // a limit or the staff moved it: grace is not asked
    bool deferred_before;
    bool thread_known;
    bool has_time; // of the day, in the customer's zone
    int32_t second;
    int32_t today; // of the customer
    enum gaps_source gap_source;
    int32_t since; // what `times` counts from
    int32_t nominal;
    int32_t shifted; // to a day of work
    int32_t due;
    int level;
    int32_t snoozed_to;
    enum candidate_verdict verdict;
    int64_t times;
    int64_t awake_at;                    // local seconds
    const struct history_thread *thread; // NULL: the ledger knows nothing of it
    struct slice key;                    // once it is decided
    const struct slice *put_off_by;      // the name of the limit that did; NULL: none
};

// The word for a verdict, and the step that gave it.
const char *candidate_word(enum candidate_verdict verdict);
const char *candidate_step(enum candidate_verdict verdict);

// Whose it is at its level.
struct slice candidate_owner(const struct candidate *candidate);

// Is it put off by quiet hours or a limit? And what by, for people: "tag=promo 1/7d".
bool candidate_is_deferred(const struct candidate *candidate);
struct slice candidate_put_off_by(const struct candidate *candidate);

// Why it is due, without prose: "first_order 2026-10-20 +3d", "last_order 2026-05-01 +2x45d median"; of a rule that
// does not match, what it asks for.
void candidate_append_reason(const struct candidate *candidate, struct text *out);

// The contact as it is printed; the reason is put into `arena`.
void candidate_contact(const struct candidate *candidate, struct arena *arena, struct contact *contact);

#endif
