// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake: opens the tables, compiles the steps against each header, then reads row by row. Gathers what trails.h keeps,
 * and the names of events where they are asked for.
 */
#include "intake.h"

#include <stdlib.h>
#include <string.h>

#include "complaints.h"
#include "date.h"
#include "heap.h"
#include "moment.h"
#include "operand.h"
#include "table.h"

enum {
    OLD_LOG_DAYS = 30, // a log older than this is worth a word
};

const char *const intake_starts[] = {
    [ATTEMPT_BEST] = "best", [ATTEMPT_FIRST] = "first", [ATTEMPT_LATEST] = "latest", NULL};

static bool has_window(const struct intake_settings *settings)
{
    return settings->window.months != INTAKE_NO_WINDOW;
}

static bool read_plan(const struct intake_settings *settings, struct program *program, struct plan *plan)
{
    struct text problem = {0};
    bool read = plan_read(plan, settings->steps, &settings->expressions, settings->wide_steps, &problem);
    if (!read) {
        program_wrong(program, "%s", text_string(&problem));
    }
    text_free(&problem);
    return read;
}

static size_t count_words(const struct program *program)
{
    size_t words = 0;
    for (size_t i = 0; i < program_operand_count(program); i++) {
        words += operand_word(program_operand(program, i)).length > 0;
    }
    return words;
}

static bool check_operands(const struct intake_settings *settings, struct program *program)
{
    size_t words = count_words(program);
    if (words == 0) {
        return true;
    }
    if (words < program_operand_count(program)) {
        program_wrong(program, "EVENT=FILE and a plain FILE do not go together (write ./NAME where a name has a '=')");
    } else if (settings->sorted) {
        program_wrong(program, "--sorted is for one log: of several files none goes on where the other ends");
    } else if (settings->wide_steps != NULL) {
        program_wrong(program, "--wide-steps reads sheets: EVENT=FILE does not go with it");
    } else if (settings->columns.event != NULL) {
        program_wrong(program, "--event does not go with EVENT=FILE, which says what the event is");
    } else {
        return true;
    }
    return false;
}

bool intake_check(const struct intake_settings *settings, struct program *program)
{
    struct plan plan = {0};
    bool right = read_plan(settings, program, &plan);
    plan_free(&plan);
    if (!right) {
        return false;
    }
    if (has_window(settings) && !period_positive(settings->window)) {
        program_wrong(program, "--window: a window must be above zero");
        return false;
    }
    if (settings->wide_steps != NULL && settings->sorted) {
        program_wrong(program, "--sorted is for a log; a row of a wide sheet has several times");
        return false;
    }
    if (settings->wide_steps != NULL && (settings->columns.time != NULL || settings->columns.event != NULL)) {
        program_wrong(program, "--wide-steps names the columns of times: leave --time and --event away");
        return false;
    }
    return check_operands(settings, program);
}

static bool open_source(struct intake *intake, struct table *table, struct slice word)
{
    struct source *source = &intake->sources[intake->source_count++];
    source->table = table;
    source->word = word;
    return source_open(source, &intake->plan, &intake->settings->columns, &intake->arena);
}

// A column that the user names need not be in every export, but in one of them.
static bool names_are_somewhere(const struct intake *intake)
{
    const struct source_columns *columns = &intake->settings->columns;
    bool customer = columns->customer == NULL;
    bool time = columns->time == NULL;
    for (size_t i = 0; i < intake->source_count; i++) {
        customer = customer || source_has(&intake->sources[i], columns->customer);
        time = time || source_has(&intake->sources[i], columns->time);
    }
    size_t index;
    struct table *first = intake->sources[0].table;
    return (customer || table_column(first, columns->customer, "--customer", &index)) &&
           (time || table_column(first, columns->time, "--time", &index));
}

static bool open_exports(struct intake *intake)
{
    for (size_t i = 0; i < program_operand_count(intake->program); i++) {
        const char *operand = program_operand(intake->program, i);
        struct slice word = operand_word(operand);
        const char *path = operand_path(operand);
        if (!open_source(intake, program_input_files(intake->program, &path, 1), word)) {
            return false;
        }
        vocabulary_see(&intake->vocabulary, word); // known without a row
    }
    return names_are_somewhere(intake);
}

