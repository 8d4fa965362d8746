// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * preview: how many contacts a policy gives on each day of a range, how long they take and what they cost.
 *
 * Every day is decided as `remind due` would on it, without a ledger, and the contacts counted whose day it is. So a
 * contact counts once, on the day it is due; what was done, put off or caught up with is not known. Customers stream;
 * kept are the contacts of the range, and the win-backs that wait for a median once a day.
 */
#include <stdlib.h>

#include "candidate.h"
#include "candidates.h"
#include "date.h"
#include "decision.h"
#include "heap.h"
#include "map.h"
#include "money.h"
#include "people.h"
#include "program.h"
#include "remind.h"
#include "terms.h"
#include "turn.h"
#include "writer.h"

enum { DAYS_USUAL = 30, DAYS_MOST = 3660 };

struct preview_settings {
    struct terms_settings terms;
    const char *from;
    const char *to;
};

static const struct option *const shared[] = {terms_options, NULL};

_Static_assert(offsetof(struct preview_settings, terms) == 0, "the shared options find their fields");

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
     .name = "settings",
     .value = "FILE",
     .help = "quiet hours and holidays, see SETTINGS; its caps and owners' limits are not applied",
     .offset = offsetof(struct preview_settings, terms.given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere, which gives last_contact",
     .offset = offsetof(struct preview_settings, terms.touches)},
    {.kind = OPTION_END},
};

static const struct preview_settings defaults = {0};

struct preview_run {
    struct terms terms;
    struct program *program;
    struct people *people;
    int32_t from;
    size_t days;
    struct turn turn;
    struct decision **decisions; // one a day
    struct candidates_texts texts;
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
    return terms_check(&settings->terms, program) && read_range(settings, program, &from, &to);
}

// The row as it is on one of the days.
static void offer(struct decision *decision, const struct turn *turn, int32_t day)
{
    const struct person *person = &turn->person;
    enum candidate_verdict held = candidate_held(person, day);
    if (held != CANDIDATE_DUE) {
        decision_hold(decision, person->customer, held);
    }
    decision_begin(decision, person);
    for (size_t i = 0; i < turn->count; i++) {
        struct candidate offered = turn->candidates[i];
        decision_offer(decision, &offered);
    }
}

static enum status decide(struct preview_run *run)
{
    struct row row;
    run->people = people_create(&run->terms.columns);
    run->decisions = heap_allocate(run->days, sizeof(struct decision *));
    for (size_t i = 0; i < run->days; i++) {
        struct decision_options steps = {
            .today = run->from + (int32_t)i,
            .provisions = &run->terms.provisions,
            .gaps = people_gaps(run->people),
            .of_today = true,
            .texts = &run->texts,
        };
        run->decisions[i] = decision_create(&steps);
    }
    turn_make(&run->turn, run->terms.policy.count);
    while (table_next(run->terms.table, &row)) {
        bool taken = people_take(run->people, &row, &run->turn);
        for (size_t i = 0; taken && i < run->days; i++) {
            offer(run->decisions[i], &run->turn, run->from + (int32_t)i);
        }
    }
    if (table_stopped(run->terms.table)) {
        return table_status(run->terms.table);
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
    struct writer *writer = program_writer(run->program, run->terms.table);
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
    candidates_free_texts(&run->texts);
    people_free(run->people);
    turn_free(&run->turn);
    terms_free(&run->terms);
}

static enum status run(const void *given, struct program *program)
{
    struct preview_run all = {.program = program};
    int32_t to;
    if (!read_range(given, program, &all.from, &to)) {
        return STATUS_USAGE;
    }
    all.days = (size_t)(to - all.from) + 1;
    const struct preview_settings *settings = given;
    enum status status = terms_open(&all.terms, &settings->terms, program);
    status = status == STATUS_DONE ? terms_read(&all.terms) : status;
    status = status == STATUS_DONE ? decide(&all) : status;
    if (status == STATUS_DONE) {
        terms_name_absent(&all.terms);
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
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
