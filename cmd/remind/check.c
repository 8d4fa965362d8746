// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * check: what a policy comes to on a table of customers: its errors, and how many of them each rule concerns.
 *
 * Customers stream; kept are the contacts that would be due, as in the mode due. Nothing is recorded.
 */
#include <stdlib.h>

#include "candidate.h"
#include "decision.h"
#include "heap.h"
#include "people.h"
#include "program.h"
#include "remind.h"
#include "terms.h"
#include "turn.h"
#include "writer.h"

struct check_settings {
    struct terms_settings terms;
};

static const struct option *const shared[] = {terms_options, NULL};

_Static_assert(offsetof(struct check_settings, terms) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "settings",
     .value = "FILE",
     .help = "caps, zone, quiet hours and holidays, see SETTINGS; its errors are said too",
     .offset = offsetof(struct check_settings, terms.given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere, which gives last_contact",
     .offset = offsetof(struct check_settings, terms.touches)},
    {.kind = OPTION_END},
};

static const struct check_settings defaults = {0};

// What came of one rule, in customers' rows.
struct tally {
    uint64_t matches;
    uint64_t dated;
    uint64_t due;
};

struct check_run {
    struct terms terms;
    struct program *program;
    struct people *people;
    struct decision *decision;
    struct turn turn;
    struct tally *tallies; // one a rule
    uint64_t unmatched;
};

static bool check(const void *given, struct program *program)
{
    const struct check_settings *settings = given;
    return terms_check(&settings->terms, program);
}

// A refused row counts nowhere.
static void ask_row(struct check_run *run, const struct row *row)
{
    struct turn *turn = &run->turn;
    const struct person *person = &turn->person;
    if (!people_take(run->people, row, turn)) {
        return;
    }
    enum candidate_verdict held = candidate_held(person, program_clock(run->program)->today);
    if (held != CANDIDATE_DUE) {
        decision_hold(run->decision, person->customer, held);
    }
    decision_begin(run->decision, person);
    for (size_t i = 0; i < turn->count; i++) {
        struct candidate *candidate = &turn->candidates[i];
        struct tally *tally = &run->tallies[candidate->rule - run->terms.policy.rules];
        tally->matches++;
        tally->dated += candidate->anchor != CANDIDATE_NO_DAY;
        decision_offer(run->decision, candidate);
    }
    run->unmatched += turn->count == 0 && !turn->refused;
}

static enum status ask_rows(struct check_run *run)
{
    struct row row;
    turn_make(&run->turn, run->terms.policy.count);
    run->tallies = heap_allocate(run->terms.policy.count, sizeof *run->tallies);
    run->people = people_create(&run->terms.columns);
    struct decision_options steps = {
        .today = program_clock(run->program)->today,
        .gaps = people_gaps(run->people),
    };
    run->decision = decision_create(&steps);
    while (table_next(run->terms.table, &row)) {
        ask_row(run, &row);
    }
    if (table_stopped(run->terms.table)) {
        return table_status(run->terms.table);
    }
    decision_settle(run->decision);
    for (size_t i = 0; i < decision_count(run->decision); i++) {
        run->tallies[decision_at(run->decision, i)->rule - run->terms.policy.rules].due++;
    }
    return STATUS_DONE;
}

static void write_rule(struct writer *writer, const struct policy_rule *rule, const struct tally *tally)
{
    static const char *const kinds[] = {
        [POLICY_ONCE] = "once",
        [POLICY_PERIODIC] = "periodic",
        [POLICY_CHAINED] = "chained",
        [POLICY_WINBACK] = "win-back",
    };
    writer_text(writer, rule->id);
    writer_whole(writer, (int64_t)rule->line);
    writer_string(writer, rule->enabled ? kinds[rule->kind] : "disabled");
    writer_whole(writer, (int64_t)tally->matches);
    writer_whole(writer, (int64_t)tally->dated);
    writer_whole(writer, (int64_t)tally->due);
    writer_end(writer);
}

static enum status write_all(struct check_run *run)
{
    static const char *const names[] = {"rule", "line", "kind", "matches", "dated", "due"};
    struct writer *writer = program_writer(run->program, run->terms.table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (size_t i = 0; i < run->terms.policy.count; i++) {
        write_rule(writer, &run->terms.policy.rules[i], &run->tallies[i]);
    }
    writer_string(writer, "(none)");
    writer_blank(writer);
    writer_blank(writer);
    writer_whole(writer, (int64_t)run->unmatched);
    writer_blank(writer);
    writer_blank(writer);
    writer_end(writer);
    return STATUS_DONE;
}

static void release(struct check_run *run)
{
    decision_free(run->decision);
    people_free(run->people);
    turn_free(&run->turn);
    terms_free(&run->terms);
    free(run->tallies);
}

static enum status run(const void *given, struct program *program)
{
    struct check_run all = {.program = program};
    const struct check_settings *settings = given;
    enum status status = terms_open(&all.terms, &settings->terms, program);
    status = status == STATUS_DONE ? terms_read(&all.terms) : status;
    status = status == STATUS_DONE ? ask_rows(&all) : status;
    if (status == STATUS_DONE) {
        terms_name_absent(&all.terms);
        status = write_all(&all);
    }
    release(&all);
    return status;
}

const struct mode remind_check = {
    .name = "check",
    .summary = "a policy's errors, and how many customers each of its rules matches",
    .usage = "[FILE|-]...",
    .examples = {"remind check -p remind/policy.csv --today=2026-11-21 remind/people.csv",
                 "remind check -q -p remind/policy.csv --today=2026-11-21 remind/people.csv | grep ',0$'"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
