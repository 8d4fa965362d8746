// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake: reads row by row. Gathers what trails.h keeps, and the names of events where they are asked for.
 */
#include "intake.h"

#include <stdlib.h>

#include "date.h"
#include "heap.h"
#include "intake_parts.h"
#include "moment.h"
#include "table.h"

enum {
    OLD_LOG_DAYS = 30, // a log older than this is worth a word
};

// Notes an event of the only person asked for; its label becomes the note's number.
static void note_event(struct intake *intake, struct trails_event *event)
{
    intake->notes = heap_grow(intake->notes, &intake->note_capacity, intake->note_count + 1, sizeof *intake->notes);
    intake->notes[intake->note_count] = (struct intake_note){event->time, event->has_time, event->label};
    event->label = (uint32_t)intake->note_count++;
}

static void note_time(struct intake *intake, const struct moment *moment)
{
    if (!intake->any) {
        intake->first = moment->instant;
        intake->last = moment->instant;
        intake->any = true;
    } else if (moment->instant > intake->last) {
        intake->last = moment->instant;
    } else if (moment->instant < intake->first) {
        intake->first = moment->instant;
    }
    intake->has_times |= moment->has_time;
}

// Gives the number of the event's kind, TRAILS_NO_KIND when the event is not asked for or, said, when there are too
// many kinds.
static uint32_t add_event(struct intake *intake, const struct source *source, struct slice person,
                          struct trails_event *event)
{
    if (intake->wishes.only.length > 0) {
        if (!slice_equal(person, intake->wishes.only)) {
            return TRAILS_NO_KIND;
        }
        note_event(intake, event);
    }
    note_time(intake, &(struct moment){event->time, event->has_time});
    uint32_t kind = trails_add(intake->trails, person, event);
    if (kind == TRAILS_NO_KIND) {
        diag_error("more than %d kinds of events", TRAILS_KINDS);
        table_stop(source->table, STATUS_DATA);
    }
    return kind;
}

static uint32_t label_of(struct intake *intake, const struct source *source, const struct row *row, uint64_t steps,
                         uint32_t name)
{
    if (intake->wishes.follow) {
        return name == VOCABULARY_NONE ? INTAKE_NAMELESS : name;
    }
    if (intake->groups.count == 0) {
        return 0;
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
    enum cell_result read = cell_money(table_forms(source->table), row->cells[source->amount], &money);
    if (!table_needs(source->table, row, source->amount, read, "an amount")) {
        return false;
    }
    if (money.currency != MONEY_NO_CURRENCY) {
        if (intake->currency != MONEY_NO_CURRENCY && intake->currency != money.currency) {
            table_refuse(source->table, row, source->amount, "another currency than in the rows before");
            return false;
        }
        intake->currency = money.currency;
    }
    intake->places = money.places > intake->places ? money.places : intake->places;
    *amount = money.micros;
    return true;
}

// What the name of a row's event says; of a row without one, what an unknown name does.
static struct vocabulary_word *see_word(struct intake *intake, const struct source *source, const struct row *row)
{
    if (source->word.length > 0) {
        return vocabulary_see(&intake->vocabulary, source->word);
    }
    if (source->event != TABLE_NO_COLUMN) {
        return vocabulary_see(&intake->vocabulary, slice_trim_value(row->cells[source->event]));
    }
    return &intake->nameless;
}

// The row's time. False when the row was refused or left out.
static bool take_time(struct intake *intake, struct source *source, const struct row *row, struct moment *moment)
{
    enum cell_result read = moment_read(table_forms(source->table), row->cells[source->time], &source->day, moment);
    if (read != CELL_OK) {
        table_needs(source->table, row, source->time, read, "a date");
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

// An event whose kind its name does not tell, or not yet.
static void take_event(struct intake *intake, struct source *source, const struct row *row, struct slice person,
                       struct trails_event *event, struct vocabulary_word *word)
{
    if (!take_amount(intake, source, row, event->steps, &event->amount)) {
        return;
    }
    event->label = label_of(intake, source, row, event->steps, word->number);
    uint32_t kind = add_event(intake, source, person, event);
    if (source->names_tell && kind != TRAILS_NO_KIND) {
        word->memo = kind + 1;
    }
}

static void take_log_row(struct intake *intake, struct source *source, const struct row *row)
{
    struct vocabulary_word *word = see_word(intake, source, row);
    uint64_t steps = intake->every | word->steps;
    if ((source->has_tests && !source_test(source, row, &steps)) || ((steps | word->ends) == 0 && !intake->keeps_all)) {
        return;
    }
    struct slice person;
    struct moment moment;
    if (!table_key(source->table, row, source->customer, &person) || !take_time(intake, source, row, &moment)) {
        return;
    }
    if (source->names_tell && word->memo != 0) {
        note_time(intake, &moment);
        trails_add_word(intake->trails, person, word_of(moment.instant, moment.has_time, word->memo - 1), steps);
        return;
    }
    struct trails_event event = {
        .time = moment.instant, .has_time = moment.has_time, .steps = steps, .ends = word->ends};
    take_event(intake, source, row, person, &event, word);
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
    source->names_tell = !source->has_tests && source->amount == TABLE_NO_COLUMN && intake->groups.count == 0 &&
                         intake->wishes.only.length == 0;
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

enum status intake_fault(const struct intake *intake)
{
    enum status status = STATUS_DONE;
    for (size_t i = 0; i < intake->source_count; i++) {
        enum status its = table_status(intake->sources[i].table);
        status = its > status ? its : status;
    }
    return status;
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
            return intake_fault(intake);
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
