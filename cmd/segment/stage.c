// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment stage: where a customer or a member stands, by a built-in rule set or an edited copy of it (builtin.h).
 *
 * Streams, as rules do. With --previous a stage is raised at once and lowered only after a full look-back (ladder.h);
 * then last month's stages are kept in memory.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "complaints.h"
#include "heap.h"
#include "labels.h"
#include "ladder.h"
#include "matching.h"
#include "past.h"
#include "segment.h"
#include "text.h"

enum set {
    SET_STAGE,
    SET_GROUP,
};

struct stage_settings {
    int set; // enum set
    const char *file;
    const char *customer;
    const char *previous;
    struct period look_back;
    bool since;
    int bad; // position in bad_words
    int names;
    const char *as;
    const char *treat;
    const char *only;
    bool why;
    bool dump_treatments;
};

static const char *const set_words[] = {"stage", "group", NULL};
static const char *const bad_words[] = {"error", "missing", NULL};

static const struct option options[] = {
    {.kind = OPTION_CHOICE,
     .name = "rules",
     .help = "the stages of a customer (the default), or the phases of a group",
     .offset = offsetof(struct stage_settings, set),
     .choices = set_words},
    {.kind = OPTION_FILE,
     .letter = 'f',
     .name = "file",
     .value = "FILE",
     .help = "read rules from FILE instead, say an edited copy of the built-in ones",
     .offset = offsetof(struct stage_settings, file)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "the customer, in the input and in the file of --previous",
     .offset = offsetof(struct stage_settings, customer)},
    {.kind = OPTION_FILE,
     .name = "previous",
     .value = "FILE",
     .help = "last month's output: raise at once, lower only after a look-back without the deed",
     .offset = offsetof(struct stage_settings, previous)},
    {.kind = OPTION_PERIOD,
     .name = "look-back",
     .value = "PERIOD",
     .help = "how long a stage is kept that the rules no longer give (default 90d)",
     .offset = offsetof(struct stage_settings, look_back)},
    {.kind = OPTION_FLAG,
     .name = "since",
     .help = "add the columns stage_since and stage_seen, for next month's --previous; it adds them too",
     .offset = offsetof(struct stage_settings, since)},
    {.kind = OPTION_CHOICE,
     .name = "bad",
     .help = "a cell that is not of the kind a rule asks for is an error (the default), or missing",
     .offset = offsetof(struct stage_settings, bad),
     .choices = bad_words},
    {.kind = OPTION_CHOICE,
     .name = "names",
     .help = "labels in English (the default) or Chinese",
     .offset = offsetof(struct stage_settings, names),
     .choices = names_words},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'stage', the others NAME_since and NAME_seen",
     .offset = offsetof(struct stage_settings, as)},
    {.kind = OPTION_FILE,
     .name = "treat",
     .value = "FILE",
     .help = "add the columns that this table has for each label",
     .offset = offsetof(struct stage_settings, treat)},
    {.kind = OPTION_TEXT,
     .name = "only",
     .value = "LABEL,...",
     .help = "keep rows with these labels only",
     .offset = offsetof(struct stage_settings, only)},
    {.kind = OPTION_FLAG,
     .name = "why",
     .help = "add a column 'why' that names the rule, or --previous where the stage is kept",
     .offset = offsetof(struct stage_settings, why)},
    {.kind = OPTION_FLAG,
     .name = "dump-treatments",
     .help = "print a table of treatments for --treat, in the language of --names, and end",
     .offset = offsetof(struct stage_settings, dump_treatments)},
    {.kind = OPTION_END},
};

static const struct stage_settings defaults = {.look_back = {.seconds = INT64_C(90) * DATE_DAY_SECONDS}};

static bool check(const void *given, struct program *program)
{
    const struct stage_settings *settings = given;
    const char *problem = NULL;
    bool dated = settings->previous != NULL || settings->since;
    if (!period_positive(settings->look_back) || !period_whole_days(settings->look_back)) {
        problem = "--look-back: not a length of whole days above zero";
    } else if (settings->file == NULL && settings->set == SET_GROUP && dated) {
        problem = "--rules=group tells the phase of each period: --previous and --since do not go with it";
    } else if (settings->file != NULL && settings->set != SET_STAGE) {
        problem = "--file has the rules: --rules does not go with it";
    }
    if (problem != NULL) {
        program_wrong(program, "%s", problem);
    }
    return problem == NULL;
}

