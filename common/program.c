// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * program: runs one mode of a program and cleans up after it.
 *
 * All that a run opens is listed in one struct, so that finish() can end it in the one right order: the tables say
 * their notes and final status, the writers go, and only then is it known whether the output takes its place.
 */
#include "program.h"

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "descriptor.h"
#include "diag.h"
#include "file.h"
#include "heap.h"
#include "information.h"
#include "layout.h"
#include "mode.h"
#include "options.h"
#include "output.h"
#include "settings.h"
#include "slice.h"
#include "table.h"
#include "targets.h"
#include "text.h"
#include "writer.h"

struct program {
    const char *name;
    const char *summary;
    const struct mode *const *modes;
    const struct mode *mode; // NULL until it is found
    struct settings common;
    void *settings; // the mode's
    struct option_list operands;
    struct diag diag;
    struct clock clock;
    struct cell_forms forms;
    struct slice *nulls;
    struct arena arena; // of the run
    struct table **tables;
    size_t table_count;
    size_t table_capacity;
    struct writer **writers;
    size_t writer_count;
    size_t writer_capacity;
    struct output *output;
    bool stdin_taken;
    bool rejects_taken;
    enum status status; // the gravest fault found here rather than by the mode
};

static enum status gravest(enum status a, enum status b)
{
    return a > b ? a : b;
}

enum status program_wrong(struct program *program, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *message = heap_allocate(size, 1);
    va_start(arguments, format);
    vsnprintf(message, size, format, arguments);
    va_end(arguments);
    diag_error("%s\ntry '%s%s%s --help'", message, program->name, program->mode == NULL ? "" : " ",
               program->mode == NULL ? "" : program->mode->name);
    free(message);
    program->status = gravest(program->status, STATUS_USAGE);
    return STATUS_USAGE;
}

const struct diag *program_diag(const struct program *program)
{
    return &program->diag;
}

const struct clock *program_clock(const struct program *program)
{
    return &program->clock;
}

const struct cell_forms *program_forms(const struct program *program)
{
    return &program->forms;
}

int program_digits(const struct program *program)
{
    return (int)program->common.digits;
}

const char *program_encoding(const struct program *program)
{
    return program->common.encoding;
}

size_t program_operand_count(const struct program *program)
{
    return program->operands.count;
}

const char *program_operand(const struct program *program, size_t index)
{
    return program->operands.values[index];
}

static struct table_options table_options(const struct program *program)
{
    struct table_options options = settings_table(&program->common);
    options.forms = &program->forms;
    options.clock = &program->clock;
    options.diag = &program->diag;
    return options;
}

static struct table *keep_table(struct program *program, struct table *table)
{
    program->tables =
        heap_grow(program->tables, &program->table_capacity, program->table_count + 1, sizeof *program->tables);
    program->tables[program->table_count++] = table;
    return table;
}

// What a mode gets when there is nothing to read and that was said.
static struct table *stopped_table(struct program *program)
{
    static const char *const nothing[] = {"/dev/null"};
    struct table_options options = {
        .no_header = true, .forms = &program->forms, .clock = &program->clock, .diag = &program->diag};
    struct table *table = keep_table(program, table_open(nothing, 1, &options));
    table_stop(table, STATUS_USAGE);
    return table;
}

// False, said, when standard input was given away already.
static bool take_stdin(struct program *program)
{
    if (program->stdin_taken) {
        program_wrong(program, "standard input can be read only once");
        return false;
    }
    program->stdin_taken = true;
    return true;
}

static struct table *open_table(struct program *program, const char *const *paths, size_t count,
                                const struct table_options *options)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(paths[i], "-") == 0 && !take_stdin(program)) {
            return stopped_table(program);
        }
    }
    return keep_table(program, table_open(paths, count, options));
}

enum {
    GROUPS = 8, // most tables of options, those of the mode and the common one
};

