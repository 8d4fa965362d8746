// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel credit: which channel the conversions are put down to, one row a channel. Gathers the touches and conversions
 * of a log (biography.h) and the paths they make, or the paths of a table of paths (paths.h).
 */
#include <math.h>
#include <stdlib.h>

#include "attempt.h"
#include "attribution.h"
#include "biography.h"
#include "feed.h"
#include "funnel.h"
#include "heap.h"
#include "map.h"
#include "paths.h"
#include "period.h"
#include "spend.h"
#include "worth.h"

struct credit_settings {
    struct feed_columns columns;
    const char *channel;
    const char *conversion;
    const char *value;
    struct period window;
    const char *paths;
    const char *conversions;
    const char *nulls;
    int model;
    const char *direct;
    struct period half_life;
    const char *costs;
};

// Months of a period that was not given.
#define NOT_GIVEN INT64_MIN

static const char *const models[] = {[ATTRIBUTION_FIRST] = "first",
                                     [ATTRIBUTION_LAST] = "last",
                                     [ATTRIBUTION_LAST_NONDIRECT] = "last-nondirect",
                                     [ATTRIBUTION_LINEAR] = "linear",
                                     [ATTRIBUTION_POSITION] = "position",
                                     [ATTRIBUTION_DECAY] = "decay",
                                     [ATTRIBUTION_MARKOV] = "markov",
                                     [ATTRIBUTION_SHAPLEY] = "shapley",
                                     NULL};

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "conversion",
     .value = "EVENT",
     .help = "the event that is a conversion; every other row with a channel is a touch",
     .offset = offsetof(struct credit_settings, conversion)},
    {.kind = OPTION_COLUMN,
     .name = "channel",
     .value = "COL",
     .help = "the channel of a touch",
     .offset = offsetof(struct credit_settings, channel)},
    {.kind = OPTION_CHOICE,
     .name = "model",
     .help = "how a conversion is shared out among the touches before it (default: linear)",
     .offset = offsetof(struct credit_settings, model),
     .choices = models},
    {.kind = OPTION_TEXT,
     .name = "direct",
     .value = "NAME",
     .help = "with --model=last-nondirect, the channel that is no channel (default: direct)",
     .offset = offsetof(struct credit_settings, direct)},
    {.kind = OPTION_PERIOD,
     .name = "half-life",
     .value = "PERIOD",
     .help = "with --model=decay, so long before the conversion a touch counts half (default: 7d)",
     .offset = offsetof(struct credit_settings, half_life)},
    {.kind = OPTION_PERIOD,
     .name = "window",
     .value = "PERIOD",
     .help = "only touches so long before the conversion count, the edge included (default: all)",
     .offset = offsetof(struct credit_settings, window)},
    {.kind = OPTION_COLUMN,
     .name = "value",
     .value = "COL",
     .help = "what conversions are worth, shared out with them",
     .offset = offsetof(struct credit_settings, value)},
    {.kind = OPTION_FILE,
     .name = "costs",
     .value = "FILE",
     .help = "what each channel cost, a table channel,cost",
     .offset = offsetof(struct credit_settings, costs)},
    {.kind = OPTION_COLUMN,
     .name = "paths",
     .value = "COL",
     .help = "the input is a table of paths: this column has channels parted by '>', first touch first",
     .offset = offsetof(struct credit_settings, paths)},
    {.kind = OPTION_COLUMN,
     .name = "conversions",
     .value = "COL",
     .help = "with --paths, how often the path ended in a conversion (default: once)",
     .offset = offsetof(struct credit_settings, conversions)},
    {.kind = OPTION_COLUMN,
     .name = "nulls",
     .value = "COL",
     .help = "with --paths, how often it ended in nothing (default: never)",
     .offset = offsetof(struct credit_settings, nulls)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who it was",
     .offset = offsetof(struct credit_settings, columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "when it was",
     .offset = offsetof(struct credit_settings, columns.time)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "what it was",
     .offset = offsetof(struct credit_settings, columns.event)},
    {.kind = OPTION_END},
};

