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

static bool has_window(const struct intake_settings *settings)
{
    return settings->window.months != INTAKE_NO_WINDOW;
}

static bool read_plan(const struct intake_settings *settings, struct program *program, struct plan *plan)
{
    struct text problem = {0};
    bool read = plan_read(plan, settings->steps, &settings->expressions, settings->wide_steps, &problem) &&
                plan_exclude(plan, &settings->exclude, &problem);
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

// "file", "strict", a number of seconds or an elapsed period. False when it is nothing of these.
static bool read_ties(const char *text, struct attempt_rules *rules)
{
    struct period period;
    struct slice given = text == NULL ? slice_of("file") : slice_of(text);
    int64_t seconds = 0;
    rules->ties = ATTEMPT_FILE;
    if (slice_is(given, "file")) {
        return true;
    }
    rules->ties = ATTEMPT_STRICT;
    if (slice_is(given, "strict")) {
        return true;
    }
    rules->ties = ATTEMPT_WITHIN;
    if (period_read(given, &period)) {
        rules->within = period.seconds;
        return period.months == 0 && period.seconds >= 0;
    }
    for (size_t i = 0; i < given.length; i++) {
        if (given.data[i] < '0' || given.data[i] > '9' || seconds > INT32_MAX) {
            return false;
        }
        seconds = seconds * 10 + (given.data[i] - '0');
    }
    rules->within = seconds;
    return given.length > 0;
}

// A date is its first second, as the end of a range its last one.
static bool read_bound(const char *text, const struct clock *clock, bool is_end, int64_t *instant)
{
    struct date_time value;
    if (!date_read(slice_of(text), DATE_YMD, &value)) {
        return false;
    }
    int64_t local = (int64_t)value.day * DATE_DAY_SECONDS + value.second;
    if (is_end && !value.has_time) {
        local += DATE_DAY_SECONDS - 1;
    }
    *instant = value.has_offset ? local - value.offset : zone_to_instant(clock->zone, local);
    return true;
}

static bool read_range(const struct intake_settings *settings, struct program *program, struct attempt_rules *rules)
{
    const struct clock *clock = program_clock(program);
    rules->has_range = settings->from != NULL || settings->to != NULL;
    rules->from = INT64_MIN;
    rules->to = INT64_MAX;
    if (settings->from != NULL && !read_bound(settings->from, clock, false, &rules->from)) {
        program_wrong(program, "--from: not a date or time");
    } else if (settings->to != NULL && !read_bound(settings->to, clock, true, &rules->to)) {
        program_wrong(program, "--to: not a date or time");
    } else if (rules->from > rules->to) {
        program_wrong(program, "--from is later than --to");
    } else {
        return true;
    }
    return false;
}

static void take_marks(const struct plan *plan, struct attempt_rules *rules)
{
    rules->steps = plan->count;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        rules->optional |= step->optional ? UINT64_C(1) << i : 0;
        rules->has_window_of_its_own |= step->has_window ? UINT64_C(1) << i : 0;
        rules->step_windows[i] = step->window;
    }
}

static bool read_rules(const struct intake_settings *settings, struct program *program, const struct plan *plan,
                       struct attempt_rules *rules)
{
    *rules = (struct attempt_rules){.start = (enum attempt_start)settings->start,
                                    .has_window = has_window(settings),
                                    .window = settings->window,
                                    .zone = program_clock(program)->zone,
                                    .order = (enum attempt_order)settings->order,
                                    .has_endings = plan->exclusion_count > 0,
                                    .is_void = settings->exclude_person};
    take_marks(plan, rules);
    if (!read_ties(settings->ties, rules)) {
        program_wrong(program, "--ties: file, strict or a number of seconds");
    } else if (rules->order != ATTEMPT_GAPS && rules->ties == ATTEMPT_WITHIN) {
        program_wrong(program, "--ties=SECONDS is for --order=gaps");
    } else if (rules->order == ATTEMPT_ANY && (rules->optional | rules->has_window_of_its_own) != 0) {
        program_wrong(program, "--order=any: no step comes before another, so none is optional or has its own window");
    } else if (rules->is_void && !rules->has_endings) {
        program_wrong(program, "--exclude-person needs --exclude");
    } else if (rules->has_endings && settings->wide_steps != NULL) {
        program_wrong(program, "--exclude is for a log: a wide sheet has no events but the steps");
    } else {
        return read_range(settings, program, rules);
    }
    return false;
}

static bool check_rules(const struct intake_settings *settings, struct program *program)
{
    struct plan plan = {0};
    struct attempt_rules rules;
    bool right = read_plan(settings, program, &plan) && read_rules(settings, program, &plan, &rules);
    plan_free(&plan);
    return right;
}

