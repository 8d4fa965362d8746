// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table: opens and closes it. Streams; holds the records at hand, some kilobytes or one.
 */
#include "table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "arena.h"
#include "assignment.h"
#include "choice.h"
#include "columns.h"
#include "damage.h"
#include "diag.h"
#include "expression.h"
#include "files.h"
#include "heap.h"
#include "layout.h"
#include "progress.h"
#include "refusal.h"
#include "rejects.h"
#include "slice.h"
#include "table_parts.h"
#include "text.h"

void table_stop(struct table *table, enum status status)
{
    progress_clear(&table->progress);
    table->stopped = true;
    table->rows = (struct table_rows){NULL, NULL};
    if (status > table->status) {
        table->status = status;
    }
}

bool table_stopped(const struct table *table)
{
    return table->stopped;
}

enum status table_status(const struct table *table)
{
    return table->status;
}

const struct cell_forms *table_forms(const struct table *table)
{
    return &table->forms;
}

const struct columns *table_columns(const struct table *table)
{
    return table->columns;
}

char table_delimiter(const struct table *table)
{
    return files_delimiter(table->files);
}

uint64_t table_rows(const struct table *table)
{
    return table->account.given;
}

void table_say_usage(struct table *table, struct text *problem)
{
    diag_error("%s", text_string(problem));
    text_free(problem);
    table_stop(table, STATUS_USAGE);
}

static bool check_file_column(struct table *table)
{
    const char *name = table->options.file_column;
    if (name == NULL || columns_times(table->columns, slice_of(name)) <= 1) {
        return true;
    }
    struct text problem = {0};
    text_format(&problem, "--file-column: column '%s' is there already", name);
    table_say_usage(table, &problem);
    return false;
}

static bool settle_layout(struct table *table)
{
    int word = table->options.layout;
    const struct layout *layout = NULL;
    if (!table->options.no_header && word != LAYOUT_NONE) {
        layout = layout_of(table->header, word);
    }
    if (layout != NULL) {
        table->forms.utc = layout->utc;
        diag_detail(table->options.diag, "layout: %s", layout->title);
    } else if (word >= LAYOUT_FIRST && !table->options.no_header) {
        struct text problem = {0};
        text_format(&problem, "--layout: the header is not that of '%s'", layout_words[word]);
        table_say_usage(table, &problem);
        return false;
    }
    table->assignment = (struct assignment){.columns = table->columns,
                                            .header = table->header,
                                            .delimiter = table_delimiter(table),
                                            .layout = layout,
                                            .currency_column = TABLE_NO_COLUMN};
    return true;
}

static bool make_choice(struct table *table)
{
    struct expression_scope scope = {.columns = table->columns, .forms = &table->forms, .clock = table->options.clock};
    if (!choice_make(&table->choice, &scope, table->options.where, table->assignment.layout)) {
        table_stop(table, STATUS_USAGE);
        return false;
    }
    return true;
}

static void open_rejects(struct table *table)
{
    if (table->options.rejects == NULL) {
        return;
    }
    bool with_file = table->several && table->options.file_column == NULL;
    table->refusals.rejects = rejects_open(table->options.rejects, table->columns, table_delimiter(table), with_file);
    if (table->refusals.rejects == NULL) {
        table_stop(table, STATUS_SYSTEM);
    }
}

static bool check_options(struct table *table)
{
    struct text problem = {0};
    const char *limit = table->options.max_rejects;
    if (limit != NULL && !rejects_limit_read(limit, &table->limit)) {
        text_format(&problem, "--max-rejects: '%s' is neither a number nor a percentage", limit);
    } else if (table->options.rejects != NULL && strcmp(table->options.rejects, "-") == 0) {
        text_append_string(&problem, "--rejects needs a file: standard output is for data");
    } else {
        return true;
    }
    table_say_usage(table, &problem);
    return false;
}

static const char *delimiter_word(char delimiter)
{
    switch (delimiter) {
    case ',':
        return "comma";
    case '\t':
        return "tab";
    case ';':
        return "semicolon";
    case '|':
        return "pipe";
    default:
        return "another";
    }
}

static void open_files(struct table *table, const char *const *paths, size_t count)
{
    const struct table_options *options = &table->options;
    struct files_options files = {.reader = &options->reader,
                                  .no_header = options->no_header,
                                  .header_match = options->header_match,
                                  .layout = options->layout,
                                  .skip_last = options->skip_last,
                                  .file_column = options->file_column,
                                  .progress = &table->progress,
                                  .diag = options->diag};
    table->files = files_open(paths, count, &files);
    table->header = files_header(table->files);
    table->columns = files_columns(table->files);
    table->several = count > 1;
    if (files_status(table->files) != STATUS_DONE) {
        table_stop(table, files_status(table->files));
    } else if (table->columns->count == 0) {
        table_stop(table, STATUS_DONE); // no record and no header wanted: there is nothing to ask for a column
    } else {
        diag_detail(options->diag, "%s: encoding %s, delimiter %s, columns: %zu", files_first_name(table->files),
                    files_encoding(table->files), delimiter_word(table_delimiter(table)), table->header->count);
    }
}

struct table *table_open(const char *const *paths, size_t count, const struct table_options *options)
{
    struct table *table = heap_allocate(1, sizeof *table);
    table->options = *options;
    table->forms = *options->forms;
    table->choice.currency_column = TABLE_NO_COLUMN;
    progress_start(&table->progress, options->diag);
    open_files(table, paths, check_options(table) ? count : 0);
    table->refusals = (struct refusals){
        .account = &table->account, .progress = &table->progress, .columns = table->columns, .diag = options->diag};
    if (!table->stopped && check_file_column(table) && settle_layout(table) && make_choice(table)) {
        open_rejects(table);
    }
    return table;
}

void table_close(struct table *table)
{
    if (table->closed) {
        return;
    }
    table->closed = true;
    table->rows = (struct table_rows){NULL, NULL};
    progress_clear(&table->progress);
    files_close(table->files);
    if (!table->stopped) {
        damage_say(&table->damage, table->columns, files_first_name(table->files), table->options.diag);
        account_say(&table->account, table->options.diag, table->choice.where != NULL);
    }
    account_say_rejected(&table->account, table->options.rejects);
    if (!rejects_limit_allows(&table->limit, table->account.rejected, table->account.read) &&
        table->status < STATUS_DATA) {
        table->status = STATUS_DATA;
    }
    struct rejects *rejects = table->refusals.rejects;
    if (rejects != NULL && rejects_close(rejects) == STATUS_SYSTEM) {
        table->status = STATUS_SYSTEM;
    }
    table->refusals.rejects = NULL;
}

void table_free(struct table *table)
{
    table_close(table);
    choice_free(&table->choice);
    assignment_free(&table->assignment);
    files_free(table->files);
    arena_free(&table->row);
    account_free(&table->account);
    damage_free(&table->damage);
    free(table);
}