static const struct credit_settings defaults = {
    .model = ATTRIBUTION_LINEAR, .window = {.months = NOT_GIVEN}, .half_life = {.months = NOT_GIVEN}};

static const char *const names[] = {"channel", "conversions", "share", "cost", "cost_each", NULL};

// What a run holds while it lasts.
struct job {
    const struct credit_settings *settings;
    struct program *program;
    struct table *table;
    struct feed feed;
    size_t channel; // columns; TABLE_NO_COLUMN where there is none, also below
    size_t path;    // of a table of paths, as are the next two
    size_t conversions;
    size_t nulls;
    struct worth worth;
    double conversion_count; // read
    struct map *events;      // other events seen
    struct map *persons;
    struct biography biography;
    struct map *channels;
    struct paths paths;
    struct spend spend;
    struct attribution *attribution;
    struct writer *writer;
};

// The stage of an event that is a conversion; of a touch it is the number of its channel.
#define CONVERSION UINT32_MAX

static bool is_given(struct period period)
{
    return period.months != NOT_GIVEN;
}

static const char *misplaced_with_paths(const struct credit_settings *settings)
{
    return settings->conversion != NULL         ? "--conversion"
           : settings->channel != NULL          ? "--channel"
           : settings->columns.customer != NULL ? "--customer"
           : settings->columns.time != NULL     ? "--time"
           : settings->columns.event != NULL    ? "--event"
           : is_given(settings->window)         ? "--window"
           : is_given(settings->half_life)      ? "--half-life"
                                                : NULL;
}

static bool check(const void *given, struct program *program)
{
    const struct credit_settings *settings = given;
    if (settings->paths != NULL && misplaced_with_paths(settings) != NULL) {
        program_wrong(program, "%s does not go with --paths", misplaced_with_paths(settings));
    } else if (settings->paths == NULL && settings->conversion == NULL) {
        program_wrong(program, "--conversion=EVENT is missing, or --paths=COL");
    } else if (settings->paths == NULL && (settings->conversions != NULL || settings->nulls != NULL)) {
        program_wrong(program, "--conversions and --nulls go with --paths");
    } else if (settings->direct != NULL && settings->model != ATTRIBUTION_LAST_NONDIRECT) {
        program_wrong(program, "--direct goes with --model=last-nondirect");
    } else if (is_given(settings->half_life) && settings->model != ATTRIBUTION_DECAY) {
        program_wrong(program, "--half-life goes with --model=decay");
    } else if (is_given(settings->half_life) && !period_positive(settings->half_life)) {
        program_wrong(program, "--half-life: not above zero");
    } else if (is_given(settings->window) && !period_positive(settings->window)) {
        program_wrong(program, "--window: not above zero");
    } else {
        return true;
    }
    return false;
}

static uint32_t channel_number(struct job *job, struct slice name)
{
    uint32_t number;
    map_add(job->channels, name, &number);
    return number;
}

static void take_event(struct job *job, const struct feed_event *event)
{
    struct biography_event entry = {.time = event->instant, .stage = CONVERSION};
    struct slice cell = event->row.cells[job->channel];
    if (slice_is(event->event, job->settings->conversion)) {
        if (job->settings->value != NULL &&
            !worth_read(&job->worth, job->table, &event->row, program_forms(job->program), &entry.amount)) {
            return;
        }
        job->conversion_count++;
    } else {
        map_add(job->events, event->event, NULL);
        if (cell_is_blank(program_forms(job->program), cell)) {
            return;
        }
        entry.stage = channel_number(job, slice_trim_value(cell));
    }
    map_add(job->persons, event->customer, &entry.person);
    biography_add(&job->biography, &entry);
}

