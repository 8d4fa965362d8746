// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * due: customers in, the contacts that a policy makes due today out.
 *
 * Customers stream; contacts due are kept, and the ledger's index. With a ledger the order of a run is what makes it
 * safe: lock and read the ledger, decide, record in one write, print, see that the output took it, record that it was
 * printed.
 */
#include "due.h"

#include <string.h>

#include "options.h"
#include "output.h"
#include "remind.h"
#include "starter.h"

enum { DUMP_NOTHING = -1 };

static const char *const dumps[] = {"shop",       "trainer",      "community", "shop-zh",
                                    "trainer-zh", "community-zh", "settings",  NULL};

static const struct option *const shared[] = {terms_options, NULL};

_Static_assert(offsetof(struct due_settings, terms) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "ledger",
     .value = "FILE",
     .help = "record every contact here, and make none twice; made when it is not there",
     .offset = offsetof(struct due_settings, ledger),
     .written = true},
    {.kind = OPTION_FLAG,
     .letter = 'n',
     .name = "dry-run",
     .help = "read the ledger, but write nothing to it",
     .offset = offsetof(struct due_settings, dry_run)},
    {.kind = OPTION_FILE,
     .name = "settings",
     .value = "FILE",
     .help = "caps, workload, quiet hours, zone and holidays, see SETTINGS; without it those of --dump=settings hold",
     .offset = offsetof(struct due_settings, terms.given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere: they count for caps, and give last_contact",
     .offset = offsetof(struct due_settings, terms.touches)},
    {.kind = OPTION_COUNT,
     .name = "limit",
     .value = "N",
     .help = "print at most so many contacts for an owner in a day; the others are put off (0: no limit)",
     .offset = offsetof(struct due_settings, limit)},
    {.kind = OPTION_TEXT,
     .name = "keep",
     .value = "COL,...",
     .help = "print these columns of the customers too, or 'all'",
     .offset = offsetof(struct due_settings, keep)},
    {.kind = OPTION_TEXT,
     .name = "reprint",
     .value = "RUN",
     .help = "print again what this run recorded, without deciding anything",
     .offset = offsetof(struct due_settings, reprint)},
    {.kind = OPTION_TEXT,
     .name = "explain",
     .value = "CUSTOMER",
     .help = "print for each rule why this customer is, or is not, due; nothing is recorded",
     .offset = offsetof(struct due_settings, explain)},
    {.kind = OPTION_CHOICE,
     .name = "dump",
     .choices = dumps,
     .help = "print a policy to begin with, or the settings that hold without --settings",
     .offset = offsetof(struct due_settings, dump)},
    {.kind = OPTION_FLAG,
     .name = "no-wait",
     .help = "fail with status 3 when another run holds the ledger's lock",
     .offset = offsetof(struct due_settings, no_wait)},
    {.kind = OPTION_FLAG,
     .name = "force-clock",
     .help = "go on where the ledger's last entry is later than now or too long ago",
     .offset = offsetof(struct due_settings, force_clock)},
    {.kind = OPTION_PERIOD,
     .name = "max-jump",
     .value = "PERIOD",
     .help = "how long ago the ledger's last entry may be (31d)",
     .offset = offsetof(struct due_settings, max_jump)},
    {.kind = OPTION_COLUMN,
     .name = "zone",
     .value = "COL",
     .help = "column of the time zone in which a customer lives",
     .offset = offsetof(struct due_settings, zone)},
    {.kind = OPTION_END},
};

static const struct due_settings defaults = {.dump = DUMP_NOTHING, .max_jump = {0, (int64_t)31 * 86400}};

static bool check(const void *given, struct program *program)
{
    const struct due_settings *settings = given;
    if (settings->dump != DUMP_NOTHING) {
        return true;
    }
    if (settings->ledger != NULL && strcmp(settings->ledger, "-") == 0) {
        program_wrong(program, "--ledger needs a file: standard output is for data");
    } else if (settings->reprint != NULL && settings->ledger == NULL) {
        program_wrong(program, "--reprint needs --ledger: it prints what a run recorded there");
    } else if (settings->reprint != NULL && settings->explain != NULL) {
        program_wrong(program, "--reprint decides nothing that --explain could explain");
    } else if (!period_positive(settings->max_jump)) {
        program_wrong(program, "--max-jump must be above zero");
    } else {
        return settings->reprint != NULL || terms_check(&settings->terms, program);
    }
    return false;
}

static enum status dump(struct program *program, int what)
{
    const char *const texts[] = {starter_shop,       starter_trainer,      starter_community, starter_shop_zh,
                                 starter_trainer_zh, starter_community_zh, provisions_default};
    struct output *output = program_output(program);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    output_write(output, slice_of(texts[what]));
    return STATUS_DONE;
}

