// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel steps: how many people reach each step, where they stop, and how long they take; one row a step, with --by one
 * block of rows a group. Gathers the events that match a step (trails.h) and at the end the times of each step.
 */
#include <stdlib.h>

#include "funnel.h"
#include "heap.h"
#include "intake.h"
#include "proportion.h"
#include "quantile.h"
#include "tally.h"
#include "writer.h"

struct steps_settings {
    struct intake_settings intake;
    const char *by;
    int unit;
};

static const char *const units[] = {"s", "min", "h", "day", NULL};
static const double unit_seconds[] = {1, 60, 3600, 86400};
enum { UNIT_DAY = 3 };

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "steps",
     .value = "NAME,...",
     .help = "the steps, each the name of an event; odd names in quotes",
     .offset = offsetof(struct steps_settings, intake.steps)},
    {.kind = OPTION_LIST,
     .letter = 's',
     .name = "step",
     .value = "NAME[: EXPR]",
     .help = "one more step: rows of which EXPR is true, without EXPR those of the event NAME (repeatable)",
     .offset = offsetof(struct steps_settings, intake.expressions)},
    {.kind = OPTION_TEXT,
     .name = "wide-steps",
     .value = "COL,...",
     .help = "the input is a sheet with the date of each step in a column of its own",
     .offset = offsetof(struct steps_settings, intake.wide_steps)},
    {.kind = OPTION_PERIOD,
     .name = "window",
     .value = "PERIOD",
     .help = "steps count only so long after the start, the edge included (default: no end)",
     .offset = offsetof(struct steps_settings, intake.window)},
    {.kind = OPTION_CHOICE,
     .name = "start",
     .help = "which start counts: of the attempts that get furthest the first or the latest, or a person's first only "
             "(default: best)",
     .offset = offsetof(struct steps_settings, intake.start),
     .choices = intake_starts},
    {.kind = OPTION_TEXT,
     .name = "by",
     .value = "COL,...",
     .help = "count each value apart; a person's value is that of his start event",
     .offset = offsetof(struct steps_settings, by)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .help = "the unit of times (default: day)",
     .offset = offsetof(struct steps_settings, unit),
     .choices = units},
    {.kind = OPTION_FLAG,
     .name = "allow-absent",
     .help = "a step named after an event that no row has is only warned of",
     .offset = offsetof(struct steps_settings, intake.allow_absent)},
    {.kind = OPTION_FLAG,
     .name = "sorted",
     .help = "rows come in order of time (checked): memory grows with people, not with events",
     .offset = offsetof(struct steps_settings, intake.sorted)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who it was: a person, or a session or group to be counted instead",
     .offset = offsetof(struct steps_settings, intake.columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "when it was",
     .offset = offsetof(struct steps_settings, intake.columns.time)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "what it was",
     .offset = offsetof(struct steps_settings, intake.columns.event)},
    {.kind = OPTION_END},
};

static const struct steps_settings defaults = {.intake = {.window = {.months = INTAKE_NO_WINDOW}}, .unit = UNIT_DAY};

static const char *const names[] = {"step", "name",    "people", "of_first",    "of_previous", "low",
                                    "high", "dropped", "open",   "median_time", "p90_time",    "mean_time"};

static bool check(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    return intake_check(&settings->intake, program);
}

// Counts every person who began.
static void count_people(const struct intake *intake, struct tally *tally)
{
    for (size_t i = 0; i < trails_count(intake->trails); i++) {
        struct trails_attempt attempt;
        int64_t times[ATTEMPT_STEPS];
        trails_find(intake->trails, i, intake->now, &attempt);
        if (attempt.level == 0) {
            continue;
        }
        for (size_t step = 0; step < attempt.level; step++) {
            times[step] = attempt.steps[step].time - attempt.steps[0].time;
        }
        tally_add(tally, attempt.steps[0].label, attempt.level, times, attempt.open);
    }
}

static void write_names(struct writer *writer, const struct intake *intake)
{
    for (size_t i = 0; i < intake->groups.count; i++) {
        writer_name(writer, intake->groups.names[i]);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
}

static void write_group(struct writer *writer, const struct groups *groups, uint32_t group)
{
    for (size_t i = 0; i < groups->count; i++) {
        writer_text(writer, groups_value(groups, group, i));
    }
}

static void write_share(struct writer *writer, uint64_t part, uint64_t whole)
{
    if (whole == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, (double)part / (double)whole);
    }
}

