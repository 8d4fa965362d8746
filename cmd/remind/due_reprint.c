// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * due_reprint: the contacts that a run recorded, printed again as they were.
 *
 * They come from the ledger alone; the customers are read only for the columns of --keep.
 */
#include <stdlib.h>

#include "contact.h"
#include "due.h"
#include "entry.h"
#include "heap.h"
#include "map.h"

struct recorded {
    struct contact contact;
    struct slice *kept; // NULL: its customer was not found
};

struct recorded_run {
    struct recorded *items;
    size_t count;
    size_t capacity;
};

static struct contact copy_contact(struct due_run *run, const struct contact *contact)
{
    struct contact copy = *contact;
    struct slice *texts[] = {&copy.customer, &copy.owner,  &copy.rule, &copy.touch,
                             &copy.channel,  &copy.reason, &copy.key};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = arena_copy(&run->arena, *texts[i]);
    }
    return copy;
}

// The contacts of the run. False, said, when one cannot be read.
static bool collect(struct due_run *run, struct slice id, struct recorded_run *recorded)
{
    uint64_t place = 0;
    struct entry entry;
    while (ledger_entry(run->ledger, &place, &entry)) {
        struct contact contact;
        enum contact_column wrong;
        if (entry.event != ENTRY_DUE || !slice_equal(entry.run, id)) {
            continue;
        }
        if (!contact_read(entry.contact, &contact, &wrong)) {
            diag_error_at(run->settings->ledger, 0, "run %s: column '%s' cannot be read", run->settings->reprint,
                          contact_name(wrong));
            return false;
        }
        recorded->items = heap_grow(recorded->items, &recorded->capacity, recorded->count + 1, sizeof *recorded->items);
        recorded->items[recorded->count++] = (struct recorded){.contact = copy_contact(run, &contact)};
    }
    return true;
}

static struct slice *copy_kept(struct due_run *run, const struct row *row)
{
    struct slice *kept = arena_allocate(&run->arena, run->kept.count * sizeof *kept);
    for (size_t i = 0; i < run->kept.count; i++) {
        kept[i] = arena_copy(&run->arena, row->cells[run->kept.columns[i]]);
    }
    return kept;
}

// Looks the customers up, of whom the first row counts.
static void read_kept(struct due_run *run, struct recorded_run *recorded)
{
    struct map *customers = map_create(sizeof(struct slice *));
    struct row row;
    struct slice key;
    for (size_t i = 0; i < recorded->count; i++) {
        map_add(customers, recorded->items[i].contact.customer, NULL);
    }
    while (table_next(run->terms.table, &row)) {
        uint32_t index =
            table_key(run->terms.table, &row, run->terms.columns.customer, &key) ? map_find(customers, key) : MAP_NONE;
        struct slice **kept = index == MAP_NONE ? NULL : map_value(customers, index);
        if (kept != NULL && *kept == NULL) {
            *kept = copy_kept(run, &row);
        }
    }
    for (size_t i = 0; i < recorded->count; i++) {
        recorded->items[i].kept =
            *(struct slice **)map_value(customers, map_find(customers, recorded->items[i].contact.customer));
    }
    map_free(customers);
}

static void print(struct due_run *run, const struct recorded_run *recorded)
{
    contact_write_names(run->writer);
    kept_write_names(&run->kept, run->terms.table, run->writer);
    writer_end(run->writer);
    for (size_t i = 0; i < recorded->count; i++) {
        const struct recorded *item = &recorded->items[i];
        contact_write(run->writer, &item->contact);
        for (size_t column = 0; column < run->kept.count; column++) {
            writer_text(run->writer, item->kept == NULL ? (struct slice){"", 0} : item->kept[column]);
        }
        writer_end(run->writer);
    }
}

static enum status print_run(struct due_run *run, struct slice id, struct recorded_run *recorded)
{
    if (run->kept.count > 0) {
        read_kept(run, recorded);
    }
    if (table_stopped(run->terms.table)) {
        return table_status(run->terms.table);
    }
    run->writer = program_writer(run->program, run->terms.table);
    if (run->writer == NULL) {
        return STATUS_SYSTEM;
    }
    print(run, recorded);
    return run->records ? due_finish(run, id, recorded->count) : STATUS_DONE;
}

enum status due_reprint(struct due_run *run)
{
    struct slice id = slice_of(run->settings->reprint);
    struct recorded_run recorded = {0};
    bool read = collect(run, id, &recorded) && !ledger_failed(run->ledger);
    enum status status = ledger_failed(run->ledger) ? STATUS_SYSTEM : STATUS_DATA;
    if (read && recorded.count == 0) {
        status = program_wrong(run->program, "--reprint: no run '%s' recorded a contact in '%s'",
                               run->settings->reprint, run->settings->ledger);
    } else if (read) {
        status = print_run(run, id, &recorded);
    }
    free(recorded.items);
    return status;
}
