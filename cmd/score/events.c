// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * events: see events.h.
 */
#include "events.h"

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

bool events_open(struct events *events, struct table *table, const char *customer, const char *date,
                 const struct clock *clock, const struct cell_forms *forms)
{
    *events = (struct events){.table = table, .clock = clock, .forms = forms};
    return table_role(table, ROLE_CUSTOMER, customer, &events->customer_column) &&
           find_date(table, date, &events->date_column);
}

// The day a local time falls on; times before 1970 too.
static int32_t day_of(int64_t local)
{
    int64_t day = local / DATE_DAY_SECONDS;
    return (int32_t)(local % DATE_DAY_SECONDS < 0 ? day - 1 : day);
}

static bool read_event(struct events *events, struct event *event)
{
    int64_t local = 0;
    const struct row *row = &event->row;
    if (!table_key(events->table, row, events->customer_column, &event->customer)) {
        return false;
    }
    enum cell_result result = cell_time(events->forms, row->cells[events->date_column], &local, NULL);
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
