// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * contact: reads and writes the 13 columns. The form is our own, so no --decimal or --dates applies.
 */
#include "contact.h"

#include "date.h"
#include "number.h"

static const char *const names[CONTACT_COLUMNS] = {
    [CONTACT_CUSTOMER] = "customer", [CONTACT_OWNER] = "owner",     [CONTACT_RULE] = "rule",
    [CONTACT_TOUCH] = "touch",       [CONTACT_CHANNEL] = "channel", [CONTACT_DUE] = "due",
    [CONTACT_NOMINAL] = "nominal",   [CONTACT_OVERDUE] = "overdue", [CONTACT_LEVEL] = "level",
    [CONTACT_PRIORITY] = "priority", [CONTACT_COST] = "cost",       [CONTACT_REASON] = "reason",
    [CONTACT_KEY] = "key",
};

const char *contact_name(enum contact_column column)
{
    return names[column];
}

enum contact_column contact_column_of(struct slice name)
{
    enum contact_column column = 0;
    while (column < CONTACT_COLUMNS && !slice_is(name, names[column])) {
        column++;
    }
    return column;
}

static bool read_day(struct slice cell, int32_t *day)
{
    struct date_time time;
    bool read = date_read(cell, DATE_YMD, &time) && !time.has_time && !time.has_offset;
    if (read) {
        *day = time.day;
    }
    return read;
}

// A day, or a day and a time.
static bool read_due(struct slice cell, struct contact *contact)
{
    struct date_time time;
    bool read = date_read(cell, DATE_YMD, &time) && !time.has_offset;
    if (read) {
        contact->due = time.day;
        contact->has_time = time.has_time;
        contact->second = time.second;
    }
    return read;
}

static bool read_cost(struct slice cell, struct contact *contact)
{
    struct money cost;
    contact->cost = (struct money_sum){0};
    contact->has_cost = slice_trim_value(cell).length > 0;
    if (!contact->has_cost) {
        return true;
    }
    bool read = money_read(cell, '.', &cost);
    if (read) {
        money_add(&contact->cost, cost);
    }
    return read;
}

static bool read_priority(struct slice cell, struct contact *contact)
{
    contact->priority = 0;
    contact->has_priority = slice_trim_value(cell).length > 0;
    return !contact->has_priority || number_read_whole(cell, &contact->priority);
}

bool contact_read(const struct slice cells[CONTACT_COLUMNS], struct contact *contact, enum contact_column *wrong)
{
    contact->customer = cells[CONTACT_CUSTOMER];
    contact->owner = cells[CONTACT_OWNER];
    contact->rule = cells[CONTACT_RULE];
    contact->touch = cells[CONTACT_TOUCH];
    contact->channel = cells[CONTACT_CHANNEL];
    contact->reason = cells[CONTACT_REASON];
    contact->key = cells[CONTACT_KEY];
    if (!read_due(cells[CONTACT_DUE], contact)) {
        *wrong = CONTACT_DUE;
    } else if (!read_day(cells[CONTACT_NOMINAL], &contact->nominal)) {
        *wrong = CONTACT_NOMINAL;
    } else if (!number_read_whole(cells[CONTACT_OVERDUE], &contact->overdue)) {
        *wrong = CONTACT_OVERDUE;
    } else if (!number_read_whole(cells[CONTACT_LEVEL], &contact->level)) {
        *wrong = CONTACT_LEVEL;
    } else if (!read_priority(cells[CONTACT_PRIORITY], contact)) {
        *wrong = CONTACT_PRIORITY;
    } else if (!read_cost(cells[CONTACT_COST], contact)) {
        *wrong = CONTACT_COST;
    } else {
        return true;
    }
    return false;
}

size_t contact_print_due(char out[DATE_SIZE], const struct contact *contact)
{
    return contact->has_time ? date_print_time(out, (int64_t)contact->due * DATE_DAY_SECONDS + contact->second)
                             : date_print(out, contact->due);
}

void contact_write_due(struct writer *writer, const struct contact *contact)
{
    if (contact->has_time) {
        writer_time(writer, (int64_t)contact->due * DATE_DAY_SECONDS + contact->second);
    } else {
        writer_day(writer, contact->due);
    }
}

void contact_write_names(struct writer *writer)
{
    for (size_t i = 0; i < CONTACT_COLUMNS; i++) {
        writer_name(writer, slice_of(names[i]));
    }
}

void contact_write(struct writer *writer, const struct contact *contact)
{
    writer_text(writer, contact->customer);
    writer_text(writer, contact->owner);
    writer_text(writer, contact->rule);
    writer_text(writer, contact->touch);
    writer_text(writer, contact->channel);
    contact_write_due(writer, contact);
    writer_day(writer, contact->nominal);
    writer_whole(writer, contact->overdue);
    writer_whole(writer, contact->level);
    if (contact->has_priority) {
        writer_whole(writer, contact->priority);
    } else {
        writer_blank(writer);
    }
    if (contact->has_cost) {
        writer_money(writer, contact->cost);
    } else {
        writer_blank(writer);
    }
    writer_text(writer, contact->reason);
    writer_text(writer, contact->key);
}