static void write_blanks(struct writer *writer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        writer_blank(writer);
    }
}

static void write_rates(struct writer *writer, const struct tally_row *row, uint64_t first, bool is_first)
{
    write_share(writer, row->people, first);
    if (is_first) {
        writer_blank(writer);
    } else {
        write_share(writer, row->people, row->previous);
    }
    if (first == 0) {
        write_blanks(writer, 2);
        return;
    }
    double low;
    double high;
    proportion_wilson((double)row->people, (double)first, &low, &high);
    writer_number(writer, low);
    writer_number(writer, high);
}

static void write_dropped(struct writer *writer, const struct tally_row *row, bool is_first)
{
    if (is_first) {
        write_blanks(writer, 2);
        return;
    }
    writer_whole(writer, (int64_t)row->dropped);
    writer_whole(writer, (int64_t)row->open);
}

static void write_times(struct writer *writer, const struct tally_row *row, double unit)
{
    if (row->people == 0) {
        write_blanks(writer, 3);
        return;
    }
    writer_number(writer, quantile_at(row->times, row->people, 1, 2) / unit);
    writer_number(writer, quantile_at(row->times, row->people, 9, 10) / unit);
    writer_number(writer, tally_mean(row) / unit);
}

// The rows of one group. False, said, when people are not conserved.
static bool write_rows(struct writer *writer, const struct intake *intake, struct tally *tally, uint32_t group,
                       double unit)
{
    struct tally_row rows[ATTEMPT_STEPS];
    for (size_t i = 0; i < tally->steps; i++) {
        rows[i] = tally_step(tally, group, i);
    }
    size_t breach = tally_breach(rows, tally->steps);
    if (breach < tally->steps) {
        diag_error("step %zu: people are not conserved (a fault of this program)", breach + 1);
        return false;
    }
    for (size_t i = 0; i < tally->steps; i++) {
        write_group(writer, &intake->groups, group);
        writer_whole(writer, (int64_t)i + 1);
        writer_text(writer, intake->plan.steps[i].name);
        writer_whole(writer, (int64_t)rows[i].people);
        write_rates(writer, &rows[i], rows[0].people, i == 0);
        write_dropped(writer, &rows[i], i == 0);
        write_times(writer, &rows[i], unit);
        writer_end(writer);
    }
    return true;
}

static enum status write_table(const struct intake *intake, struct tally *tally, double unit)
{
    struct writer *writer = program_writer(intake->program, intake_table(intake));
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(writer, intake);
    bool by = intake->groups.count > 0;
    size_t groups = by ? tally->count : 1;
    for (uint32_t i = 0; i < groups && writer_good(writer); i++) {
        bool is_empty = by && tally_people(tally, i) == 0;
        if (!is_empty && !write_rows(writer, intake, tally, i, unit)) {
            return STATUS_DATA;
        }
    }
    return STATUS_DONE;
}

// A column of --by that has the name of one of ours would make the output ambiguous.
static bool group_names_are_free(const struct intake *intake)
{
    for (size_t i = 0; i < intake->groups.count; i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (slice_is(intake->groups.names[i], names[j])) {
                program_wrong(intake->program, "--by: the output has a column '%s' of its own", names[j]);
                return false;
            }
        }
    }
    return true;
}

static enum status read_and_write(struct intake *intake, double unit)
{
    if (!group_names_are_free(intake)) {
        return STATUS_USAGE;
    }
    enum status status = intake_read(intake);
    if (status == STATUS_DONE) {
        struct tally tally = {.steps = intake->plan.count};
        count_people(intake, &tally);
        status = write_table(intake, &tally, unit);
        tally_free(&tally);
    }
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    struct intake intake;
    enum status status = intake_open(&intake, &settings->intake, program, settings->by, false);
    if (status == STATUS_DONE && !intake_is_over(&intake)) {
        status = read_and_write(&intake, unit_seconds[settings->unit]);
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
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
