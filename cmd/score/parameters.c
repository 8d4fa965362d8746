// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * parameters: see parameters.h.
 */
#include "parameters.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "number.h"
#include "output.h"
#include "table.h"
#include "text.h"

enum {
    DIGITS = 17,
};

// Where a row is written: its group's column may be there or not.
struct place {
    struct writer *writer;
    struct slice by;
    struct slice group;
    const char *model;
};

static void begin_row(const struct place *place, const char *name)
{
    if (place->by.length > 0) {
        writer_text(place->writer, place->group);
    }
    writer_string(place->writer, place->model);
    writer_string(place->writer, name);
}

static void write_row(const struct place *place, const char *name, double estimate, double error)
{
    begin_row(place, name);
    writer_exact(place->writer, estimate);
    writer_exact(place->writer, error);
    writer_end(place->writer);
}

static void write_unit(const struct place *place, enum unit unit)
{
    begin_row(place, "unit");
    writer_string(place->writer, unit_words[unit]);
    writer_blank(place->writer);
    writer_end(place->writer);
}

static void write_covariances(const struct place *place, const struct fitting *fitting)
{
    const struct model *model = fitting->model;
    struct text name = {0};
    for (size_t i = 0; i < model->count; i++) {
        for (size_t j = i + 1; j < model->count; j++) {
            text_clear(&name);
            text_format(&name, "cov:%s,%s", model->parameters[i], model->parameters[j]);
            write_row(place, text_string(&name), fitting->covariance[i][j], NAN);
        }
    }
    text_free(&name);
}

static bool has_unit(const struct model *model)
{
    return model->kind == MODEL_CONTINUOUS || model->kind == MODEL_DISCRETE || model->kind == MODEL_CONTRACT;
}

static void write_fitting(const struct place *place, const struct fitting *fitting, enum unit unit)
{
    const struct model *model = fitting->model;
    if (model->shaped) {
        write_row(place, "k", fitting->parameters.shape, NAN);
    }
    for (size_t i = 0; i < model->count; i++) {
        write_row(place, model->parameters[i], fitting->parameters.values[i], fitting->errors[i]);
    }
    write_row(place, "loglik", fitting->loglik, NAN);
    write_row(place, "aic", fitting_aic(fitting), NAN);
    write_row(place, "bic", fitting_bic(fitting), NAN);
    write_row(place, "customers", fitting->customers, NAN);
    if (has_unit(model)) {
        write_unit(place, unit);
    }
    write_covariances(place, fitting);
}

void parameters_write_names(struct writer *writer, struct slice by)
{
    static const char *const names[] = {"model", "name", "estimate", "std_error"};
    if (by.length > 0) {
        writer_name(writer, by);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
}

void parameters_write(struct writer *writer, struct slice by, struct slice group, const struct estimates *estimates,
                      enum unit unit)
{
    for (size_t i = 0; i < estimates->count; i++) {
        struct place place = {writer, by, group, estimates->models[i].model->name};
        write_fitting(&place, &estimates->models[i], unit);
    }
    if (estimates->has_spend) {
        struct place place = {writer, by, group, estimates->spend.model->name};
        write_fitting(&place, &estimates->spend, unit);
    }
}

bool parameters_save(const char *path, const struct buyers *buyers, const struct estimates *estimates, enum unit unit)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    struct writer_options options = {.delimiter = ',', .digits = DIGITS};
    struct writer *writer = writer_open(output, &options);
    parameters_write_names(writer, buyers->by);
    for (size_t i = 0; i < buyers->group_count; i++) {
        parameters_write(writer, buyers->by, buyers_group_name(buyers, i), &estimates[i], unit);
    }
    writer_free(writer);
    return output_close(output, true) == STATUS_DONE;
}

// A file being read.
struct source {
    struct parameters *parameters;
    struct table *table;
    struct program *program;
    const char *path;
    enum unit unit;
    size_t by; // columns; TABLE_NO_COLUMN without groups
    size_t model;
    size_t name;
    size_t estimate;
    size_t error;
};