// The mode's options, then the common ones. Returns how many tables that are.
static size_t gather_groups(struct program *program, struct option_group groups[GROUPS])
{
    size_t count = 0;
    for (; count + 1 < GROUPS && mode_options(program->mode, count) != NULL; count++) {
        groups[count] = (struct option_group){mode_options(program->mode, count), program->settings};
    }
    groups[count++] = (struct option_group){settings_options, &program->common};
    return count;
}

// Are all paths, which are read, left alone by what the run writes? Said when not.
static bool spares_inputs(struct program *program, const char *const *paths, size_t count)
{
    struct option_group groups[GROUPS];
    struct text problem = {0};
    bool spared = true;
    size_t group_count = gather_groups(program, groups);
    for (size_t i = 0; spared && i < count; i++) {
        const char *path = strcmp(paths[i], "-") == 0 ? "/dev/stdin" : paths[i];
        spared = targets_spare(groups, group_count, path, &problem);
    }
    if (!spared) {
        program_wrong(program, "%s", text_string(&problem));
    }
    text_free(&problem);
    return spared;
}

struct table *program_input_files(struct program *program, const char *const *paths, size_t count)
{
    struct table_options options = table_options(program);
    if (!spares_inputs(program, paths, count)) {
        return stopped_table(program);
    }
    if (options.rejects != NULL && program->rejects_taken) {
        program_wrong(program, "--rejects takes the bad records of one table, and here are several");
        return stopped_table(program);
    }
    program->rejects_taken = true;
    return open_table(program, paths, count, &options);
}

struct table *program_input(struct program *program)
{
    static const char *const standard_input[] = {"-"};
    if (program->operands.count > 0) {
        return program_input_files(program, program->operands.values, program->operands.count);
    }
    if (isatty(STDIN_FILENO)) {
        program_wrong(program, "no input; usage: %s %s [OPTION]... %s", program->name, program->mode->name,
                      program->mode->usage == NULL ? "" : program->mode->usage);
        return stopped_table(program);
    }
    return program_input_files(program, standard_input, 1);
}

struct table *program_side_table(struct program *program, const char *path)
{
    return spares_inputs(program, &path, 1) ? program_replaced_table(program, path) : stopped_table(program);
}

struct table *program_replaced_table(struct program *program, const char *path)
{
    struct table_options options = table_options(program);
    options.reader.delimiter = 0;
    options.reader.unless_utf8 = true;
    options.reader.skip_lines = 0;
    options.no_header = false;
    options.header_match = NULL;
    options.skip_last = 0;
    options.layout = options.layout == LAYOUT_NONE ? LAYOUT_NONE : LAYOUT_AUTO;
    options.ragged = SHAPE_RAGGED_ERROR;
    options.rejects = NULL;
    options.max_rejects = NULL;
    options.where = NULL;
    options.file_column = NULL;
    options.watched = false;
    return open_table(program, &path, 1, &options);
}

bool program_file(struct program *program, const char *path, struct slice *bytes)
{
    bool standard = strcmp(path, "-") == 0;
    if (standard && !take_stdin(program)) {
        return false;
    }
    struct text content = {0};
    const char *reason = NULL;
    bool read = file_read(path, &content, &reason);
    if (read) {
        *bytes = arena_copy(&program->arena, text_slice(&content));
    } else {
        diag_error_at(standard ? "stdin" : path, 0, "%s", reason);
        program->status = STATUS_SYSTEM;
    }
    text_free(&content);
    return read;
}

struct output *program_output(struct program *program)
{
    if (program->output == NULL) {
        program->output = output_open(program->common.output);
    }
    return program->output;
}

