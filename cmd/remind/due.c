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

#include "inputs.h"
#include "options.h"
#include "output.h"
#include "remind.h"
#include "starter.h"

enum { DUMP_NOTHING = -1 };

static const char *const dumps[] = {"shop",       "trainer",      "community", "shop-zh",
                                    "trainer-zh", "community-zh", "settings",  NULL};

static const char *const leap_words[] = {"feb28", "mar1", NULL};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .letter = 'p',
     .name = "policy",
     .value = "FILE",
     .help = "the rules: one row a rule, see POLICY",
     .offset = offsetof(struct due_settings, policy)},
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
     .offset = offsetof(struct due_settings, given)},
    {.kind = OPTION_FILE,
     .name = "touches",
     .value = "FILE",
     .help = "a log of contacts made elsewhere: they count for caps, and give last_contact",
     .offset = offsetof(struct due_settings, touches)},
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
    {.kind = OPTION_CHOICE,
     .name = "leap",
     .choices = leap_words,
     .help = "where a rule by the year keeps a 29 February in other years (feb28)",
     .offset = offsetof(struct due_settings, leap)},
    {.kind = OPTION_LIST,
     .name = "holidays",
     .value = "[NAME=]FILE,...",
     .help = "the days off and the worked weekends of a calendar, for rules with a 'shift'; may be given again",
     .offset = offsetof(struct due_settings, holidays)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "column that tells customers apart",
     .offset = offsetof(struct due_settings, customer)},
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "column that the policy's segment is compared with",
     .offset = offsetof(struct due_settings, labels[POLICY_SEGMENT])},
    {.kind = OPTION_COLUMN,
     .name = "stage",
     .value = "COL",
     .help = "column that the policy's stage is compared with",
     .offset = offsetof(struct due_settings, labels[POLICY_STAGE])},
    {.kind = OPTION_COLUMN,
     .name = "tier",
     .value = "COL",
     .help = "column that the policy's tier is compared with",
     .offset = offsetof(struct due_settings, labels[POLICY_TIER])},
    {.kind = OPTION_COLUMN,
     .name = "zone",
     .value = "COL",
     .help = "column of the time zone in which a customer lives",
     .offset = offsetof(struct due_settings, zone)},
    {.kind = OPTION_COLUMN,
     .name = "last-order",
     .value = "COL",
     .help = "column of the last order, from which rules without an anchor count",
     .offset = offsetof(struct due_settings, last_order)},
    {.kind = OPTION_COLUMN,
     .name = "opt-out",
     .value = "COL",
     .help = "column that says yes for customers who are not to be contacted at all",
     .offset = offsetof(struct due_settings, opt_out)},
    {.kind = OPTION_COLUMN,
     .name = "paused-until",
     .value = "COL",
     .help = "column with the date before which a customer is not to be contacted",
     .offset = offsetof(struct due_settings, paused_until)},
    {.kind = OPTION_END},
};

static const struct due_settings defaults = {.dump = DUMP_NOTHING, .max_jump = {0, (int64_t)31 * 86400}};