// The path to the conversion at events[end], of the touches from events[start] on.
static void end_path(struct job *job, const struct biography_event *events, size_t start, size_t end)
{
    const struct credit_settings *settings = job->settings;
    struct attempt_rules rules = {.has_window = is_given(settings->window),
                                  .window = settings->window,
                                  .zone = program_clock(job->program)->zone};
    double half_life = is_given(settings->half_life) ? period_days(settings->half_life) : 7;
    for (size_t i = start; i < end; i++) {
        if (attempt_window_end(&rules, events[i].time) >= events[end].time) {
            double days = (double)(events[end].time - events[i].time) / DATE_DAY_SECONDS;
            paths_touch(&job->paths, events[i].stage, days / half_life);
        }
    }
    paths_end(&job->paths, 1, 0, events[end].amount);
}

// The paths of one person: each conversion ends one, and touches after the last end in nothing.
static void make_paths(struct job *job, struct biography_page page)
{
    size_t start = 0;
    for (size_t i = 0; i < page.count; i++) {
        if (page.events[i].stage == CONVERSION) {
            end_path(job, page.events, start, i);
            start = i + 1;
        }
    }
    for (size_t i = start; i < page.count; i++) {
        paths_touch(&job->paths, page.events[i].stage, 0);
    }
    if (start < page.count) {
        paths_end(&job->paths, 0, 1, 0);
    }
}

// The message for a conversion that no row is.
static enum status say_absent(const struct job *job)
{
    size_t count = map_count(job->events);
    struct slice *seen = heap_allocate(count, sizeof *seen);
    for (uint32_t i = 0; i < count; i++) {
        seen[i] = map_key(job->events, i);
    }
    long nearest = diag_nearest(slice_of(job->settings->conversion), seen, count);
    if (nearest < 0) {
        diag_error("no row has the event '%s'", job->settings->conversion);
    } else {
        diag_error("no row has the event '%s' (did you mean '%.*s'?)", job->settings->conversion,
                   (int)seen[nearest].length, seen[nearest].data);
    }
    free(seen);
    return STATUS_USAGE;
}

static enum status read_log(struct job *job)
{
    struct feed_event event;
    while (feed_next(&job->feed, &event)) {
        take_event(job, &event);
    }
    if (table_stopped(job->table)) {
        return table_status(job->table);
    }
    if (job->conversion_count == 0 && table_rows(job->table) > 0) {
        return say_absent(job);
    }
    biography_settle(&job->biography, map_count(job->persons));
    for (size_t i = 0; i < job->biography.persons; i++) {
        make_paths(job, biography_page(&job->biography, i));
    }
    feed_note_age(&job->feed);
    return STATUS_DONE;
}

// A count of a path's row. False when the row was refused.
static bool read_count(struct job *job, const struct row *row, size_t column, double *count)
{
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    enum cell_result read = cell_number(program_forms(job->program), row->cells[column], count);
    if (!table_needs(job->table, row, column, read, "a number")) {
        return false;
    }
    if (*count < 0 || *count != floor(*count) || *count > 1e15) {
        table_refuse(job->table, row, column, "not a count");
        return false;
    }
    return true;
}

static struct slice next_channel(struct slice path, size_t *from)
{
    size_t end = slice_find(path, '>', *from);
    struct slice channel = slice_trim_value(slice_part(path, *from, end));
    *from = end + 1;
    return channel;
}

static bool names_all_channels(struct slice path)
{
    for (size_t from = 0; from <= path.length;) {
        if (next_channel(path, &from).length == 0) {
            return false;
        }
    }
    return true;
}

// In a path table a half-life is one step.
static void take_touches(struct job *job, struct slice path)
{
    size_t count = 1;
    for (size_t i = 0; i < path.length; i++) {
        count += path.data[i] == '>';
    }
    for (size_t from = 0; from <= path.length;) {
        struct slice channel = next_channel(path, &from);
        paths_touch(&job->paths, channel_number(job, channel), (double)--count);
    }
}

