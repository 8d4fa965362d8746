// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table_columns: says what assignment.h found wrong, with what the rows below the header tell, and stops the table.
 */
#include <stdbool.h>
#include <stddef.h>

#include "assignment.h"
#include "columns.h"
#include "diag.h"
#include "files.h"
#include "reader.h"
#include "roles.h"
#include "row.h"
#include "slice.h"
#include "table.h"
#include "table_parts.h"
#include "text.h"

// A header with fewer cells than the record below it may be a line of a preamble. The table is to be stopped.
static void hint_at_preamble(const struct table *table, struct text *problem)
{
    struct row row;
    bool more = !table->options.no_header;
    do {
        more = more && files_next(table->files, &row) == READER_ROW;
    } while (more && row.count == 1 && slice_trim_value(row.cells[0]).length == 0);
    if (more && row.count > table->header->count) {
        text_append_string(problem, "; if the header stands further down, try --header-match=COL or --skip-lines=N");
    }
}

// What came of looking for a column: says what is wrong, and ends *problem.
static bool conclude(struct table *table, enum assignment_result result, struct text *problem)
{
    if (result == ASSIGNMENT_FOUND) {
        text_free(problem);
        return true;
    }
    if (result == ASSIGNMENT_ABSENT) {
        hint_at_preamble(table, problem);
    }
    table_say_usage(table, problem);
    return false;
}

static bool find_column(struct table *table, const char *name, const char *before, const char *behind, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    struct text problem = {0};
    return conclude(table, assignment_column(&table->assignment, name, before, behind, index, &problem), &problem);
}

bool table_column(struct table *table, const char *name, const char *option, size_t *index)
{
    struct text before = {0};
    text_format(&before, "%s: ", option);
    bool found = find_column(table, name, text_string(&before), "", index);
    text_free(&before);
    return found;
}

bool table_made_column(struct table *table, const char *name, const char *option, const char *maker, size_t *index)
{
    struct text behind = {0};
    text_format(&behind, " (run '%s' first, or name it with %s=COL)", maker, option);
    bool found = find_column(table, name, "", text_string(&behind), index);
    text_free(&behind);
    return found;
}

static bool resolve_role(struct table *table, enum role role, const char *name, bool needed, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    struct text problem = {0};
    struct assignment *assignment = &table->assignment;
    if (!conclude(table, assignment_role(assignment, role, name, needed, index, &problem), &problem)) {
        return false;
    }
    table->choice.counts = assignment->is_log;
    table->choice.currency_column = assignment->currency_column;
    if (*index != TABLE_NO_COLUMN) {
        struct slice column = table->columns->names[*index];
        diag_detail(table->options.diag, "%s: column '%.*s'", roles_name(role), (int)column.length, column.data);
    }
    return true;
}

bool table_role(struct table *table, enum role role, const char *name, size_t *index)
{
    return resolve_role(table, role, name, true, index);
}

bool table_optional_role(struct table *table, enum role role, const char *name, size_t *index)
{
    return resolve_role(table, role, name, false, index);
}

bool table_chosen_role(struct table *table, enum role role, const char *name, size_t *index)
{
    *index = TABLE_NO_COLUMN;
    if (name == NULL && !assignment_is_fixed(&table->assignment, role)) {
        table->order_id_unused = table->order_id_unused || role == ROLE_ORDER_ID;
        return !table->stopped;
    }
    return resolve_role(table, role, name, true, index);
}

bool table_new_column(struct table *table, const char *name, bool as)
{
    if (table->stopped) {
        return false;
    }
    if (columns_times(table->columns, slice_of(name)) == 0) {
        return true;
    }
    struct text problem = {0};
    text_format(&problem, "column '%s' is there already", name);
    text_append_string(&problem, as ? " (name the new one with --as=NAME)" : "");
    table_say_usage(table, &problem);
    return false;
}
