// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mark: records in the ledger what the staff did with their contacts: done, skip, snooze, stop.
 *
 * Reads its whole table before it asks for the ledger's lock, so that `remind due | ... | remind mark` cannot wait for
 * itself. Nothing is recorded when a row is refused, unless --rejects takes it.
 */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "contact.h"
#include "date.h"
#include "entry.h"
#include "heap.h"
#include "history.h"
#include "ledger.h"
#include "period.h"
#include "program.h"
#include "remind.h"
#include "sheet.h"
#include "text.h"

struct mark_settings {
    const char *ledger;
    const char *key;
    const char *mark;
    const char *all;
    bool no_wait;
    bool force_clock;
    struct period max_jump;
};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "ledger",
     .value = "FILE",
     .help = "the file in which 'remind due' records",
     .offset = offsetof(struct mark_settings, ledger),
     .written = true},
    {.kind = OPTION_TEXT,
     .name = "all",
     .value = "MARK",
     .help = "give every row this mark, whatever its cell says; no column of marks is needed",
     .offset = offsetof(struct mark_settings, all)},
    {.kind = OPTION_COLUMN,
     .name = "key",
     .value = "COL",
     .help = "column of the keys (key)",
     .offset = offsetof(struct mark_settings, key)},
    {.kind = OPTION_COLUMN,
     .name = "mark",
     .value = "COL",
     .help = "column of the marks (mark)",
     .offset = offsetof(struct mark_settings, mark)},
    {.kind = OPTION_FLAG,
     .name = "no-wait",
     .help = "fail with status 3 when another run holds the ledger's lock",
     .offset = offsetof(struct mark_settings, no_wait)},
    {.kind = OPTION_FLAG,
     .name = "force-clock",
     .help = "go on where the ledger's last entry is later than now or too long ago",
     .offset = offsetof(struct mark_settings, force_clock)},
    {.kind = OPTION_PERIOD,
     .name = "max-jump",
     .value = "PERIOD",
     .help = "how long ago the ledger's last entry may be (31d)",
     .offset = offsetof(struct mark_settings, max_jump)},
    {.kind = OPTION_END},
};

static const struct mark_settings defaults = {
    .key = "key", .mark = "mark", .max_jump = {0, (int64_t)31 * DATE_DAY_SECONDS}};

// One mark, as a cell says it.
struct mark {
    enum entry_event event; // ENTRY_EVENTS: none, the contact is not touched
    struct period snooze;
    struct slice note; // how long, as written
};

struct marks {
    struct mark *items;
    size_t count;
    size_t capacity;
};

struct marking {
    const struct mark_settings *settings;
    struct program *program;
    const struct clock *clock;
    struct table *table;
    size_t key;
    size_t mark;
    struct sheet rows; // those with a mark, one for each of `marks`
    struct marks marks;
    struct ledger *ledger;
    struct text lines;
    size_t counts[ENTRY_EVENTS];
    size_t known; // marks that were made before
    struct arena arena;
};

static const char wanted[] = "not done, skip, snooze PERIOD (as in snooze 7d), stop or blank";

// "snooze 7d": whole days, above zero.
static bool read_snooze(struct slice rest, struct mark *mark)
{
    mark->event = ENTRY_SNOOZE;
    mark->note = slice_trim_value(rest);
    return period_read(mark->note, &mark->snooze) && period_positive(mark->snooze) && period_whole_days(mark->snooze);
}

static bool read_mark(struct slice cell, struct mark *mark)
{
    static const enum entry_event plain[] = {ENTRY_DONE, ENTRY_SKIP, ENTRY_STOP};
    cell = slice_trim_value(cell);
    size_t blank = slice_find(cell, ' ', 0);
    struct slice word = slice_part(cell, 0, blank);
    *mark = (struct mark){.event = ENTRY_EVENTS};
    if (cell.length == 0) {
        return true;
    }
    if (slice_equal_fold(word, slice_of("snooze"))) {
        return read_snooze(slice_part(cell, blank, cell.length), mark);
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0] && blank == cell.length; i++) {
        if (slice_equal_fold(word, slice_of(entry_event_name(plain[i])))) {
            mark->event = plain[i];
        }
    }
    return mark->event != ENTRY_EVENTS;
}

