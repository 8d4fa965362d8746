// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ics: contacts as an iCalendar file (RFC 5545): one event or to-do each.
 *
 * Gathers what it writes, so that no part of a calendar leaves a run that failed. There is no METHOD: the file is a
 * calendar, not a message between calendars. What an item is called (UID) comes from customer, rule and nominal day
 * alone; a level of escalation is the same item, and so is one that was moved.
 */
#include "calendar.h"
#include "cell.h"
#include "columns.h"
#include "contact.h"
#include "fingerprint.h"
#include "key.h"
#include "map.h"
#include "number.h"
#include "output.h"
#include "period.h"
#include "program.h"
#include "remind.h"
#include "text.h"
#include "zone.h"
#include "zones.h"

// A day before its nominal day counts too, so that a snooze from there rises: no rule is moved further ahead than this.
enum { SEQUENCE_MOVED = 31, PRIORITY_LOWEST = 9, NO_ALARM = -1 };

struct ics_settings {
    bool todo;
    int overdue;
    const char *domain;
    struct period alarm;
    struct period duration;
    const char *title;
    const char *key;
    const char *due;
    const char *touch;
    const char *zone;
};

enum { OVERDUE_DUE, OVERDUE_TODAY };

static const char *const overdues[] = {"due", "today", NULL};

static const struct option options[] = {
    {.kind = OPTION_FLAG,
     .name = "todo",
     .help = "write to-dos (VTODO) instead of events (VEVENT)",
     .offset = offsetof(struct ics_settings, todo)},
    {.kind = OPTION_CHOICE,
     .name = "overdue",
     .choices = overdues,
     .help = "where a contact of a past day stands: on the day it was due (due), or on today",
     .offset = offsetof(struct ics_settings, overdue)},
    {.kind = OPTION_PERIOD,
     .name = "alarm",
     .value = "PERIOD",
     .help = "an alarm so long before each item; -9h is nine in the morning of an item without a time",
     .offset = offsetof(struct ics_settings, alarm)},
    {.kind = OPTION_PERIOD,
     .name = "duration",
     .value = "PERIOD",
     .help = "how long an event with a time takes (15min)",
     .offset = offsetof(struct ics_settings, duration)},
    {.kind = OPTION_TEXT,
     .name = "domain",
     .value = "NAME",
     .help = "what stands behind the @ of each UID (regulars.invalid)",
     .offset = offsetof(struct ics_settings, domain)},
    {.kind = OPTION_COLUMN,
     .name = "title",
     .value = "COL",
     .help = "column that follows what is to be done in the title (customer)",
     .offset = offsetof(struct ics_settings, title)},
    {.kind = OPTION_COLUMN,
     .name = "touch",
     .value = "COL",
     .help = "column of what is to be done (touch)",
     .offset = offsetof(struct ics_settings, touch)},
    {.kind = OPTION_COLUMN,
     .name = "due",
     .value = "COL",
     .help = "column of the day it is due (due)",
     .offset = offsetof(struct ics_settings, due)},
    {.kind = OPTION_COLUMN,
     .name = "key",
     .value = "COL",
     .help = "column of the key (key)",
     .offset = offsetof(struct ics_settings, key)},
    {.kind = OPTION_COLUMN,
     .name = "zone",
     .value = "COL",
     .help = "column of the time zone in which the times of a row are",
     .offset = offsetof(struct ics_settings, zone)},
    {.kind = OPTION_END},
};

static const struct ics_settings defaults = {
    .domain = "regulars.invalid", .alarm = {NO_ALARM, 0}, .duration = {0, 15 * 60}};

struct making {
    const struct ics_settings *settings;
    struct table *table;
    const struct cell_forms *forms;
    const struct clock *clock;
    size_t columns[CONTACT_COLUMNS]; // TABLE_NO_COLUMN: not there
    size_t title;                    // the same
    size_t zone;                     // the same
    struct zones *zones;
    struct map *seen;  // UIDs
    struct text value; // scratch
    struct text item;
    struct text out;
};

// One row, read.
struct item {
    struct key key;
    struct slice name; // customer/rule/nominal
    int64_t due;       // local seconds
    bool has_time;
    struct zone *zone; // where it is local
    bool has_priority;
    int64_t priority;
};