struct writer *program_writer(struct program *program, const struct table *input)
{
    const struct settings *common = &program->common;
    struct output *output = program_output(program);
    if (output == NULL) {
        return NULL;
    }
    char delimiter = input == NULL ? ',' : table_delimiter(input);
    struct writer_options options = {
        .delimiter = common->output_delimiter != 0 ? common->output_delimiter : delimiter,
        .no_header = common->no_header,
        .bom = common->bom,
        .crlf = common->crlf,
        .escape_formulas = common->escape_formulas,
        .json = common->json,
        .digits = (int)common->digits,
        .input_delimiter = delimiter,
    };
    program->writers =
        heap_grow(program->writers, &program->writer_capacity, program->writer_count + 1, sizeof *program->writers);
    return program->writers[program->writer_count++] = writer_open(output, &options);
}

bool program_writes_text(struct program *program)
{
    const struct settings *common = &program->common;
    const struct {
        bool given;
        const char *name;
    } options[] = {
        {common->json, "json"}, {common->output_delimiter != 0, "output-delimiter"},
        {common->bom, "bom"},   {common->escape_formulas, "escape-formulas"},
        {common->crlf, "crlf"},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (options[i].given) {
            program_wrong(program, "--%s is for tables, and this writes text", options[i].name);
            return false;
        }
    }
    return true;
}

static bool informed(const struct program *program, enum status *status)
{
    struct information about = {program->name, program->summary, program->modes, program->mode};
    return information_given(&about, &program->common, status);
}

static void set_nulls(struct program *program)
{
    if (program->common.null == NULL) {
        return;
    }
    struct slice list = slice_of(program->common.null);
    program->nulls = heap_allocate(list.length + 1, sizeof *program->nulls);
    for (size_t at = 0; at < list.length;) {
        size_t end = slice_find(list, ',', at);
        program->nulls[program->forms.null_count++] = slice_part(list, at, end);
        at = end + 1;
    }
    program->forms.nulls = program->nulls;
}

static bool set_clock(struct program *program)
{
    const struct settings *common = &program->common;
    const char *problem = clock_set(&program->clock, common->today, common->time_zone);
    if (problem == NULL) {
        return true;
    }
    if (clock_set(&program->clock, NULL, common->time_zone) == NULL) {
        program_wrong(program, "option '--today': '%s': %s", common->today, problem);
    } else if (common->time_zone != NULL) {
        program_wrong(program, "option '--time-zone': '%s': %s", common->time_zone, problem);
    } else {
        program_wrong(program, "the environment's TZ, '%s': %s (or use --time-zone=NAME)", getenv("TZ"), problem);
    }
    return false;
}

static bool prepare(struct program *program)
{
    const struct settings *common = &program->common;
    program->diag = (struct diag){common->quiet, common->verbose, common->show_values};
    if (program->mode->usage == NULL && program->operands.count > 0) {
        program_wrong(program, "operand '%s', but this mode takes none", program->operands.values[0]);
        return false;
    }
    if (!set_clock(program)) {
        return false;
    }
    program->forms = (struct cell_forms){
        .decimal = common->decimal, .dates = (enum date_order)common->dates, .zone = program->clock.zone};
    set_nulls(program);
    return program->mode->check == NULL || program->mode->check(program->settings, program);
}

static enum status run_mode(struct program *program, int argc, char *const *argv)
{
    const struct mode *mode = program->mode;
    program->settings = heap_allocate(1, mode->settings_size);
    if (mode->settings_size > 0) {
        memcpy(program->settings, mode->defaults, mode->settings_size);
    }
    struct option_group groups[GROUPS];
    size_t group_count = gather_groups(program, groups);
    struct text problem = {0};
    enum status status = STATUS_USAGE;
    bool parsed = options_parse(groups, group_count, argc, argv, &program->operands, &problem);
    if ((parsed || program->common.help) && informed(program, &status)) {
        text_free(&problem);
        return status;
    }
    if (!parsed || !settings_check(&program->common, &problem) || !targets_differ(groups, group_count, &problem)) {
        program_wrong(program, "%s", text_string(&problem));
    } else if (prepare(program)) {
        status = mode->run(program->settings, program);
    }
    text_free(&problem);
    return status;
}

