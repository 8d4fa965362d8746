// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * state: one row a thing, each with what kind of thing it is. Streams; a person's events are gathered while they are
 * read.
 */
#include "state.h"

#include <stdlib.h>

#include "heap.h"
#include "number.h"
#include "output.h"
#include "table.h"
#include "writer.h"

enum column { RECORD, TEXT, TIME, DATED, STEPS, ENDS, LABEL, AMOUNT, COLUMNS };

static const char *const names[COLUMNS] = {"record", "text", "time", "dated", "steps", "ends", "label", "amount"};

static const char *const places[] = {[TRAILS_REACHED] = "reached", [TRAILS_NEXT] = "next", [TRAILS_EVENT] = "event"};

// An event as it is written; not all of it means something for every record.
static void write_record(struct writer *writer, const char *record, struct slice text, const struct trails_event *event)
{
    writer_string(writer, record);
    writer_text(writer, text);
    if (event == NULL) {
        for (int i = TIME; i < COLUMNS; i++) {
            writer_blank(writer);
        }
    } else {
        writer_whole(writer, event->time);
        writer_whole(writer, event->has_time);
        writer_whole(writer, (int64_t)event->steps);
        writer_whole(writer, (int64_t)event->ends);
        writer_whole(writer, event->label);
        writer_whole(writer, event->amount);
    }
    writer_end(writer);
}

static void write_known(struct writer *writer, const struct intake *intake, struct slice rules)
{
    const struct slice nothing = {NULL, 0};
    write_record(writer, "rules", rules, NULL);
    struct trails_event first = {.time = intake->first, .steps = intake->places, .ends = intake->currency};
    struct trails_event last = {.time = intake->last, .has_time = intake->has_times};
    if (intake->any) {
        write_record(writer, "first", nothing, &first);
        write_record(writer, "last", nothing, &last);
    }
    for (uint32_t i = 0; i < map_count(intake->vocabulary.names); i++) {
        if (vocabulary_is_seen(&intake->vocabulary, i)) {
            write_record(writer, "name", vocabulary_name(&intake->vocabulary, i), NULL);
        }
    }
    size_t groups = intake->groups.count > 0 ? map_count(intake->groups.values) : 0;
    for (uint32_t i = 0; i < groups; i++) {
        for (size_t column = 0; column < intake->groups.count; column++) {
            write_record(writer, "group", groups_value(&intake->groups, i, column), NULL);
        }
    }
}

static void write_kept(void *context, const struct trails_event *event, enum trails_place place)
{
    write_record(context, places[place], (struct slice){NULL, 0}, event);
}

static enum status save_state(struct intake *intake, const char *path, struct slice rules)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    struct writer_options options = {.delimiter = ',', .input_delimiter = ',', .digits = 17};
    struct writer *writer = writer_open(output, &options);
    for (int i = 0; i < COLUMNS; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    write_known(writer, intake, rules);
    for (size_t i = 0; i < trails_count(intake->trails); i++) {
        write_record(writer, "customer", trails_person(intake->trails, i), NULL);
        trails_tell_kept(intake->trails, i, write_kept, writer);
    }
    writer_free(writer);
    return output_close(output, true);
}

// A state while it is read: the person of the present rows and what was kept of him.
struct reading {
    struct intake *intake;
    struct slice rules;
    bool has_rules;
    struct text person;
    bool has_person;
    struct trails_event *events;
    size_t count;
    size_t capacity;
    size_t reached;
    bool has_next;
    struct text group; // values so far, parted by NUL
    size_t group_columns;
};

static bool end_person(struct reading *reading)
{
    bool restored =
        !reading->has_person || trails_restore(reading->intake->trails, text_slice(&reading->person), reading->events,
                                               reading->count, reading->reached, reading->has_next);
    reading->count = 0;
    reading->reached = 0;
    reading->has_next = false;
    reading->has_person = false;
    return restored;
}

static bool read_event(const struct row *row, struct trails_event *event)
{
    int64_t values[COLUMNS];
    for (int i = TIME; i < COLUMNS; i++) {
        if (!number_read_whole(row->cells[i], &values[i])) {
            return false;
        }
    }
    *event = (struct trails_event){.time = values[TIME],
                                   .has_time = values[DATED] != 0,
                                   .steps = (uint64_t)values[STEPS],
                                   .ends = (uint64_t)values[ENDS],
                                   .label = (uint32_t)values[LABEL],
                                   .amount = values[AMOUNT]};
    return true;
}

// Records of one person stand in the order of their places, and no attempt is longer than the steps.
static bool may_follow(const struct reading *reading, enum trails_place place)
{
    bool at_head = reading->count == reading->reached && !reading->has_next;
    return reading->has_person &&
           (place == TRAILS_EVENT || (at_head && place == TRAILS_NEXT && reading->reached > 0) ||
            (at_head && place == TRAILS_REACHED && reading->reached < reading->intake->plan.count));
}

