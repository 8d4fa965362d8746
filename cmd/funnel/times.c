// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel times: how long people take from the first step to the last, those who have not come there included, as far
 * as is known of them. Gathers the events that match a step (trails.h) and a time a person.
 */
#include <math.h>
#include <stdlib.h>

#include "breakdown.h"
#include "funnel.h"
#include "heap.h"
#include "intake.h"
#include "number.h"
#include "state.h"
#include "survival.h"
#include "unit.h"
#include "writer.h"

enum {
    MOST_NUMBERS = 100, // of --quantiles and --histogram
};

struct times_settings {
    struct intake_settings intake;
    const char *by;
    int unit;
    const char *quantiles;
    const char *histogram;
};

static const struct option *const shared[] = {intake_options, state_options, NULL};

_Static_assert(offsetof(struct times_settings, intake) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "quantiles",
     .value = "SHARE,...",
     .help = "tell after which time these shares of the people converted, instead of the whole curve",
     .offset = offsetof(struct times_settings, quantiles)},
    {.kind = OPTION_TEXT,
     .name = "histogram",
     .value = "TIME,...",
     .help = "tell how many of those who converted took how long, in bins that begin at these times",
     .offset = offsetof(struct times_settings, histogram)},
    {.kind = OPTION_TEXT,
     .name = "by",
     .value = "COL,...",
     .help = "each value apart; a person's value is that of his start event",
     .offset = offsetof(struct times_settings, by)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .help = "the unit of times (default: day)",
     .offset = offsetof(struct times_settings, unit),
     .choices = unit_words},
    {.kind = OPTION_END},
};

static const struct times_settings defaults = {
    .intake = {.window = {.months = INTAKE_NO_WINDOW}, .start = ATTEMPT_FIRST}, .unit = UNIT_DAY};

static const char *const curve_names[] = {"time", "at_risk", "converted", "censored", "converted_share",
                                          "low",  "high",    NULL};
static const char *const quantile_names[] = {"quantile", "time", "low", "high", "people", "converted", NULL};
static const char *const bin_names[] = {"from", "to", "converted", "share", NULL};

struct numbers {
    double values[MOST_NUMBERS];
    size_t count;
};

// Numbers from 0, ascending. False when the list is not such.
static bool read_numbers(const char *list, char decimal, double most, struct numbers *numbers)
{
    struct slice rest = slice_of(list);
    numbers->count = 0;
    for (size_t start = 0; start <= rest.length; start = slice_find(rest, ',', start) + 1) {
        double value;
        struct slice part = slice_part(rest, start, slice_find(rest, ',', start));
        if (numbers->count == MOST_NUMBERS || !number_read(slice_trim_value(part), decimal, &value) || value < 0 ||
            value > most || (numbers->count > 0 && value <= numbers->values[numbers->count - 1])) {
            return false;
        }
        numbers->values[numbers->count++] = value;
    }
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct times_settings *settings = given;
    struct numbers numbers;
    if (settings->quantiles != NULL && settings->histogram != NULL) {
        program_wrong(program, "--quantiles and --histogram do not go together");
    } else if (settings->quantiles != NULL && !read_numbers(settings->quantiles, '.', 1, &numbers)) {
        program_wrong(program, "--quantiles: not an ascending list of shares from 0 to 1");
    } else if (settings->histogram != NULL && !read_numbers(settings->histogram, '.', HUGE_VAL, &numbers)) {
        program_wrong(program, "--histogram: not an ascending list of times from 0");
    } else {
        return intake_check(&settings->intake, program);
    }
    return false;
}

// What a run holds while it lasts.
struct job {
    const struct times_settings *settings;
    struct intake intake;
    struct breakdown breakdown; // borrows the intake's groups
    struct numbers numbers;
    struct survival_person *people; // those of one group after those of another, in order of groups
    size_t *ends;                   // where the people of each group end
    struct writer *writer;
};

