// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The table is filled by running the rules on rows made up of the scores as text, as a file would hold them.
 */
#include "groups.h"

#include <stdlib.h>

#include "builtin.h"
#include "columns.h"
#include "complaints.h"
#include "heap.h"

enum {
    LEVELS = GROUPS_BEST + 1,
};

const char *const groups_columns[GROUPS_SCORES] = {"r_score", "f_score", "m_score"};

struct groups {
    struct columns columns;
    struct cell_forms forms;
    struct expression_scope scope;
    struct rules *rules;
    size_t rule[LEVELS][LEVELS][LEVELS];
};

// The cells of a row that holds these scores.
static void make_cells(const unsigned scores[GROUPS_SCORES], struct slice cells[GROUPS_SCORES])
{
    static const char digits[] = "012345";
    for (size_t i = 0; i < GROUPS_SCORES; i++) {
        cells[i] = (struct slice){digits + scores[i], scores[i] == 0 ? 0 : 1};
    }
}

static void fill(struct groups *groups)
{
    for (unsigned number = 0; number < LEVELS * LEVELS * LEVELS; number++) {
        unsigned scores[] = {number / (LEVELS * LEVELS), number / LEVELS % LEVELS, number % LEVELS};
        struct slice cells[GROUPS_SCORES];
        make_cells(scores, cells);
        struct row row = {.cells = cells, .count = GROUPS_SCORES};
        struct rules_remark remark;
        groups->rule[scores[0]][scores[1]][scores[2]] = rules_match(groups->rules, &row, &remark);
    }
}

struct groups *groups_create(const char *name, const struct clock *clock)
{
    struct groups *groups = heap_allocate(1, sizeof *groups);
    struct slice header[GROUPS_SCORES];
    for (size_t i = 0; i < GROUPS_SCORES; i++) {
        header[i] = slice_of(groups_columns[i]);
    }
    struct row row = {.cells = header, .count = GROUPS_SCORES};
    columns_set(&groups->columns, &row);
    groups->forms.decimal = '.';
    groups->scope = (struct expression_scope){.columns = &groups->columns, .forms = &groups->forms, .clock = clock};
    groups->rules = rules_create(&groups->scope);
    struct slice source;
    struct complaints complaints = {0};
    if (builtin_find(name, &source)) {
        rules_add(groups->rules, source, name, &complaints);
    }
    complaints_print(&complaints);
    complaints_free(&complaints);
    fill(groups);
    return groups;
}

void groups_free(struct groups *groups)
{
    rules_free(groups->rules);
    columns_free(&groups->columns);
    free(groups);
}

const struct rules *groups_rules(const struct groups *groups)
{
    return groups->rules;
}

size_t groups_find(const struct groups *groups, const unsigned scores[GROUPS_SCORES])
{
    return groups->rule[scores[0]][scores[1]][scores[2]];
}