static bool check(const void *given, struct program *program)
{
    const struct due_settings *settings = given;
    const struct inputs inputs = {settings->policy, settings->given, settings->touches};
    if (settings->dump != DUMP_NOTHING) {
        return true;
    }
    if (settings->policy == NULL && settings->reprint == NULL) {
        program_wrong(program, "which policy? name it with --policy=FILE");
    } else if (settings->ledger != NULL && strcmp(settings->ledger, "-") == 0) {
        program_wrong(program, "--ledger needs a file: standard output is for data");
    } else if (settings->reprint != NULL && settings->ledger == NULL) {
        program_wrong(program, "--reprint needs --ledger: it prints what a run recorded there");
    } else if (settings->reprint != NULL && settings->explain != NULL) {
        program_wrong(program, "--reprint decides nothing that --explain could explain");
    } else if (!period_positive(settings->max_jump)) {
        program_wrong(program, "--max-jump must be above zero");
    } else {
        return inputs_check(&inputs, program);
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
    run->table = program_input(run->program);
    if (table_stopped(run->table) || !table_role(run->table, ROLE_CUSTOMER, settings->customer, &run->customer) ||
        !table_optional_role(run->table, ROLE_OPT_OUT, settings->opt_out, &run->opt_out) ||
        !table_optional_role(run->table, ROLE_PAUSED_UNTIL, settings->paused_until, &run->paused_until) ||
        !table_optional_role(run->table, ROLE_ZONE, settings->zone, &run->zone) ||
        !kept_find(&run->kept, run->table, settings->keep)) {
        return table_status(run->table);
    }
    return STATUS_DONE;
}

static enum status read_touches(struct due_run *run)
{
    if (run->settings->touches == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(run->program, run->settings->touches);
    run->touches = touches_read(table, &run->provisions, run->clock);
    return run->touches == NULL ? table_status(table) : STATUS_DONE;
}

static enum status read_settings(struct due_run *run)
{
    const struct due_settings *settings = run->settings;
    enum status status = provisions_read(&run->provisions, settings->given, run->table, settings->labels,
                                         program_encoding(run->program));
    if (status != STATUS_DONE) {
        return status;
    }
    run->zones = zones_create(run->clock, run->provisions.zone);
    return read_touches(run);
}

static enum status read_holidays(struct due_run *run)
{
    run->calendars = calendars_create(program_encoding(run->program));
    enum status status = calendars_read_all(run->calendars, &run->settings->holidays);
    for (size_t i = 0; status == STATUS_DONE && i < run->provisions.holiday_count; i++) {
        status = calendars_read(run->calendars, run->provisions.holidays[i]);
    }
    return status;
}

static enum status read_policy(struct due_run *run)
{
    const struct due_settings *settings = run->settings;
    struct policy_scope scope = {
        .table = run->table,
        .last_order = settings->last_order,
        .encoding = program_encoding(run->program),
        .forms = program_forms(run->program),
        .clock = run->clock,
        .calendars = run->calendars,
        .leap = (enum series_leap)settings->leap,
        .touches = run->touches != NULL,
    };
    memcpy(scope.roles, settings->labels, sizeof scope.roles);
    return policy_read(&run->policy, settings->policy, &scope);
}

// False when the row was refused.
static bool offer_rule(struct due_run *run, const struct policy_rule *rule)
{
    enum candidate_verdict verdict;
    struct candidate candidate;
    if (!people_match(run->people, rule, &verdict)) {
        return false;
    }
    if (verdict != CANDIDATE_DUE && run->settings->explain == NULL) {
        return true;
    }
    if (!people_candidate(run->people, rule, verdict, &candidate)) {
        return false;
    }
    decision_offer(run->decision, &candidate);
    return true;
}

// A refused row takes back what its rules gave before the fault was found.
static void offer_row(struct due_run *run, const struct row *row)
{
    struct decision_mark mark = decision_mark(run->decision);
    if (!people_begin(run->people, row)) {
        return;
    }
    decision_expect(run->decision, people_customer(run->people));
    if (people_held(run->people) != CANDIDATE_DUE) {
        decision_hold(run->decision, people_customer(run->people), people_held(run->people));
    }
    for (size_t i = 0; i < run->policy.count; i++) {
        if (!offer_rule(run, &run->policy.rules[i])) {
            decision_forget(run->decision, mark);
            return;
        }
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
        .provisions = &run->provisions,
        .policy = &run->policy,
        .touches = run->touches,
    };
    return limits_create(&bounds);
}

// Lets the limits count what the ledger has of those who may be contacted today.
static void play_ledger(struct due_run *run)
{
    int32_t begins;
    decision_gather(run->decision);
    size_t count = decision_count(run->decision);
    bool counts = limits_expect(run->limits, count == 0 ? NULL : decision_at(run->decision, 0), count, &begins);
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
    struct people_options people = {
        .table = run->table,
        .customer = run->customer,
        .opt_out = run->opt_out,
        .paused_until = run->paused_until,
        .today = run->clock->today,
        .policy = &run->policy,
        .forms = program_forms(run->program),
        .provisions = &run->provisions,
        .zones = run->zones,
        .touches = run->touches,
        .zone = run->zone,
        .kept = run->kept.columns,
        .kept_count = run->kept.count,
    };
    run->people = people_create(&people);
    run->limits = make_limits(run);
    struct decision_options steps = {
        .today = run->clock->today,
        .history = run->ledger == NULL ? NULL : ledger_history(run->ledger),
        .gaps = people_gaps(run->people),
        .limits = run->limits,
        .provisions = &run->provisions,
        .explain = run->settings->explain == NULL ? (struct slice){"", 0} : slice_of(run->settings->explain),
    };
    struct row row;
    run->decision = decision_create(&steps);
    while (table_next(run->table, &row)) {
        offer_row(run, &row);
    }
    if (table_stopped(run->table)) {
        return table_status(run->table);
    }
    play_ledger(run);
    decision_settle(run->decision);
    calendars_name_unknown(run->calendars, program_diag(run->program));
    say_held(run);
    if (table_rows(run->table) > 0) {
        policy_name_absent_labels(&run->policy, run->settings->policy, program_diag(run->program));
        provisions_name_absent_labels(&run->provisions, run->settings->given, &run->policy, program_diag(run->program));
    }
    if (decision_twice_count(run->decision) > 0) {
        diag_note(program_diag(run->program), "%zu contacts left out: another row of the same customer gave them",
                  decision_twice_count(run->decision));
    }
    return STATUS_DONE;
}

// Without a ledger it is not known what was done, so that every time after the anchor is due.
static void name_chained_rules(const struct due_run *run)
{
    for (size_t i = 0; i < run->policy.count && run->settings->ledger == NULL; i++) {
        const struct policy_rule *rule = &run->policy.rules[i];
        if (rule->kind == POLICY_CHAINED) {
            diag_note(program_diag(run->program),
                      "rule '%.*s' repeats from what was done, which only --ledger can tell", (int)rule->id.length,
                      rule->id.data);
        }
    }
}

static enum status decide_and_print(struct due_run *run)
{
    enum status status = read_settings(run);
    status = status == STATUS_DONE ? read_holidays(run) : status;
    status = status == STATUS_DONE ? read_policy(run) : status;
    if (status == STATUS_DONE) {
        name_chained_rules(run);
    }
    status = status == STATUS_DONE ? open_ledger(run) : status;
    status = status == STATUS_DONE ? decide(run) : status;
    if (status != STATUS_DONE) {
        return status;
    }
    run->writer = program_writer(run->program, run->table);
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
    limits_free(run->limits);
    touches_free(run->touches);
    zones_free(run->zones);
    provisions_free(&run->provisions);
    people_free(run->people);
    ledger_close(run->ledger);
    policy_free(&run->policy);
    calendars_free(run->calendars);
    kept_free(&run->kept);
    arena_free(&run->arena);
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
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