// Every table is opened before any is read, so that a wrong header is told at once.
static bool open_sources(struct intake *intake)
{
    intake->sources = heap_allocate(program_operand_count(intake->program) + 1, sizeof *intake->sources);
    if (count_words(intake->program) > 0) {
        return open_exports(intake);
    }
    return open_source(intake, program_input(intake->program), (struct slice){NULL, 0});
}

// The status of the table that stopped.
static enum status table_fault(const struct intake *intake)
{
    enum status status = STATUS_DONE;
    for (size_t i = 0; i < intake->source_count; i++) {
        enum status its = table_status(intake->sources[i].table);
        status = its > status ? its : status;
    }
    return status;
}

// A step's expression must fit one of the tables; in the others no row matches it.
static void compile_step(struct intake *intake, size_t step, struct complaints *complaints)
{
    const struct cell_forms *forms = program_forms(intake->program);
    const struct clock *clock = program_clock(intake->program);
    bool fits = false;
    for (size_t i = 0; i < intake->source_count; i++) {
        struct complaints unused = {0};
        fits = source_compile(&intake->sources[i], &intake->plan, step, forms, clock, &intake->arena, &unused) || fits;
        complaints_free(&unused);
    }
    if (!fits) {
        source_compile(&intake->sources[0], &intake->plan, step, forms, clock, &intake->arena, complaints);
    }
}

static bool compile_steps(struct intake *intake)
{
    struct complaints complaints = {0};
    for (size_t i = 0; i < intake->plan.count; i++) {
        if (intake->plan.steps[i].kind == PLAN_EXPRESSION) {
            compile_step(intake, i, &complaints);
        } else if (intake->plan.steps[i].kind == PLAN_EVERY) {
            intake->every |= UINT64_C(1) << i;
        }
    }
    bool right = complaints.count == 0;
    complaints_print(&complaints);
    complaints_free(&complaints);
    return right;
}

// The name of a column of --by as a header has it. False, said, when no table has the column.
static bool name_group(struct intake *intake, size_t column)
{
    struct slice *name = &intake->groups.names[column];
    for (size_t i = 0; i < intake->source_count; i++) {
        const struct source *source = &intake->sources[i];
        if (source->groups[column] != TABLE_NO_COLUMN) {
            *name = slice_trim_value(table_columns(source->table)->names[source->groups[column]]);
            return true;
        }
    }
    size_t index;
    return table_column(intake->sources[0].table, arena_copy(&intake->arena, *name).data, "--by", &index);
}

static bool find_groups(struct intake *intake, const char *by)
{
    const char *problem;
    if (!groups_read(&intake->groups, by, &intake->arena, &problem)) {
        program_wrong(intake->program, "--by: %s", problem);
        return false;
    }
    for (size_t i = 0; i < intake->source_count; i++) {
        source_find_groups(&intake->sources[i], intake->groups.names, intake->groups.count, &intake->arena);
    }
    for (size_t i = 0; i < intake->groups.count; i++) {
        if (!name_group(intake, i)) {
            return false;
        }
    }
    return true;
}

static bool add_event(struct intake *intake, const struct source *source, struct slice person,
                      const struct trails_event *event)
{
    if (!intake->any || event->time < intake->first) {
        intake->first = event->time;
    }
    if (!intake->any || event->time > intake->last) {
        intake->last = event->time;
    }
    intake->any = true;
    if (!trails_add(intake->trails, person, event)) {
        diag_error("more than %d kinds of events", TRAILS_KINDS);
        table_stop(source->table, STATUS_DATA);
        return false;
    }
    return true;
}

static uint32_t label_of(struct intake *intake, const struct source *source, const struct row *row, uint64_t steps,
                         uint32_t name)
{
    if (intake->follow) {
        return name == VOCABULARY_NONE ? INTAKE_NAMELESS : name;
    }
    return (steps & 1) != 0 ? groups_find(&intake->groups, row, source->groups) : 0;
}

