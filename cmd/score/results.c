// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * results: see results.h.
 */
#include "results.h"

#include "columns.h"
#include "roles.h"

static bool is_taken(const struct results *results, struct slice name)
{
    bool taken = slice_is(name, "customer");
    for (size_t i = 0; !taken && i < results->count; i++) {
        taken = slice_is(name, results->names[i]);
    }
    return taken;
}

bool results_name(struct results *results, const char *const *names, size_t count, size_t main, const char *as,
                  struct slice group, struct program *program)
{
    results->main = main;
    for (size_t i = 0; i < count; i++) {
        results->names[results->count++] = names[i];
    }
    if (as != NULL) {
        results->names[main] = "";
        if (is_taken(results, slice_of(as))) {
            program_wrong(program, "--as: the output has a column '%s' of its own", as);
            return false;
        }
        results->names[main] = as;
    }
    if (is_taken(results, group)) {
        program_wrong(program, "--by: the output has a column '%.*s' of its own", (int)group.length, group.data);
        return false;
    }
    results->group = group;
    return true;
}

static bool are_new(const struct results *results)
{
    bool fresh = true;
    for (size_t i = 0; fresh && i < results->count; i++) {
        fresh = table_new_column(results->people, results->names[i], i == results->main);
    }
    return fresh;
}

// The group's name comes from the log, so it may be a column of the customers too.
static bool group_is_new(const struct results *results, struct program *program)
{
    if (results->group.length == 0 || columns_times(table_columns(results->people), results->group) == 0) {
        return true;
    }
    table_stop(results->people, program_wrong(program, "--by: column '%.*s' is also in %s", (int)results->group.length,
                                              results->group.data, results->path));
    return false;
}

bool results_open(struct results *results, const char *path, const char *customer, struct program *program,
                  enum status *status)
{
    if (path == NULL) {
        return true;
    }
    size_t column;
    results->path = path;
    results->people = program_side_table(program, path);
    if (!table_stopped(results->people) && are_new(results) && group_is_new(results, program) &&
        table_role(results->people, ROLE_CUSTOMER, customer, &column)) {
        results->customers = customers_read(results->people, column);
    }
    if (results->customers == NULL) {
        *status = table_status(results->people);
    }
    return results->customers != NULL;
}

void results_write_header(const struct results *results, struct writer *writer)
{
    const struct columns *columns = results->people == NULL ? NULL : table_columns(results->people);
    for (size_t i = 0; columns != NULL && i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    if (columns == NULL) {
        writer_name(writer, slice_of("customer"));
    }
    if (results->group.length > 0) {
        writer_name(writer, results->group);
    }
    for (size_t i = 0; i < results->count; i++) {
        writer_name(writer, slice_of(results->names[i]));
    }
    writer_end(writer);
}

static void note_strangers(const struct results *results, const struct results_log *log, const struct program *program)
{
    size_t strangers = 0;
    for (size_t i = 0; i < log->count; i++) {
        strangers += !customers_has(results->customers, log->person(log->context, i));
    }
    customers_note_strangers(strangers, results->path, program_diag(program));
}

void results_join(const struct results *results, const struct results_log *log, const struct writer *writer,
                  const struct program *program)
{
    for (size_t i = 0; i < customers_count(results->customers) && writer_good(writer); i++) {
        struct row row;
        struct slice key;
        customers_row(results->customers, i, &row, &key);
        log->write(log->context, &row, key);
    }
    note_strangers(results, log, program);
}

void results_free(struct results *results)
{
    customers_free(results->customers);
}
