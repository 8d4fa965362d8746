// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * entry: cuts ledger lines into cells and puts them together.
 *
 * Does not go through the reader, whose records may hold line breaks: here a damaged line must not reach beyond itself.
 */
#include "entry.h"

#include <stddef.h>
#include <string.h>

#include "marks.h"
#include "money.h"

enum {
    CELL_EVENT,
    CELL_AT,
    CELL_RUN,
    CELL_CONTACT,
    CELL_NOTE = CELL_CONTACT + CONTACT_COLUMNS,
    CELL_COUNT,
};

const char entry_header[] =
    "event,at,run,customer,owner,rule,touch,channel,due,nominal,overdue,level,priority,cost,reason,key,note\n";

static const char *const event_names[ENTRY_EVENTS] = {
    [ENTRY_DUE] = "due",   [ENTRY_PRINTED] = "printed", [ENTRY_DEFERRED] = "deferred", [ENTRY_MISSED] = "missed",
    [ENTRY_DONE] = "done", [ENTRY_SKIP] = "skip",       [ENTRY_SNOOZE] = "snooze",     [ENTRY_STOP] = "stop",
};

const char *entry_event_name(enum entry_event event)
{
    return event_names[event];
}

enum entry_event entry_event_of(struct slice name)
{
    enum entry_event event = 0;
    while (event < ENTRY_EVENTS && !slice_is(name, event_names[event])) {
        event++;
    }
    return event;
}

// The quoted cell at the start of `rest`; *end is set behind its closing quote. NULL or what is wrong.
static const char *read_quoted(struct slice rest, struct text *scratch, struct slice *cell, size_t *end)
{
    size_t start = scratch->length;
    size_t at = 1;
    for (;;) {
        size_t quote = slice_find(rest, '"', at);
        if (quote == rest.length) {
            return "a quote is not closed";
        }
        text_append(scratch, slice_part(rest, at, quote));
        at = quote + 1;
        if (at == rest.length || rest.data[at] != '"') {
            break;
        }
        text_append_byte(scratch, '"');
        at++;
    }
    if (at < rest.length && rest.data[at] != ',') {
        return "text after a closing quote";
    }
    *cell = slice_part(text_slice(scratch), start, scratch->length);
    *end = at;
    return NULL;
}

// Cuts a line into exactly CELL_COUNT cells.
static const char *split(struct slice line, struct text *scratch, struct slice cells[CELL_COUNT])
{
    size_t count = 0;
    size_t at = 0;
    text_clear(scratch);
    if (memchr(line.data, '"', line.length) != NULL) {
        text_reserve(scratch, line.length); // so that it does not move under the cells
    }
    for (;; at++) {
        struct slice rest = slice_part(line, at, line.length);
        size_t end;
        if (count == CELL_COUNT) {
            return "too many cells";
        }
        if (rest.length > 0 && rest.data[0] == '"') {
            const char *problem = read_quoted(rest, scratch, &cells[count], &end);
            if (problem != NULL) {
                return problem;
            }
        } else {
            end = slice_find(rest, ',', 0);
            cells[count] = slice_part(rest, 0, end);
        }
        count++;
        at += end;
        if (at == line.length) {
            return count == CELL_COUNT ? NULL : "too few cells";
        }
    }
}

static bool read_at(struct slice cell, int64_t *at)
{
    struct date_time time;
    if (!date_read(cell, DATE_YMD, &time) || time.has_offset) {
        return false;
    }
    *at = (int64_t)time.day * DATE_DAY_SECONDS + (time.has_time ? time.second : DATE_DAY_SECONDS - 1);
    return true;
}

static const char *read_head(const struct slice cells[CELL_CONTACT], struct entry *entry)
{
    entry->event = entry_event_of(cells[CELL_EVENT]);
    entry->run = cells[CELL_RUN];
    if (entry->event == ENTRY_EVENTS) {
        return "unknown event";
    }
    return read_at(cells[CELL_AT], &entry->at) ? NULL : "column 'at': not a date";
}

static const char *read_contact(struct entry *entry)
{
    int64_t due;
    if (entry->event == ENTRY_SNOOZE && !read_at(entry->contact[CONTACT_DUE], &due)) {
        return "column 'due': not a date";
    }
    if (entry->event != ENTRY_PRINTED && !key_read(entry->contact[CONTACT_KEY], &entry->key)) {
        return "column 'key': not a key";
    }
    return NULL;
}

const char *entry_read(struct slice line, struct text *scratch, struct entry *entry)
{
    struct slice cells[CELL_COUNT];
    const char *problem = split(line, scratch, cells);
    if (problem != NULL) {
        return problem;
    }
    entry->head = slice_part(line, 0, 0);
    entry->note = cells[CELL_NOTE];
    memcpy(entry->contact, cells + CELL_CONTACT, sizeof entry->contact);
    problem = read_head(cells, entry);
    return problem != NULL ? problem : read_contact(entry);
}