// Which steps a row of a log matches, and the number of its event's name. False when the row was refused.
static bool match_row(struct intake *intake, struct source *source, const struct row *row, uint64_t *steps,
                      uint32_t *name)
{
    *steps = intake->every;
    *name = VOCABULARY_NONE;
    if (source->word.length > 0) {
        *name = vocabulary_see(&intake->vocabulary, source->word);
    } else if (source->event != TABLE_NO_COLUMN) {
        *name = vocabulary_see(&intake->vocabulary, slice_trim_value(row->cells[source->event]));
    }
    if (*name != VOCABULARY_NONE) {
        *steps |= vocabulary_steps(&intake->vocabulary, *name);
    }
    return source_test(source, row, steps);
}

// The row's time. False when the row was refused or left out.
static bool take_time(struct intake *intake, struct source *source, const struct row *row, struct moment *moment)
{
    enum cell_result read = moment_read(program_forms(intake->program), row->cells[source->time], moment);
    if (!table_needs(source->table, row, source->time, read, "a date")) {
        return false;
    }
    if (moment->instant > intake->now) {
        table_leave_out(source->table, "dated after today");
        return false;
    }
    if (intake->settings->sorted && intake->any && moment->instant < intake->last) {
        table_refuse(source->table, row, source->time, "earlier than a row before it, but --sorted was given");
        return false;
    }
    return true;
}

static void take_log_row(struct intake *intake, struct source *source, const struct row *row)
{
    uint64_t steps;
    uint32_t name;
    if (!match_row(intake, source, row, &steps, &name) || (steps == 0 && !intake->follow)) {
        return;
    }
    struct slice person;
    struct moment moment;
    if (!table_key(source->table, row, source->customer, &person) || !take_time(intake, source, row, &moment)) {
        return;
    }
    struct trails_event event = {moment.instant, moment.has_time, steps, label_of(intake, source, row, steps, name)};
    add_event(intake, source, person, &event);
}

// Reads the dates of a wide sheet's row into `moments`, *dated telling which are there. False when the row was refused.
static bool read_dates(struct intake *intake, struct source *source, const struct row *row,
                       struct moment moments[ATTEMPT_STEPS], uint64_t *dated)
{
    *dated = 0;
    for (size_t i = 0; i < intake->plan.count; i++) {
        enum cell_result read = moment_read(program_forms(intake->program), row->cells[source->dates[i]], &moments[i]);
        if (read == CELL_BAD) {
            table_needs(source->table, row, source->dates[i], read, "a date");
            return false;
        }
        if (read == CELL_OK) {
            *dated |= UINT64_C(1) << i;
        }
    }
    return true;
}

static void take_wide_row(struct intake *intake, struct source *source, const struct row *row)
{
    struct slice person;
    uint64_t dated;
    struct moment moments[ATTEMPT_STEPS];
    if (!table_key(source->table, row, source->customer, &person) ||
        !read_dates(intake, source, row, moments, &dated)) {
        return;
    }
    if (dated == 0) {
        trails_meet(intake->trails, person);
    }
    for (size_t i = 0; i < intake->plan.count; i++) {
        uint64_t step = UINT64_C(1) << i;
        if ((dated & step) != 0 && moments[i].instant > intake->now) {
            table_leave_out(source->table, "dated after today");
            trails_meet(intake->trails, person);
        } else if ((dated & step) != 0) {
            uint32_t name = vocabulary_number(&intake->vocabulary, slice_trim_value(intake->plan.steps[i].name));
            struct trails_event event = {moments[i].instant, moments[i].has_time, step,
                                         label_of(intake, source, row, step, name)};
            add_event(intake, source, person, &event);
        }
    }
}

static bool read_source(struct intake *intake, struct source *source)
{
    struct row row;
    while (table_next(source->table, &row)) {
        if (source->dates != NULL) {
            take_wide_row(intake, source, &row);
        } else {
            take_log_row(intake, source, &row);
        }
    }
    if (table_stopped(source->table)) {
        return false;
    }
    table_close(source->table);
    return true;
}

static bool is_empty(const struct intake *intake)
{
    for (size_t i = 0; i < intake->source_count; i++) {
        if (table_rows(intake->sources[i].table) > 0) {
            return false;
        }
    }
    return true;
}

static void say_absent(const struct intake *intake, struct text *message)
{
    if (intake->settings->allow_absent) {
        diag_note(program_diag(intake->program), "%s", text_string(message));
    } else {
        text_append_string(message, "; --allow-absent goes on without");
        diag_error("%s", text_string(message));
    }
}