// Words before any mode: only options that inform have a meaning there.
static enum status run_without_mode(struct program *program, int argc, char *const *argv)
{
    struct option_group group = {settings_options, &program->common};
    struct text problem = {0};
    enum status status = STATUS_USAGE;
    bool parsed = options_parse(&group, 1, argc, argv, &program->operands, &problem);
    if ((!parsed && !program->common.help) || !informed(program, &status)) {
        program_wrong(program, "%s", parsed ? "the mode comes first, then its options" : text_string(&problem));
    }
    text_free(&problem);
    return status;
}

static enum status unknown_mode(struct program *program, const char *word)
{
    size_t count = 0;
    while (program->modes[count] != NULL) {
        count++;
    }
    struct slice *names = heap_allocate(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = slice_of(program->modes[i]->name);
    }
    long nearest = diag_nearest(slice_of(word), names, count);
    free(names);
    if (nearest < 0) {
        return program_wrong(program, "unknown mode '%s'", word);
    }
    return program_wrong(program, "unknown mode '%s' (did you mean '%s'?)", word, program->modes[nearest]->name);
}

static enum status run(struct program *program, int argc, char *const *argv)
{
    if (argc < 2) {
        return program_wrong(program, "which mode?");
    }
    if (argv[1][0] == '-') {
        return run_without_mode(program, argc, argv);
    }
    for (size_t i = 0; program->modes[i] != NULL; i++) {
        if (strcmp(program->modes[i]->name, argv[1]) == 0) {
            program->mode = program->modes[i];
            return run_mode(program, argc - 1, argv + 1);
        }
    }
    return unknown_mode(program, argv[1]);
}

static void free_writers(struct program *program)
{
    for (size_t i = 0; i < program->writer_count; i++) {
        writer_free(program->writers[i]);
    }
    program->writer_count = 0;
}

enum status program_deliver(struct program *program)
{
    enum status status = STATUS_DONE;
    free_writers(program);
    if (program->output != NULL) {
        status = output_close(program->output, true);
        program->output = NULL;
    }
    program->status = gravest(program->status, status);
    return status;
}

// Ends what the run opened, and gives its final status.
static enum status finish(struct program *program, enum status status)
{
    bool stopped = false;
    status = gravest(status, program->status);
    for (size_t i = 0; i < program->table_count; i++) {
        stopped = stopped || table_stopped(program->tables[i]);
        table_close(program->tables[i]);
        status = gravest(status, table_status(program->tables[i]));
    }
    free_writers(program);
    if (program->output != NULL) {
        status = gravest(status, output_close(program->output, !stopped && status < STATUS_USAGE));
    }
    return status;
}

static void release(struct program *program)
{
    for (size_t i = 0; i < program->table_count; i++) {
        table_free(program->tables[i]);
    }
    for (size_t i = 0; program->mode != NULL && mode_options(program->mode, i) != NULL; i++) {
        options_release(mode_options(program->mode, i), program->settings);
    }
    free(program->tables);
    free(program->writers);
    free(program->settings);
    free(program->nulls);
    options_list_free(&program->operands);
    arena_free(&program->arena);
    clock_free(&program->clock);
}

static const char *called_name(const char *name, int argc, char *const *argv)
{
    if (argc < 1 || argv[0] == NULL || argv[0][0] == '\0') {
        return name;
    }
    const char *slash = strrchr(argv[0], '/');
    return slash == NULL ? argv[0] : slash + 1;
}

int program_main(const char *name, const char *summary, const struct mode *const *modes, int argc, char **argv)
{
    descriptor_guard();
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is a write error, which cleans up, and no sudden end
    struct program program = {
        .name = called_name(name, argc, argv), .summary = summary, .modes = modes, .common = settings_defaults};
    diag_set_program(program.name);
    enum status status = finish(&program, run(&program, argc, argv));
    release(&program);
    return (int)status;
}
