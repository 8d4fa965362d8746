// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * preview: how many contacts a policy gives on each day of a range, how long they take and what they cost.
 *
 * Every day is decided as `remind due` would on it, without a ledger, and the contacts counted whose day it is. So a
 * contact counts once, on the day it is due; what was done, put off or caught up with is not known. Customers stream;
 * kept are the contacts of the range, and the win-backs that wait for a median once a day.
 */
#include <stdlib.h>
#include <string.h>

#include "calendars.h"
#include "candidate.h"
#include "date.h"
#include "decision.h"
#include "heap.h"
#include "inputs.h"
#include "map.h"
#include "money.h"
#include "people.h"
#include "policy.h"
#include "program.h"
#include "provisions.h"
#include "remind.h"
#include "table.h"
#include "touches.h"
#include "writer.h"

enum { DAYS_USUAL = 30, DAYS_MOST = 3660 };

struct preview_settings {
    const char *policy;
    const char *given; // --settings
    const char *touches;
    const char *from;
    const char *to;
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
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "DATE",
     .help = "the first day (today)",
     .offset = offsetof(struct preview_settings, from)},
    {.kind = OPTION_TEXT,
     .name = "to",
     .value = "DATE",
     .help = "the last day (30 days after the first)",
     .offset = offsetof(struct preview_settings, to)},
    {.kind = OPTION_FILE,
     .letter = 'p',
     .name = "policy",
     .value = "FILE",
     .help = "the rules: one row a rule, see POLICY",
     .offset = offsetof(struct preview_settings, policy)},
    {.kind = OPTION_FILE,
     .name = "settings",
     .value = "FILE",
     .help = "quiet hours and holidays, see SETTINGS; its caps and owners' limits are not applied",
     .offset = offsetof(struct preview_settings, given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere, which gives last_contact",
     .offset = offsetof(struct preview_settings, touches)},
    {.kind = OPTION_CHOICE,
     .name = "leap",
     .choices = leap_words,
     .help = "where a rule by the year keeps a 29 February in other years (feb28)",
     .offset = offsetof(struct preview_settings, leap)},
    {.kind = OPTION_LIST,
     .name = "holidays",
     .value = "[NAME=]FILE,...",
     .help = "the days off and the worked weekends of a calendar, for rules with a 'shift'; may be given again",
     .offset = offsetof(struct preview_settings, holidays)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "column that tells customers apart",
     .offset = offsetof(struct preview_settings, customer)},
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "column that the policy's segment is compared with",
     .offset = offsetof(struct preview_settings, labels[POLICY_SEGMENT])},
    {.kind = OPTION_COLUMN,
     .name = "stage",
     .value = "COL",
     .help = "column that the policy's stage is compared with",
     .offset = offsetof(struct preview_settings, labels[POLICY_STAGE])},
    {.kind = OPTION_COLUMN,
     .name = "tier",
     .value = "COL",
     .help = "column that the policy's tier is compared with",
     .offset = offsetof(struct preview_settings, labels[POLICY_TIER])},
    {.kind = OPTION_COLUMN,
     .name = "last-order",
     .value = "COL",
     .help = "column of the last order, from which rules without an anchor count",
     .offset = offsetof(struct preview_settings, last_order)},
    {.kind = OPTION_COLUMN,
     .name = "opt-out",
     .value = "COL",
     .help = "column that says yes for customers who are not to be contacted at all",
     .offset = offsetof(struct preview_settings, opt_out)},
    {.kind = OPTION_COLUMN,
     .name = "paused-until",
     .value = "COL",
     .help = "column with the date before which a customer is not to be contacted",
     .offset = offsetof(struct preview_settings, paused_until)},
    {.kind = OPTION_END},
};

static const struct preview_settings defaults = {0};

struct preview_run {
    const struct preview_settings *settings;
    struct program *program;
    struct table *table;
    struct people_options columns;
    struct provisions provisions;
    struct touches *touches; // NULL: none
    struct calendars *calendars;
    struct policy policy;
    struct people *people;
    int32_t from;
    size_t days;
    struct decision **decisions; // one a day
};