static bool names_are_free(const struct job *job, const char *const *names)
{
    for (size_t i = 0; i < job->intake.groups.count; i++) {
        for (const char *const *name = names; *name != NULL; name++) {
            if (slice_is(job->intake.groups.names[i], *name)) {
                program_wrong(job->intake.program, "--by: the output has a column '%s' of its own", *name);
                return false;
            }
        }
    }
    return true;
}

// Somebody's group, and how long he took, or is known not to have come. False for who did not begin.
static bool find_person(const struct job *job, size_t index, uint32_t *group, struct survival_person *person)
{
    struct trails_attempt attempt;
    trails_find(job->intake.trails, index, job->intake.now, &attempt);
    if (attempt.level == 0) {
        return false;
    }
    size_t last = job->intake.plan.count - 1;
    *group = job->intake.groups.count == 0 ? 0 : attempt.steps[0].label;
    person->converted = attempt.level == job->intake.plan.count;
    person->time = (person->converted ? attempt.steps[last].time : job->intake.now) - attempt.steps[0].time;
    return true;
}

// Counts the people of each group, then puts them where the counts tell.
static void gather(struct job *job)
{
    size_t count = trails_count(job->intake.trails);
    size_t groups = breakdown_count(&job->breakdown);
    uint32_t group;
    struct survival_person person;
    job->people = heap_allocate(count, sizeof *job->people);
    job->ends = heap_allocate(groups + 1, sizeof *job->ends);
    for (size_t i = 0; i < count; i++) {
        if (find_person(job, i, &group, &person)) {
            job->ends[group + 1]++;
        }
    }
    for (size_t i = 1; i <= groups; i++) {
        job->ends[i] += job->ends[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        if (find_person(job, i, &group, &person)) {
            job->people[job->ends[group]++] = person;
        }
    }
}

static void write_time(const struct job *job, int64_t seconds)
{
    if (seconds < 0) {
        writer_blank(job->writer);
    } else {
        writer_number(job->writer, (double)seconds / unit_seconds(job->settings->unit));
    }
}

static void write_curve(const struct job *job, uint32_t group, const struct survival_row *rows, size_t count)
{
    for (size_t i = 0; i < count && writer_good(job->writer); i++) {
        breakdown_write(&job->breakdown, job->writer, group);
        write_time(job, rows[i].time);
        writer_whole(job->writer, (int64_t)rows[i].at_risk);
        writer_whole(job->writer, (int64_t)rows[i].converted);
        writer_whole(job->writer, (int64_t)rows[i].censored);
        writer_number(job->writer, rows[i].share);
        writer_number(job->writer, rows[i].low);
        writer_number(job->writer, rows[i].high);
        writer_end(job->writer);
    }
}

static void write_quantiles(const struct job *job, uint32_t group, const struct survival_row *rows, size_t count,
                            size_t people)
{
    uint64_t converted = 0;
    for (size_t i = 0; i < count; i++) {
        converted += rows[i].converted;
    }
    for (size_t i = 0; i < job->numbers.count; i++) {
        int64_t low;
        int64_t high;
        int64_t time = survival_quantile(rows, count, job->numbers.values[i], &low, &high);
        breakdown_write(&job->breakdown, job->writer, group);
        writer_number(job->writer, job->numbers.values[i]);
        write_time(job, time);
        write_time(job, low);
        write_time(job, high);
        writer_whole(job->writer, (int64_t)people);
        writer_whole(job->writer, (int64_t)converted);
        writer_end(job->writer);
    }
}

// Who converted in the bin that begins at an edge and ends before the next; the last has no end.
static uint64_t count_bin(const struct job *job, const struct survival_row *rows, size_t count, size_t bin)
{
    uint64_t converted = 0;
    double unit = unit_seconds(job->settings->unit);
    for (size_t i = 0; i < count; i++) {
        double time = (double)rows[i].time / unit;
        bool is_in =
            time >= job->numbers.values[bin] && (bin + 1 == job->numbers.count || time < job->numbers.values[bin + 1]);
        converted += is_in ? rows[i].converted : 0;
    }
    return converted;
}

static void write_bins(const struct job *job, uint32_t group, const struct survival_row *rows, size_t count)
{
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all += rows[i].converted;
    }
    for (size_t i = 0; i < job->numbers.count; i++) {
        uint64_t converted = count_bin(job, rows, count, i);
        breakdown_write(&job->breakdown, job->writer, group);
        writer_number(job->writer, job->numbers.values[i]);
        writer_number(job->writer, i + 1 < job->numbers.count ? job->numbers.values[i + 1] : NAN);
        writer_whole(job->writer, (int64_t)converted);
        writer_number(job->writer, all == 0 ? NAN : (double)converted / (double)all);
        writer_end(job->writer);
    }
}