static enum status check_absent(const struct intake *intake)
{
    if (intake->vocabulary.unseen == 0 || is_empty(intake)) {
        return STATUS_DONE;
    }
    struct text message = {0};
    for (uint32_t i = 0; i < intake->plan.count && i < map_count(intake->vocabulary.names); i++) {
        text_clear(&message);
        vocabulary_missed(&intake->vocabulary, i, &message);
        if (message.length > 0) {
            say_absent(intake, &message);
        }
    }
    text_free(&message);
    return intake->settings->allow_absent ? STATUS_DONE : STATUS_USAGE;
}

static int32_t day_of(const struct intake *intake, int64_t instant)
{
    int64_t local = zone_to_local(program_clock(intake->program)->zone, instant);
    return (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0));
}

// What a reader must know of the log's days: all of it with -v, and in any case when it is an old one.
static void tell_span(const struct intake *intake)
{
    const struct diag *diag = program_diag(intake->program);
    if (!intake->any) {
        return;
    }
    char first[DATE_SIZE];
    char last[DATE_SIZE];
    char today[DATE_SIZE];
    first[date_print(first, day_of(intake, intake->first))] = '\0';
    last[date_print(last, day_of(intake, intake->last))] = '\0';
    today[date_print(today, program_clock(intake->program)->today)] = '\0';
    diag_detail(diag, "%zu people, events from %s to %s", trails_count(intake->trails), first, last);
    if ((intake->now - intake->last) / DATE_DAY_SECONDS > OLD_LOG_DAYS) {
        diag_note(diag, "the last event is of %s, today is %s (set the day with --today=DATE)", last, today);
    }
}

static struct trails *create_trails(const struct intake *intake)
{
    const struct intake_settings *settings = intake->settings;
    struct trails_options options = {.rules = {.steps = intake->plan.count,
                                               .start = (enum attempt_start)settings->start,
                                               .has_window = has_window(settings),
                                               .window = settings->window,
                                               .zone = program_clock(intake->program)->zone},
                                     .sorted = settings->sorted,
                                     .follow = intake->follow};
    return trails_create(&options);
}

enum status intake_open(struct intake *intake, const struct intake_settings *settings, struct program *program,
                        const char *by, bool follow)
{
    const struct clock *clock = program_clock(program);
    *intake = (struct intake){.settings = settings, .program = program, .follow = follow};
    intake->now = zone_to_instant(clock->zone, clock->now);
    if (!read_plan(settings, program, &intake->plan)) {
        return STATUS_USAGE;
    }
    vocabulary_open(&intake->vocabulary, &intake->plan, follow);
    intake->trails = create_trails(intake);
    if (!open_sources(intake)) {
        return table_fault(intake);
    }
    bool fits = (by == NULL || find_groups(intake, by)) && compile_steps(intake);
    return fits ? STATUS_DONE : STATUS_USAGE;
}

bool intake_is_over(const struct intake *intake)
{
    for (size_t i = 0; i < intake->source_count; i++) {
        if (table_stopped(intake->sources[i].table)) {
            return true;
        }
    }
    return false;
}

enum status intake_read(struct intake *intake)
{
    for (size_t i = 0; i < intake->source_count; i++) {
        if (!read_source(intake, &intake->sources[i])) {
            return table_fault(intake);
        }
    }
    trails_end(intake->trails);
    tell_span(intake);
    return check_absent(intake);
}

void intake_free(struct intake *intake)
{
    for (size_t i = 0; i < intake->source_count; i++) {
        source_close(&intake->sources[i]);
    }
    free(intake->sources);
    trails_free(intake->trails);
    vocabulary_free(&intake->vocabulary);
    groups_free(&intake->groups);
    plan_free(&intake->plan);
    arena_free(&intake->arena);
}

const struct table *intake_table(const struct intake *intake)
{
    return intake->sources[0].table;
}

struct slice intake_name(const struct intake *intake, uint32_t label)
{
    return label == INTAKE_NAMELESS ? (struct slice){NULL, 0} : vocabulary_name(&intake->vocabulary, label);
}
