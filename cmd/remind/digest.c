// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * digest: contacts as plain text that a person reads, one block an owner.
 *
 * Gathers its rows, whose widths decide the columns. Widths are those of a terminal: a wide character counts two.
 */
#include "digest.h"

#include <stdlib.h>

#include "arena.h"
#include "character.h"
#include "columns.h"
#include "contact.h"
#include "heap.h"
#include "message.h"
#include "output.h"
#include "program.h"
#include "remind.h"

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "owner",
     .value = "COL",
     .help = "column of the owner, who has a block of his own (owner)",
     .offset = offsetof(struct digest_settings, owner)},
    {.kind = OPTION_COLUMN,
     .name = "cost",
     .value = "COL",
     .help = "column of the cost, which is summed up (cost, if it is there)",
     .offset = offsetof(struct digest_settings, cost)},
    {.kind = OPTION_FLAG,
     .name = "mail",
     .help = "write a message for 'sendmail -t -i'; the contacts must be of one owner",
     .offset = offsetof(struct digest_settings, mail)},
    {.kind = OPTION_FILE,
     .name = "split",
     .value = "DIR",
     .help = "write a message for each owner into this folder, OWNER.eml, and print a table of them",
     .offset = offsetof(struct digest_settings, split),
     .written = true},
    {.kind = OPTION_FILE,
     .name = "owners",
     .value = "FILE",
     .help = "a table of the owners' addresses: owner,address and perhaps name",
     .offset = offsetof(struct digest_settings, owners)},
    {.kind = OPTION_TEXT,
     .name = "to",
     .value = "ADDRESS",
     .help = "whom to send the message of --mail, instead of --owners",
     .offset = offsetof(struct digest_settings, to)},
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "ADDRESS",
     .help = "who sends the messages (whoever runs sendmail)",
     .offset = offsetof(struct digest_settings, from)},
    {.kind = OPTION_TEXT,
     .name = "subject",
     .value = "TEXT",
     .help = "the subject of the messages (how many contacts for which day, and their cost)",
     .offset = offsetof(struct digest_settings, subject)},
    {.kind = OPTION_END},
};

static bool check(const void *given, struct program *program)
{
    const struct digest_settings *settings = given;
    bool messages = settings->mail || settings->split != NULL;
    if (settings->mail && settings->split != NULL) {
        program_wrong(program, "--mail writes one message and --split a file each: use one of them");
    } else if (!messages && (settings->owners != NULL || settings->to != NULL || settings->from != NULL ||
                             settings->subject != NULL)) {
        program_wrong(program, "--owners, --to, --from and --subject are for --mail or --split");
    } else if (settings->mail && (settings->owners == NULL) == (settings->to == NULL)) {
        program_wrong(program, "--mail needs an address: either --to=ADDRESS or --owners=FILE");
    } else if (settings->split != NULL && (settings->owners == NULL || settings->to != NULL)) {
        program_wrong(program, "--split needs the owners' addresses: --owners=FILE, and no --to");
    } else if (settings->to != NULL && !message_is_address(slice_of(settings->to))) {
        program_wrong(program, "--to: not an address, as in mei@example.org");
    } else if (settings->from != NULL && !message_is_address(slice_of(settings->from))) {
        program_wrong(program, "--from: not an address, as in shop@example.org");
    } else {
        return settings->split != NULL || program_writes_text(program);
    }
    return false;
}

static const struct digest_settings defaults = {.owner = NULL};

// Columns that say nothing to a person, or that the block's head says.
static bool is_shown(const struct digest *digest, size_t column)
{
    static const enum contact_column hidden[] = {CONTACT_RULE, CONTACT_NOMINAL, CONTACT_PRIORITY, CONTACT_KEY};
    enum contact_column name = contact_column_of(table_columns(digest->table)->folded[column]);
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (name == hidden[i]) {
            return false;
        }
    }
    return column != digest->owner && digest->widths[column] > 0;
}