static bool check(const void *given, struct program *program)
{
    const struct mark_settings *settings = given;
    struct mark mark;
    if (settings->ledger == NULL) {
        program_wrong(program, "which ledger? name it with --ledger=FILE");
    } else if (settings->all != NULL && (!read_mark(slice_of(settings->all), &mark) || mark.event == ENTRY_EVENTS)) {
        program_wrong(program, "--all: '%s' is not done, skip, snooze PERIOD or stop", settings->all);
    } else if (!period_positive(settings->max_jump)) {
        program_wrong(program, "--max-jump must be above zero");
    } else {
        return true;
    }
    return false;
}

static bool find_columns(struct marking *marking)
{
    const struct mark_settings *settings = marking->settings;
    return !table_stopped(marking->table) && table_column(marking->table, settings->key, "--key", &marking->key) &&
           (settings->all != NULL || table_column(marking->table, settings->mark, "--mark", &marking->mark));
}

static void add_mark(struct marking *marking, const struct row *row, struct mark mark)
{
    struct marks *marks = &marking->marks;
    mark.note = arena_copy(&marking->arena, mark.note);
    marks->items = heap_grow(marks->items, &marks->capacity, marks->count + 1, sizeof *marks->items);
    marks->items[marks->count++] = mark;
    sheet_add(&marking->rows, row);
}

// The rows that have a mark.
static bool read_marks(struct marking *marking)
{
    struct row row;
    while (table_next(marking->table, &row)) {
        const char *all = marking->settings->all;
        struct mark mark;
        if (!read_mark(all != NULL ? slice_of(all) : row.cells[marking->mark], &mark)) {
            table_refuse(marking->table, &row, marking->mark, wanted);
        } else if (mark.event != ENTRY_EVENTS) {
            add_mark(marking, &row, mark);
        }
    }
    return !table_stopped(marking->table);
}

// What the ledger knows of a key; NULL when nothing.
static const struct history_occurrence *find(const struct marking *marking, const struct key *key)
{
    const struct history *history = ledger_history(marking->ledger);
    const struct history_thread *thread =
        history_thread(history, history_customer(history, key->customer), history_rule(history, key->rule));
    return thread == NULL ? NULL : history_find(history, thread, key->nominal);
}

// Does the contact bear this mark already? Then the sheet was read before; a snoozed one is not on any sheet until it
// is printed again.
static bool is_known(const struct history_occurrence *occurrence, const struct mark *mark)
{
    bool printed_again = mark->event == ENTRY_SNOOZE && occurrence->levels != 0;
    return occurrence->mark == mark->event && !printed_again;
}

// The contact as the ledger has it, moved where the mark puts it.
static bool make_contact(struct marking *marking, const struct history_occurrence *occurrence, struct slice text,
                         const struct key *key, const struct mark *mark, struct entry *entry, struct contact *contact)
{
    uint64_t place = occurrence->place;
    enum contact_column wrong;
    if (!ledger_entry(marking->ledger, &place, entry) || !contact_read(entry->contact, contact, &wrong)) {
        return false;
    }
    contact->overdue = (int64_t)marking->clock->today - contact->due;
    contact->level = key->level;
    contact->key = text;
    if (mark->event == ENTRY_SNOOZE) {
        contact->due = period_add_days(marking->clock->today, mark->snooze, 1);
        contact->has_time = false;
        contact->second = 0;
    }
    return true;
}

// Adds the line to those to be written, and what it says to the history, for a later row with the same key.
static void append(struct marking *marking, const struct mark *mark, const struct contact *contact, struct entry *entry,
                   const struct key *key)
{
    char day[DATE_SIZE];
    entry_append(&marking->lines, mark->event, marking->clock, (struct slice){"", 0}, contact, mark->note);
    entry->event = mark->event;
    entry->at = marking->clock->now;
    entry->run = (struct slice){"", 0};
    entry->key = *key;
    entry->contact[CONTACT_DUE] = (struct slice){day, contact_print_due(day, contact)};
    history_add(ledger_history(marking->ledger), entry, HISTORY_NO_PLACE);
    marking->counts[mark->event]++;
}

