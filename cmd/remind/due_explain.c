// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * due_explain: one row a rule for the customer of --explain: the step that decided, and its verdict.
 */
#include "candidate.h"
#include "contact.h"
#include "due.h"

static void write_explanation(struct due_run *run, const struct candidate *candidate)
{
    bool dated = candidate->anchor != CANDIDATE_NO_DAY && candidate->verdict != CANDIDATE_NEEDS_GAP;
    struct contact contact;
    candidate_contact(candidate, &run->reason, &contact);
    writer_text(run->writer, contact.customer);
    writer_text(run->writer, contact.rule);
    writer_string(run->writer, candidate_step(candidate->verdict));
    writer_string(run->writer, candidate_word(candidate->verdict));
    if (dated) {
        contact_write_due(run->writer, &contact);
        writer_day(run->writer, contact.nominal);
        writer_whole(run->writer, contact.level);
    } else {
        writer_blank(run->writer);
        writer_blank(run->writer);
        writer_blank(run->writer);
    }
    writer_text(run->writer, contact.reason);
    writer_end(run->writer);
}

enum status due_explain(struct due_run *run)
{
    static const char *const names[] = {"customer", "rule", "step", "verdict", "due", "nominal", "level", "reason"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(run->writer, slice_of(names[i]));
    }
    writer_end(run->writer);
    for (size_t i = 0; i < decision_explained_count(run->decision); i++) {
        write_explanation(run, decision_explained(run->decision, i));
    }
    if (decision_explained_count(run->decision) == 0) {
        diag_error("--explain: no customer '%s' in the input", run->settings->explain);
        return STATUS_DATA;
    }
    return STATUS_DONE;
}