// What may stand behind the @ of a UID.
static bool is_domain(struct slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (!fits) {
            return false;
        }
    }
    return name.length > 0 && name.length < 254;
}

static bool check(const void *given, struct program *program)
{
    const struct ics_settings *settings = given;
    if (!is_domain(slice_of(settings->domain))) {
        program_wrong(program, "--domain must be a name of letters, digits, '-' and '.', as in example.org");
    } else if (settings->alarm.months != NO_ALARM && settings->alarm.months != 0) {
        program_wrong(program, "--alarm cannot be in months or years: say it in days, hours or minutes");
    } else if (settings->duration.months != 0 || settings->duration.seconds <= 0) {
        program_wrong(program, "--duration must be above zero, and not in months or years");
    } else {
        return program_writes_text(program);
    }
    return false;
}

static bool find_column(struct making *making, enum contact_column column, const char *name, const char *option)
{
    return name == NULL
               ? table_made_column(making->table, contact_name(column), option, "remind due", &making->columns[column])
               : table_column(making->table, name, option, &making->columns[column]);
}

static bool find_columns(struct making *making)
{
    const struct ics_settings *settings = making->settings;
    if (table_stopped(making->table) || !find_column(making, CONTACT_KEY, settings->key, "--key") ||
        !find_column(making, CONTACT_DUE, settings->due, "--due") ||
        !find_column(making, CONTACT_TOUCH, settings->touch, "--touch")) {
        return false;
    }
    static const enum contact_column optional[] = {CONTACT_CUSTOMER, CONTACT_PRIORITY};
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++) {
        enum contact_column column = optional[i];
        if (!columns_has(table_columns(making->table), slice_of(contact_name(column)), &making->columns[column])) {
            making->columns[column] = TABLE_NO_COLUMN;
        }
    }
    making->title = making->columns[CONTACT_CUSTOMER];
    if (!table_optional_role(making->table, ROLE_ZONE, settings->zone, &making->zone)) {
        return false;
    }
    return settings->title == NULL || table_column(making->table, settings->title, "--title", &making->title);
}

static int32_t day_of(const struct item *item)
{
    return (int32_t)((item->due - (item->due % DATE_DAY_SECONDS + DATE_DAY_SECONDS) % DATE_DAY_SECONDS) /
                     DATE_DAY_SECONDS);
}

// Where the time of the row is local, as `remind due` took it: a zone that is unknown is the run's. A time that has an
// offset is local in the run's zone when it was read.
static struct zone *zone_of(struct making *making, const struct row *row)
{
    struct date_time due;
    struct zone *home = making->clock->zone;
    bool has_offset =
        date_read(slice_trim_value(row->cells[making->columns[CONTACT_DUE]]), making->forms->dates, &due) &&
        due.has_offset;
    if (making->zone == TABLE_NO_COLUMN || has_offset || cell_is_blank(making->forms, row->cells[making->zone])) {
        return home;
    }
    struct zones_place *place = zones_find(making->zones, slice_trim_value(row->cells[making->zone]));
    if (place->zone == NULL && !place->named) {
        place->named = true;
        table_remark(making->table, row, making->zone, "no such time zone; the times of this row take --time-zone");
    }
    return place->zone == NULL ? home : place->zone;
}

// False when the row was refused.
static bool read_item(struct making *making, const struct row *row, struct item *item)
{
    size_t key = making->columns[CONTACT_KEY];
    size_t due = making->columns[CONTACT_DUE];
    size_t priority = making->columns[CONTACT_PRIORITY];
    struct slice text = key_cell(row->cells[key]);
    if (!key_read(text, &item->key)) {
        table_refuse(making->table, row, key, text.length == 0 ? "blank, but a key is needed" : "not a key");
        return false;
    }
    item->name = (struct slice){text.data, text.length - 2}; // the level is one digit
    if (!table_needs(making->table, row, due, cell_time(making->forms, row->cells[due], &item->due, &item->has_time),
                     "a date")) {
        return false;
    }
    item->zone = item->has_time ? zone_of(making, row) : NULL;
    if (making->settings->overdue == OVERDUE_TODAY && day_of(item) < making->clock->today) {
        item->due += ((int64_t)making->clock->today - day_of(item)) * DATE_DAY_SECONDS;
    }
    item->has_priority = priority != TABLE_NO_COLUMN && !cell_is_blank(making->forms, row->cells[priority]);
    if (item->has_priority && !number_read_whole(slice_trim_value(row->cells[priority]), &item->priority)) {
        table_refuse(making->table, row, priority, "not a whole number");
        return false;
    }
    return true;
}

