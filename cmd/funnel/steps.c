// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel steps: how many people reach each step, where they stop, and how long they take; one row a step, with --by one
 * block of rows a group. Gathers the events that match a step (trails.h) and at the end the times of each step.
 */
#include "attempt.h"
#include "funnel.h"
#include "intake.h"
#include "options.h"
#include "period.h"
#include "program.h"
#include "spend.h"
#include "state.h"
#include "steps.h"
#include "text.h"
#include "unit.h"

static const char *const formats[] = {[STEPS_TABLE] = "table", [STEPS_TEXT] = "text", NULL};

static const char *const counts[] = {[STEPS_PEOPLE] = "people", [STEPS_ATTEMPTS] = "attempts", NULL};

static const struct option *const shared[] = {intake_options, intake_rules, state_options, NULL};

_Static_assert(offsetof(struct steps_settings, intake) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_CHOICE,
     .name = "count",
     .help = "count each person once, or every attempt, one after the other (default: people)",
     .offset = offsetof(struct steps_settings, count),
     .choices = counts},
    {.kind = OPTION_TEXT,
     .name = "by",
     .value = "COL,...",
     .help = "count each value apart; a person's value is that of his start event unless --attribute says otherwise",
     .offset = offsetof(struct steps_settings, by)},
    {.kind = OPTION_TEXT,
     .name = "attribute",
     .value = "start|first|last|all|step:N",
     .help =
         "whose value --by takes: the start's, the first or last that is not empty, every value by itself, or that of "
         "step N (default: start)",
     .offset = offsetof(struct steps_settings, attribute)},
    {.kind = OPTION_FLAG,
     .name = "compare",
     .help =
         "add p_value: could each group of --by differ from all others by chance (Fisher's test, Holm's correction)",
     .offset = offsetof(struct steps_settings, compare)},
    {.kind = OPTION_FILE,
     .name = "costs",
     .value = "FILE",
     .help = "add cost and cost_each from a table channel,cost; with --by=COL a channel is a value of COL",
     .offset = offsetof(struct steps_settings, costs)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "add value: the sum of this column over the events that made the last step",
     .offset = offsetof(struct steps_settings, intake.amount)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .help = "the unit of times (default: day)",
     .offset = offsetof(struct steps_settings, unit),
     .choices = unit_words},
    {.kind = OPTION_CHOICE,
     .name = "format",
     .help = "a table, or text with bars for a terminal (default: table)",
     .offset = offsetof(struct steps_settings, format),
     .choices = formats},
    {.kind = OPTION_END},
};

static const struct steps_settings defaults = {.intake = {.window = {.months = INTAKE_NO_WINDOW}}, .unit = UNIT_DAY};

static bool check(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    struct whose whose;
    if (!intake_check(&settings->intake, program)) {
        return false;
    }
    if (!whose_read(settings->attribute, &whose)) {
        program_wrong(program, "--attribute: start, first, last, all or step:N");
    } else if (settings->by == NULL && (settings->attribute != NULL || settings->compare)) {
        program_wrong(program, "%s needs --by", settings->compare ? "--compare" : "--attribute");
    } else if (settings->count == STEPS_ATTEMPTS && settings->intake.start != ATTEMPT_BEST) {
        program_wrong(program, "--start chooses one attempt of a person: it does not go with --count=attempts");
    } else if (settings->count == STEPS_ATTEMPTS && settings->intake.exclude_person) {
        program_wrong(program, "--exclude-person does not go with --count=attempts");
    } else {
        return true;
    }
    return false;
}

static bool check_against_input(const struct steps *steps)
{
    struct intake *intake = steps->intake;
    if (steps->whose.step >= intake->plan.count) {
        program_wrong(intake->program, "--attribute: there are only %zu steps", intake->plan.count);
        return false;
    }
    if (steps->settings->costs != NULL && intake->groups.count > 1) {
        program_wrong(intake->program, "--costs: with --by of one column, or without");
        return false;
    }
    return steps_names_are_free(steps);
}

// The table of costs is read before the log, so that a fault in it is said at once.
static enum status read_costs(struct steps *steps)
{
    struct program *program = steps->intake->program;
    if (steps->settings->costs == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(program, steps->settings->costs);
    return spend_read(&steps->spend, table, program_forms(program)) ? STATUS_DONE : table_status(table);
}

static void warn_of_dates(const struct steps *steps)
{
    const struct intake *intake = steps->intake;
    const struct diag *diag = program_diag(intake->program);
    if (!intake->any || intake->has_times || intake->plan.count < 2) {
        return;
    }
    if (intake->rules.ties == ATTEMPT_STRICT) {
        diag_note(diag, "the log has dates without times: with --ties=strict no two steps of one day count");
    }
    if (intake->rules.order == ATTEMPT_ANY) {
        diag_note(diag,
                  "the log has dates without times and --order=any asks for no order: the counts are upper bounds");
    }
}

// The options that decide what a state holds, as they were given.
static void tell_rules(const struct steps_settings *settings, struct text *rules)
{
    text_format(rules, "steps --count=%s", counts[settings->count]);
    state_tell_option(rules, "by", settings->by);
    state_tell_option(rules, "attribute", settings->attribute);
    state_tell_rules(&settings->intake, rules);
}

static enum status write_counts(struct steps *steps)
{
    warn_of_dates(steps);
    steps_count(steps);
    if (steps->settings->intake.save == NULL) {
        intake_forget(steps->intake);
    }
    if (steps->settings->costs != NULL && steps->intake->groups.count > 0) {
        steps_add_idle_channels(steps);
    }
    if (!steps_tell(steps)) {
        return STATUS_DATA;
    }
    return steps->settings->format == STEPS_TEXT ? steps_draw(steps) : steps_write_table(steps);
}

static enum status read_and_write(struct steps *steps)
{
    if (!check_against_input(steps)) {
        return STATUS_USAGE;
    }
    struct text rules = {0};
    tell_rules(steps->settings, &rules);
    enum status status = read_costs(steps);
    if (status == STATUS_DONE) {
        status = state_read_log(steps->intake, text_slice(&rules));
    }
    if (status == STATUS_DONE) {
        status = write_counts(steps);
    }
    if (status == STATUS_DONE) {
        status = state_deliver(steps->intake, text_slice(&rules));
    }
    text_free(&rules);
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    struct intake intake;
    struct steps steps = {.settings = settings, .intake = &intake};
    whose_read(settings->attribute, &steps.whose);
    bool apart = steps.whose.kind == WHOSE_ALL;
    struct intake_wishes wishes = {.by = settings->by,
                                   .labels = steps.whose.kind != WHOSE_START,
                                   .whole = apart || settings->count == STEPS_ATTEMPTS};
    enum status status = intake_open_for(&intake, &settings->intake, program, &wishes);
    if (status == STATUS_DONE && !intake_is_over(&intake)) {
        steps.tally.steps = intake.plan.count;
        steps.tally.optional = intake.rules.optional;
        status = read_and_write(&steps);
        steps_free(&steps);
    }
    intake_free(&intake);
    return status;
}

const struct mode funnel_steps = {
    .name = "steps",
    .summary = "how many people reach each step, where they stop, and how long they take",
    .usage = "[FILE|-]... | EVENT=FILE...",
    .examples = {"funnel steps --steps=visit,join,order --window=7d --today=2026-10-31 funnel/events.csv",
                 "funnel steps --steps=join,order join=funnel/members.csv order=funnel/orders.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