// What a run holds while it lasts.
struct job {
    const struct stage_settings *settings;
    struct matching matching;
    struct labels labels;
    struct past *past;      // NULL without --previous
    size_t customer_column; // with --previous
    bool dated;
    struct text since; // the names of the columns
    struct text seen;
    struct writer *writer;
    uint64_t unlabelled;
    uint64_t kept;
};

static enum status dump_treatments(const struct stage_settings *settings, struct program *program)
{
    struct output *output = program_output(program);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    output_write(output, builtin_treatments(set_words[settings->set], (enum names)settings->names));
    return STATUS_DONE;
}

static bool find_source(struct job *job, struct slice *source)
{
    if (job->settings->file != NULL) {
        return program_file(job->matching.program, job->settings->file, source);
    }
    return builtin_find(set_words[job->settings->set], source);
}

static const char *source_name(const struct stage_settings *settings)
{
    if (settings->file == NULL) {
        return set_words[settings->set];
    }
    return strcmp(settings->file, "-") == 0 ? "stdin" : settings->file;
}

// Which rules were left out: of an edited file always, since a column may be mistyped there.
static void tell_left_out(const struct job *job)
{
    const struct rules *rules = job->matching.rules;
    struct text list = {0};
    for (size_t i = 0; i < rules_left_out(rules); i++) {
        struct rules_omission omission = rules_omission(rules, i);
        text_format(&list, "%s%.*s (no column '%.*s')", i == 0 ? "" : ", ", (int)omission.rule.length,
                    omission.rule.data, (int)omission.column.length, omission.column.data);
    }
    const struct diag *diag = program_diag(job->matching.program);
    if (list.length > 0 && job->settings->file != NULL) {
        diag_note(diag, "rules left out: %s", text_string(&list));
    } else if (list.length > 0) {
        diag_detail(diag, "rules left out: %s", text_string(&list));
    }
    text_free(&list);
}

// Is there a rule that asks anything of the rows? Without one everybody would have one label, for want of columns.
static bool can_tell(struct job *job)
{
    const struct rules *rules = job->matching.rules;
    size_t count = rules_count(rules);
    if (count > 1 || (count == 1 && (!rules_is_else(rules, 0) || rules_left_out(rules) == 0))) {
        return true;
    }
    struct program *program = job->matching.program;
    table_stop(job->matching.table,
               rules_left_out(rules) == 0
                   ? program_wrong(program, "%s: there is no rule", source_name(job->settings))
                   : program_wrong(program, "there is none of the columns that the rules ask for; 'segment rules "
                                            "--dump=stage' names them"));
    return false;
}

static bool compile(struct job *job, const struct expression_scope *scope, struct slice source)
{
    struct complaints complaints = {0};
    job->matching.rules = rules_create(scope);
    if (job->settings->file != NULL || job->settings->set == SET_STAGE) {
        rules_tolerate_absent(job->matching.rules);
    }
    rules_add(job->matching.rules, source, source_name(job->settings), &complaints);
    bool good = complaints.count == 0;
    complaints_print(&complaints);
    complaints_free(&complaints);
    if (!good) {
        table_stop(job->matching.table, STATUS_USAGE);
        return false;
    }
    tell_left_out(job);
    return can_tell(job);
}

// The columns of the days, and last month's stages.
static bool prepare_days(struct job *job)
{
    struct table *table = job->matching.table;
    const struct stage_settings *settings = job->settings;
    text_format(&job->since, "%s_since", labels_column(&job->labels));
    text_format(&job->seen, "%s_seen", labels_column(&job->labels));
    if (!job->dated) {
        return true;
    }
    if (!table_new_column(table, text_string(&job->since), true) ||
        !table_new_column(table, text_string(&job->seen), true)) {
        return false;
    }
    if (settings->previous == NULL) {
        return true;
    }
    const struct past_columns names = {
        .customer = settings->customer,
        .stage = labels_column(&job->labels),
        .since = text_string(&job->since),
        .seen = text_string(&job->seen),
    };
    return table_role(table, ROLE_CUSTOMER, settings->customer, &job->customer_column) &&
           (job->past = past_read(job->matching.program, settings->previous, &names, table)) != NULL;
}

static void write_names(struct job *job)
{
    const struct columns *columns = table_columns(job->matching.table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(job->writer, columns->names[i]);
    }
    labels_write_names(&job->labels, job->writer);
    if (job->dated) {
        writer_name(job->writer, text_slice(&job->since));
        writer_name(job->writer, text_slice(&job->seen));
    }
    writer_end(job->writer);
}