static struct estimates *group_of(struct parameters *parameters, struct slice name)
{
    uint32_t group = 0;
    map_add(parameters->names, name, &group);
    if (group == parameters->count) {
        parameters->groups =
            heap_grow(parameters->groups, &parameters->capacity, parameters->count + 1, sizeof *parameters->groups);
        parameters->groups[parameters->count++] = (struct estimates){0};
    }
    return &parameters->groups[group];
}

// What is not read stays NaN.
static struct fitting unknown(const struct model *model)
{
    struct fitting fitting = {.model = model, .outcome = FITTING_DONE, .parameters.shape = model->shaped ? 0 : 1};
    for (size_t i = 0; i < DERIVATIVES_MOST; i++) {
        fitting.parameters.values[i] = NAN;
        fitting.errors[i] = NAN;
        for (size_t j = 0; j < DERIVATIVES_MOST; j++) {
            fitting.covariance[i][j] = NAN;
        }
    }
    return fitting;
}

// NULL when there are too many models.
static struct fitting *fitting_of(struct estimates *estimates, const struct model *model)
{
    if (model->kind == MODEL_SPEND) {
        if (!estimates->has_spend) {
            estimates->spend = unknown(model);
            estimates->has_spend = true;
        }
        return &estimates->spend;
    }
    for (size_t i = 0; i < estimates->count; i++) {
        if (estimates->models[i].model == model) {
            return &estimates->models[i];
        }
    }
    if (estimates->count == WANTED_MOST) {
        return NULL;
    }
    estimates->models[estimates->count] = unknown(model);
    return &estimates->models[estimates->count++];
}

static size_t parameter_named(const struct model *model, struct slice name)
{
    size_t i = 0;
    while (i < model->count && !slice_is(name, model->parameters[i])) {
        i++;
    }
    return i;
}

// "cov:r,alpha". False when it is something else.
static bool take_covariance(struct fitting *fitting, struct slice name, double value)
{
    if (!slice_starts(name, slice_of("cov:"))) {
        return false;
    }
    size_t comma = slice_find(name, ',', 0);
    if (comma == name.length) {
        return false;
    }
    size_t i = parameter_named(fitting->model, slice_part(name, 4, comma));
    size_t j = parameter_named(fitting->model, slice_part(name, comma + 1, name.length));
    if (i == fitting->model->count || j == fitting->model->count) {
        return false;
    }
    fitting->covariance[i][j] = value;
    fitting->covariance[j][i] = value;
    return true;
}

static bool take_number(struct fitting *fitting, struct slice name, double value)
{
    if (slice_is(name, "loglik")) {
        fitting->loglik = value;
    } else if (slice_is(name, "customers")) {
        fitting->customers = value;
    } else if (slice_is(name, "k") && fitting->model->shaped && value >= 1 && value <= 1000 && value == floor(value)) {
        fitting->parameters.shape = (unsigned)value;
    } else if (!slice_is(name, "aic") && !slice_is(name, "bic")) {
        return take_covariance(fitting, name, value);
    }
    return true;
}

static bool take_parameter(struct fitting *fitting, size_t index, double value, struct slice error)
{
    fitting->parameters.values[index] = value;
    if (!(value > 0)) {
        return false;
    }
    if (error.length > 0) {
        if (!number_read(error, '.', &fitting->errors[index])) {
            return false;
        }
        fitting->covariance[index][index] = fitting->errors[index] * fitting->errors[index];
    }
    return true;
}

// The unit must be that of the run.
static bool check_unit(struct source *source, const struct row *row, struct slice word)
{
    if (slice_is(word, unit_words[source->unit])) {
        return true;
    }
    diag_error_at(row->file, row->line, "these parameters are for --unit=%.*s, but --unit=%s is in use",
                  (int)word.length, word.data, unit_words[source->unit]);
    table_stop(source->table, STATUS_USAGE);
    return false;
}

