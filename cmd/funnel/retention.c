// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel retention: of the people of each cohort, how many came back in each later period. Gathers the periods in which
 * each person was there (visits.h).
 */
#include <stdlib.h>

#include "feed.h"
#include "funnel.h"
#include "heap.h"
#include "number.h"
#include "retention.h"

static const char *const kinds[] = {
    [KIND_NDAY] = "nday", [KIND_UNBOUNDED] = "unbounded", [KIND_BRACKET] = "bracket", NULL};
static const char *const cohort_words[] = {"first", "each", NULL};
enum { COHORT_EACH = 1 };

#define PERIODS_NOT_GIVEN UINT64_MAX

static const struct option *const shared[] = {feed_options, periodic_options, NULL};

_Static_assert(offsetof(struct retention_settings, shared) == 0, "the shared options find their fields");

static const struct option options[] = {
    {.kind = OPTION_CHOICE,
     .name = "kind",
     .help = "who counts as back: who was there in that period, in it or later, or in a span of several periods "
             "(default: nday)",
     .offset = offsetof(struct retention_settings, kind),
     .choices = kinds},
    {.kind = OPTION_CHOICE,
     .name = "cohort",
     .help = "a person is in the cohort of his first period, or of each one in which he was there (default: first)",
     .offset = offsetof(struct retention_settings, cohort),
     .choices = cohort_words},
    {.kind = OPTION_COUNT,
     .name = "periods",
     .value = "N",
     .help = "how many periods after the first to tell of (default: 30 days, 12 weeks or 12 months)",
     .offset = offsetof(struct retention_settings, periods)},
    {.kind = OPTION_TEXT,
     .name = "brackets",
     .value = "N,...",
     .help = "with --kind=bracket, the last period of each span (default: 1,3,7,14,30)",
     .offset = offsetof(struct retention_settings, brackets)},
    {.kind = OPTION_COLUMN,
     .name = "weight",
     .value = "COL",
     .help = "add up this amount instead of counting people",
     .offset = offsetof(struct retention_settings, weight)},
    {.kind = OPTION_FLAG,
     .name = "wide",
     .help = "one row a cohort with a column of rates a period",
     .offset = offsetof(struct retention_settings, wide)},
    {.kind = OPTION_END},
};

static const struct retention_settings defaults = {.periods = PERIODS_NOT_GIVEN};

// Appends the spans that end at the periods of "1,3,7". False when that is no ascending list.
static bool read_brackets(const char *list, struct cohorts_column *columns, size_t *count)
{
    struct slice rest = slice_of(list);
    for (size_t start = 0; start <= rest.length; start = slice_find(rest, ',', start) + 1) {
        int64_t to;
        struct slice part = slice_part(rest, start, slice_find(rest, ',', start));
        int32_t before = columns[*count - 1].to;
        if (*count == COHORTS_COLUMNS || !number_read_whole(slice_trim_value(part), &to) || to <= before ||
            to >= COHORTS_FOR_EVER) {
            return false;
        }
        columns[(*count)++] = (struct cohorts_column){before + 1, (int32_t)to};
    }
    return true;
}

static uint64_t last_period(const struct retention_settings *settings)
{
    if (settings->periods != PERIODS_NOT_GIVEN) {
        return settings->periods;
    }
    return settings->shared.period == CALENDAR_DAY ? 30 : 12;
}

// The columns of the output; false when the brackets are no list.
static bool make_columns(const struct retention_settings *settings, struct cohorts_column *columns, size_t *count)
{
    *count = 0;
    columns[(*count)++] = (struct cohorts_column){0, settings->kind == KIND_UNBOUNDED ? COHORTS_FOR_EVER : 0};
    if (settings->kind == KIND_BRACKET) {
        return read_brackets(settings->brackets == NULL ? "1,3,7,14,30" : settings->brackets, columns, count);
    }
    for (int32_t i = 1; i <= (int32_t)last_period(settings); i++) {
        columns[(*count)++] = (struct cohorts_column){i, settings->kind == KIND_UNBOUNDED ? COHORTS_FOR_EVER : i};
    }
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct retention_settings *settings = given;
    struct cohorts_column columns[COHORTS_COLUMNS];
    size_t count;
    if (!periodic_check(&settings->shared, program)) {
        return false;
    }
    if (settings->brackets != NULL && settings->kind != KIND_BRACKET) {
        program_wrong(program, "--brackets goes with --kind=bracket");
    } else if (settings->periods != PERIODS_NOT_GIVEN && settings->kind == KIND_BRACKET) {
        program_wrong(program, "--periods does not go with --kind=bracket, where --brackets says it");
    } else if (last_period(settings) >= COHORTS_COLUMNS) {
        program_wrong(program, "--periods: at most %d", COHORTS_COLUMNS - 1);
    } else if (!make_columns(settings, columns, &count)) {
        program_wrong(program, "--brackets: not an ascending list of whole numbers above zero");
    } else {
        return true;
    }
    return false;
}