// What an owner has to do on a day.
struct work {
    int64_t contacts;
    double minutes;
    bool has_cost;
    struct money_sum cost;
};

static bool read_day(const char *text, int32_t usual, int32_t *day)
{
    struct date_time time;
    *day = usual;
    if (text == NULL) {
        return true;
    }
    bool read = date_read(slice_of(text), DATE_YMD, &time) && !time.has_time && !time.has_offset;
    *day = read ? time.day : usual;
    return read;
}

static bool read_range(const struct preview_settings *settings, struct program *program, int32_t *from, int32_t *to)
{
    if (!read_day(settings->from, program_clock(program)->today, from)) {
        program_wrong(program, "--from: not a date, as in 2026-11-21");
    } else if (!read_day(settings->to, *from + DAYS_USUAL, to)) {
        program_wrong(program, "--to: not a date, as in 2026-12-21");
    } else if (*to < *from) {
        program_wrong(program, "--to is before --from");
    } else if ((int64_t)*to - *from >= DAYS_MOST) {
        program_wrong(program, "--from and --to lie more than %d days apart", DAYS_MOST);
    } else {
        return true;
    }
    return false;
}

static bool check(const void *given, struct program *program)
{
    const struct preview_settings *settings = given;
    int32_t from;
    int32_t to;
    const struct inputs inputs = {settings->policy, settings->given, settings->touches};
    if (settings->policy == NULL) {
        program_wrong(program, "which policy? name it with --policy=FILE");
    } else {
        return inputs_check(&inputs, program) && read_range(settings, program, &from, &to);
    }
    return false;
}

