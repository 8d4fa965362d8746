// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * credit_paths: a table of paths, "search > wechat", with counts of how they ended. Streams.
 */
#include <math.h>

#include "cell.h"
#include "credit.h"
#include "number.h"

// A count of a path's row. False when the row was refused.
static bool read_count(struct credit *job, const struct row *row, size_t column, double *count)
{
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    enum cell_result read = cell_number(table_forms(job->table), row->cells[column], count);
    if (!table_needs(job->table, row, column, read, "a number")) {
        return false;
    }
    if (*count < 0 || *count != floor(*count) || *count > 1e15) {
        table_refuse(job->table, row, column, "not a count");
        return false;
    }
    return true;
}

static struct slice next_channel(struct slice path, size_t *from)
{
    size_t end = slice_find(path, '>', *from);
    struct slice channel = slice_trim_value(slice_part(path, *from, end));
    *from = end + 1;
    return channel;
}

static bool names_all_channels(struct slice path)
{
    for (size_t from = 0; from <= path.length;) {
        if (next_channel(path, &from).length == 0) {
            return false;
        }
    }
    return true;
}

// In a path table a half-life is one step.
static void take_touches(struct credit *job, struct slice path)
{
    size_t count = 1;
    for (size_t i = 0; i < path.length; i++) {
        count += path.data[i] == '>';
    }
    for (size_t from = 0; from <= path.length;) {
        struct slice channel = next_channel(path, &from);
        paths_touch(&job->paths, credit_channel(job, channel), (double)--count);
    }
}

static void take_path(struct credit *job, const struct row *row)
{
    double conversions = 1;
    double nulls = 0;
    int64_t value = 0;
    struct slice path = row->cells[job->path];
    if (!names_all_channels(path)) {
        table_refuse(job->table, row, job->path, "a channel is blank");
    } else if (read_count(job, row, job->conversions, &conversions) && read_count(job, row, job->nulls, &nulls) &&
               (job->settings->value == NULL ||
                worth_read(&job->worth, job->table, row, table_forms(job->table), &value))) {
        take_touches(job, path);
        job->conversion_count += conversions;
        paths_end(&job->paths, conversions, nulls, value);
    }
}

enum status credit_read_paths(struct credit *job)
{
    struct row row;
    while (table_next(job->table, &row)) {
        take_path(job, &row);
    }
    return table_stopped(job->table) ? table_status(job->table) : STATUS_DONE;
}