static void take(struct retention *job, const struct feed_event *event)
{
    struct visits_event visit = {.time = event->instant};
    if (job->settings->weight != NULL &&
        !worth_read(&job->worth, job->feed.table, &event->row, table_forms(job->feed.table), &visit.weight)) {
        return;
    }
    visit.period = calendar_number(&job->calendar, calendar_day(event->local));
    visit.group = breakdown_find(&job->breakdown, &event->row);
    if (!visits_add(job->visits, event->customer, &visit)) {
        table_refuse(job->feed.table, &event->row, job->worth.column, "the sum is too large");
    }
}

static int compare_cohorts(const void *a, const void *b)
{
    const struct cohort *left = a;
    const struct cohort *right = b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    return (left->period > right->period) - (left->period < right->period);
}

// Counts with groups numbered by their rank, so that cohorts sort by them.
static void count_cohorts(struct retention *job, const uint32_t *order)
{
    size_t groups = breakdown_count(&job->breakdown);
    uint32_t *ranks = heap_allocate(groups, sizeof *ranks);
    for (uint32_t i = 0; i < groups; i++) {
        ranks[order[i]] = i;
    }
    for (uint32_t i = 0; i < visits_count(job->visits); i++) {
        cohorts_add(job->cohorts, ranks[visits_group(job->visits, i)], visits_page(job->visits, i));
    }
    free(ranks);
    size_t count = cohorts_count(job->cohorts);
    job->ordered = heap_allocate(count, sizeof *job->ordered);
    for (size_t i = 0; i < count; i++) {
        job->ordered[i] = cohorts_at(job->cohorts, i);
    }
    qsort(job->ordered, count, sizeof *job->ordered, compare_cohorts);
}

// Is everybody in one cohort, and no cohort larger than it was?
static bool is_sound(const struct retention *job)
{
    uint64_t people = 0;
    for (size_t i = 0; i < cohorts_count(job->cohorts); i++) {
        if (!cohorts_is_sound(&job->ordered[i], job->count)) {
            return false;
        }
        people += job->ordered[i].size.people;
    }
    return job->settings->cohort == COHORT_EACH || people == visits_count(job->visits);
}

static enum status write_table(struct retention *job, const struct table *table)
{
    enum status status = STATUS_DONE;
    uint32_t *order = breakdown_order(&job->breakdown);
    count_cohorts(job, order);
    job->writer = program_writer(job->program, table);
    if (job->writer == NULL) {
        status = STATUS_SYSTEM;
    } else if (!is_sound(job)) {
        diag_error("people are not conserved (a fault of this program)");
        status = STATUS_DATA;
    } else {
        retention_write(job, order);
    }
    free(order);
    return status;
}

// Opens all that is read. False, said: *status is what to return.
static bool open_all(struct retention *job, struct table *table, enum status *status)
{
    const struct retention_settings *settings = job->settings;
    if (!feed_open(&job->feed, table, &settings->shared.columns, false, job->program) ||
        (settings->weight != NULL && !table_column(table, settings->weight, "--weight", &job->worth.column))) {
        *status = table_status(table);
        return false;
    }
    return breakdown_open(&job->breakdown, settings->shared.by, retention_names(settings->wide), table, job->program,
                          status);
}

static enum status run_job(struct retention *job)
{
    struct table *table = program_input(job->program);
    enum status status;
    struct feed_event event;
    if (!open_all(job, table, &status)) {
        return status;
    }
    while (feed_next(&job->feed, &event)) {
        take(job, &event);
    }
    if (table_stopped(table)) {
        return table_status(table);
    }
    if (!visits_settle(job->visits)) {
        diag_error("column '%s': the sum is too large", job->settings->weight);
        return STATUS_DATA;
    }
    status = write_table(job, table);
    feed_note_age(&job->feed);
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct retention_settings *settings = given;
    struct retention job = {.settings = settings, .program = program};
    job.calendar = (struct calendar){(enum calendar_period)settings->shared.period,
                                     (enum calendar_week_start)settings->shared.week_start};
    make_columns(settings, job.columns, &job.count);
    job.visits = visits_create();
    job.cohorts = cohorts_create(&(struct cohorts_rules){job.columns, job.count, settings->cohort == COHORT_EACH});
    enum status status = run_job(&job);
    free(job.ordered);
    cohorts_free(job.cohorts);
    visits_free(job.visits);
    breakdown_free(&job.breakdown);
    return status;
}

const struct mode funnel_retention = {
    .name = "retention",
    .summary = "of the people who came in one period, how many came back in the later ones",
    .usage = "[FILE|-]...",
    .examples = {"funnel retention --period=week --periods=4 --today=2026-10-31 funnel/events.csv",
                 "funnel retention --period=month --wide --today=1998-06-30 cdnow.csv"},
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