bool intake_check(const struct intake_settings *settings, struct program *program)
{
    if (!check_rules(settings, program)) {
        return false;
    }
    if (settings->wide_steps != NULL && settings->amount != NULL) {
        program_wrong(program, "--amount is for a log, whose rows are events");
        return false;
    }
    if (settings->wide_steps != NULL && (settings->save != NULL || settings->use != NULL)) {
        program_wrong(program, "--save and --use are for a log: a wide sheet is whole every time");
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

// The column of --amount, which must be in one of the tables.
static bool find_amounts(struct intake *intake)
{
    const char *name = intake->settings->amount;
    bool found = name == NULL;
    for (size_t i = 0; i < intake->source_count && name != NULL; i++) {
        struct source *source = &intake->sources[i];
        if (source_has(source, name)) {
            found = table_column(source->table, name, "--amount", &source->amount);
        }
    }
    size_t index;
    return found || table_column(intake->sources[0].table, name, "--amount", &index);
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

// Notes an event of the only person asked for; its label becomes the note's number.
static void note_event(struct intake *intake, struct trails_event *event)
{
    intake->notes = heap_grow(intake->notes, &intake->note_capacity, intake->note_count + 1, sizeof *intake->notes);
    intake->notes[intake->note_count] = (struct intake_note){event->time, event->has_time, event->label};
    event->label = (uint32_t)intake->note_count++;
}

static bool add_event(struct intake *intake, const struct source *source, struct slice person,
                      struct trails_event *event)
{
    if (intake->wishes.only.length > 0 && !slice_equal(person, intake->wishes.only)) {
        return true;
    }
    if (!intake->any || event->time < intake->first) {
        intake->first = event->time;
    }
    if (!intake->any || event->time > intake->last) {
        intake->last = event->time;
    }
    intake->any = true;
    intake->has_times = intake->has_times || event->has_time;
    if (intake->wishes.only.length > 0) {
        note_event(intake, event);
    }
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
    if (intake->wishes.follow) {
        return name == VOCABULARY_NONE ? INTAKE_NAMELESS : name;
    }
    bool starts = (steps & 1) != 0 || (steps != 0 && intake->rules.order == ATTEMPT_ANY);
    bool has_group = starts || (steps != 0 && intake->wishes.labels);
    return has_group ? groups_find(&intake->groups, row, source->groups) : 0;
}

// The amount of a row that matches the last step. False when the row was refused.
static bool take_amount(struct intake *intake, struct source *source, const struct row *row, uint64_t steps,
                        int64_t *amount)
{
    struct money money = {.micros = 0};
    *amount = 0;
    if (source->amount == TABLE_NO_COLUMN || (steps >> (intake->plan.count - 1) & 1) == 0) {
        return true;
    }
    enum cell_result read = cell_money(program_forms(intake->program), row->cells[source->amount], &money);
    if (!table_needs(source->table, row, source->amount, read, "an amount")) {
        return false;
    }
    if (money.currency != MONEY_NO_CURRENCY) {
        if (intake->currency != MONEY_NO_CURRENCY && intake->currency != money.currency) {
            table_refuse(source->table, row, source->amount, "another currency than in rows before");
            return false;
        }
        intake->currency = money.currency;
    }
    intake->places = money.places > intake->places ? money.places : intake->places;
    *amount = money.micros;
    return true;
}

// Which steps a row of a log matches, which attempts it ends, and the number of its event's name. False when the row
// was refused.
static bool match_row(struct intake *intake, struct source *source, const struct row *row, uint64_t *steps,
                      uint64_t *ends, uint32_t *name)
{
    *ends = 0;
    *steps = intake->every;
    *name = VOCABULARY_NONE;
    if (source->word.length > 0) {
        *name = vocabulary_see(&intake->vocabulary, source->word);
    } else if (source->event != TABLE_NO_COLUMN) {
        *name = vocabulary_see(&intake->vocabulary, slice_trim_value(row->cells[source->event]));
    }
    if (*name != VOCABULARY_NONE) {
        *steps |= vocabulary_steps(&intake->vocabulary, *name);
        *ends = vocabulary_ends(&intake->vocabulary, *name);
    }
    return source_test(source, row, steps);
}

// The row's time. False when the row was refused or left out.
static bool take_time(struct intake *intake, struct source *source, const struct row *row, struct moment *moment)
{
    enum cell_result read = moment_read(table_forms(source->table), row->cells[source->time], &source->day, moment);
    if (!table_needs(source->table, row, source->time, read, "a date")) {
        return false;
    }
    if (moment->instant > intake->now) {
        table_leave_out(source->table, "dated after today");
        return false;
    }
    intake->late += intake->has_state && moment->instant < intake->known;
    if (intake->settings->sorted && intake->any && moment->instant < intake->last) {
        table_refuse(source->table, row, source->time, "earlier than a row before it, but --sorted was given");
        return false;
    }
    return true;
}

static void take_log_row(struct intake *intake, struct source *source, const struct row *row)
{
    uint64_t steps;
    uint64_t ends;
    uint32_t name;
    if (!match_row(intake, source, row, &steps, &ends, &name) || ((steps | ends) == 0 && !intake->keeps_all)) {
        return;
    }
    struct slice person;
    struct moment moment;
    if (!table_key(source->table, row, source->customer, &person) || !take_time(intake, source, row, &moment)) {
        return;
    }
    struct trails_event event = {.time = moment.instant, .has_time = moment.has_time, .steps = steps, .ends = ends};
    if (!take_amount(intake, source, row, steps, &event.amount)) {
        return;
    }
    event.label = label_of(intake, source, row, steps, name);
    add_event(intake, source, person, &event);
}

// Reads the dates of a wide sheet's row into `moments`, *dated telling which are there. False when the row was refused.
static bool read_dates(struct intake *intake, struct source *source, const struct row *row,
                       struct moment moments[ATTEMPT_STEPS], uint64_t *dated)
{
    *dated = 0;
    for (size_t i = 0; i < intake->plan.count; i++) {
        enum cell_result read =
            moment_read(table_forms(source->table), row->cells[source->dates[i]], NULL, &moments[i]);
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
            struct trails_event event = {.time = moments[i].instant,
                                         .has_time = moments[i].has_time,
                                         .steps = step,
                                         .label = label_of(intake, source, row, step, name)};
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

// An excluded event may well be absent: that is only noted. False for a step that is absent and must not be.
static bool say_absent(const struct intake *intake, uint32_t number, struct text *message)
{
    bool is_step = vocabulary_steps(&intake->vocabulary, number) != 0;
    if (intake->settings->allow_absent || !is_step) {
        diag_note(program_diag(intake->program), "%s", text_string(message));
        return true;
    }
    text_append_string(message, "; --allow-absent goes on without");
    diag_error("%s", text_string(message));
    return false;
}

static enum status check_absent(const struct intake *intake)
{
    if (intake->vocabulary.unseen == 0 || (is_empty(intake) && !intake->has_state)) {
        return STATUS_DONE;
    }
    struct text message = {0};
    bool right = true;
    size_t names = intake->plan.count + intake->plan.exclusion_count;
    for (uint32_t i = 0; i < names && i < map_count(intake->vocabulary.names); i++) {
        text_clear(&message);
        vocabulary_missed(&intake->vocabulary, i, &message);
        if (message.length > 0) {
            right = say_absent(intake, i, &message) && right;
        }
    }
    text_free(&message);
    return right ? STATUS_DONE : STATUS_USAGE;
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

static void create_trails(struct intake *intake)
{
    struct trails_options options = {.rules = intake->rules,
                                     .sorted = intake->settings->sorted,
                                     .follow = intake->wishes.follow,
                                     .whole = intake->wishes.whole};
    intake->keeps_all = intake->wishes.follow || intake->rules.order == ATTEMPT_ADJACENT;
    intake->trails = trails_create(&options);
}

enum status intake_open(struct intake *intake, const struct intake_settings *settings, struct program *program,
                        const char *by, bool follow)
{
    return intake_open_for(intake, settings, program, &(struct intake_wishes){.by = by, .follow = follow});
}

enum status intake_open_for(struct intake *intake, const struct intake_settings *settings, struct program *program,
                            const struct intake_wishes *wishes)
{
    const struct clock *clock = program_clock(program);
    *intake = (struct intake){.settings = settings, .program = program, .wishes = *wishes};
    intake->now = zone_to_instant(clock->zone, clock->now);
    if (!read_plan(settings, program, &intake->plan) || !read_rules(settings, program, &intake->plan, &intake->rules)) {
        return STATUS_USAGE;
    }
    vocabulary_open(&intake->vocabulary, &intake->plan, wishes->follow);
    create_trails(intake);
    if (!open_sources(intake)) {
        return table_fault(intake);
    }
    bool fits =
        (wishes->by == NULL || find_groups(intake, wishes->by)) && find_amounts(intake) && compile_steps(intake);
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
    if (intake->late > 0) {
        diag_note(program_diag(intake->program), "%llu event%s came late: earlier than the last one of --use",
                  (unsigned long long)intake->late, intake->late == 1 ? "" : "s");
    }
    return check_absent(intake);
}

void intake_forget(struct intake *intake)
{
    trails_free(intake->trails);
    intake->trails = NULL;
}

void intake_free(struct intake *intake)
{
    for (size_t i = 0; i < intake->source_count; i++) {
        source_close(&intake->sources[i]);
    }
    free(intake->sources);
    free(intake->notes);
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
