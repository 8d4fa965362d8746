// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * events: see events.h.
 */
#include "events.h"

#include "cell.h"
#include "date.h"
#include "roles.h"

enum {
    OLD_LOG_DAYS = 30, // a log older than this is worth a word
};

// Most logs have the one or the other; where both roles find nothing the date is asked for.
static bool find_date(struct table *table, const char *name, size_t *column)
{
    *column = TABLE_NO_COLUMN;
    if (name == NULL && (!table_optional_role(table, ROLE_DATE, NULL, column) ||
                         (*column == TABLE_NO_COLUMN && !table_optional_role(table, ROLE_TIME, NULL, column)))) {
        return false;
    }
    return *column != TABLE_NO_COLUMN || table_role(table, ROLE_DATE, name, column);
}

bool events_open(struct events *events, struct table *table, const struct events_columns *columns,
                 const struct clock *clock)
{
    *events = (struct events){.table = table, .clock = clock};
    if (!table_role(table, ROLE_CUSTOMER, columns->customer, &events->customer_column) ||
        !find_date(table, columns->date, &events->date_column) ||
        !table_chosen_role(table, ROLE_ORDER_ID, columns->order_id, &events->id_column)) {
        return false;
    }
    if (events->id_column != TABLE_NO_COLUMN) {
        events->ids = map_create(0);
    }
    return true;
}

void events_free(struct events *events)
{
    if (events->ids != NULL) {
        map_free(events->ids);
    }
}

// The day a local time falls on; times before 1970 too.
static int32_t day_of(int64_t local)
{
    int64_t day = local / DATE_DAY_SECONDS;
    return (int32_t)(local % DATE_DAY_SECONDS < 0 ? day - 1 : day);
}

// Is this row a part of an order that an earlier one began?
static bool goes_on(struct events *events, const struct row *row)
{
    if (events->ids == NULL || cell_is_blank(table_forms(events->table), row->cells[events->id_column])) {
        return false;
    }
    size_t known = map_count(events->ids);
    map_add(events->ids, slice_trim_value(row->cells[events->id_column]), NULL);
    return map_count(events->ids) == known;
}

static bool read_event(struct events *events, struct event *event)
{
    int64_t local = 0;
    const struct row *row = &event->row;
    if (goes_on(events, row) || !table_key(events->table, row, events->customer_column, &event->customer)) {
        return false;
    }
    enum cell_result result = cell_time(table_forms(events->table), row->cells[events->date_column], &local, NULL);
    if (!table_needs(events->table, row, events->date_column, result, "a date")) {
        return false;
    }
    if (!clock_knows(events->clock, local)) {
        table_leave_out(events->table, "dated after today");
        return false;
    }
    event->day = day_of(local);
    return true;
}

bool events_next(struct events *events, struct event *event)
{
    while (table_next(events->table, &event->row)) {
        if (read_event(events, event)) {
            events->last_day = !events->any || event->day > events->last_day ? event->day : events->last_day;
            events->any = true;
            return true;
        }
    }
    return false;
}

void events_note_age(const struct events *events, const struct diag *diag)
{
    if (!events->any || events->clock->today - events->last_day <= OLD_LOG_DAYS) {
        return;
    }
    char last[DATE_SIZE];
    char today[DATE_SIZE];
    last[date_print(last, events->last_day)] = '\0';
    today[date_print(today, events->clock->today)] = '\0';
    diag_note(diag, "the last row is of %s, today is %s (set the day with --today=DATE)", last, today);
}
