// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * feed: see feed.h.
 */
#include "feed.h"

#include "calendar.h"
#include "cell.h"
#include "clock.h"
#include "date.h"
#include "diag.h"
#include "moment.h"
#include "roles.h"
#include "zone.h"

enum {
    OLD_LOG_DAYS = 30, // a log older than this is worth a word
};

const struct option feed_options[] = {
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who it was",
     .offset = offsetof(struct feed_columns, customer)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "when it was",
     .offset = offsetof(struct feed_columns, time)},
    {.kind = OPTION_END},
};

bool feed_open(struct feed *feed, struct table *table, const struct feed_columns *columns, bool needs_event,
               const struct program *program)
{
    *feed = (struct feed){.table = table, .program = program, .event = TABLE_NO_COLUMN};
    return !table_stopped(table) && table_role(table, ROLE_CUSTOMER, columns->customer, &feed->customer) &&
           table_role(table, ROLE_TIME, columns->time, &feed->time) &&
           (!needs_event || table_role(table, ROLE_EVENT, columns->event, &feed->event));
}

static int64_t to_local(const struct clock *clock, int64_t instant)
{
    return clock->zone == NULL ? instant : zone_to_local(clock->zone, instant);
}

static bool read_time(struct feed *feed, struct feed_event *event)
{
    struct moment moment;
    const struct clock *clock = program_clock(feed->program);
    enum cell_result read = moment_read(table_forms(feed->table), event->row.cells[feed->time], &feed->day, &moment);
    if (!table_needs(feed->table, &event->row, feed->time, read, "a date")) {
        return false;
    }
    event->instant = moment.instant;
    event->has_time = moment.has_time;
    event->local = to_local(clock, moment.instant);
    if (!clock_knows(clock, event->local)) {
        table_leave_out(feed->table, "dated after today");
        return false;
    }
    return true;
}

static bool read_event(struct feed *feed, struct feed_event *event)
{
    event->event = (struct slice){NULL, 0};
    if (feed->event == TABLE_NO_COLUMN) {
        return true;
    }
    struct slice cell = event->row.cells[feed->event];
    bool is_blank = cell_is_blank(table_forms(feed->table), cell);
    event->event = slice_trim_value(cell);
    return table_needs(feed->table, &event->row, feed->event, is_blank ? CELL_BLANK : CELL_OK, "an event");
}

bool feed_next(struct feed *feed, struct feed_event *event)
{
    while (table_next(feed->table, &event->row)) {
        if (table_key(feed->table, &event->row, feed->customer, &event->customer) && read_time(feed, event) &&
            read_event(feed, event)) {
            feed->last = !feed->any || event->instant > feed->last ? event->instant : feed->last;
            feed->any = true;
            return true;
        }
    }
    return false;
}

void feed_note_age(const struct feed *feed)
{
    const struct clock *clock = program_clock(feed->program);
    int32_t last_day = calendar_day(to_local(clock, feed->last));
    if (!feed->any || clock->today - last_day <= OLD_LOG_DAYS) {
        return;
    }
    char last[DATE_SIZE];
    char today[DATE_SIZE];
    last[date_print(last, last_day)] = '\0';
    today[date_print(today, clock->today)] = '\0';
    diag_note(program_diag(feed->program), "the last row is of %s, today is %s (set the day with --today=DATE)", last,
              today);
}
