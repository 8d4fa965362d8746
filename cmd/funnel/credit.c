// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel credit: which channel the conversions are put down to, one row a channel. Gathers the touches and conversions
 * of a log (biography.h) and the paths they make, or the paths of a table of paths (paths.h).
 */
#include "credit.h"
#include "funnel.h"

static const char *const models[] = {[ATTRIBUTION_FIRST] = "first",
                                     [ATTRIBUTION_LAST] = "last",
                                     [ATTRIBUTION_LAST_NONDIRECT] = "last-nondirect",
                                     [ATTRIBUTION_LINEAR] = "linear",
                                     [ATTRIBUTION_POSITION] = "position",
                                     [ATTRIBUTION_DECAY] = "decay",
                                     [ATTRIBUTION_MARKOV] = "markov",
                                     [ATTRIBUTION_SHAPLEY] = "shapley",
                                     NULL};

static const struct option *const shared[] = {feed_options, NULL};

_Static_assert(offsetof(struct credit_settings, columns) == 0, "the shared options find their fields");

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
     .name = "event",
     .value = "COL",
     .help = "what it was",
     .offset = offsetof(struct credit_settings, columns.event)},
    {.kind = OPTION_END},
};

static const struct credit_settings defaults = {
    .model = ATTRIBUTION_LINEAR, .window = {.months = CREDIT_NOT_GIVEN}, .half_life = {.months = CREDIT_NOT_GIVEN}};

bool credit_is_given(struct period period)
{
    return period.months != CREDIT_NOT_GIVEN;
}

static const char *misplaced_with_paths(const struct credit_settings *settings)
{
    return settings->conversion != NULL           ? "--conversion"
           : settings->channel != NULL            ? "--channel"
           : settings->columns.customer != NULL   ? "--customer"
           : settings->columns.time != NULL       ? "--time"
           : settings->columns.event != NULL      ? "--event"
           : credit_is_given(settings->window)    ? "--window"
           : credit_is_given(settings->half_life) ? "--half-life"
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
    } else if (credit_is_given(settings->half_life) && settings->model != ATTRIBUTION_DECAY) {
        program_wrong(program, "--half-life goes with --model=decay");
    } else if (credit_is_given(settings->half_life) && !period_positive(settings->half_life)) {
        program_wrong(program, "--half-life: not above zero");
    } else if (credit_is_given(settings->window) && !period_positive(settings->window)) {
        program_wrong(program, "--window: not above zero");
    } else {
        return true;
    }
    return false;
}

uint32_t credit_channel(struct credit *job, struct slice name)
{
    uint32_t number;
    map_add(job->channels, name, &number);
    return number;
}

static bool find_column(struct credit *job, const char *name, const char *option, size_t *column)
{
    *column = TABLE_NO_COLUMN;
    return name == NULL || table_column(job->table, name, option, column);
}

static bool find_columns(struct credit *job)
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

static bool read_costs(struct credit *job, enum status *status)
{
    struct table *table = program_side_table(job->program, job->settings->costs);
    bool read = spend_read(&job->spend, table, program_forms(job->program));
    *status = table_status(table);
    for (uint32_t i = 0; read && i < map_count(job->spend.channels); i++) {
        struct slice channel = map_key(job->spend.channels, i);
        if (channel.length > 0) {
            credit_channel(job, channel);
        }
    }
    return read;
}

static enum status run_job(struct credit *job)
{
    enum status status;
    job->table = program_input(job->program);
    if (!find_columns(job)) {
        return table_status(job->table);
    }
    if (job->settings->costs != NULL && !read_costs(job, &status)) {
        return status;
    }
    status = job->settings->paths != NULL ? credit_read_paths(job) : credit_read_log(job);
    return status == STATUS_DONE ? credit_write(job) : status;
}

static enum status run(const void *given, struct program *program)
{
    struct credit job = {.settings = given, .program = program};
    biography_open(&job.biography, true);
    job.events = map_create(0);
    job.channels = map_create(0);
    enum status status = run_job(&job);
    if (job.attribution != NULL) {
        attribution_free(job.attribution);
    }
    map_free(job.events);
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
    .shared = shared,
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