static bool take_row(struct source *source, const struct row *row)
{
    const struct model *model = model_find(slice_trim_value(row->cells[source->model]));
    struct slice name = slice_trim_value(row->cells[source->name]);
    struct slice estimate = slice_trim_value(row->cells[source->estimate]);
    struct slice group = source->by == TABLE_NO_COLUMN ? slice_of("") : slice_trim_value(row->cells[source->by]);
    if (model == NULL) {
        return false;
    }
    struct fitting *fitting = fitting_of(group_of(source->parameters, group), model);
    if (slice_is(name, "unit")) {
        return check_unit(source, row, estimate);
    }
    double value;
    if (fitting == NULL || !number_read(estimate, '.', &value)) {
        return false;
    }
    size_t index = parameter_named(model, name);
    return index < model->count ? take_parameter(fitting, index, value, slice_trim_value(row->cells[source->error]))
                                : take_number(fitting, name, value);
}

static bool is_complete(const struct fitting *fitting)
{
    bool complete = fitting->parameters.shape > 0;
    for (size_t i = 0; i < fitting->model->count; i++) {
        complete = complete && isfinite(fitting->parameters.values[i]);
    }
    return complete;
}

static bool all_complete(const struct source *source)
{
    bool complete = source->parameters->count > 0;
    for (size_t i = 0; complete && i < source->parameters->count; i++) {
        const struct estimates *estimates = &source->parameters->groups[i];
        complete = !estimates->has_spend || is_complete(&estimates->spend);
        for (size_t j = 0; complete && j < estimates->count; j++) {
            complete = is_complete(&estimates->models[j]);
        }
    }
    if (!complete) {
        diag_error("%s: parameters are missing: it is not a file that score fit wrote", source->path);
    }
    return complete;
}

static bool find_columns(struct source *source, const char *by)
{
    struct table *table = source->table;
    source->by = TABLE_NO_COLUMN;
    return (by == NULL || table_column(table, by, "--by", &source->by)) &&
           table_column(table, "model", "--use", &source->model) &&
           table_column(table, "name", "--use", &source->name) &&
           table_column(table, "estimate", "--use", &source->estimate) &&
           table_column(table, "std_error", "--use", &source->error);
}

static void read_rows(struct source *source)
{
    struct row row;
    while (table_next(source->table, &row)) {
        if (!take_row(source, &row) && !table_stopped(source->table)) {
            diag_error_at(row.file, row.line, "not a row that score fit writes (model,name,estimate,std_error)");
            table_stop(source->table, STATUS_USAGE);
        }
    }
}

// Without --by a file of groups would give the last one's parameters to all.
static bool has_no_groups(struct source *source, const char *by)
{
    const struct columns *columns = table_columns(source->table);
    if (by != NULL || columns->count == 4) {
        return true;
    }
    diag_error("%s: it has parameters for groups; name their column with --by=%.*s", source->path,
               (int)columns->names[0].length, columns->names[0].data);
    table_stop(source->table, STATUS_USAGE);
    return false;
}

bool parameters_read(struct parameters *parameters, const char *path, const char *by, enum unit unit,
                     struct program *program, enum status *status)
{
    *parameters = (struct parameters){.names = map_create(0)};
    struct source source = {.parameters = parameters,
                            .table = program_side_table(program, path),
                            .program = program,
                            .path = path,
                            .unit = unit};
    if (!table_stopped(source.table) && find_columns(&source, by) && has_no_groups(&source, by)) {
        read_rows(&source);
    }
    if (table_stopped(source.table)) {
        *status = table_status(source.table) == STATUS_DONE ? STATUS_USAGE : table_status(source.table);
        return false;
    }
    *status = STATUS_USAGE;
    return all_complete(&source);
}

const struct estimates *parameters_of(const struct parameters *parameters, struct slice group)
{
    uint32_t index = map_find(parameters->names, group);
    return index == MAP_NONE ? NULL : &parameters->groups[index];
}

bool parameters_have_errors(const struct fitting *fitting)
{
    bool known = true;
    for (size_t i = 0; i < fitting->model->count; i++) {
        for (size_t j = 0; j < fitting->model->count; j++) {
            known = known && isfinite(fitting->covariance[i][j]);
        }
    }
    return known;
}

void parameters_free(struct parameters *parameters)
{
    if (parameters->names != NULL) {
        map_free(parameters->names);
    }
    free(parameters->groups);
}