// False, said, when people are not conserved.
static bool write_group(const struct job *job, uint32_t group)
{
    size_t start = group == 0 ? 0 : job->ends[group - 1];
    size_t people = job->ends[group] - start;
    struct survival_row *rows = heap_allocate(people, sizeof *rows);
    size_t count = survival_estimate(job->people + start, people, rows);
    bool is_sound = survival_breach(rows, count, people) == count;
    if (!is_sound) {
        diag_error("people are not conserved (a fault of this program)");
    } else if (job->settings->quantiles != NULL) {
        write_quantiles(job, group, rows, count, people);
    } else if (job->settings->histogram != NULL) {
        write_bins(job, group, rows, count);
    } else {
        write_curve(job, group, rows, count);
    }
    free(rows);
    return is_sound;
}

static const char *const *names_of(const struct times_settings *settings)
{
    return settings->quantiles != NULL ? quantile_names : settings->histogram != NULL ? bin_names : curve_names;
}

static enum status write_all(struct job *job)
{
    job->writer = program_writer(job->intake.program, intake_table(&job->intake));
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    breakdown_write_names(&job->breakdown, job->writer);
    for (const char *const *name = names_of(job->settings); *name != NULL; name++) {
        writer_name(job->writer, slice_of(*name));
    }
    writer_end(job->writer);
    uint32_t *order = breakdown_order(&job->breakdown);
    bool is_sound = true;
    for (size_t i = 0; i < breakdown_count(&job->breakdown) && is_sound; i++) {
        is_sound = write_group(job, order[i]);
    }
    free(order);
    return is_sound ? STATUS_DONE : STATUS_DATA;
}

static enum status read_and_write(struct job *job)
{
    if (!names_are_free(job, names_of(job->settings))) {
        return STATUS_USAGE;
    }
    struct text rules = {0};
    text_append_string(&rules, "times");
    state_tell_option(&rules, "by", job->settings->by);
    state_tell_rules(&job->settings->intake, &rules);
    enum status status = state_read_log(&job->intake, text_slice(&rules));
    if (status == STATUS_DONE) {
        job->breakdown.groups = job->intake.groups;
        gather(job);
        status = write_all(job);
        free(job->people);
        free(job->ends);
        status = status == STATUS_DONE ? state_deliver(&job->intake, text_slice(&rules)) : status;
    }
    text_free(&rules);
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct times_settings *settings = given;
    struct job job = {.settings = settings};
    if (settings->quantiles != NULL || settings->histogram != NULL) {
        read_numbers(settings->quantiles != NULL ? settings->quantiles : settings->histogram, '.', HUGE_VAL,
                     &job.numbers);
    }
    enum status status =
        intake_open_for(&job.intake, &settings->intake, program, &(struct intake_wishes){.by = settings->by});
    if (status == STATUS_DONE && job.intake.plan.count < 2) {
        status = program_wrong(program, "two steps at least: who began, and who converted");
    } else if (status == STATUS_DONE && !intake_is_over(&job.intake)) {
        status = read_and_write(&job);
    }
    intake_free(&job.intake);
    return status;
}

const struct mode funnel_times = {
    .name = "times",
    .summary = "how long people take from one step to another, those still on their way included",
    .usage = "[FILE|-]... | EVENT=FILE...",
    .examples =
        {"funnel times --steps=visit,order --today=2026-10-31 funnel/events.csv",
         "funnel times --steps=join,order --quantiles=0.25,0.5 join=funnel/members.csv order=funnel/orders.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
