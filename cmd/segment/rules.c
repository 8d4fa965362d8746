// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment rules: labels every row by the first rule that is true of it (regulars-rules(5)).
 *
 * Streams in constant memory. Where a rule asks of a whole column (pct, rank, q, mean, sd, share) the rows are kept,
 * and looked at twice. With --check it labels nothing but counts which rules are true of which rows.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "builtin.h"
#include "coverage.h"
#include "heap.h"
#include "labels.h"
#include "matching.h"
#include "segment.h"
#include "text.h"

struct rules_settings {
    struct option_list files;
    struct option_list rules;
    bool check;
    bool why;
    const char *treat;
    const char *only;
    const char *as;
    int bad; // position in bad_words
    const char *dump;
};

static const char *const bad_words[] = {"error", "missing", NULL};

static const struct option options[] = {
    {.kind = OPTION_LIST,
     .letter = 'f',
     .name = "file",
     .value = "FILE",
     .help = "read rules from FILE; may be repeated",
     .offset = offsetof(struct rules_settings, files)},
    {.kind = OPTION_LIST,
     .letter = 'e',
     .name = "rule",
     .value = "RULE",
     .help = "a rule 'NAME: EXPR', or several parted by ';', behind those of all files; may be repeated",
     .offset = offsetof(struct rules_settings, rules)},
    {.kind = OPTION_FLAG,
     .name = "check",
     .help = "count instead what each rule matches; status 1 where one cannot be reached",
     .offset = offsetof(struct rules_settings, check)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'segment'",
     .offset = offsetof(struct rules_settings, as)},
    {.kind = OPTION_TEXT,
     .name = "only",
     .value = "LABEL,...",
     .help = "keep rows with these labels only",
     .offset = offsetof(struct rules_settings, only)},
    {.kind = OPTION_FILE,
     .name = "treat",
     .value = "FILE",
     .help = "add the other columns of FILE, a table with one row a label",
     .offset = offsetof(struct rules_settings, treat)},
    {.kind = OPTION_FLAG,
     .name = "why",
     .help = "add a column 'why' that names the rule's file and line",
     .offset = offsetof(struct rules_settings, why)},
    {.kind = OPTION_CHOICE,
     .name = "bad",
     .help = "a cell that is not of the kind a rule asks for is an error (the default), or missing",
     .offset = offsetof(struct rules_settings, bad),
     .choices = bad_words},
    {.kind = OPTION_TEXT,
     .name = "dump",
     .value = "NAME",
     .help = "print a built-in set of rules and end",
     .offset = offsetof(struct rules_settings, dump)},
    {.kind = OPTION_END},
};

static const struct rules_settings defaults = {0};

// What a run holds while it lasts.
struct job {
    const struct rules_settings *settings;
    struct matching matching;
    struct labels labels;
    struct writer *writer;
    uint64_t unmatched;
    uint64_t unknown; // rows that no rule but an else matched, and that met an unknown on the way
};

static bool check(const void *given, struct program *program)
{
    const struct rules_settings *settings = given;
    bool labels = settings->why || settings->only != NULL || settings->as != NULL || settings->treat != NULL;
    if (settings->dump == NULL && settings->files.count == 0 && settings->rules.count == 0) {
        program_wrong(program, "no rules: give -f FILE or -e 'NAME: EXPRESSION'");
        return false;
    }
    if (settings->check && labels) {
        program_wrong(program, "--check labels nothing: --as, --only, --treat and --why do not go with it");
        return false;
    }
    return true;
}

static enum status unknown_set(struct program *program, const char *name)
{
    struct text names = {0};
    for (const char *const *known = builtin_names(); *known != NULL; known++) {
        text_format(&names, "%s%s", names.length == 0 ? "" : ", ", *known);
    }
    enum status status = program_wrong(program, "--dump: no set '%s'; there are: %s", name, text_string(&names));
    text_free(&names);
    return status;
}

static enum status dump(const char *name, struct program *program)
{
    struct slice source;
    if (!builtin_find(name, &source)) {
        return unknown_set(program, name);
    }
    struct output *output = program_output(program);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    output_write(output, source);
    return STATUS_DONE;
}

static void write_names(struct job *job)
{
    const struct columns *columns = table_columns(job->matching.table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(job->writer, columns->names[i]);
    }
    labels_write_names(&job->labels, job->writer);
    writer_end(job->writer);
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
    job->unmatched += rule == RULE_NONE;
    job->unknown += remark.unknown && (rule == RULE_NONE || rules_is_else(job->matching.rules, rule));
    labels_write_record(&job->labels, job->writer, row, rule);
    return writer_good(job->writer);
}