// Nothing to tell: an empty cell, and 0 as the level of a contact that was not escalated.
static bool is_empty(const struct digest *digest, size_t column, struct slice cell)
{
    bool level = contact_column_of(table_columns(digest->table)->folded[column]) == CONTACT_LEVEL;
    return cell.length == 0 || (level && slice_is(cell, "0"));
}

// Columns on a terminal, as append_plain writes it.
static size_t width_of(struct slice text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(slice_part(text, at, text.length));
        width += (size_t)character_width(character.code);
        at += character.length;
    }
    return width;
}

void digest_append_plain(struct text *out, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(slice_part(text, at, text.length));
        if (character_is_control(character)) {
            text_append_byte(out, ' ');
        } else {
            text_append(out, slice_part(text, at, at + character.length));
        }
        at += character.length;
    }
}

static void append_blanks(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_append_byte(out, ' ');
    }
}

// Numbers stand to the right. Known by their column: an order number is no number.
static bool is_number(const struct digest *digest, size_t column)
{
    struct slice name = table_columns(digest->table)->folded[column];
    enum contact_column known = contact_column_of(name);
    return column == digest->cost || known == CONTACT_OVERDUE || known == CONTACT_LEVEL || slice_is(name, "age");
}

static void measure(struct digest *digest, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        size_t width = is_empty(digest, i, row->cells[i]) ? 0 : width_of(row->cells[i]);
        if (width > digest->widths[i]) {
            digest->widths[i] = width;
        }
    }
}

static void take(struct digest *digest, const struct row *row)
{
    struct money cost = {0};
    if (digest->cost != TABLE_NO_COLUMN) {
        enum cell_result result = cell_money(digest->forms, row->cells[digest->cost], &cost);
        if (result != CELL_BLANK && !table_needs(digest->table, row, digest->cost, result, "an amount")) {
            return;
        }
    }
    struct owner *owner = map_add(digest->owners, slice_trim_value(row->cells[digest->owner]), NULL);
    owner->rows = heap_grow(owner->rows, &owner->capacity, owner->count + 1, sizeof *owner->rows);
    owner->rows[owner->count++] = digest->sheet.count;
    money_add(&owner->cost, cost);
    sheet_add(&digest->sheet, row);
    measure(digest, row);
}

void digest_widen(struct digest *digest)
{
    const struct columns *columns = table_columns(digest->table);
    for (size_t i = 0; i < columns->count; i++) {
        size_t width = width_of(columns->names[i]);
        if (digest->widths[i] > 0 && digest->widths[i] < width) {
            digest->widths[i] = width;
        }
    }
}

static void append_line(struct digest *digest, const struct slice *cells)
{
    struct text *out = &digest->out;
    size_t end = out->length;
    for (size_t i = 0; i < table_columns(digest->table)->count; i++) {
        if (!is_shown(digest, i)) {
            continue;
        }
        struct slice cell = is_empty(digest, i, cells[i]) ? (struct slice){"", 0} : cells[i];
        size_t blanks = digest->widths[i] - width_of(cell);
        bool number = is_number(digest, i);
        append_blanks(out, number ? 2 + blanks : 2);
        digest_append_plain(out, cell);
        end = cell.length > 0 ? out->length : end;
        append_blanks(out, number ? 0 : blanks);
    }
    out->length = end; // no blanks at the end of a line
    text_append_byte(out, '\n');
}

static void append_totals(struct digest *digest, size_t contacts, struct money_sum cost)
{
    text_format(&digest->out, "%zu contact%s", contacts, contacts == 1 ? "" : "s");
    if (digest->cost != TABLE_NO_COLUMN) {
        char digits[MONEY_SIZE];
        size_t length = money_print(digits, cost);
        text_append_string(&digest->out, ", cost ");
        text_append(&digest->out, (struct slice){digits, length});
    }
}

