// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * open: the contacts that were printed and are waiting to be marked, oldest first.
 *
 * Reads the ledger without its lock: a run that is writing adds lines at the end, and a line not yet whole is not read.
 */
#include <stdint.h>
#include <stdlib.h>

#include "contact.h"
#include "date.h"
#include "entry.h"
#include "heap.h"
#include "history.h"
#include "ledger.h"
#include "program.h"
#include "remind.h"

struct open_settings {
    const char *ledger;
};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "ledger",
     .value = "FILE",
     .help = "the file in which 'remind due' records",
     .offset = offsetof(struct open_settings, ledger),
     .written = true},
    {.kind = OPTION_END},
};

static const struct open_settings defaults = {0};

// Where the ledger holds the contact, and when it was printed.
struct waiting {
    uint64_t place;
    int64_t at;
};

static bool check(const void *given, struct program *program)
{
    const struct open_settings *settings = given;
    if (settings->ledger == NULL) {
        program_wrong(program, "which ledger? name it with --ledger=FILE");
    }
    return settings->ledger != NULL;
}

static int by_age(const void *left, const void *right)
{
    const struct waiting *a = left;
    const struct waiting *b = right;
    int order = (a->at > b->at) - (a->at < b->at);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static size_t collect(struct ledger *ledger, struct waiting *waiting)
{
    const struct history *history = ledger_history(ledger);
    size_t count = 0;
    for (size_t i = 0; i < history_count(history); i++) {
        const struct history_occurrence *occurrence = history_at(history, i);
        uint64_t place = occurrence->place;
        struct entry entry;
        if (history_is_open(occurrence) && ledger_entry(ledger, &place, &entry)) {
            waiting[count++] = (struct waiting){occurrence->place, entry.at};
        }
    }
    if (count > 0) {
        qsort(waiting, count, sizeof *waiting, by_age);
    }
    return count;
}

static void write_names(struct writer *writer)
{
    contact_write_names(writer);
    writer_name(writer, slice_of("at"));
    writer_name(writer, slice_of("age"));
    writer_end(writer);
}

static void write_at(struct writer *writer, int64_t at, int32_t today)
{
    char digits[DATE_SIZE];
    size_t length = entry_print_at(digits, at);
    writer_text(writer, (struct slice){digits, length});
    writer_whole(writer, (int64_t)today - at / DATE_DAY_SECONDS);
    writer_end(writer);
}

// False, said, when the ledger's entry cannot be read.
static bool write_one(struct ledger *ledger, const char *path, const struct waiting *waiting, const struct clock *clock,
                      struct writer *writer)
{
    uint64_t place = waiting->place;
    struct entry entry;
    struct contact contact;
    enum contact_column wrong;
    if (!ledger_entry(ledger, &place, &entry)) {
        return false;
    }
    if (!contact_read(entry.contact, &contact, &wrong)) {
        diag_error_at(path, 0, "column '%s' of a contact cannot be read", contact_name(wrong));
        return false;
    }
    contact.overdue = (int64_t)clock->today - contact.due;
    contact_write(writer, &contact);
    write_at(writer, waiting->at, clock->today);
    return true;
}

static enum status write_all(struct ledger *ledger, const char *path, struct program *program, struct writer *writer)
{
    struct waiting *waiting = heap_allocate(history_count(ledger_history(ledger)), sizeof *waiting);
    size_t count = collect(ledger, waiting);
    enum status status = STATUS_DONE;
    write_names(writer);
    for (size_t i = 0; status == STATUS_DONE && i < count; i++) {
        status = write_one(ledger, path, &waiting[i], program_clock(program), writer) ? STATUS_DONE : STATUS_DATA;
    }
    free(waiting);
    return ledger_failed(ledger) ? STATUS_SYSTEM : status;
}

static enum status run(const void *given, struct program *program)
{
    const struct open_settings *settings = given;
    const struct clock *clock = program_clock(program);
    enum status status;
    struct ledger_options how = {.path = settings->ledger, .until = clock->now};
    struct ledger *ledger = ledger_open(&how, clock, program_diag(program), &status);
    if (ledger == NULL) {
        return status;
    }
    struct writer *writer = program_writer(program, NULL);
    status = writer == NULL ? STATUS_SYSTEM : write_all(ledger, settings->ledger, program, writer);
    ledger_close(ledger);
    return status;
}

const struct mode remind_open = {
    .name = "open",
    .summary = "the contacts that were printed but are not done yet, oldest first",
    .examples = {"remind open --ledger=remind/sent.csv --today=2026-11-25",
                 "remind open --ledger=remind/sent.csv --today=2026-11-25 | remind digest"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