static void apply(struct marking *marking, size_t index)
{
    struct row row;
    struct key key;
    struct entry entry;
    struct contact contact;
    const struct mark *mark = &marking->marks.items[index];
    sheet_row(&marking->rows, index, &row);
    struct slice text = key_cell(row.cells[marking->key]);
    if (!key_read(text, &key)) {
        table_refuse(marking->table, &row, marking->key, text.length == 0 ? "blank, but it is marked" : "not a key");
        return;
    }
    const struct history_occurrence *occurrence = find(marking, &key);
    if (occurrence == NULL) {
        table_refuse(marking->table, &row, marking->key, "the ledger has no contact with this key");
    } else if (is_known(occurrence, mark)) {
        marking->known++;
    } else if (make_contact(marking, occurrence, text, &key, mark, &entry, &contact)) {
        append(marking, mark, &contact, &entry, &key);
    } else if (ledger_failed(marking->ledger)) {
        table_stop(marking->table, STATUS_SYSTEM);
    } else {
        table_refuse(marking->table, &row, marking->key, "its contact in the ledger cannot be read");
    }
}

// One row a mark that was made.
static void print_counts(const struct marking *marking, struct writer *writer)
{
    writer_name(writer, slice_of("mark"));
    writer_name(writer, slice_of("contacts"));
    writer_end(writer);
    for (size_t i = 0; i < ENTRY_EVENTS; i++) {
        if (marking->counts[i] > 0) {
            writer_string(writer, entry_event_name((enum entry_event)i));
            writer_whole(writer, (int64_t)marking->counts[i]);
            writer_end(writer);
        }
    }
}

static enum status apply_all(struct marking *marking)
{
    for (size_t i = 0; i < marking->marks.count && !table_stopped(marking->table); i++) {
        apply(marking, i);
    }
    if (table_stopped(marking->table)) {
        return table_status(marking->table);
    }
    if (marking->lines.length > 0 && !ledger_append(marking->ledger, text_slice(&marking->lines))) {
        return STATUS_SYSTEM;
    }
    if (marking->known > 0) {
        diag_note(program_diag(marking->program), "marked so before, and left alone: %zu", marking->known);
    }
    return STATUS_DONE;
}

static enum status open_ledger(struct marking *marking)
{
    const struct mark_settings *settings = marking->settings;
    enum status status;
    struct ledger_options how = {
        .path = settings->ledger, .change = true, .no_wait = settings->no_wait, .until = INT64_MAX};
    marking->ledger = ledger_open(&how, marking->clock, program_diag(marking->program), &status);
    if (marking->ledger == NULL) {
        return status;
    }
    bool fits = settings->force_clock || ledger_clock_fits(marking->ledger, marking->clock, settings->max_jump);
    return fits ? STATUS_DONE : STATUS_SYSTEM;
}

static void release(struct marking *marking)
{
    ledger_close(marking->ledger);
    sheet_free(&marking->rows);
    free(marking->marks.items);
    text_free(&marking->lines);
    arena_free(&marking->arena);
}

static enum status run(const void *given, struct program *program)
{
    struct marking marking = {
        .settings = given,
        .program = program,
        .clock = program_clock(program),
        .table = program_input(program),
    };
    struct writer *writer = NULL;
    enum status status = STATUS_DONE;
    if (!find_columns(&marking) || !read_marks(&marking)) {
        status = table_status(marking.table);
    } else {
        status = open_ledger(&marking);
        writer = status == STATUS_DONE ? program_writer(program, marking.table) : NULL;
        status = status == STATUS_DONE && writer == NULL ? STATUS_SYSTEM : status;
        status = status == STATUS_DONE ? apply_all(&marking) : status;
    }
    if (status == STATUS_DONE && writer != NULL) { // NULL: not even a header was there to read
        print_counts(&marking, writer);
    }
    release(&marking);
    return status;
}

const struct mode remind_mark = {
    .name = "mark",
    .summary = "records in the ledger which contacts were done, skipped, snoozed or stopped",
    .usage = "[FILE|-]...",
    .examples = {"remind mark --ledger=remind/sent.csv --today=2026-11-25 remind/ticked.csv",
                 "remind open --ledger=remind/sent.csv --today=2026-11-25 | remind mark --ledger=remind/sent.csv "
                 "--today=2026-11-25 --all=done"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