void digest_append_block(struct digest *digest, struct slice name, const struct owner *owner)
{
    digest_append_plain(&digest->out, name.length > 0 ? name : slice_of("(no owner)"));
    text_append_string(&digest->out, ": ");
    append_totals(digest, owner->count, owner->cost);
    text_append_string(&digest->out, "\n\n");
    append_line(digest, table_columns(digest->table)->names);
    for (size_t i = 0; i < owner->count; i++) {
        struct row row;
        sheet_row(&digest->sheet, owner->rows[i], &row);
        append_line(digest, row.cells);
    }
    text_append_byte(&digest->out, '\n');
}

static void append_all(struct digest *digest)
{
    struct money_sum cost = {0};
    digest_widen(digest);
    for (uint32_t i = 0; i < map_count(digest->owners); i++) {
        const struct owner *owner = map_value(digest->owners, i);
        digest_append_block(digest, map_key(digest->owners, i), owner);
        money_add_sum(&cost, owner->cost);
    }
    append_totals(digest, digest->sheet.count, cost);
    text_format(&digest->out, ", owners %zu\n", map_count(digest->owners));
}

static bool find_owner(struct digest *digest, const char *name)
{
    return name == NULL ? table_made_column(digest->table, "owner", "--owner", "remind due", &digest->owner)
                        : table_column(digest->table, name, "--owner", &digest->owner);
}

static bool find_columns(struct digest *digest, const struct digest_settings *settings)
{
    digest->cost = TABLE_NO_COLUMN;
    if (table_stopped(digest->table) || !find_owner(digest, settings->owner) ||
        (settings->cost != NULL && !table_column(digest->table, settings->cost, "--cost", &digest->cost))) {
        return false;
    }
    if (settings->cost == NULL && !columns_has(table_columns(digest->table), slice_of("cost"), &digest->cost)) {
        digest->cost = TABLE_NO_COLUMN;
    }
    digest->widths = heap_allocate(table_columns(digest->table)->count, sizeof *digest->widths);
    return true;
}

static enum status gather(struct digest *digest, const struct digest_settings *settings)
{
    struct row row;
    if (!find_columns(digest, settings)) {
        return table_status(digest->table);
    }
    while (table_next(digest->table, &row)) {
        take(digest, &row);
    }
    return table_stopped(digest->table) ? table_status(digest->table) : STATUS_DONE;
}

static void release(struct digest *digest)
{
    for (uint32_t i = 0; i < map_count(digest->owners); i++) {
        struct owner *owner = map_value(digest->owners, i);
        free(owner->rows);
    }
    map_free(digest->owners);
    addresses_free(&digest->addresses);
    sheet_free(&digest->sheet);
    free(digest->widths);
    text_free(&digest->out);
}

static enum status print_text(struct digest *digest, struct program *program)
{
    struct output *output = program_output(program);
    if (output != NULL) {
        output_write(output, text_slice(&digest->out));
    }
    return output == NULL ? STATUS_SYSTEM : STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    const struct digest_settings *settings = given;
    struct digest digest = {
        .table = program_input(program),
        .forms = program_forms(program),
        .owners = map_create(sizeof(struct owner)),
    };
    enum status status = gather(&digest, settings);
    if (status == STATUS_DONE && (settings->mail || settings->split != NULL)) {
        status = digest_write_messages(&digest, settings, program);
    } else if (status == STATUS_DONE) {
        append_all(&digest);
        status = print_text(&digest, program);
    }
    release(&digest);
    return status;
}

const struct mode remind_digest = {
    .name = "digest",
    .summary = "due contacts as plain text that a person reads, one block an owner",
    .usage = "[FILE|-]...",
    .examples = {"remind due -p remind/policy.csv --today=2026-11-21 remind/people.csv | remind digest",
                 "remind open --ledger=remind/sent.csv --today=2026-11-25 | remind digest"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