// A run without its `printed` died, or its output failed: nobody knows how much of it was seen.
static void name_unfinished_runs(const struct due_run *run)
{
    const struct history *history = ledger_history(run->ledger);
    const char *again = run->settings->reprint;
    for (size_t i = 0; i < history_run_count(history); i++) {
        struct slice id;
        const struct history_run *unfinished = history_run(history, i, &id);
        if (unfinished->contacts > 0 && !unfinished->printed && (again == NULL || !slice_is(id, again))) {
            diag_error_at(run->settings->ledger, 0,
                          "run %.*s recorded %zu contact%s that may not have been printed; --reprint=%.*s prints them",
                          (int)id.length, id.data, unfinished->contacts, unfinished->contacts == 1 ? "" : "s",
                          (int)id.length, id.data);
        }
    }
}

static enum status open_ledger(struct due_run *run)
{
    const struct due_settings *settings = run->settings;
    enum status status;
    if (settings->ledger == NULL) {
        return STATUS_DONE;
    }
    struct ledger_options how = {
        .path = settings->ledger,
        .change = run->records,
        .no_wait = settings->no_wait,
        .may_be_fresh = settings->reprint == NULL,
        .until = run->records ? INT64_MAX : run->clock->now,
    };
    run->ledger = ledger_open(&how, run->clock, program_diag(run->program), &status);
    if (run->ledger == NULL) {
        return status;
    }
    if (!run->records) {
        return STATUS_DONE;
    }
    if (!settings->force_clock && !ledger_clock_fits(run->ledger, run->clock, settings->max_jump)) {
        return STATUS_SYSTEM;
    }
    name_unfinished_runs(run);
    return STATUS_DONE;
}

static enum status open_input(struct due_run *run)
{
    const struct due_settings *settings = run->settings;
    enum status status = terms_open(&run->terms, &settings->terms, run->program);
    if (status != STATUS_DONE) {
        return status;
    }
    struct people_options *columns = &run->terms.columns;
    if (!table_optional_role(run->terms.table, ROLE_ZONE, settings->zone, &columns->zone) ||
        !kept_find(&run->kept, run->terms.table, settings->keep)) {
        return table_status(run->terms.table);
    }
    columns->kept = run->kept.columns;
    columns->kept_count = run->kept.count;
    columns->every_rule = settings->explain != NULL;
    return STATUS_DONE;
}

static struct turn *turn_at(struct due_run *run, size_t number)
{
    return &run->turns[number % DUE_TURNS];
}

static void offer(struct due_run *run, struct turn *turn)
{
    const struct person *person = &turn->person;
    enum candidate_verdict held =
        candidate_held(person, person->place == NULL ? run->clock->today : person->place->today);
    if (held != CANDIDATE_DUE) {
        decision_hold(run->decision, person->customer, held);
    }
    decision_begin(run->decision, person);
    for (size_t i = 0; i < turn->count; i++) {
        decision_offer(run->decision, &turn->candidates[i]);
    }
}

// Takes a row, and offers what has waited long enough.
static void take_row(struct due_run *run, const struct row *row)
{
    struct turn *turn = turn_at(run, run->taken);
    if (!people_take(run->people, row, turn)) {
        return;
    }
    turn_keep(turn);
    decision_expect(run->decision, &turn->person);
    run->taken++;
    if (run->taken >= DUE_TURNS / 2) {
        decision_approach(run->decision, &turn_at(run, run->taken - DUE_TURNS / 2)->person);
    }
    if (run->taken >= DUE_TURNS) {
        offer(run, turn_at(run, run->taken));
    }
}

static void take_rows(struct due_run *run)
{
    struct row row;
    for (size_t i = 0; i < DUE_TURNS; i++) {
        turn_make(&run->turns[i], run->terms.policy.count);
    }
    while (table_next(run->terms.table, &row)) {
        take_row(run, &row);
    }
    for (size_t i = run->taken < DUE_TURNS ? 0 : run->taken - DUE_TURNS + 1; i < run->taken; i++) {
        offer(run, turn_at(run, i));
    }
}

static void say_held(const struct due_run *run)
{
    size_t opted_out = decision_held_count(run->decision, CANDIDATE_OPTED_OUT);
    size_t paused = decision_held_count(run->decision, CANDIDATE_PAUSED);
    if (opted_out > 0) {
        diag_note(program_diag(run->program), "customers who opted out, and are not contacted: %zu", opted_out);
    }
    if (paused > 0) {
        diag_note(program_diag(run->program), "customers who paused, and are not contacted until their date: %zu",
                  paused);
    }
}

static struct limits *make_limits(struct due_run *run)
{
    struct limits_options bounds = {
        .history = run->ledger == NULL ? NULL : ledger_history(run->ledger),
        .contacts = run->settings->limit > SIZE_MAX ? SIZE_MAX : (size_t)run->settings->limit,
        .today = run->clock->today,
        .provisions = &run->terms.provisions,
        .policy = &run->terms.policy,
        .touches = run->terms.touches,
    };
    return limits_create(&bounds);
}