static void append_line(struct making *making, const char *name)
{
    calendar_append(&making->item, name, text_slice(&making->value));
    text_clear(&making->value);
}

static void append_uid(struct making *making, const struct item *item)
{
    fingerprint_append(&making->value, item->name);
    text_append_byte(&making->value, '@');
    text_append_string(&making->value, making->settings->domain);
    append_line(making, "UID");
}

// 0 on the nominal day; elsewhere higher the later it is, so that a contact put off once more rises again.
static void append_sequence(struct making *making, const struct item *item)
{
    int64_t moved = (int64_t)day_of(item) - item->key.nominal;
    int64_t sequence = moved == 0 ? 0 : moved + SEQUENCE_MOVED;
    text_format(&making->value, "%lld", (long long)(moved != 0 && sequence < 1 ? 1 : sequence));
    append_line(making, "SEQUENCE");
}

static void append_time(struct making *making, const struct item *item)
{
    bool todo = making->settings->todo;
    if (!item->has_time) {
        calendar_append_day(&making->value, day_of(item));
        append_line(making, todo ? "DUE;VALUE=DATE" : "DTSTART;VALUE=DATE");
        return;
    }
    calendar_append_instant(&making->value, zone_to_instant(item->zone, item->due));
    append_line(making, todo ? "DUE" : "DTSTART");
    if (!todo) {
        calendar_append_duration(&making->value, making->settings->duration.seconds);
        append_line(making, "DURATION");
    }
}

static struct slice cell_of(const struct row *row, size_t column)
{
    return column == TABLE_NO_COLUMN ? (struct slice){"", 0} : slice_trim_value(row->cells[column]);
}

// The text in one line: a title with a line break is refused by some.
static void append_in_one_line(struct making *making, struct slice text)
{
    for (size_t at = 0; at < text.length; at++) {
        size_t end = at;
        while (end < text.length && text.data[end] != '\n' && text.data[end] != '\r') {
            end++;
        }
        calendar_append_escaped(&making->value, slice_part(text, at, end));
        at = end < text.length && slice_starts(slice_part(text, end, text.length), slice_of("\r\n")) ? end + 1 : end;
        text_append_string(&making->value, end < text.length ? " " : "");
    }
}

static void append_summary(struct making *making, const struct row *row)
{
    struct slice touch = cell_of(row, making->columns[CONTACT_TOUCH]);
    struct slice title = cell_of(row, making->title);
    append_in_one_line(making, touch);
    text_append_string(&making->value, touch.length > 0 && title.length > 0 ? ": " : "");
    append_in_one_line(making, title);
    if (making->value.length == 0) { // a property without a value is refused by some
        text_append_string(&making->value, "contact");
    }
    append_line(making, "SUMMARY");
}

// Columns that say nothing more to a person, or change from day to day.
static bool is_shown(const struct making *making, size_t column, struct slice cell)
{
    if (column == making->columns[CONTACT_TOUCH] || column == making->columns[CONTACT_DUE] || cell.length == 0) {
        return false;
    }
    switch (contact_column_of(table_columns(making->table)->folded[column])) {
    case CONTACT_RULE:
    case CONTACT_NOMINAL:
    case CONTACT_OVERDUE:
    case CONTACT_PRIORITY:
        return false;
    case CONTACT_LEVEL:
        return !slice_is(cell, "0");
    default:
        return !slice_is(table_columns(making->table)->folded[column], "age");
    }
}

// One line a column, "channel: phone".
static void append_description(struct making *making, const struct row *row)
{
    const struct columns *columns = table_columns(making->table);
    for (size_t i = 0; i < columns->count; i++) {
        struct slice cell =
            i == making->columns[CONTACT_KEY] ? key_cell(row->cells[i]) : slice_trim_value(row->cells[i]);
        if (is_shown(making, i, cell)) {
            text_append_string(&making->value, making->value.length > 0 ? "\\n" : "");
            calendar_append_escaped(&making->value, columns->names[i]);
            text_append_string(&making->value, ": ");
            calendar_append_escaped(&making->value, cell);
        }
    }
    if (making->value.length > 0) {
        append_line(making, "DESCRIPTION");
    }
}

