// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score points: adds up what the rules that are true of a row are worth (regulars-rules(5)).
 *
 * Streams in constant memory. Where a rule asks of a whole column (pct, rank, q, mean, sd, share) the rows are kept,
 * and looked at twice.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "heap.h"
#include "matching.h"
#include "options.h"
#include "program.h"
#include "score.h"
#include "text.h"

struct points_settings {
    struct option_list files;
    struct option_list rules;
    bool parts;
    int bad; // position in bad_words
    const char *as;
};

static const char *const bad_words[] = {"error", "missing", NULL};

static const struct option options[] = {
    {.kind = OPTION_LIST,
     .letter = 'f',
     .name = "file",
     .value = "FILE",
     .help = "read rules from FILE; may be repeated",
     .offset = offsetof(struct points_settings, files)},
    {.kind = OPTION_LIST,
     .letter = 'e',
     .name = "rule",
     .value = "RULE",
     .help = "a rule 'POINTS: EXPR', or several parted by ';', behind those of all files; may be repeated",
     .offset = offsetof(struct points_settings, rules)},
    {.kind = OPTION_FLAG,
     .name = "parts",
     .help = "add a column for each rule, points_1 and on",
     .offset = offsetof(struct points_settings, parts)},
    {.kind = OPTION_CHOICE,
     .name = "bad",
     .help = "a cell that is not of the kind a rule asks for is an error (the default), or missing",
     .offset = offsetof(struct points_settings, bad),
     .choices = bad_words},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'points', and those of --parts NAME_1 and on",
     .offset = offsetof(struct points_settings, as)},
    {.kind = OPTION_END},
};

static const struct points_settings defaults = {0};

// What a run holds while it lasts.
struct job {
    const struct points_settings *settings;
    struct matching matching;
    struct writer *writer;
    double *points;   // of a row, one a rule
    uint64_t unknown; // rules that were true of a row while their points were unknown
};

static bool check(const void *given, struct program *program)
{
    const struct points_settings *settings = given;
    if (settings->files.count == 0 && settings->rules.count == 0) {
        program_wrong(program, "no rules: give -f FILE or -e 'POINTS: EXPRESSION'");
        return false;
    }
    return true;
}

static const char *points_name(const struct job *job)
{
    return job->settings->as == NULL ? "points" : job->settings->as;
}

static size_t part_count(const struct job *job)
{
    return job->settings->parts ? rules_count(job->matching.rules) : 0;
}

// The name of a rule's column. Lives until the text changes.
static const char *part_name(const struct job *job, size_t index, struct text *name)
{
    text_clear(name);
    text_format(name, "%s_%zu", points_name(job), index + 1);
    return text_string(name);
}

static bool names_are_new(const struct job *job)
{
    struct text name = {0};
    bool fresh = table_new_column(job->matching.table, points_name(job), true);
    for (size_t i = 0; fresh && i < part_count(job); i++) {
        fresh = table_new_column(job->matching.table, part_name(job, i, &name), true);
    }
    text_free(&name);
    return fresh;
}

static void write_names(const struct job *job)
{
    const struct columns *columns = table_columns(job->matching.table);
    struct text name = {0};
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(job->writer, columns->names[i]);
    }
    writer_name(job->writer, slice_of(points_name(job)));
    for (size_t i = 0; i < part_count(job); i++) {
        writer_name(job->writer, slice_of(part_name(job, i, &name)));
    }
    writer_end(job->writer);
    text_free(&name);
}

static bool score_row(void *state, const struct row *row)
{
    struct job *job = state;
    size_t bad_rule = 0;
    struct expression_fault fault;
    if (!rules_points(job->matching.rules, row, job->points, &fault, &bad_rule)) {
        matching_refuse(&job->matching, row, &fault, bad_rule);
        return true;
    }
    double total = 0;
    for (size_t i = 0; i < rules_count(job->matching.rules); i++) {
        bool unknown = isnan(job->points[i]);
        total += unknown ? 0 : job->points[i];
        job->unknown += unknown;
    }
    writer_pass(job->writer, row);
    writer_number(job->writer, total);
    for (size_t i = 0; i < part_count(job); i++) {
        writer_number(job->writer, job->points[i]);
    }
    writer_end(job->writer);
    return writer_good(job->writer);
}

// Tells which column is which rule.
static void tell_parts(const struct job *job)
{
    struct text name = {0};
    for (size_t i = 0; i < part_count(job); i++) {
        struct slice points = rules_name(job->matching.rules, i);
        struct slice source = rules_source(job->matching.rules, i);
        diag_detail(program_diag(job->matching.program), "%s is %.*s : %.*s", part_name(job, i, &name),
                    (int)points.length, points.data, (int)source.length, source.data);
    }
    text_free(&name);
}

static enum status run_job(struct job *job)
{
    const struct matching_rules wanted = {
        .files = &job->settings->files,
        .texts = &job->settings->rules,
        .bad_is_missing = job->settings->bad == 1,
        .points = true,
    };
    enum status status;
    if (!matching_open(&job->matching, &wanted, &status)) {
        return status;
    }
    if (!names_are_new(job)) {
        return table_status(job->matching.table);
    }
    job->points = heap_allocate(rules_count(job->matching.rules), sizeof *job->points);
    job->writer = program_writer(job->matching.program, job->matching.table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    tell_parts(job);
    write_names(job);
    matching_each(&job->matching, score_row, job);
    if (!table_stopped(job->matching.table)) {
        diag_detail(program_diag(job->matching.program), "rules that were true but whose points were unknown: %llu",
                    (unsigned long long)job->unknown);
        matching_tell_missed(&job->matching);
    }
    return table_status(job->matching.table);
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .matching = {.program = program}};
    enum status status = run_job(&job);
    matching_free(&job.matching);
    free(job.points);
    return status;
}

const struct mode score_points = {
    .name = "points",
    .summary = "points for every row: the sum of all rules that are true of it",
    .usage = "[FILE|-]...",
    .examples = {"score points -e '10: orders >= 2; orders * 2: revenue > 500' segment/people.csv",
                 "score points -f score/points.rules --parts --today=2026-03-31 segment/people.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