// Where the cells of a plain line end: CELL_COUNT of them, the last one at the line feed. False when it is none.
static bool find_ends(struct slice bytes, size_t ends[CELL_COUNT + MARKS_SPAN])
{
    size_t count = 0;
    for (size_t at = 0; at < bytes.length; at += MARKS_SPAN) {
        char room[MARKS_SPAN];
        const char *span = marks_span(bytes, at, room);
        uint64_t stops = marks_of(span, '\n', '"');
        uint64_t before_stop = (stops & -stops) - 1;
        for (uint64_t commas = marks_of(span, ',', ',') & before_stop; commas != 0; commas &= commas - 1) {
            ends[count++] = at + (size_t)__builtin_ctzll(commas);
        }
        if (count >= CELL_COUNT) {
            return false;
        }
        if (stops != 0) {
            ends[count] = at + (size_t)__builtin_ctzll(stops);
            return count == CELL_COUNT - 1 && bytes.data[ends[count]] == '\n';
        }
    }
    return false;
}

static bool read_plain_head(struct slice bytes, const size_t ends[], const struct entry *before, struct entry *entry)
{
    struct slice head = slice_part(bytes, 0, ends[CELL_RUN] + 1);
    bool alike = before != NULL && slice_equal(before->head, head);
    entry->head = head;
    if (alike) {
        entry->event = before->event;
        entry->at = before->at;
        entry->run = slice_part(bytes, ends[CELL_AT] + 1, ends[CELL_RUN]);
        return true;
    }
    struct slice cells[] = {
        [CELL_EVENT] = slice_part(bytes, 0, ends[CELL_EVENT]),
        [CELL_AT] = slice_part(bytes, ends[CELL_EVENT] + 1, ends[CELL_AT]),
        [CELL_RUN] = slice_part(bytes, ends[CELL_AT] + 1, ends[CELL_RUN]),
    };
    return read_head(cells, entry) == NULL;
}

bool entry_read_plain(struct slice bytes, const struct entry *before, struct entry *entry, size_t *length)
{
    size_t ends[CELL_COUNT + MARKS_SPAN];
    if (!find_ends(bytes, ends) || !read_plain_head(bytes, ends, before, entry)) {
        return false;
    }
    static const enum contact_column asked_for[] = {CONTACT_OWNER, CONTACT_DUE, CONTACT_KEY};
    for (size_t i = 0; i < sizeof asked_for / sizeof asked_for[0]; i++) {
        const size_t *end = ends + CELL_CONTACT + asked_for[i];
        entry->contact[asked_for[i]] = slice_part(bytes, end[-1] + 1, end[0]);
    }
    *length = ends[CELL_NOTE] + 1;
    return read_contact(entry) == NULL;
}

static bool needs_quotes(struct slice cell)
{
    bool blank_end = cell.length > 0 && (cell.data[0] == ' ' || cell.data[0] == '\t' ||
                                         cell.data[cell.length - 1] == ' ' || cell.data[cell.length - 1] == '\t');
    return blank_end || slice_find(cell, ',', 0) < cell.length || slice_find(cell, '"', 0) < cell.length;
}

static void append_cell(struct text *out, struct slice cell)
{
    if (!needs_quotes(cell)) {
        text_append(out, cell);
        return;
    }
    text_append_byte(out, '"');
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.data[i] == '"') {
            text_append_byte(out, '"');
        }
        text_append_byte(out, cell.data[i]);
    }
    text_append_byte(out, '"');
}

static void append_day(struct text *out, int32_t day)
{
    char digits[DATE_SIZE];
    size_t length = date_print(digits, day);
    text_append(out, (struct slice){digits, length});
}

size_t entry_print_at(char out[DATE_SIZE], int64_t at)
{
    bool whole_day = (at + 1) % DATE_DAY_SECONDS == 0;
    return whole_day ? date_print(out, (int32_t)((at + 1) / DATE_DAY_SECONDS - 1)) : date_print_time(out, at);
}

static void append_contact(struct text *out, const struct contact *contact)
{
    const struct slice texts[] = {contact->customer, contact->owner, contact->rule, contact->touch, contact->channel};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        append_cell(out, texts[i]);
        text_append_byte(out, ',');
    }
    char due[DATE_SIZE];
    size_t due_length = contact_print_due(due, contact);
    text_append(out, (struct slice){due, due_length});
    text_append_byte(out, ',');
    append_day(out, contact->nominal);
    text_format(out, ",%lld,%lld,", (long long)contact->overdue, (long long)contact->level);
    if (contact->has_priority) {
        text_format(out, "%lld", (long long)contact->priority);
    }
    text_append_byte(out, ',');
    if (contact->has_cost) {
        char digits[MONEY_SIZE];
        size_t length = money_print(digits, contact->cost);
        text_append(out, (struct slice){digits, length});
    }
    text_append_byte(out, ',');
    append_cell(out, contact->reason);
    text_append_byte(out, ',');
    append_cell(out, contact->key);
}

void entry_append(struct text *out, enum entry_event event, const struct clock *clock, struct slice run,
                  const struct contact *contact, struct slice note)
{
    char at[DATE_SIZE];
    size_t length = entry_print_at(at, clock->now);
    text_format(out, "%s,", event_names[event]);
    text_append(out, (struct slice){at, length});
    text_append_byte(out, ',');
    append_cell(out, run);
    text_append_byte(out, ',');
    if (contact != NULL) {
        append_contact(out, contact);
    } else {
        text_append(out, (struct slice){",,,,,,,,,,,,", CONTACT_COLUMNS - 1});
    }
    text_append_byte(out, ',');
    append_cell(out, note);
    text_append_byte(out, '\n');
}
