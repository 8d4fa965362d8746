// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * credit_log: the touches and conversions of a log, gathered and put in order of time, made into paths.
 */
#include <stdlib.h>

#include "attempt.h"
#include "credit.h"
#include "heap.h"

// The stage of an event that is a conversion; of a touch it is the number of its channel.
#define CONVERSION UINT32_MAX

static void take_event(struct credit *job, const struct feed_event *event)
{
    struct biography_event entry = {.time = event->instant, .stage = CONVERSION};
    struct slice cell = event->row.cells[job->channel];
    if (slice_is(event->event, job->settings->conversion)) {
        if (job->settings->value != NULL &&
            !worth_read(&job->worth, job->table, &event->row, table_forms(job->table), &entry.amount)) {
            return;
        }
        job->conversion_count++;
    } else {
        map_add(job->events, event->event, NULL);
        if (cell_is_blank(table_forms(job->table), cell)) {
            return;
        }
        entry.stage = credit_channel(job, slice_trim_value(cell));
    }
    biography_add(&job->biography, event->customer, &entry);
}

// The path to the conversion at events[end], of the touches from events[start] on.
static void end_path(struct credit *job, const struct biography_event *events, size_t start, size_t end)
{
    const struct credit_settings *settings = job->settings;
    struct attempt_rules rules = {.has_window = credit_is_given(settings->window),
                                  .window = settings->window,
                                  .zone = program_clock(job->program)->zone};
    double half_life = credit_is_given(settings->half_life) ? period_days(settings->half_life) : 7;
    for (size_t i = start; i < end; i++) {
        if (attempt_window_end(&rules, events[i].time) >= events[end].time) {
            double days = (double)(events[end].time - events[i].time) / DATE_DAY_SECONDS;
            paths_touch(&job->paths, events[i].stage, days / half_life);
        }
    }
    paths_end(&job->paths, 1, 0, events[end].amount);
}

// The paths of one person: each conversion ends one, and touches after the last end in nothing.
static void make_paths(struct credit *job, struct biography_page page)
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
static enum status say_absent(const struct credit *job)
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

enum status credit_read_log(struct credit *job)
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
    biography_settle(&job->biography);
    for (size_t i = 0; i < biography_count(&job->biography); i++) {
        make_paths(job, biography_page(&job->biography, i));
    }
    feed_note_age(&job->feed);
    return STATUS_DONE;
}
