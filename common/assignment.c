// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * assignment: options before layouts, layouts before usual names.
 */
#include "assignment.h"

#include <stdint.h>

#include "date.h"
#include "hints.h"
#include "slice.h"

void assignment_free(struct assignment *assignment)
{
    text_free(&assignment->fixed);
}

enum assignment_result assignment_column(const struct assignment *assignment, const char *name, const char *before,
                                         const char *behind, size_t *index, struct text *problem)
{
    text_append_string(problem, before);
    if (columns_find(assignment->columns, slice_of(name), index, problem)) {
        text_clear(problem);
        return ASSIGNMENT_FOUND;
    }
    text_append_string(problem, behind);
    hints_delimiter(assignment->header, assignment->delimiter, problem);
    return ASSIGNMENT_ABSENT;
}

bool assignment_is_fixed(const struct assignment *assignment, enum role role)
{
    size_t index;
    return assignment->layout != NULL && layout_role(assignment->layout, assignment->columns, role, &index);
}

static bool use_fixed(struct assignment *assignment, enum role role, size_t *index)
{
    if (assignment->layout == NULL || !layout_role(assignment->layout, assignment->columns, role, index)) {
        return false;
    }
    text_format(&assignment->fixed, "%s%s '", assignment->fixed.length == 0 ? "" : ", ", roles_name(role));
    text_append(&assignment->fixed, assignment->columns->folded[*index]);
    text_append_byte(&assignment->fixed, '\'');
    if (role == ROLE_AMOUNT) {
        layout_currency(assignment->layout, assignment->columns, &assignment->currency_column);
    }
    return true;
}

static enum assignment_result find_usual(const struct assignment *assignment, enum role role, bool needed,
                                         size_t *index, struct text *problem)
{
    switch (roles_find(assignment->columns, role, index, problem)) {
    case ROLES_FOUND:
        return ASSIGNMENT_FOUND;
    case ROLES_AMBIGUOUS:
        return ASSIGNMENT_AMBIGUOUS;
    case ROLES_ABSENT:
        break;
    }
    *index = SIZE_MAX;
    if (!needed) {
        return ASSIGNMENT_FOUND;
    }
    text_format(problem, "no column for the %s; have: ", roles_name(role));
    columns_list(assignment->columns, problem);
    text_format(problem, " (name it with --%s=COL)", roles_name(role));
    hints_delimiter(assignment->header, assignment->delimiter, problem);
    return ASSIGNMENT_ABSENT;
}

static enum assignment_result find_role(struct assignment *assignment, enum role role, const char *name, bool needed,
                                        size_t *index, struct text *problem)
{
    if (name != NULL) {
        struct text option = {0};
        text_format(&option, "--%s: ", roles_name(role));
        enum assignment_result result = assignment_column(assignment, name, text_string(&option), "", index, problem);
        text_free(&option);
        return result;
    }
    bool fixed = use_fixed(assignment, role, index);
    return fixed ? ASSIGNMENT_FOUND : find_usual(assignment, role, needed, index, problem);
}

enum assignment_result assignment_role(struct assignment *assignment, enum role role, const char *name, bool needed,
                                       size_t *index, struct text *problem)
{
    enum assignment_result result = find_role(assignment, role, name, needed, index, problem);
    if (result == ASSIGNMENT_FOUND && *index != SIZE_MAX) {
        bool of_log = role == ROLE_DATE || role == ROLE_TIME || role == ROLE_AMOUNT;
        assignment->is_log = assignment->is_log || of_log;
    }
    return result;
}

bool assignment_describe(struct assignment *assignment, bool counted, const struct cell_forms *forms, struct text *note)
{
    const struct layout *layout = assignment->layout;
    bool named = assignment->fixed.length > 0;
    if (layout == NULL || (!named && !counted)) {
        return false;
    }
    text_format(note, "read as %s: %s", layout->title, text_string(&assignment->fixed));
    if (counted) {
        text_format(note, "%s only rows where %s", named ? ";" : "", layout->counted);
    }
    if (layout->utc) {
        text_append_string(note, "; times in UTC");
    }
    if (layout->advice != NULL && forms->dates == DATE_YMD) {
        text_format(note, "; %s", layout->advice);
    }
    text_append_string(note, " (--layout=none for none of this)");
    return true;
}