// iCalendar's priorities are 1, the highest, to 9.
static void append_priority(struct making *making, const struct item *item)
{
    if (item->has_priority) {
        int64_t least = item->priority < 1 ? 1 : item->priority;
        text_format(&making->value, "%d", (int)(least > PRIORITY_LOWEST ? PRIORITY_LOWEST : least));
        append_line(making, "PRIORITY");
    }
}

static void append_alarm(struct making *making)
{
    if (making->settings->alarm.months == NO_ALARM) {
        return;
    }
    calendar_append(&making->item, "BEGIN", slice_of("VALARM"));
    calendar_append(&making->item, "ACTION", slice_of("DISPLAY"));
    calendar_append(&making->item, "DESCRIPTION", slice_of("contact"));
    calendar_append_duration(&making->value, -making->settings->alarm.seconds);
    append_line(making, making->settings->todo ? "TRIGGER;RELATED=END" : "TRIGGER");
    calendar_append(&making->item, "END", slice_of("VALARM"));
}

static void append_item(struct making *making, const struct row *row, const struct item *item)
{
    const char *kind = making->settings->todo ? "VTODO" : "VEVENT";
    calendar_append(&making->item, "BEGIN", slice_of(kind));
    append_uid(making, item);
    calendar_append_instant(&making->value, zone_to_instant(making->clock->zone, making->clock->now));
    append_line(making, "DTSTAMP");
    append_sequence(making, item);
    append_time(making, item);
    append_summary(making, row);
    append_description(making, row);
    append_priority(making, item);
    calendar_append(&making->item, making->settings->todo ? "STATUS" : "TRANSP",
                    slice_of(making->settings->todo ? "NEEDS-ACTION" : "TRANSPARENT"));
    append_alarm(making);
    calendar_append(&making->item, "END", slice_of(kind));
}

// Two items of one UID would be one to every calendar.
static void take(struct making *making, const struct row *row)
{
    struct item item;
    if (!read_item(making, row, &item)) {
        return;
    }
    size_t known = map_count(making->seen);
    map_add(making->seen, item.name, NULL);
    if (map_count(making->seen) == known) {
        table_leave_out(making->table, "with the key of a row before");
        return;
    }
    text_clear(&making->item);
    append_item(making, row, &item);
    text_append(&making->out, text_slice(&making->item));
}

static enum status make(struct making *making)
{
    struct row row;
    if (!find_columns(making)) {
        return table_status(making->table);
    }
    calendar_append(&making->out, "BEGIN", slice_of("VCALENDAR"));
    calendar_append(&making->out, "VERSION", slice_of("2.0"));
    calendar_append(&making->out, "PRODID", slice_of("-//regulars//remind//EN"));
    while (table_next(making->table, &row)) {
        take(making, &row);
    }
    calendar_append(&making->out, "END", slice_of("VCALENDAR"));
    return table_stopped(making->table) ? table_status(making->table) : STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    struct making making = {
        .settings = given,
        .table = program_input(program),
        .forms = program_forms(program),
        .clock = program_clock(program),
        .seen = map_create(0),
    };
    making.zones = zones_create(making.clock, NULL);
    enum status status = make(&making);
    if (status == STATUS_DONE && making.out.length > 0) {
        struct output *output = program_output(program);
        status = output == NULL ? STATUS_SYSTEM : STATUS_DONE;
        if (output != NULL) {
            output_write(output, text_slice(&making.out));
        }
    }
    map_free(making.seen);
    zones_free(making.zones);
    text_free(&making.value);
    text_free(&making.item);
    text_free(&making.out);
    return status;
}

const struct mode remind_ics = {
    .name = "ics",
    .summary = "contacts as an iCalendar file, for the calendar of the staff",
    .usage = "[FILE|-]...",
    .examples = {"remind due -p remind/policy.csv --today=2026-11-21 remind/people.csv | remind ics --today=2026-11-21",
                 "remind open --ledger=remind/sent.csv --today=2026-11-25 | remind ics --today=2026-11-25 --todo "
                 "--alarm=-9h"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