// Is the label of an event the number of its group? Other labels are not looked at.
static bool needs_group(const struct intake *intake, const struct trails_event *event)
{
    bool starts = (event->steps & 1) != 0 || intake->rules.order == ATTEMPT_ANY || intake->wishes.labels;
    return intake->groups.count > 0 && event->steps != 0 && starts;
}

static bool take_event(struct reading *reading, const struct row *row, enum trails_place place)
{
    struct trails_event event;
    if (!may_follow(reading, place) || !read_event(row, &event)) {
        return false;
    }
    bool has_group = !needs_group(reading->intake, &event) || event.label < map_count(reading->intake->groups.values);
    reading->events = heap_grow(reading->events, &reading->capacity, reading->count + 1, sizeof *reading->events);
    reading->events[reading->count++] = event;
    reading->reached += place == TRAILS_REACHED;
    reading->has_next = reading->has_next || place == TRAILS_NEXT;
    return has_group;
}

static bool take_span(struct intake *intake, const struct row *row, bool is_first)
{
    struct trails_event event;
    if (!read_event(row, &event)) {
        return false;
    }
    if (is_first) {
        intake->first = event.time;
        intake->places = (uint8_t)event.steps;
        intake->currency = (uint8_t)event.ends;
    } else {
        intake->last = event.time;
        intake->has_times = event.has_time;
        intake->any = true;
    }
    return true;
}

static bool take_group(struct reading *reading, struct slice value)
{
    struct groups *groups = &reading->intake->groups;
    if (reading->group_columns > 0) {
        text_append_byte(&reading->group, '\0');
    }
    text_append(&reading->group, value);
    if (++reading->group_columns == groups->count) {
        groups_add(groups, text_slice(&reading->group));
        text_clear(&reading->group);
        reading->group_columns = 0;
    }
    return groups->count > 0;
}

static bool take_row(struct reading *reading, const struct row *row)
{
    struct slice record = row->cells[RECORD];
    for (enum trails_place place = TRAILS_REACHED; place <= TRAILS_EVENT; place++) {
        if (slice_is(record, places[place])) {
            return take_event(reading, row, place);
        }
    }
    if (slice_is(record, "customer")) {
        if (!end_person(reading)) {
            return false;
        }
        text_clear(&reading->person);
        text_append(&reading->person, row->cells[TEXT]);
        reading->has_person = true;
        return reading->has_rules;
    }
    if (slice_is(record, "name")) {
        vocabulary_see(&reading->intake->vocabulary, row->cells[TEXT]);
        return true;
    }
    if (slice_is(record, "group")) {
        return take_group(reading, row->cells[TEXT]);
    }
    return (slice_is(record, "first") || slice_is(record, "last")) &&
           take_span(reading->intake, row, slice_is(record, "first"));
}

static bool is_state(const struct table *table)
{
    const struct columns *columns = table_columns(table);
    bool is = columns->count == COLUMNS;
    for (size_t i = 0; is && i < COLUMNS; i++) {
        is = slice_is(columns->names[i], names[i]);
    }
    return is;
}

static enum status read_rows(struct reading *reading, struct table *table, const char *path)
{
    struct row row;
    while (table_next(table, &row)) {
        if (!reading->has_rules) {
            reading->has_rules = slice_is(row.cells[RECORD], "rules");
            if (reading->has_rules && !slice_equal(row.cells[TEXT], reading->rules)) {
                return program_wrong(reading->intake->program, "--use: %s was saved with other options: %.*s", path,
                                     (int)row.cells[TEXT].length, row.cells[TEXT].data);
            }
        } else if (!take_row(reading, &row)) {
            diag_error_at(row.file, row.line, "not a row that --save writes");
            return STATUS_USAGE;
        }
    }
    if (!end_person(reading)) {
        diag_error("%s: more than %d kinds of events", path, TRAILS_KINDS);
        return STATUS_DATA;
    }
    table_close(table);
    return table_status(table);
}

static enum status use_state(struct intake *intake, const char *path, struct slice rules)
{
    struct table *table = program_replaced_table(intake->program, path);
    struct reading reading = {.intake = intake, .rules = rules};
    if (table_stopped(table) && table_status(table) != STATUS_DONE) {
        return table_status(table);
    }
    if (table_stopped(table) || !is_state(table)) {
        diag_error("%s: not a state that --save wrote", path);
        return STATUS_USAGE;
    }
    enum status status = read_rows(&reading, table, path);
    intake->has_state = intake->any;
    intake->known = intake->last;
    text_free(&reading.person);
    text_free(&reading.group);
    free(reading.events);
    return status;
}

enum status state_read_log(struct intake *intake, struct slice rules)
{
    const char *use = intake->settings->use;
    enum status status = use == NULL ? STATUS_DONE : use_state(intake, use, rules);
    return status == STATUS_DONE ? intake_read(intake) : status;
}

enum status state_deliver(struct intake *intake, struct slice rules)
{
    if (intake->settings->save == NULL) {
        return STATUS_DONE;
    }
    enum status status = program_deliver(intake->program);
    return status == STATUS_DONE ? save_state(intake, intake->settings->save, rules) : status;
}
