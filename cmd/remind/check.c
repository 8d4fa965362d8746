// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * check: what a policy comes to on a table of customers: its errors, and how many of them each rule concerns.
 *
 * Customers stream; kept are the contacts that would be due, as in the mode due. Nothing is recorded.
 */
#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "candidate.h"
#include "decision.h"
#include "heap.h"
#include "inputs.h"
#include "people.h"
#include "policy.h"
#include "program.h"
#include "provisions.h"
#include "remind.h"
#include "table.h"
#include "touches.h"
#include "writer.h"

struct check_settings {
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

static const char *const leap_words[] = {"feb28", "mar1", NULL};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .letter = 'p',
     .name = "policy",
     .value = "FILE",
     .help = "the rules: one row a rule, see POLICY",
     .offset = offsetof(struct check_settings, policy)},
    {.kind = OPTION_FILE,
     .name = "settings",
     .value = "FILE",
     .help = "caps, zone, quiet hours and holidays, see SETTINGS; its errors are said too",
     .offset = offsetof(struct check_settings, given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere, which gives last_contact",
     .offset = offsetof(struct check_settings, touches)},
    {.kind = OPTION_CHOICE,
     .name = "leap",
     .choices = leap_words,
     .help = "where a rule by the year keeps a 29 February in other years (feb28)",
     .offset = offsetof(struct check_settings, leap)},
    {.kind = OPTION_LIST,
     .name = "holidays",
     .value = "[NAME=]FILE,...",
     .help = "the days off and the worked weekends of a calendar, for rules with a 'shift'; may be given again",
     .offset = offsetof(struct check_settings, holidays)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "column that tells customers apart",
     .offset = offsetof(struct check_settings, customer)},
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "column that the policy's segment is compared with",
     .offset = offsetof(struct check_settings, labels[POLICY_SEGMENT])},
    {.kind = OPTION_COLUMN,
     .name = "stage",
     .value = "COL",
     .help = "column that the policy's stage is compared with",
     .offset = offsetof(struct check_settings, labels[POLICY_STAGE])},
    {.kind = OPTION_COLUMN,
     .name = "tier",
     .value = "COL",
     .help = "column that the policy's tier is compared with",
     .offset = offsetof(struct check_settings, labels[POLICY_TIER])},
    {.kind = OPTION_COLUMN,
     .name = "last-order",
     .value = "COL",
     .help = "column of the last order, from which rules without an anchor count",
     .offset = offsetof(struct check_settings, last_order)},
    {.kind = OPTION_COLUMN,
     .name = "opt-out",
     .value = "COL",
     .help = "column that says yes for customers who are not to be contacted at all",
     .offset = offsetof(struct check_settings, opt_out)},
    {.kind = OPTION_COLUMN,
     .name = "paused-until",
     .value = "COL",
     .help = "column with the date before which a customer is not to be contacted",
     .offset = offsetof(struct check_settings, paused_until)},
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
    const struct check_settings *settings;
    struct program *program;
    struct table *table;
    struct people_options columns;
    struct touches *touches; // NULL: none
    struct calendars *calendars;
    struct provisions provisions;
    struct policy policy;
    struct people *people;
    struct decision *decision;
    struct tally *tallies; // one a rule
    uint64_t unmatched;
};

static bool check(const void *given, struct program *program)
{
    const struct check_settings *settings = given;
    const struct inputs inputs = {settings->policy, settings->given, settings->touches};
    if (settings->policy == NULL) {
        program_wrong(program, "which policy? name it with --policy=FILE");
    } else {
        return inputs_check(&inputs, program);
    }
    return false;
}

static enum status open_input(struct check_run *run)
{
    const struct check_settings *settings = run->settings;
    struct people_options *columns = &run->columns;
    run->table = program_input(run->program);
    *columns = (struct people_options){
        .table = run->table,
        .today = program_clock(run->program)->today,
        .policy = &run->policy,
        .provisions = &run->provisions,
        .zone = TABLE_NO_COLUMN,
        .forms = program_forms(run->program),
    };
    if (table_stopped(run->table) || !table_role(run->table, ROLE_CUSTOMER, settings->customer, &columns->customer) ||
        !table_optional_role(run->table, ROLE_OPT_OUT, settings->opt_out, &columns->opt_out) ||
        !table_optional_role(run->table, ROLE_PAUSED_UNTIL, settings->paused_until, &columns->paused_until)) {
        return table_status(run->table);
    }
    return STATUS_DONE;
}

