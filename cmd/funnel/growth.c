// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel growth: one row a period: who was there, who of them is new, stayed or came back, and who went. Gathers the
 * periods in which each person was there (visits.h), and one row a period and group.
 */
#include <stdlib.h>

#include "breakdown.h"
#include "calendar.h"
#include "flows.h"
#include "funnel.h"
#include "heap.h"
#include "periodic.h"
#include "visits.h"

static const struct option *const shared[] = {feed_options, NULL};

static const struct periodic_settings defaults = {.period = CALENDAR_MONTH};

static const char *const names[] = {"period",      "active",  "new",         "retained",
                                    "resurrected", "churned", "quick_ratio", NULL};

// What a run holds while it lasts.
struct job {
    struct program *program;
    struct calendar calendar;
    struct feed feed;
    struct breakdown breakdown;
    struct visits *visits;
    int32_t first; // period
    size_t count;  // periods from it to today's
    struct writer *writer;
};

static bool check(const void *given, struct program *program)
{
    return periodic_check(given, program);
}

static void take(struct job *job, const struct feed_event *event)
{
    int32_t period = calendar_number(&job->calendar, calendar_day(event->local));
    struct visits_event visit = {
        .time = event->instant, .period = period, .group = breakdown_find(&job->breakdown, &event->row)};
    visits_add(job->visits, event->customer, &visit);
    job->first = period < job->first ? period : job->first;
}

static void write_flow(const struct job *job, uint32_t group, size_t index, const struct flow *flow)
{
    int32_t period = (int32_t)(job->first + (int64_t)index);
    breakdown_write(&job->breakdown, job->writer, group);
    writer_day(job->writer, calendar_first_day(&job->calendar, period));
    writer_whole(job->writer, (int64_t)flow->active);
    writer_whole(job->writer, (int64_t)flow->fresh);
    writer_whole(job->writer, (int64_t)flow->retained);
    writer_whole(job->writer, (int64_t)flow->resurrected);
    if (period <= calendar_last_over(&job->calendar, program_clock(job->program))) {
        writer_whole(job->writer, (int64_t)flow->churned);
        writer_number(job->writer, flows_quick_ratio(flow));
    } else {
        writer_blank(job->writer);
        writer_blank(job->writer);
    }
    writer_end(job->writer);
}

// A group's rows begin with its first period. False, said, when people are not conserved.
static bool write_group(const struct job *job, uint32_t group, const struct flow *flows)
{
    if (flows_breach(flows, job->count) < job->count) {
        diag_error("people are not conserved (a fault of this program)");
        return false;
    }
    size_t first = 0;
    while (first < job->count && flows[first].active == 0) {
        first++;
    }
    for (size_t i = first; i < job->count && writer_good(job->writer); i++) {
        write_flow(job, group, i, &flows[i]);
    }
    return true;
}

// Flows of each group, one group after the other.
static struct flow *count_flows(const struct job *job)
{
    struct flow *flows = heap_allocate(breakdown_count(&job->breakdown), job->count * sizeof *flows);
    for (uint32_t i = 0; i < visits_count(job->visits); i++) {
        struct flow *group = flows + visits_group(job->visits, i) * job->count;
        flows_add(group, job->count, job->first, visits_page(job->visits, i));
    }
    return flows;
}

static enum status write_all(struct job *job, const struct table *table)
{
    job->writer = program_writer(job->program, table);
    if (job->writer == NULL) {
        return STATUS_SYSTEM;
    }
    breakdown_write_names(&job->breakdown, job->writer);
    for (const char *const *name = names; *name != NULL; name++) {
        writer_name(job->writer, slice_of(*name));
    }
    writer_end(job->writer);
    if (visits_count(job->visits) == 0) {
        return STATUS_DONE;
    }
    int32_t now = calendar_number(&job->calendar, program_clock(job->program)->today);
    job->count = (size_t)((int64_t)now - job->first + 1);
    struct flow *flows = count_flows(job);
    uint32_t *order = breakdown_order(&job->breakdown);
    bool is_sound = true;
    for (size_t i = 0; i < breakdown_count(&job->breakdown) && is_sound; i++) {
        is_sound = write_group(job, order[i], flows + order[i] * job->count);
    }
    free(order);
    free(flows);
    return is_sound ? STATUS_DONE : STATUS_DATA;
}

static enum status run_job(struct job *job, const struct periodic_settings *settings)
{
    struct table *table = program_input(job->program);
    enum status status;
    struct feed_event event;
    if (!feed_open(&job->feed, table, &settings->columns, false, job->program)) {
        return table_status(table);
    }
    if (!breakdown_open(&job->breakdown, settings->by, names, table, job->program, &status)) {
        return status;
    }
    while (feed_next(&job->feed, &event)) {
        take(job, &event);
    }
    if (table_stopped(table)) {
        return table_status(table);
    }
    visits_settle(job->visits);
    status = write_all(job, table);
    feed_note_age(&job->feed);
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct periodic_settings *settings = given;
    struct job job = {.program = program, .visits = visits_create(), .first = INT32_MAX};
    job.calendar =
        (struct calendar){(enum calendar_period)settings->period, (enum calendar_week_start)settings->week_start};
    enum status status = run_job(&job, settings);
    visits_free(job.visits);
    breakdown_free(&job.breakdown);
    return status;
}

const struct mode funnel_growth = {
    .name = "growth",
    .summary = "who is new in each period, who stayed, who came back, and who went",
    .usage = "[FILE|-]...",
    .examples = {"funnel growth --period=month --today=1998-06-30 cdnow.csv",
                 "funnel growth --period=week --by=channel --today=2026-10-31 funnel/events.csv"},
    .shared = shared,
    .options = periodic_options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
