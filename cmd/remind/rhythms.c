// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rhythms: each way to a customer's own gap is read once a row, however many rules ask for it.
 */
#include "rhythms.h"

#include <stdlib.h>

#include "columns.h"
#include "heap.h"
#include "slice.h"
#include "text.h"

// One way to find a customer's own gap, and the gap of this row.
struct rhythm {
    size_t column; // TABLE_NO_COLUMN: usual_gap, else t_x / x
    double days;   // 0: none of his own
    uint32_t group;
};

struct rhythms {
    struct table *table;
    const struct policy *policy;
    const struct cell_forms *forms;
    struct gaps *gaps;
    struct rhythm *items;
    size_t count;
    size_t usual_gap; // columns, TABLE_NO_COLUMN where there is none
    size_t t_x;
    size_t x;
    struct text scratch;
};

// The reading that belongs to a gap column.
static struct rhythm *find(const struct rhythms *rhythms, size_t column)
{
    size_t i = 0;
    while (i < rhythms->count && rhythms->items[i].column != column) {
        i++;
    }
    return i == rhythms->count ? NULL : &rhythms->items[i];
}

static size_t column_of(const struct rhythms *rhythms, const char *name)
{
    size_t column;
    return columns_has(table_columns(rhythms->table), slice_of(name), &column) ? column : TABLE_NO_COLUMN;
}

// The ways that rules ask for.
static void add_ways(struct rhythms *rhythms)
{
    const struct policy *policy = rhythms->policy;
    rhythms->items = heap_allocate(policy->count, sizeof *rhythms->items);
    for (size_t i = 0; i < policy->count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (rule->enabled && rule->kind == POLICY_WINBACK && find(rhythms, rule->gap_column) == NULL) {
            rhythms->items[rhythms->count++] = (struct rhythm){.column = rule->gap_column};
        }
    }
}

struct rhythms *rhythms_create(struct table *table, const struct policy *policy, const struct cell_forms *forms)
{
    struct rhythms *rhythms = heap_allocate(1, sizeof *rhythms);
    *rhythms = (struct rhythms){.table = table, .policy = policy, .forms = forms};
    add_ways(rhythms);
    if (rhythms->count == 0) {
        rhythms_free(rhythms);
        return NULL;
    }
    rhythms->gaps = gaps_create();
    rhythms->usual_gap = column_of(rhythms, "usual_gap");
    rhythms->t_x = column_of(rhythms, "t_x");
    rhythms->x = column_of(rhythms, "x");
    return rhythms;
}

void rhythms_free(struct rhythms *rhythms)
{
    if (rhythms == NULL) {
        return;
    }
    gaps_free(rhythms->gaps);
    free(rhythms->items);
    text_free(&rhythms->scratch);
    free(rhythms);
}

struct gaps *rhythms_gaps(const struct rhythms *rhythms)
{
    return rhythms->gaps;
}

double rhythms_days(const struct rhythms *rhythms, const struct policy_rule *rule, uint32_t *group)
{
    const struct rhythm *rhythm = find(rhythms, rule->gap_column);
    *group = rhythm->group;
    return rhythm->days;
}

// A number that may be missing. False when the row was refused.
static bool read_number(const struct rhythms *rhythms, const struct row *row, size_t column, double *value)
{
    *value = 0;
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    enum cell_result result = cell_number(rhythms->forms, row->cells[column], value);
    return result == CELL_BLANK || table_needs(rhythms->table, row, column, result, "a number");
}

static bool read_gap(const struct rhythms *rhythms, const struct row *row, size_t column, double *days)
{
    double span;
    double repeats;
    if (column != TABLE_NO_COLUMN) {
        return read_number(rhythms, row, column, days);
    }
    if (!read_number(rhythms, row, rhythms->usual_gap, days)) {
        return false;
    }
    if (*days > 0) {
        return true;
    }
    if (!read_number(rhythms, row, rhythms->t_x, &span) || !read_number(rhythms, row, rhythms->x, &repeats)) {
        return false;
    }
    *days = repeats > 0 ? span / repeats : 0;
    return true;
}

// The group of customers whose median stands in: those with the same segment, by the same gap column.
static uint32_t group_of(struct rhythms *rhythms, const struct row *row, size_t column)
{
    size_t segment = rhythms->policy->label_columns[POLICY_SEGMENT];
    text_clear(&rhythms->scratch);
    text_format(&rhythms->scratch, "%zu ", column);
    if (segment != TABLE_NO_COLUMN) {
        text_append(&rhythms->scratch, slice_trim_value(row->cells[segment]));
    }
    return gaps_group(rhythms->gaps, text_slice(&rhythms->scratch));
}

bool rhythms_read(struct rhythms *rhythms, const struct row *row)
{
    for (size_t i = 0; i < rhythms->count; i++) {
        struct rhythm *rhythm = &rhythms->items[i];
        if (!read_gap(rhythms, row, rhythm->column, &rhythm->days)) {
            return false;
        }
        rhythm->group = group_of(rhythms, row, rhythm->column);
    }
    for (size_t i = 0; i < rhythms->count; i++) {
        if (rhythms->items[i].days > 0) {
            gaps_add(rhythms->gaps, rhythms->items[i].group, rhythms->items[i].days);
        }
    }
    return true;
}
