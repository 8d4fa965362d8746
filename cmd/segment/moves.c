// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment moves: from which segment to which customers went since last month, how many, and what they were and are
 * worth.
 *
 * Keeps last month's customers, one entry each, and one entry a pair of segments. The pairs come by customers, most
 * first, equals by name, so that no row order matters.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "amount.h"
#include "heap.h"
#include "map.h"
#include "money.h"
#include "segment.h"

struct moves_settings {
    const char *previous;
    const char *customer;
    const char *segment;
    const char *value;
    bool changed;
};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "previous",
     .value = "FILE",
     .help = "last month's table, with the same columns (needed)",
     .offset = offsetof(struct moves_settings, previous)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "the customer, in both tables",
     .offset = offsetof(struct moves_settings, customer)},
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "the label to compare, in both tables: a segment, a tier, a stage",
     .offset = offsetof(struct moves_settings, segment)},
    {.kind = OPTION_COLUMN,
     .name = "value",
     .value = "COL",
     .help = "the amount to add up, in both tables (default: the revenue, where there is one)",
     .offset = offsetof(struct moves_settings, value)},
    {.kind = OPTION_FLAG,
     .name = "changed",
     .help = "leave out those who stayed where they were",
     .offset = offsetof(struct moves_settings, changed)},
    {.kind = OPTION_END},
};

static const struct moves_settings defaults = {0};

static bool check(const void *given, struct program *program)
{
    const struct moves_settings *settings = given;
    if (settings->previous == NULL) {
        program_wrong(program, "against what? name last month's table with --previous=FILE");
        return false;
    }
    return true;
}

// One of the two tables.
struct side {
    struct table *table;
    size_t customer;
    size_t segment;
    size_t value; // TABLE_NO_COLUMN when there is none
};

// A customer: what last month's table has of him, and whether he was met in this month's.
struct mover {
    struct money before;
    uint32_t from;
    bool was_there;
    bool is_there;
};

// A pair of segments.
struct move {
    uint32_t from;
    uint32_t to;
    uint64_t customers;
    struct money_sum before;
    struct money_sum now;
};

struct moves {
    const struct moves_settings *settings;
    struct program *program;
    struct side previous;
    struct side now;
    struct map *movers; // struct mover
    struct map *labels; // the first is the empty one
    struct map *pairs;  // struct move, by two numbers of labels
    uint8_t currency;
};

enum {
    NOWHERE = 0, // the number of the empty label
};

static bool find_columns(struct side *side, const struct moves_settings *settings)
{
    if (table_stopped(side->table) || !table_role(side->table, ROLE_CUSTOMER, settings->customer, &side->customer) ||
        !table_role(side->table, ROLE_SEGMENT, settings->segment, &side->segment)) {
        return false;
    }
    return settings->value == NULL ? table_optional_role(side->table, ROLE_REVENUE, NULL, &side->value)
                                   : table_column(side->table, settings->value, "--value", &side->value);
}

// A blank value is nothing. False when the row was refused.
static bool read_value(struct moves *moves, const struct side *side, const struct row *row, struct money *value)
{
    *value = (struct money){0};
    if (side->value == TABLE_NO_COLUMN) {
        return true;
    }
    if (amount_money(program_forms(moves->program), row->cells[side->value], value) == CELL_BAD) {
        table_needs(side->table, row, side->value, CELL_BAD, "an amount");
        return false;
    }
    if (moves->currency == MONEY_NO_CURRENCY) {
        moves->currency = value->currency;
    }
    if (value->currency != MONEY_NO_CURRENCY && value->currency != moves->currency) {
        table_refuse(side->table, row, side->value, "another currency than in the rows before");
        return false;
    }
    return true;
}

static uint32_t number_of(struct map *labels, struct slice label)
{
    uint32_t number;
    map_add(labels, label, &number);
    return number;
}

// What a row of either table tells. False when it was refused; then nothing of it is kept.
static bool read_row(struct moves *moves, const struct side *side, const struct row *row, struct slice *key,
                     struct money *value, uint32_t *label)
{
    if (!table_key(side->table, row, side->customer, key) || !read_value(moves, side, row, value)) {
        return false;
    }
    *label = number_of(moves->labels, slice_trim_value(row->cells[side->segment]));
    return true;
}

static void read_previous(struct moves *moves)
{
    const struct side *side = &moves->previous;
    struct row row;
    while (table_next(side->table, &row)) {
        struct slice key;
        struct mover read = {.was_there = true};
        if (!read_row(moves, side, &row, &key, &read.before, &read.from)) {
            continue;
        }
        struct mover *mover = map_add(moves->movers, key, NULL);
        if (mover->was_there) {
            table_refuse(side->table, &row, side->customer, "a customer who stands there already");
        } else {
            *mover = read;
        }
    }
}