static enum status read_touches(struct check_run *run)
{
    if (run->settings->touches == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(run->program, run->settings->touches);
    run->touches = touches_read(table, &run->provisions, program_clock(run->program));
    run->columns.touches = run->touches;
    return run->touches == NULL ? table_status(table) : STATUS_DONE;
}

static enum status read_settings(struct check_run *run)
{
    const struct check_settings *settings = run->settings;
    enum status status = provisions_read(&run->provisions, settings->given, run->table, settings->labels,
                                         program_encoding(run->program));
    run->calendars = calendars_create(program_encoding(run->program));
    status = status == STATUS_DONE ? calendars_read_all(run->calendars, &settings->holidays) : status;
    for (size_t i = 0; status == STATUS_DONE && i < run->provisions.holiday_count; i++) {
        status = calendars_read(run->calendars, run->provisions.holidays[i]);
    }
    return status == STATUS_DONE ? read_touches(run) : status;
}

static enum status read_policy(struct check_run *run)
{
    const struct check_settings *settings = run->settings;
    struct policy_scope scope = {
        .table = run->table,
        .last_order = settings->last_order,
        .encoding = program_encoding(run->program),
        .forms = program_forms(run->program),
        .clock = program_clock(run->program),
        .calendars = run->calendars,
        .leap = (enum series_leap)settings->leap,
        .touches = run->touches != NULL,
    };
    memcpy(scope.roles, settings->labels, sizeof scope.roles);
    return policy_read(&run->policy, settings->policy, &scope);
}

// Adds one rule's part of a row to *parts. False when the row was refused.
static bool ask_rule(struct check_run *run, size_t number, struct tally *part)
{
    const struct policy_rule *rule = &run->policy.rules[number];
    enum candidate_verdict verdict;
    struct candidate candidate;
    *part = (struct tally){0};
    if (!people_match(run->people, rule, &verdict)) {
        return false;
    }
    if (verdict != CANDIDATE_DUE) {
        return true;
    }
    if (!people_candidate(run->people, rule, verdict, &candidate)) {
        return false;
    }
    part->matches = 1;
    part->dated = candidate.anchor != CANDIDATE_NO_DAY;
    decision_offer(run->decision, &candidate);
    return true;
}

// A refused row counts nowhere.
static void ask_row(struct check_run *run, const struct row *row, struct tally *parts)
{
    struct decision_mark mark = decision_mark(run->decision);
    uint64_t matches = 0;
    if (!people_begin(run->people, row)) {
        return;
    }
    if (people_held(run->people) != CANDIDATE_DUE) {
        decision_hold(run->decision, people_customer(run->people), people_held(run->people));
    }
    for (size_t i = 0; i < run->policy.count; i++) {
        if (!ask_rule(run, i, &parts[i])) {
            decision_forget(run->decision, mark);
            return;
        }
        matches += parts[i].matches;
    }
    for (size_t i = 0; i < run->policy.count; i++) {
        run->tallies[i].matches += parts[i].matches;
        run->tallies[i].dated += parts[i].dated;
    }
    run->unmatched += matches == 0;
}

static enum status ask_rows(struct check_run *run)
{
    struct tally *parts = heap_allocate(run->policy.count, sizeof *parts);
    struct row row;
    run->tallies = heap_allocate(run->policy.count, sizeof *run->tallies);
    run->people = people_create(&run->columns);
    struct decision_options steps = {
        .today = program_clock(run->program)->today,
        .gaps = people_gaps(run->people),
    };
    run->decision = decision_create(&steps);
    while (table_next(run->table, &row)) {
        ask_row(run, &row, parts);
    }
    free(parts);
    if (table_stopped(run->table)) {
        return table_status(run->table);
    }
    decision_settle(run->decision);
    for (size_t i = 0; i < decision_count(run->decision); i++) {
        run->tallies[decision_at(run->decision, i)->rule - run->policy.rules].due++;
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
    struct writer *writer = program_writer(run->program, run->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (size_t i = 0; i < run->policy.count; i++) {
        write_rule(writer, &run->policy.rules[i], &run->tallies[i]);
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
    touches_free(run->touches);
    policy_free(&run->policy);
    provisions_free(&run->provisions);
    calendars_free(run->calendars);
    free(run->tallies);
}

static enum status run(const void *given, struct program *program)
{
    struct check_run all = {.settings = given, .program = program};
    enum status status = open_input(&all);
    status = status == STATUS_DONE ? read_settings(&all) : status;
    status = status == STATUS_DONE ? read_policy(&all) : status;
    status = status == STATUS_DONE ? ask_rows(&all) : status;
    if (status == STATUS_DONE) {
        calendars_name_unknown(all.calendars, program_diag(program));
        if (table_rows(all.table) > 0) {
            policy_name_absent_labels(&all.policy, all.settings->policy, program_diag(program));
            provisions_name_absent_labels(&all.provisions, all.settings->given, &all.policy, program_diag(program));
        }
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
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
