// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * explanation: the notes of intake.h, sorted by time, beside the attempt that counts. Gathers one person's events.
 */
#include "explanation.h"

#include <stdlib.h>

#include "heap.h"
#include "text.h"
#include "words.h"
#include "writer.h"
#include "zone.h"

static const char *const names[] = {"customer", "time", "event", "step", "name", "seconds"};

enum {
    NUMBER_BITS = 24, // as many as notes have numbers
};

#define TIME_BIAS (INT64_C(1) << 38)

// The numbers of the notes in order of time, those of one time as they were read.
static uint32_t *sort_notes(const struct intake *intake)
{
    size_t count = intake->note_count;
    uint64_t *words = heap_allocate(count, sizeof *words);
    uint64_t *other = heap_allocate(count, sizeof *other);
    uint32_t *order = heap_allocate(count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        words[i] = (uint64_t)(intake->notes[i].time + TIME_BIAS) << NUMBER_BITS | i;
    }
    words_sort(words, count, NUMBER_BITS, other);
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)(words[i] & (TRAILS_KINDS - 1));
    }
    free(words);
    free(other);
    return order;
}

// The place of the event among those of the attempt, or its level when it made no step.
static size_t place_of(const struct trails_attempt *attempt, uint32_t note)
{
    size_t place = 0;
    while (place < attempt->level && ((attempt->taken >> place & 1) == 0 || attempt->steps[place].label != note)) {
        place++;
    }
    return place;
}

static void write_time(struct writer *writer, struct zone *zone, const struct intake_note *note)
{
    int64_t local = zone_to_local(zone, note->time);
    if (note->has_time) {
        writer_time(writer, local);
    } else {
        writer_day(writer, (int32_t)(local / DATE_DAY_SECONDS - (local % DATE_DAY_SECONDS < 0)));
    }
}

static void write_note(struct writer *writer, const struct intake *intake, const struct trails_attempt *attempt,
                       uint32_t number)
{
    const struct intake_note *note = &intake->notes[number];
    size_t place = place_of(attempt, number);
    write_time(writer, program_clock(intake->program)->zone, note);
    writer_text(writer, intake_name(intake, note->name));
    if (place < attempt->level) {
        writer_whole(writer, (int64_t)place + 1);
        writer_text(writer, intake->plan.steps[attempt->served[place]].name);
        writer_whole(writer, note->time - attempt->steps[0].time);
    } else {
        writer_blank(writer);
        writer_blank(writer);
        writer_blank(writer);
    }
    writer_end(writer);
}

enum status explanation_write(const struct intake *intake, struct slice person)
{
    size_t number = trails_number(intake->trails, person);
    if (number == SIZE_MAX) {
        diag_error("--explain: no event of this customer");
        return STATUS_DATA;
    }
    struct writer *writer = program_writer(intake->program, intake_table(intake));
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    struct trails_attempt attempt;
    trails_find(intake->trails, number, intake->now, &attempt);
    uint32_t *order = sort_notes(intake);
    for (size_t i = 0; i < intake->note_count; i++) {
        writer_text(writer, person);
        write_note(writer, intake, &attempt, order[i]);
    }
    free(order);
    return STATUS_DONE;
}
