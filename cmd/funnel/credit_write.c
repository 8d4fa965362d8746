// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * credit_write: one row a channel, in order of the channels' bytes.
 */
#include <math.h>
#include <stdlib.h>

#include "credit.h"
#include "heap.h"

static const char *const names[] = {"channel", "conversions", "share", "cost", "cost_each", NULL};

struct place {
    struct slice name;
    uint32_t channel;
};

static int compare_places(const void *a, const void *b)
{
    return slice_compare(((const struct place *)a)->name, ((const struct place *)b)->name);
}

// The channels in order of their bytes.
static struct place *order_channels(const struct credit *job)
{
    size_t count = map_count(job->channels);
    struct place *places = heap_allocate(count, sizeof *places);
    for (uint32_t i = 0; i < count; i++) {
        places[i] = (struct place){map_key(job->channels, i), i};
    }
    qsort(places, count, sizeof *places, compare_places);
    return places;
}

static void attribute(struct credit *job, const struct place *places)
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

static void write_cost(const struct credit *job, struct slice channel, double conversions, double value)
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

static void write_channel(const struct credit *job, struct slice channel, double conversions, double value)
{
    double total = attribution_total(job->attribution);
    writer_text(job->writer, channel);
    writer_number(job->writer, conversions);
    writer_number(job->writer, total > 0 ? conversions / total : NAN);
    write_cost(job, channel, conversions, value);
    writer_end(job->writer);
}

static void write_names(const struct credit *job)
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
static void write_rows(const struct credit *job, const struct place *places)
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
static bool is_sound(const struct credit *job)
{
    double total = attribution_total(job->attribution);
    return attribution_is_sound(job->attribution) && fabs(total - job->conversion_count) <= 1e-9 * (1 + total);
}

enum status credit_write(struct credit *job)
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
