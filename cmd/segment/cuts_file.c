// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * While a file is read a cut that did not come yet is -1, which no cut is.
 */
#include "cuts_file.h"

#include "amount.h"
#include "output.h"
#include "table.h"
#include "writer.h"

enum {
    NO_CUT = -1,
};

// A plain number from 0 on.
static bool read_cut(struct slice cell, money_wide *cut)
{
    static const struct cell_forms forms = {.decimal = '.'};
    uint8_t currency;
    return amount_read(&forms, cell, cut, &currency) == CELL_OK && *cut >= 0 && currency == MONEY_NO_CURRENCY;
}

bool cuts_file_read_list(struct slice list, struct levels *levels)
{
    size_t comma = slice_find(list, ',', 0);
    return comma < list.length && read_cut(slice_part(list, 0, comma), &levels->low) &&
           read_cut(slice_part(list, comma + 1, list.length), &levels->high) && levels->low <= levels->high;
}

static bool take_row(struct strata *strata, const struct row *row, const size_t columns[3], bool groups)
{
    struct slice group = groups ? slice_trim_value(row->cells[columns[2]]) : slice_of("");
    struct slice tier = slice_trim_value(row->cells[columns[0]]);
    size_t before = strata_count(strata);
    struct levels *levels = strata_give(strata, group);
    if (strata_count(strata) > before) {
        *levels = (struct levels){NO_CUT, NO_CUT};
    }
    money_wide *cut = slice_is(tier, "medium") ? &levels->low : &levels->high;
    return (slice_is(tier, "medium") || slice_is(tier, "high")) && *cut == NO_CUT &&
           read_cut(row->cells[columns[1]], cut);
}

// Has every group its two cuts?
static bool is_whole(const struct strata *strata)
{
    for (size_t i = 0; i < strata_count(strata); i++) {
        const struct levels *levels = strata_find(strata, strata_group(strata, i));
        if (levels->low == NO_CUT || levels->high < levels->low) {
            return false;
        }
    }
    return strata_count(strata) > 0;
}

bool cuts_file_use(struct strata *strata, const char *path, bool groups, struct program *program, enum status *status)
{
    struct table *table = program_side_table(program, path);
    size_t columns[3];
    struct row row;
    if (!table_stopped(table) && table_column(table, "tier", "--use", &columns[0]) &&
        table_column(table, "cut", "--use", &columns[1]) &&
        (!groups || table_column(table, "group", "--use", &columns[2]))) {
        while (table_next(table, &row)) {
            if (!take_row(strata, &row, columns, groups)) {
                diag_error_at(row.file, row.line, "not a row that --save writes (%stier,cut)", groups ? "group," : "");
                table_stop(table, STATUS_USAGE);
            }
        }
    }
    if (!table_stopped(table) && !is_whole(strata)) {
        diag_error(groups ? "%s: each group needs two cuts, of medium and high, the higher one of high"
                          : "%s: there must be two cuts, of medium and high, the higher one of high",
                   path);
        table_stop(table, STATUS_USAGE);
    }
    *status = table_status(table);
    return !table_stopped(table);
}

static void write_cut(struct writer *writer, const struct slice *group, const char *tier, money_wide cut)
{
    char digits[AMOUNT_SIZE];
    size_t length = amount_print(digits, cut);
    if (group != NULL) {
        writer_text(writer, *group);
    }
    writer_string(writer, tier);
    writer_text(writer, (struct slice){digits, length});
    writer_end(writer);
}

bool cuts_file_save(const struct strata *strata, const char *path, bool groups)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    struct writer *writer = writer_open(output, &(struct writer_options){.delimiter = ',', .input_delimiter = ','});
    if (groups) {
        writer_name(writer, slice_of("group"));
    }
    writer_name(writer, slice_of("tier"));
    writer_name(writer, slice_of("cut"));
    writer_end(writer);
    for (size_t i = 0; i < strata_count(strata); i++) {
        struct slice group = strata_group(strata, i);
        const struct levels *levels = strata_find(strata, group);
        write_cut(writer, groups ? &group : NULL, "medium", levels->low);
        write_cut(writer, groups ? &group : NULL, "high", levels->high);
    }
    writer_free(writer);
    return output_close(output, true) == STATUS_DONE;
}
