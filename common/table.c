// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table: decides about every record of its files: whether it fits the header, is wanted, or is refused, and keeps
 * account. Streams; holds one record.
 */
#include "table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "arena.h"
#include "cell.h"
#include "columns.h"
#include "complaints.h"
#include "damage.h"
#include "date.h"
#include "diag.h"
#include "expression.h"
#include "files.h"
#include "heap.h"
#include "hints.h"
#include "layout.h"
#include "money.h"
#include "progress.h"
#include "reader.h"
#include "rejects.h"
#include "roles.h"
#include "row.h"
#include "slice.h"
#include "text.h"

struct table {
    struct table_options options;
    struct files *files;
    const struct columns *header; // of the files
    const struct columns *columns;
    struct cell_forms forms;
    struct expression_scope scope;
    struct expression *where;
    const struct layout *layout; // NULL when it is none that is known
    struct expression *counted;  // the rows that count by the layout
    bool counts;                 // and are counted: a role of a log was asked for
    struct text fixed;           // the columns that the layout gave
    size_t currency_column;      // TABLE_NO_COLUMN when no currency is to be looked at
    struct text currency;        // of the rows so far
    bool order_id_unused;        // the mode has order ids, and nobody named their column
    bool begun;                  // the first row was asked for
    struct arena run;
    struct arena row; // folded keys
    bool several;     // files
    struct rejects *rejects;
    struct rejects_limit limit;
    const char *refused_file; // the record refused last, not to be counted twice
    uint64_t refused_line;
    struct account account;
    struct damage damage;
    struct progress progress;
    enum status status;
    bool stopped;
    bool closed;
};

void table_stop(struct table *table, enum status status)
{
    progress_clear(&table->progress);
    table->stopped = true;
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

static void say_usage(struct table *table, struct text *problem)
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
    say_usage(table, &problem);
    return false;
}

// NULL, said, when it cannot be compiled.
static struct expression *compile(struct table *table, const char *option, const char *text)
{
    struct complaints complaints = {0};
    struct slice source = slice_of(text);
    struct expression_place place = {.file = option, .line = 1, .column = 1, .whole_line = source};
    struct expression *expression = expression_compile(source, &place, &table->scope, &table->run, &complaints);
    if (expression == NULL) {
        complaints_print(&complaints);
        table_stop(table, STATUS_USAGE);
    }
    complaints_free(&complaints);
    return expression;
}

// Which rows are read: those of --where, else those that count by the layout.
static bool compile_choice(struct table *table)
{
    table->scope =
        (struct expression_scope){.columns = table->columns, .forms = &table->forms, .clock = table->options.clock};
    if (table->options.where != NULL) {
        table->where = compile(table, "--where", table->options.where);
        return table->where != NULL;
    }
    if (table->layout != NULL && table->layout->counted != NULL) {
        table->counted = compile(table, "--layout", table->layout->counted);
        return table->counted != NULL;
    }
    return true;
}

