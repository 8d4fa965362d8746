// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * refusal: the row refused last is known by its file and line.
 */
#include "refusal.h"

#include "slice.h"
#include "text.h"

static bool is_new(struct refusals *refusals, const struct row *row)
{
    if (row->line == refusals->last_line && row->file == refusals->last_file) {
        return false;
    }
    refusals->last_line = row->line;
    refusals->last_file = row->file;
    return true;
}

bool refusal_row(struct refusals *refusals, const struct row *row, const struct refusal *refusal)
{
    if (!is_new(refusals, row)) {
        return true;
    }
    struct text what = {0};
    char value[DIAG_VALUE_SIZE] = "";
    if (refusal->column != REFUSAL_NO_COLUMN && refusal->column < refusals->columns->count) {
        text_append_string(&what, "column '");
        text_append(&what, slice_trim_value(refusals->columns->names[refusal->column]));
        text_append_string(&what, "': ");
        diag_value(refusals->diag, row->cells[refusal->column], value);
    }
    text_append_string(&what, refusal->reason);
    bool goes_on = refusals->rejects != NULL;
    if (goes_on) {
        refusals->account->rejected++;
        rejects_add_cells(refusals->rejects, row, text_string(&what));
    } else {
        progress_clear(refusals->progress);
        diag_error_at(row->file, row->line, "%s%s%s", text_string(&what), value, refusal->hint);
    }
    text_free(&what);
    return goes_on;
}

bool refusal_record(struct refusals *refusals, const struct row *row, uint64_t line, const struct refusal *refusal)
{
    if (refusals->rejects == NULL) {
        progress_clear(refusals->progress);
        diag_error_at(row->file, line, "%s%s", refusal->reason, refusal->hint);
        return false;
    }
    refusals->account->rejected++;
    refusals->account->ungiven++;
    rejects_add_raw(refusals->rejects, row, refusal->reason);
    return true;
}