static void take_path(struct job *job, const struct row *row)
{
    double conversions = 1;
    double nulls = 0;
    int64_t value = 0;
    struct slice path = row->cells[job->path];
    if (!names_all_channels(path)) {
        table_refuse(job->table, row, job->path, "a channel is blank");
    } else if (read_count(job, row, job->conversions, &conversions) && read_count(job, row, job->nulls, &nulls) &&
               (job->settings->value == NULL ||
                worth_read(&job->worth, job->table, row, program_forms(job->program), &value))) {
        take_touches(job, path);
        job->conversion_count += conversions;
        paths_end(&job->paths, conversions, nulls, value);
    }
}

static enum status read_paths(struct job *job)
{
    struct row row;
    while (table_next(job->table, &row)) {
        take_path(job, &row);
    }
    return table_stopped(job->table) ? table_status(job->table) : STATUS_DONE;
}

static bool find_column(struct job *job, const char *name, const char *option, size_t *column)
{
    *column = TABLE_NO_COLUMN;
    return name == NULL || table_column(job->table, name, option, column);
}

static bool find_columns(struct job *job)
{
    const struct credit_settings *settings = job->settings;
    if (table_stopped(job->table) || !find_column(job, settings->value, "--value", &job->worth.column)) {
        return false;
    }
    if (settings->paths == NULL) {
        return feed_open(&job->feed, job->table, &settings->columns, true, job->program) &&
               table_role(job->table, ROLE_CHANNEL, settings->channel, &job->channel);
    }
    return table_column(job->table, settings->paths, "--paths", &job->path) &&
           find_column(job, settings->conversions, "--conversions", &job->conversions) &&
           find_column(job, settings->nulls, "--nulls", &job->nulls);
}

static bool read_costs(struct job *job, enum status *status)
{
    struct table *table = program_side_table(job->program, job->settings->costs);
    bool read = spend_read(&job->spend, table, program_forms(job->program));
    *status = table_status(table);
    for (uint32_t i = 0; read && i < map_count(job->spend.channels); i++) {
        struct slice channel = map_key(job->spend.channels, i);
        if (channel.length > 0) {
            channel_number(job, channel);
        }
    }
    return read;
}

struct place {
    struct slice name;
    uint32_t channel;
};

static int compare_places(const void *a, const void *b)
{
    return slice_compare(((const struct place *)a)->name, ((const struct place *)b)->name);
}

// The channels in order of their bytes.
static struct place *order_channels(const struct job *job)
{
    size_t count = map_count(job->channels);
    struct place *places = heap_allocate(count, sizeof *places);
    for (uint32_t i = 0; i < count; i++) {
        places[i] = (struct place){map_key(job->channels, i), i};
    }
    qsort(places, count, sizeof *places, compare_places);
    return places;
}

static void attribute(struct job *job, const struct place *places)
{
    const struct credit_settings *settings = job->settings;
    size_t count = map_count(job->channels);
    struct slice direct_name = slice_of(settings->direct == NULL ? "direct" : settings->direct);
    uint32_t direct = UINT32_MAX;
    uint32_t *ranks = heap_allocate(count, sizeof *ranks);
    for (uint32_t i = 0; i < count; i++) {
        ranks[places[i].channel] = i;
        direct = slice_equal(places[i].name, direct_name) ? i : direct;
    }
    job->attribution = attribution_create((enum attribution_model)settings->model, count, direct);
    paths_attribute(&job->paths, ranks, job->attribution);
    free(ranks);
}

static void write_cost(const struct job *job, struct slice channel, double conversions, double value)
{
    const struct money_sum *cost = job->settings->costs == NULL ? NULL : spend_on(&job->spend, channel);
    if (cost == NULL) {
        writer_blank(job->writer);
        writer_blank(job->writer);
    } else {
        writer_money(job->writer, *cost);
        writer_number(job->writer, conversions > 0 ? money_number(*cost) / conversions : NAN);
    }
    if (job->settings->value != NULL) {
        writer_number(job->writer, value);
        writer_number(job->writer, cost != NULL && cost->micros > 0 ? value / money_number(*cost) : NAN);
    }
}