static enum status open_input(struct preview_run *run)
{
    const struct preview_settings *settings = run->settings;
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

static enum status read_touches(struct preview_run *run)
{
    if (run->settings->touches == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(run->program, run->settings->touches);
    run->touches = touches_read(table, &run->provisions, program_clock(run->program));
    run->columns.touches = run->touches;
    return run->touches == NULL ? table_status(table) : STATUS_DONE;
}

static enum status read_policy(struct preview_run *run)
{
    const struct preview_settings *settings = run->settings;
    enum status status = provisions_read(&run->provisions, settings->given, run->table, settings->labels,
                                         program_encoding(run->program));
    run->calendars = calendars_create(program_encoding(run->program));
    status = status == STATUS_DONE ? calendars_read_all(run->calendars, &settings->holidays) : status;
    for (size_t i = 0; status == STATUS_DONE && i < run->provisions.holiday_count; i++) {
        status = calendars_read(run->calendars, run->provisions.holidays[i]);
    }
    status = status == STATUS_DONE ? read_touches(run) : status;
    if (status != STATUS_DONE) {
        return status;
    }
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

// False when the row was refused.
static bool offer_rule(struct preview_run *run, const struct policy_rule *rule)
{
    enum candidate_verdict verdict;
    struct candidate candidate;
    if (!people_match(run->people, rule, &verdict)) {
        return false;
    }
    if (verdict != CANDIDATE_DUE) {
        return true;
    }
    if (!people_candidate(run->people, rule, verdict, &candidate)) {
        return false;
    }
    for (size_t i = 0; i < run->days; i++) {
        decision_offer(run->decisions[i], &candidate);
    }
    return true;
}

static void hold(struct preview_run *run)
{
    for (size_t i = 0; i < run->days; i++) {
        enum candidate_verdict held = people_held_on(run->people, run->from + (int32_t)i);
        if (held != CANDIDATE_DUE) {
            decision_hold(run->decisions[i], people_customer(run->people), held);
        }
    }
}

// A refused row counts nowhere.
static void offer_row(struct preview_run *run, const struct row *row, struct decision_mark *marks)
{
    if (!people_begin(run->people, row)) {
        return;
    }
    for (size_t i = 0; i < run->days; i++) {
        marks[i] = decision_mark(run->decisions[i]);
    }
    hold(run);
    for (size_t i = 0; i < run->policy.count; i++) {
        if (!offer_rule(run, &run->policy.rules[i])) {
            for (size_t day = 0; day < run->days; day++) {
                decision_forget(run->decisions[day], marks[day]);
            }
            return;
        }
    }
}

static enum status decide(struct preview_run *run)
{
    struct row row;
    run->people = people_create(&run->columns);
    run->decisions = heap_allocate(run->days, sizeof(struct decision *));
    for (size_t i = 0; i < run->days; i++) {
        struct decision_options steps = {
            .today = run->from + (int32_t)i,
            .provisions = &run->provisions,
            .gaps = people_gaps(run->people),
            .of_today = true,
        };
        run->decisions[i] = decision_create(&steps);
    }
    struct decision_mark *marks = heap_allocate(run->days, sizeof *marks);
    while (table_next(run->table, &row)) {
        offer_row(run, &row, marks);
    }
    free(marks);
    if (table_stopped(run->table)) {
        return table_status(run->table);
    }
    for (size_t i = 0; i < run->days; i++) {
        decision_settle(run->decisions[i]);
    }
    return STATUS_DONE;
}

static void write_work(struct writer *writer, int32_t day, struct slice owner, const struct work *work)
{
    writer_day(writer, day);
    writer_text(writer, owner);
    writer_whole(writer, work->contacts);
    writer_number(writer, work->minutes);
    if (work->has_cost) {
        writer_money(writer, work->cost);
    } else {
        writer_blank(writer);
    }
    writer_end(writer);
}

// One row an owner, in the order of their first contacts.
static void write_day(const struct preview_run *run, size_t index, struct writer *writer)
{
    const struct decision *decision = run->decisions[index];
    struct map *owners = map_create(sizeof(struct work));
    for (size_t i = 0; i < decision_due_count(decision); i++) {
        const struct candidate *candidate = decision_at(decision, i);
        struct work *work = map_add(owners, candidate_owner(candidate), NULL);
        work->contacts++;
        work->minutes += candidate->rule->minutes;
        work->has_cost = work->has_cost || candidate->rule->has_cost;
        money_add_sum(&work->cost, candidate->rule->cost);
    }
    for (uint32_t i = 0; i < map_count(owners); i++) {
        write_work(writer, run->from + (int32_t)index, map_key(owners, i), map_value(owners, i));
    }
    map_free(owners);
}

static enum status write_all(const struct preview_run *run)
{
    static const char *const names[] = {"date", "owner", "contacts", "minutes", "cost"};
    struct writer *writer = program_writer(run->program, run->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (size_t i = 0; i < run->days; i++) {
        write_day(run, i, writer);
    }
    return STATUS_DONE;
}

static void release(struct preview_run *run)
{
    for (size_t i = 0; i < run->days && run->decisions != NULL; i++) {
        decision_free(run->decisions[i]);
    }
    free(run->decisions);
    people_free(run->people);
    touches_free(run->touches);
    policy_free(&run->policy);
    calendars_free(run->calendars);
    provisions_free(&run->provisions);
}

static enum status run(const void *given, struct program *program)
{
    struct preview_run all = {.settings = given, .program = program};
    int32_t to;
    if (!read_range(given, program, &all.from, &to)) {
        return STATUS_USAGE;
    }
    all.days = (size_t)(to - all.from) + 1;
    enum status status = open_input(&all);
    status = status == STATUS_DONE ? read_policy(&all) : status;
    status = status == STATUS_DONE ? decide(&all) : status;
    if (status == STATUS_DONE) {
        calendars_name_unknown(all.calendars, program_diag(program));
        if (table_rows(all.table) > 0) {
            policy_name_absent_labels(&all.policy, all.settings->policy, program_diag(program));
        }
        status = write_all(&all);
    }
    release(&all);
    return status;
}

const struct mode remind_preview = {
    .name = "preview",
    .summary = "how many contacts each owner will have on each day of a range, their minutes and cost",
    .usage = "[FILE|-]...",
    .examples =
        {"remind preview -p remind/policy.csv --from=2026-11-21 --to=2026-12-20 remind/people.csv",
         "remind preview -p remind/policy.csv --today=2026-11-21 --where=\"segment = 'new'\" remind/people.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