static void count(struct moves *moves, const struct mover *mover, uint32_t to, struct money value)
{
    uint32_t pair[] = {mover->from, to};
    struct move *move = map_add(moves->pairs, (struct slice){(const char *)pair, sizeof pair}, NULL);
    move->from = mover->from;
    move->to = to;
    move->customers++;
    money_add(&move->before, mover->before);
    money_add(&move->now, value);
}

static void read_now(struct moves *moves)
{
    const struct side *side = &moves->now;
    struct row row;
    while (table_next(side->table, &row)) {
        struct slice key;
        struct money value;
        uint32_t to;
        if (!read_row(moves, side, &row, &key, &value, &to)) {
            continue;
        }
        struct mover *mover = map_add(moves->movers, key, NULL);
        if (mover->is_there) {
            table_refuse(side->table, &row, side->customer, "a customer who stands there already");
            continue;
        }
        mover->is_there = true;
        count(moves, mover, to, value);
    }
}

static void count_gone(struct moves *moves)
{
    uint64_t gone = 0;
    uint64_t both = 0;
    size_t movers = map_count(moves->movers);
    for (uint32_t i = 0; i < movers; i++) {
        const struct mover *mover = map_value(moves->movers, i);
        both += mover->is_there && mover->was_there;
        if (!mover->is_there) {
            count(moves, mover, NOWHERE, (struct money){0});
            gone++;
        }
    }
    diag_detail(program_diag(moves->program), "customers in both tables: %llu, only before: %llu, only now: %llu",
                (unsigned long long)both, (unsigned long long)gone, (unsigned long long)(movers - both - gone));
}

// A move with the names of its ends, to be ordered by.
struct line {
    const struct move *move;
    struct slice from;
    struct slice to;
};

static int compare(const void *first, const void *second)
{
    const struct line *a = first;
    const struct line *b = second;
    if (a->move->customers != b->move->customers) {
        return a->move->customers < b->move->customers ? 1 : -1;
    }
    int order = slice_compare(a->from, b->from);
    return order != 0 ? order : slice_compare(a->to, b->to);
}

static struct line *order(const struct moves *moves)
{
    size_t pairs = map_count(moves->pairs);
    struct line *lines = heap_allocate(pairs, sizeof *lines);
    for (uint32_t i = 0; i < pairs; i++) {
        const struct move *move = map_value(moves->pairs, i);
        lines[i] = (struct line){move, map_key(moves->labels, move->from), map_key(moves->labels, move->to)};
    }
    if (pairs > 0) {
        qsort(lines, pairs, sizeof *lines, compare);
    }
    return lines;
}

static void write_value(struct writer *writer, const struct side *side, struct money_sum value)
{
    if (side->value == TABLE_NO_COLUMN) {
        writer_blank(writer);
    } else {
        writer_money(writer, value);
    }
}

static void write_moves(const struct moves *moves, struct writer *writer)
{
    static const char *const names[] = {"from", "to", "customers", "value_before", "value_now"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    struct line *lines = order(moves);
    for (size_t i = 0; i < map_count(moves->pairs); i++) {
        const struct move *move = lines[i].move;
        if (moves->settings->changed && move->from == move->to) {
            continue;
        }
        writer_text(writer, lines[i].from);
        writer_text(writer, lines[i].to);
        writer_whole(writer, (int64_t)move->customers);
        write_value(writer, &moves->previous, move->before);
        write_value(writer, &moves->now, move->now);
        writer_end(writer);
    }
    free(lines);
}

static enum status compare_tables(struct moves *moves)
{
    moves->now.table = program_input(moves->program);
    if (!find_columns(&moves->now, moves->settings)) {
        return table_status(moves->now.table);
    }
    moves->previous.table = program_side_table(moves->program, moves->settings->previous);
    if (find_columns(&moves->previous, moves->settings)) {
        read_previous(moves);
    }
    if (table_stopped(moves->previous.table)) {
        table_stop(moves->now.table, table_status(moves->previous.table));
        return table_status(moves->now.table);
    }
    read_now(moves);
    if (table_stopped(moves->now.table)) {
        return table_status(moves->now.table);
    }
    count_gone(moves);
    struct writer *writer = program_writer(moves->program, moves->now.table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_moves(moves, writer);
    return STATUS_DONE;
}

static enum status run(const void *settings, struct program *program)
{
    struct moves moves = {
        .settings = settings,
        .program = program,
        .movers = map_create(sizeof(struct mover)),
        .labels = map_create(0),
        .pairs = map_create(sizeof(struct move)),
    };
    number_of(moves.labels, (struct slice){"", 0}); // NOWHERE
    enum status status = compare_tables(&moves);
    map_free(moves.movers);
    map_free(moves.labels);
    map_free(moves.pairs);
    return status;
}

const struct mode segment_moves = {
    .name = "moves",
    .summary = "from which segment to which customers went since last month, and what they were and are worth",
    .usage = "[FILE|-]...",
    .examples = {"segment moves --previous=segment/labelled.csv segment/labelled-now.csv",
                 "segment moves --segment=country --value=cost --previous=segment/labelled.csv segment/labelled.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