static bool settle_layout(struct table *table)
{
    int word = table->options.layout;
    if (table->options.no_header || word == LAYOUT_NONE) {
        return true;
    }
    table->layout = layout_of(table->header, word);
    if (table->layout != NULL) {
        table->forms.utc = table->layout->utc;
        diag_detail(table->options.diag, "layout: %s", table->layout->title);
    } else if (word >= LAYOUT_FIRST) {
        struct text problem = {0};
        text_format(&problem, "--layout: the header is not that of '%s'", layout_words[word]);
        say_usage(table, &problem);
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
    table->rejects = rejects_open(table->options.rejects, table->columns, table_delimiter(table), with_file);
    if (table->rejects == NULL) {
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
    say_usage(table, &problem);
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
                                  .progress = &table->progress};
    table->files = files_open(paths, count, &files);
    table->header = files_header(table->files);
    table->columns = files_columns(table->files);
    table->several = count > 1;
    if (files_status(table->files) != STATUS_DONE) {
        table_stop(table, files_status(table->files));
    } else if (table->columns->count == 0) {
        table_stop(table, STATUS_DONE); // no record and no header wanted: there is nothing to ask for a column
    } else {
        diag_detail(options->diag, "%s: encoding %s, delimiter %s, %zu columns", files_first_name(table->files),
                    files_encoding(table->files), delimiter_word(table_delimiter(table)), table->header->count);
    }
}

struct table *table_open(const char *const *paths, size_t count, const struct table_options *options)
{
    struct table *table = heap_allocate(1, sizeof *table);
    table->options = *options;
    table->forms = *options->forms;
    table->currency_column = TABLE_NO_COLUMN;
    progress_start(&table->progress, options->diag);
    open_files(table, paths, check_options(table) ? count : 0);
    if (!table->stopped && check_file_column(table) && settle_layout(table) && compile_choice(table)) {
        open_rejects(table);
    }
    return table;
}

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

static bool find_column(struct table *table, const char *name, const char *before, const char *behind, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    struct text problem = {0};
    text_append_string(&problem, before);
    bool found = columns_find(table->columns, slice_of(name), index, &problem);
    if (found) {
        text_free(&problem);
    } else {
        text_append_string(&problem, behind);
        hints_delimiter(table->header, table_delimiter(table), &problem);
        hint_at_preamble(table, &problem);
        say_usage(table, &problem);
    }
    return found;
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

// The column that the layout has for a role.
static bool is_fixed(const struct table *table, enum role role, size_t *index)
{
    return table->layout != NULL && layout_role(table->layout, table->columns, role, index);
}

static void use_fixed(struct table *table, enum role role, size_t index)
{
    text_format(&table->fixed, "%s%s '", table->fixed.length == 0 ? "" : ", ", roles_name(role));
    text_append(&table->fixed, table->columns->folded[index]);
    text_append_byte(&table->fixed, '\'');
    if (role == ROLE_AMOUNT) {
        layout_currency(table->layout, table->columns, &table->currency_column);
    }
}

static bool find_role(struct table *table, enum role role, bool needed, size_t *index)
{
    struct text problem = {0};
    if (is_fixed(table, role, index)) {
        use_fixed(table, role, *index);
        return true;
    }
    switch (roles_find(table->columns, role, index, &problem)) {
    case ROLES_FOUND:
        return true;
    case ROLES_ABSENT:
        *index = TABLE_NO_COLUMN;
        if (!needed) {
            return true;
        }
        text_format(&problem, "no column for the %s; have: ", roles_name(role));
        columns_list(table->columns, &problem);
        text_format(&problem, " (name it with --%s=COL)", roles_name(role));
        hints_delimiter(table->header, table_delimiter(table), &problem);
        hint_at_preamble(table, &problem);
        break;
    case ROLES_AMBIGUOUS:
        break;
    }
    say_usage(table, &problem);
    return false;
}

static bool resolve_role(struct table *table, enum role role, const char *name, bool needed, size_t *index)
{
    if (table->stopped) {
        return false;
    }
    bool found;
    if (name != NULL) {
        struct text option = {0};
        text_format(&option, "--%s", roles_name(role));
        found = table_column(table, name, text_string(&option), index);
        text_free(&option);
    } else {
        found = find_role(table, role, needed, index);
    }
    if (found && *index != TABLE_NO_COLUMN) {
        table->counts = table->counts || role == ROLE_DATE || role == ROLE_TIME || role == ROLE_AMOUNT;
        struct slice column = table->columns->names[*index];
        diag_detail(table->options.diag, "%s: column '%.*s'", roles_name(role), (int)column.length, column.data);
    }
    return found;
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
    size_t fixed;
    *index = TABLE_NO_COLUMN;
    if (name == NULL && !is_fixed(table, role, &fixed)) {
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
    say_usage(table, &problem);
    return false;
}

// Is this record to be counted as refused? Not once the table stopped, nor a second time.
static bool is_newly_refused(struct table *table, const struct row *row)
{
    if (table->stopped || (row->line == table->refused_line && row->file == table->refused_file)) {
        return false;
    }
    table->refused_line = row->line;
    table->refused_file = row->file;
    return true;
}

// `hint` is for the user at the keyboard alone.
static void refuse_row(struct table *table, const struct row *row, size_t column, const char *reason, const char *hint)
{
    if (!is_newly_refused(table, row)) {
        return;
    }
    struct text what = {0};
    char value[DIAG_VALUE_SIZE] = "";
    if (column != TABLE_NO_COLUMN && column < table->columns->count) {
        text_append_string(&what, "column '");
        text_append(&what, slice_trim_value(table->columns->names[column]));
        text_append_string(&what, "': ");
        diag_value(table->options.diag, row->cells[column], value);
    }
    text_append_string(&what, reason);
    if (table->rejects != NULL) {
        table->account.rejected++;
        rejects_add_cells(table->rejects, row, text_string(&what));
    } else {
        progress_clear(&table->progress);
        diag_error_at(row->file, row->line, "%s%s%s", text_string(&what), value, hint);
        table_stop(table, STATUS_DATA);
    }
    text_free(&what);
}

void table_refuse(struct table *table, const struct row *row, size_t column, const char *reason)
{
    refuse_row(table, row, column, reason, "");
}

void table_remark(struct table *table, const struct row *row, size_t column, const char *remark)
{
    struct slice name = slice_trim_value(table->columns->names[column]);
    char value[DIAG_VALUE_SIZE] = "";
    progress_clear(&table->progress);
    diag_value(table->options.diag, row->cells[column], value);
    diag_note(table->options.diag, "%s:%llu: column '%.*s': %s%s", row->file, (unsigned long long)row->line,
              (int)name.length, name.data, remark, value);
}

// Refuses a record that does not have the cells of the header.
static void refuse_record(struct table *table, const struct row *row, uint64_t line, const char *reason,
                          const char *hint)
{
    if (table->rejects != NULL) {
        table->account.rejected++;
        table->account.ungiven++;
        rejects_add_raw(table->rejects, row, reason);
    } else {
        progress_clear(&table->progress);
        diag_error_at(row->file, line, "%s%s", reason, hint);
        table_stop(table, STATUS_DATA);
    }
}

static void refuse_ragged(struct table *table, const struct row *row)
{
    bool skip = table->options.ragged == TABLE_RAGGED_SKIP;
    if (skip && table->rejects == NULL) {
        table->account.rejected++;
        table->account.ungiven++;
        return;
    }
    struct text reason = {0};
    size_t wanted = table->header->count;
    text_format(&reason,
                table->options.no_header ? "%zu cell%s, the first record has %zu" : "%zu cell%s, header has %zu",
                row->count, row->count == 1 ? "" : "s", wanted);
    const char *hint = row->count < wanted ? " (use --ragged=pad or --ragged=skip)" : " (use --ragged=skip)";
    refuse_record(table, row, row->line, text_string(&reason), hint);
    text_free(&reason);
}

static bool is_blank_from(const struct row *row, size_t from)
{
    for (size_t i = from; i < row->count; i++) {
        if (slice_trim_value(row->cells[i]).length > 0) {
            return false;
        }
    }
    return true;
}

// Does the record fit the header, give or take what the options allow?
static bool fits(struct table *table, const struct row *row)
{
    if (row->count < table->header->count && table->options.ragged == TABLE_RAGGED_PAD) {
        table->account.padded++;
        return true;
    }
    return row->count == table->header->count ||
           (row->count > table->header->count && is_blank_from(row, table->header->count));
}

static void refuse_unjudged(struct table *table, const struct row *row, const struct expression_fault *fault)
{
    struct text reason = {0};
    text_format(&reason, "%s, as %s asks", fault->reason, table->where != NULL ? "--where" : "the layout");
    table_refuse(table, row, fault->column, text_string(&reason));
    text_free(&reason);
}

// Does the expression keep the row? False also for a row it cannot judge, which is refused; others are counted.
static bool keeps(struct table *table, const struct expression *expression, const struct row *row, uint64_t *others)
{
    struct expression_fault fault = {0};
    switch (expression_test(expression, row, &fault)) {
    case EXPRESSION_TRUE:
        return true;
    case EXPRESSION_BAD:
        table->account.ungiven++;
        refuse_unjudged(table, row, &fault);
        return false;
    case EXPRESSION_FALSE:
    case EXPRESSION_UNKNOWN:
        break;
    }
    (*others)++;
    return false;
}

// Is the row's currency, which stands in a column of its own, that of the rows before? Else it is refused.
static bool is_same_currency(struct table *table, const struct row *row)
{
    struct slice currency = slice_trim_value(row->cells[table->currency_column]);
    if (table->currency.length == 0) {
        text_append(&table->currency, currency);
    }
    if (currency.length == 0 || slice_equal(currency, text_slice(&table->currency))) {
        return true;
    }
    table->account.ungiven++;
    refuse_row(table, row, table->currency_column, "another currency than in the rows before",
               " (choose one with --where)");
    return false;
}

// Is the row given out?
static bool is_chosen(struct table *table, const struct row *row)
{
    if (table->where != NULL && !keeps(table, table->where, row, &table->account.not_kept)) {
        return false;
    }
    if (table->counts && table->counted != NULL && !keeps(table, table->counted, row, &table->account.uncounted)) {
        return false;
    }
    return table->currency_column == TABLE_NO_COLUMN || is_same_currency(table, row);
}

// Says what the layout fixed.
static void begin(struct table *table)
{
    table->begun = true;
    bool counted = table->counts && table->counted != NULL;
    if (table->layout == NULL || table->stopped || (table->fixed.length == 0 && !counted)) {
        return;
    }
    const struct layout *layout = table->layout;
    struct text note = {0};
    text_format(&note, "%s: read as %s: %s", files_first_name(table->files), layout->title, text_string(&table->fixed));
    if (counted) {
        table->account.uncounted_reason = layout->uncounted;
        text_format(&note, "%s only rows where %s", table->fixed.length == 0 ? "" : ";", layout->counted);
    }
    if (layout->utc) {
        text_append_string(&note, "; times in UTC");
    }
    if (layout->advice != NULL && table->forms.dates == DATE_YMD) {
        text_format(&note, "; %s", layout->advice);
    }
    diag_note(table->options.diag, "%s (--layout=none for none of this)", text_string(&note));
    text_free(&note);
}

// The next record of any file, or false at the end of the last and when the table stopped.
static bool read_record(struct table *table, struct row *row)
{
    while (!table->stopped) {
        switch (files_next(table->files, row)) {
        case READER_ROW:
            if (progress_is_due(&table->progress, ++table->account.read)) {
                progress_show(&table->progress, table->account.read, files_bytes(table->files));
            }
            return true;
        case READER_END:
            progress_clear(&table->progress);
            return false;
        case READER_MALFORMED: {
            struct reader_problem problem = files_problem(table->files);
            table->account.read++;
            refuse_record(table, row, problem.line, problem.text, "");
            break;
        }
        case READER_FAILED:
            table_stop(table, files_status(table->files));
            break;
        }
    }
    return false;
}

bool table_next(struct table *table, struct row *row)
{
    if (!table->begun) {
        begin(table);
    }
    while (read_record(table, row)) {
        if (row->count != table->header->count && !fits(table, row)) {
            refuse_ragged(table, row);
            continue;
        }
        bool surplus = row->count > table->header->count;
        files_arrange(table->files, row);
        if (files_is_header(table->files, row)) {
            table->account.read--;
            table->account.headers++;
            continue;
        }
        if (surplus) {
            account_add_surplus(&table->account, row->file, row->line);
        } else {
            table->account.not_surplus = true;
        }
        if (!is_chosen(table, row)) {
            continue;
        }
        if (table->row.used > 0) {
            arena_reset(&table->row);
        }
        if (damage_wants(&table->damage) && table->options.watched) {
            damage_look(&table->damage, row);
        }
        table->account.given++;
        return true;
    }
    return false;
}

static struct slice fold_key(struct table *table, struct slice key)
{
    char *folded = arena_allocate(&table->row, key.length);
    for (size_t i = 0; i < key.length; i++) {
        char byte = key.data[i];
        folded[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (struct slice){folded, key.length};
}

bool table_key(struct table *table, const struct row *row, size_t column, struct slice *key)
{
    struct slice trimmed = slice_trim_value(row->cells[column]);
    if (cell_is_blank(&table->forms, trimmed)) {
        if (table->options.blank_customer == TABLE_BLANK_SKIP) {
            table_leave_out(table, "no customer");
        } else {
            refuse_row(table, row, column, "blank, but a customer is needed", " (or use --blank-customer=skip)");
        }
        return false;
    }
    if (damage_is_masked(trimmed)) {
        table_refuse(table, row, column, "masked, so it cannot tell customers apart");
        return false;
    }
    if (damage_is_rounded(trimmed)) {
        table_refuse(table, row, column, "rounded by a spreadsheet, so it cannot tell customers apart");
        return false;
    }
    *key = table->options.fold_case ? fold_key(table, trimmed) : trimmed;
    return true;
}

bool table_needs(struct table *table, const struct row *row, size_t column, enum cell_result result, const char *wanted)
{
    if (result == CELL_OK) {
        return true;
    }
    struct text reason = {0};
    struct text hint = {0};
    bool beyond = result == CELL_BAD && strcmp(wanted, "an amount") == 0 &&
                  money_is_beyond(slice_trim_value(row->cells[column]), table->forms.decimal);
    text_append_string(&reason, result == CELL_BLANK ? "blank, but " : beyond ? "" : "not ");
    text_append_string(&reason, wanted);
    text_append_string(&reason, beyond ? " out of range" : "");
    text_append_string(&reason, result == CELL_BLANK ? " is needed" : "");
    if (result == CELL_BAD) {
        hints_form(table->options.forms, row->cells[column], wanted, &hint);
    } else if (table->order_id_unused) {
        hints_order_id(table->columns, &hint);
    }
    refuse_row(table, row, column, text_string(&reason), text_string(&hint));
    text_free(&reason);
    text_free(&hint);
    return false;
}

void table_leave_out(struct table *table, const char *reason)
{
    account_leave_out(&table->account, reason);
}

void table_close(struct table *table)
{
    if (table->closed) {
        return;
    }
    table->closed = true;
    progress_clear(&table->progress);
    files_close(table->files);
    if (!table->stopped) {
        damage_say(&table->damage, table->columns, files_first_name(table->files), table->options.diag);
        account_say(&table->account, table->options.diag, table->where != NULL);
    }
    account_say_rejected(&table->account, table->options.rejects);
    if (!rejects_limit_allows(&table->limit, table->account.rejected, table->account.read) &&
        table->status < STATUS_DATA) {
        table->status = STATUS_DATA;
    }
    if (table->rejects != NULL && rejects_close(table->rejects) == STATUS_SYSTEM) {
        table->status = STATUS_SYSTEM;
    }
    table->rejects = NULL;
}

void table_free(struct table *table)
{
    table_close(table);
    expression_free(table->where);
    expression_free(table->counted);
    text_free(&table->fixed);
    text_free(&table->currency);
    files_free(table->files);
    arena_free(&table->run);
    arena_free(&table->row);
    account_free(&table->account);
    damage_free(&table->damage);
    free(table);
}