static void write_days(struct job *job, const struct ladder_standing *standing)
{
    if (standing->stage.length == 0) {
        writer_blank(job->writer);
        writer_blank(job->writer);
    } else {
        writer_day(job->writer, standing->since);
        writer_day(job->writer, standing->seen);
    }
}

// The label of what the ladder made of a rule's.
static size_t label_of(struct job *job, size_t rule, struct slice found, const struct ladder_standing *standing)
{
    if (slice_equal(standing->stage, found)) {
        return rule;
    }
    job->kept++;
    return labels_of_word(&job->labels, (size_t)ladder_position(standing->stage));
}

static bool label(void *state, const struct row *row)
{
    struct job *job = state;
    struct rules_remark remark;
    size_t rule = rules_match(job->matching.rules, row, &remark);
    if (rule == RULE_BAD) {
        matching_refuse(&job->matching, row, &remark.fault, remark.bad_rule);
        return true;
    }
    struct slice customer = {"", 0};
    if (job->past != NULL && !table_key(job->matching.table, row, job->customer_column, &customer)) {
        return true;
    }
    struct slice found = rule == RULE_NONE ? slice_of("") : rules_name(job->matching.rules, rule);
    struct ladder_standing standing =
        ladder_step(job->past == NULL ? NULL : past_find(job->past, customer), found,
                    program_clock(job->matching.program)->today, job->settings->look_back);
    size_t result = label_of(job, rule, found, &standing);
    job->unlabelled += result == RULE_NONE;
    if (labels_keep(&job->labels, result)) {
        writer_pass(job->writer, row);
        labels_write(&job->labels, job->writer, result);
        if (job->dated) {
            write_days(job, &standing);
        }
        writer_end(job->writer);
    }
    return writer_good(job->writer);
}

static enum status label_table(struct job *job)
{
    const struct stage_settings *settings = job->settings;
    const struct labels_options wanted = {
        .column = "stage",
        .words = ladder_stages,
        .word_why = "--previous",
        .as = settings->as,
        .only = settings->only,
        .treat = settings->treat,
        .names = (enum names)settings->names,
        .why = settings->why,
    };
    struct matching *matching = &job->matching;
    if (!labels_prepare(&job->labels, &wanted, matching->rules, matching->table, matching->program) ||
        !prepare_days(job)) {
        return table_status(matching->table);
    }
    job->writer = program_writer(matching->program, matching->table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(job);
    matching_each(matching, label, job);
    if (!table_stopped(matching->table)) {
        diag_detail(program_diag(matching->program), "rows without a stage: %llu", (unsigned long long)job->unlabelled);
        if (job->past != NULL) {
            diag_detail(program_diag(matching->program), "stages kept until the look-back is over: %llu",
                        (unsigned long long)job->kept);
        }
        matching_tell_missed(matching);
    }
    return table_status(matching->table);
}

static enum status run_rules(struct job *job, struct slice source)
{
    struct program *program = job->matching.program;
    job->matching.table = program_input(program);
    if (table_stopped(job->matching.table)) {
        return table_status(job->matching.table);
    }
    const struct expression_scope scope = {
        .columns = table_columns(job->matching.table),
        .forms = program_forms(program),
        .clock = program_clock(program),
        .whole_column = true,
        .bad_is_missing = job->settings->bad == 1,
    };
    return compile(job, &scope, source) ? label_table(job) : table_status(job->matching.table);
}

static enum status run(const void *given, struct program *program)
{
    const struct stage_settings *settings = given;
    if (settings->dump_treatments) {
        return dump_treatments(settings, program);
    }
    struct job job = {
        .settings = settings,
        .matching = {.program = program},
        .dated = settings->previous != NULL || settings->since,
    };
    struct slice source;
    enum status status = find_source(&job, &source) ? run_rules(&job, source) : STATUS_SYSTEM;
    labels_free(&job.labels);
    matching_free(&job.matching);
    past_free(job.past);
    text_free(&job.since);
    text_free(&job.seen);
    return status;
}

const struct mode segment_stage = {
    .name = "stage",
    .summary = "the stage of a customer or member, from prospect to host; up at once, down after a look-back",
    .usage = "[FILE|-]...",
    .examples = {"score rfm --today=1998-06-30 cdnow-sample.csv | segment stage --today=1998-06-30 --since",
                 "segment stage --today=2026-11-21 --previous=segment/stages.csv segment/members.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