// Lets the limits count what the ledger has of those who may be contacted today.
static void play_ledger(struct due_run *run)
{
    int32_t begins;
    decision_gather(run->decision);
    size_t count = decision_count(run->decision);
    bool counts = limits_expect(run->limits, decision_all(run->decision), count, &begins);
    if (!counts || run->ledger == NULL) {
        return;
    }
    uint64_t place = history_place(ledger_history(run->ledger), begins);
    struct entry entry;
    while (place != HISTORY_NO_PLACE && ledger_entry(run->ledger, &place, &entry)) {
        if (!ledger_leaves_out(run->ledger, entry.at)) {
            limits_play(run->limits, &entry);
        }
    }
}

static enum status decide(struct due_run *run)
{
    run->zones = zones_create(run->clock, run->terms.provisions.zone);
    run->terms.columns.zones = run->zones;
    run->people = people_create(&run->terms.columns);
    run->limits = make_limits(run);
    struct decision_options steps = {
        .today = run->clock->today,
        .history = run->ledger == NULL ? NULL : ledger_history(run->ledger),
        .gaps = people_gaps(run->people),
        .limits = run->limits,
        .provisions = &run->terms.provisions,
        .explain = run->settings->explain == NULL ? (struct slice){"", 0} : slice_of(run->settings->explain),
    };
    run->decision = decision_create(&steps);
    take_rows(run);
    if (table_stopped(run->terms.table)) {
        return table_status(run->terms.table);
    }
    play_ledger(run);
    if (run->ledger != NULL && ledger_failed(run->ledger)) {
        return STATUS_SYSTEM;
    }
    decision_settle(run->decision);
    say_held(run);
    terms_name_absent(&run->terms);
    if (decision_twice_count(run->decision) > 0) {
        size_t twice = decision_twice_count(run->decision);
        diag_note(program_diag(run->program), "%zu contact%s left out: another row of the same customer gave %s", twice,
                  twice == 1 ? "" : "s", twice == 1 ? "it" : "them");
    }
    return STATUS_DONE;
}

// Without a ledger it is not known what was done, so that every time after the anchor is due.
static void name_chained_rules(const struct due_run *run)
{
    for (size_t i = 0; i < run->terms.policy.count && run->settings->ledger == NULL; i++) {
        const struct policy_rule *rule = &run->terms.policy.rules[i];
        if (rule->kind == POLICY_CHAINED) {
            diag_note(program_diag(run->program),
                      "rule '%.*s' repeats from what was done, which only --ledger can tell", (int)rule->id.length,
                      rule->id.data);
        }
    }
}

static enum status decide_and_print(struct due_run *run)
{
    enum status status = terms_read(&run->terms);
    if (status == STATUS_DONE) {
        name_chained_rules(run);
    }
    status = status == STATUS_DONE ? open_ledger(run) : status;
    status = status == STATUS_DONE ? decide(run) : status;
    if (status != STATUS_DONE) {
        return status;
    }
    run->writer = program_writer(run->program, run->terms.table);
    if (run->writer == NULL) {
        return STATUS_SYSTEM;
    }
    return run->settings->explain != NULL ? due_explain(run) : due_list(run);
}

static enum status print_again(struct due_run *run)
{
    enum status status = open_ledger(run);
    return status == STATUS_DONE ? due_reprint(run) : status;
}

static void release(struct due_run *run)
{
    decision_free(run->decision);
    for (size_t i = 0; i < DUE_TURNS; i++) {
        turn_free(&run->turns[i]);
    }
    limits_free(run->limits);
    zones_free(run->zones);
    people_free(run->people);
    ledger_close(run->ledger);
    terms_free(&run->terms);
    kept_free(&run->kept);
    arena_free(&run->arena);
    text_free(&run->reason);
}

static enum status run(const void *given, struct program *program)
{
    const struct due_settings *settings = given;
    struct due_run all = {
        .settings = settings,
        .program = program,
        .clock = program_clock(program),
        .records = settings->ledger != NULL && !settings->dry_run && settings->explain == NULL,
    };
    if (settings->dump != DUMP_NOTHING) {
        return dump(program, settings->dump);
    }
    enum status status = open_input(&all);
    if (status == STATUS_DONE) {
        status = settings->reprint != NULL ? print_again(&all) : decide_and_print(&all);
    }
    release(&all);
    return status;
}

const struct mode remind_due = {
    .name = "due",
    .summary = "the contacts that a policy makes due today, none of them twice",
    .usage = "[FILE|-]...",
    .examples = {"remind due -p remind/policy.csv --today=2026-11-21 remind/people.csv",
                 "remind due -p remind/policy.csv --ledger=sent.csv --keep=name --today=2026-11-21 remind/people.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