static void write_channel(const struct job *job, struct slice channel, double conversions, double value)
{
    double total = attribution_total(job->attribution);
    writer_text(job->writer, channel);
    writer_number(job->writer, conversions);
    writer_number(job->writer, total > 0 ? conversions / total : NAN);
    write_cost(job, channel, conversions, value);
    writer_end(job->writer);
}

static void write_names(const struct job *job)
{
    for (const char *const *name = names; *name != NULL; name++) {
        writer_name(job->writer, slice_of(*name));
    }
    if (job->settings->value != NULL) {
        writer_name(job->writer, slice_of("value"));
        writer_name(job->writer, slice_of("return"));
    }
    writer_end(job->writer);
}

// What is nobody's comes first, where there is such a thing.
static void write_rows(const struct job *job, const struct place *places)
{
    double value;
    struct slice nobody = slice_of("");
    double conversions = attribution_unattributed(job->attribution, &value);
    write_names(job);
    if (conversions > 0 || (job->settings->costs != NULL && spend_on(&job->spend, nobody) != NULL)) {
        write_channel(job, nobody, conversions, value);
    }
    for (size_t i = 0; i < map_count(job->channels) && writer_good(job->writer); i++) {
        write_channel(job, places[i].name, attribution_conversions(job->attribution, i),
                      attribution_value(job->attribution, i));
    }
}

// Are the conversions that were read all put down to somebody or to nobody?
static bool is_sound(const struct job *job)
{
    double total = attribution_total(job->attribution);
    return attribution_is_sound(job->attribution) && fabs(total - job->conversion_count) <= 1e-9 * (1 + total);
}

static enum status write_all(struct job *job)
{
    if (job->settings->model == ATTRIBUTION_MARKOV && map_count(job->channels) > ATTRIBUTION_MARKOV_CHANNELS) {
        diag_error("--model=markov: more than %d channels", ATTRIBUTION_MARKOV_CHANNELS);
        return STATUS_DATA;
    }
    job->writer = program_writer(job->program, job->table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    enum status status = STATUS_DONE;
    struct place *places = order_channels(job);
    attribute(job, places);
    if (is_sound(job)) {
        write_rows(job, places);
    } else {
        diag_error("conversions are not conserved (a fault of this program)");
        status = STATUS_DATA;
    }
    free(places);
    return status;
}

static enum status run_job(struct job *job)
{
    enum status status;
    job->table = program_input(job->program);
    if (!find_columns(job)) {
        return table_status(job->table);
    }
    if (job->settings->costs != NULL && !read_costs(job, &status)) {
        return status;
    }
    status = job->settings->paths != NULL ? read_paths(job) : read_log(job);
    return status == STATUS_DONE ? write_all(job) : status;
}

static enum status run(const void *given, struct program *program)
{
    struct job job = {.settings = given, .program = program, .biography = {.whole = true}};
    job.events = map_create(0);
    job.persons = map_create(0);
    job.channels = map_create(0);
    enum status status = run_job(&job);
    if (job.attribution != NULL) {
        attribution_free(job.attribution);
    }
    map_free(job.events);
    map_free(job.persons);
    map_free(job.channels);
    spend_free(&job.spend);
    paths_free(&job.paths);
    biography_free(&job.biography);
    return status;
}

const struct mode funnel_credit = {
    .name = "credit",
    .summary = "which channels the conversions are put down to, and what they cost there",
    .usage = "[FILE|-]...",
    .examples = {"funnel credit --conversion=order --costs=funnel/costs.csv --today=2026-10-31 funnel/events.csv",
                 "funnel credit --paths=path --conversions=orders --nulls=none --model=markov funnel/paths.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