static enum status label_table(struct job *job)
{
    const struct rules_settings *settings = job->settings;
    const struct labels_options wanted = {
        .as = settings->as, .only = settings->only, .treat = settings->treat, .why = settings->why};
    if (!labels_prepare(&job->labels, &wanted, job->matching.rules, job->matching.table, job->matching.program)) {
        return table_status(job->matching.table);
    }
    job->writer = program_writer(job->matching.program, job->matching.table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(job);
    matching_each(&job->matching, label, job);
    if (!table_stopped(job->matching.table)) {
        diag_detail(program_diag(job->matching.program), "rows without a label: %llu",
                    (unsigned long long)job->unmatched);
        diag_detail(program_diag(job->matching.program),
                    "rows without a label or left to else that met an unknown: %llu", (unsigned long long)job->unknown);
        matching_tell_missed(&job->matching);
    }
    return table_status(job->matching.table);
}

// The counts of --check, and room for the truths of a row.
struct count {
    struct matching *matching;
    struct coverage *coverage;
    size_t conditions;
    bool *truths;
};

static bool count_row(void *state, const struct row *row)
{
    const struct count *count = state;
    struct expression_fault fault;
    for (size_t i = 0; i < count->conditions; i++) {
        enum expression_truth truth = rules_test(count->matching->rules, i, row, &fault);
        if (truth == EXPRESSION_BAD) {
            matching_refuse(count->matching, row, &fault, i);
            return true;
        }
        count->truths[i] = truth == EXPRESSION_TRUE;
    }
    coverage_add(count->coverage, count->truths);
    return true;
}

static void write_check_row(struct writer *writer, struct slice rule, uint64_t matched)
{
    writer_text(writer, rule);
    writer_blank(writer);
    writer_whole(writer, (int64_t)matched);
    writer_blank(writer);
    writer_blank(writer);
    writer_end(writer);
}

// One row a rule and the two last ones; false where a rule cannot be reached.
static bool write_check(const struct job *job, const struct coverage *coverage)
{
    static const char *const names[] = {"rule", "line", "matched", "alone", "shadowed_by"};
    struct writer *writer = job->writer;
    bool reached = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (size_t i = 0; i < rules_count(job->matching.rules); i++) {
        size_t shadow = coverage_shadow(coverage, i);
        writer_text(writer, rules_name(job->matching.rules, i));
        writer_whole(writer, (int64_t)rules_line(job->matching.rules, i));
        writer_whole(writer, (int64_t)coverage_matched(coverage, i));
        writer_whole(writer, (int64_t)coverage_alone(coverage, i));
        writer_text(writer,
                    shadow == COVERAGE_REACHED ? (struct slice){NULL, 0} : rules_name(job->matching.rules, shadow));
        writer_end(writer);
        reached = reached && shadow == COVERAGE_REACHED;
    }
    write_check_row(writer, slice_of("(none)"), coverage_none(coverage));
    write_check_row(writer, slice_of("(several)"), coverage_several(coverage));
    return reached;
}

static enum status check_table(struct job *job)
{
    size_t rule_count = rules_count(job->matching.rules);
    struct count count = {.matching = &job->matching,
                          .conditions = rule_count - rules_is_else(job->matching.rules, rule_count - 1)};
    count.coverage = coverage_create(rule_count, count.conditions);
    count.truths = heap_allocate(rule_count, sizeof *count.truths);
    matching_each(&job->matching, count_row, &count);
    enum status status = table_status(job->matching.table);
    if (!table_stopped(job->matching.table)) {
        matching_tell_missed(&job->matching);
        job->writer = program_writer(job->matching.program, job->matching.table);
        status = job->writer == NULL ? STATUS_SYSTEM : write_check(job, count.coverage) ? STATUS_DONE : STATUS_DATA;
    }
    free(count.truths);
    coverage_free(count.coverage);
    return status;
}

static enum status run_rules(struct job *job)
{
    const struct matching_rules wanted = {
        .files = &job->settings->files,
        .texts = &job->settings->rules,
        .bad_is_missing = job->settings->bad == 1,
    };
    enum status status;
    if (!matching_open(&job->matching, &wanted, &status)) {
        return status;
    }
    if (job->settings->check && rules_count(job->matching.rules) > COVERAGE_RULES) {
        return program_wrong(job->matching.program, "--check counts at most %d rules", COVERAGE_RULES);
    }
    return job->settings->check ? check_table(job) : label_table(job);
}

static enum status run(const void *given, struct program *program)
{
    const struct rules_settings *settings = given;
    struct job job = {.settings = settings, .matching = {.program = program}};
    if (settings->dump != NULL) {
        return dump(settings->dump, program);
    }
    enum status status = run_rules(&job);
    labels_free(&job.labels);
    matching_free(&job.matching);
    return status;
}

const struct mode segment_rules = {
    .name = "rules",
    .summary = "a label for every row, by the first rule that is true of it",
    .usage = "[FILE|-]...",
    .examples = {"segment rules -e 'big: revenue >= 1000; rest: else' segment/people.csv",
                 "segment rules -f segment/lifecycle.rules --today=2026-11-21 --why segment/people.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
