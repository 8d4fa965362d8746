// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps_table: one row a step, group after group.
 */
#include "attempt.h"
#include "groups.h"
#include "program.h"
#include "proportion.h"
#include "steps.h"
#include "text.h"
#include "unit.h"
#include "writer.h"

static const char *const names[] = {"step", "name",    "people", "of_first",    "of_previous", "low",
                                    "high", "dropped", "open",   "median_time", "p90_time",    "mean_time"};
enum { COLUMNS_MOST = 16 };

// Our own columns, in order. Returns how many.
static size_t name_columns(const struct steps_settings *settings, const char *columns[COLUMNS_MOST])
{
    size_t count = 0;
    for (; count < sizeof names / sizeof names[0]; count++) {
        columns[count] = names[count];
    }
    if (settings->costs != NULL) {
        columns[count++] = "cost";
        columns[count++] = "cost_each";
    }
    if (settings->intake.amount != NULL) {
        columns[count++] = "value";
    }
    if (settings->compare) {
        columns[count++] = "p_value";
    }
    return count;
}

static void write_names(struct writer *writer, const struct steps *steps)
{
    const char *columns[COLUMNS_MOST];
    size_t column_count = name_columns(steps->settings, columns);
    for (size_t i = 0; i < steps->intake->groups.count; i++) {
        writer_name(writer, steps->intake->groups.names[i]);
    }
    for (size_t i = 0; i < column_count; i++) {
        writer_name(writer, slice_of(columns[i]));
    }
    writer_end(writer);
}

static void write_group(struct writer *writer, const struct groups *groups, uint32_t group)
{
    for (size_t i = 0; i < groups->count; i++) {
        writer_text(writer, groups_value(groups, group, i));
    }
}

static void write_share(struct writer *writer, uint64_t part, uint64_t whole)
{
    if (whole == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, (double)part / (double)whole);
    }
}

static void write_blanks(struct writer *writer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        writer_blank(writer);
    }
}

static void write_rates(struct writer *writer, const struct tally_row *row, uint64_t first, bool is_first)
{
    write_share(writer, row->people, first);
    if (is_first) {
        writer_blank(writer);
    } else {
        write_share(writer, row->people, row->previous);
    }
    if (first == 0) {
        write_blanks(writer, 2);
        return;
    }
    double low;
    double high;
    proportion_wilson((double)row->people, (double)first, &low, &high);
    writer_number(writer, low);
    writer_number(writer, high);
}

static void write_dropped(struct writer *writer, const struct tally_row *row, bool is_first)
{
    if (is_first) {
        write_blanks(writer, 2);
        return;
    }
    writer_whole(writer, (int64_t)row->dropped);
    writer_whole(writer, (int64_t)row->open);
}

static void write_times(struct writer *writer, const struct tally_row *row, double unit)
{
    if (row->people == 0) {
        write_blanks(writer, 3);
        return;
    }
    writer_number(writer, row->median / unit);
    writer_number(writer, row->p90 / unit);
    writer_number(writer, row->mean / unit);
}

static void write_cost(struct writer *writer, const struct money_sum *cost, uint64_t people)
{
    if (cost == NULL) {
        write_blanks(writer, 2);
        return;
    }
    writer_money(writer, *cost);
    if (people == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, money_number(*cost) / (double)people);
    }
}

static void write_more(struct writer *writer, const struct steps *steps, uint32_t group, size_t step)
{
    size_t place = group * steps->tally.steps + step;
    const struct tally_row *row = &steps->rows[place];
    if (steps->settings->costs != NULL) {
        write_cost(writer, steps_cost(steps, group), row->people);
    }
    if (steps->settings->intake.amount != NULL) {
        if (step + 1 == steps->tally.steps) {
            writer_money(writer, (struct money_sum){row->value, steps->intake->places});
        } else {
            writer_blank(writer);
        }
    }
    if (steps->settings->compare && (step == 0 || steps->p_values[place] < 0)) {
        writer_blank(writer);
    } else if (steps->settings->compare) {
        writer_number(writer, steps->p_values[place]);
    }
}

// In any order a step is a number of steps.
static void write_step(struct writer *writer, const struct intake *intake, size_t step)
{
    writer_whole(writer, (int64_t)step + 1);
    if (intake->rules.order == ATTEMPT_ANY) {
        struct text name = {0};
        text_format(&name, "%zu of %zu", step + 1, intake->plan.count);
        writer_text(writer, text_slice(&name));
        text_free(&name);
    } else {
        writer_text(writer, intake->plan.steps[step].name);
    }
}

static void write_rows(struct writer *writer, const struct steps *steps, uint32_t group)
{
    const struct tally_row *rows = &steps->rows[group * steps->tally.steps];
    for (size_t i = 0; i < steps->tally.steps; i++) {
        write_group(writer, &steps->intake->groups, group);
        write_step(writer, steps->intake, i);
        writer_whole(writer, (int64_t)rows[i].people);
        write_rates(writer, &rows[i], rows[0].people, i == 0);
        write_dropped(writer, &rows[i], i == 0);
        write_times(writer, &rows[i], unit_seconds(steps->settings->unit));
        write_more(writer, steps, group, i);
        writer_end(writer);
    }
}

bool steps_names_are_free(const struct steps *steps)
{
    const struct intake *intake = steps->intake;
    const char *columns[COLUMNS_MOST];
    size_t column_count = name_columns(steps->settings, columns);
    for (size_t i = 0; i < intake->groups.count; i++) {
        for (size_t j = 0; j < column_count; j++) {
            if (slice_is(intake->groups.names[i], columns[j])) {
                program_wrong(intake->program, "--by: the output has a column '%s' of its own", columns[j]);
                return false;
            }
        }
    }
    return true;
}

enum status steps_write_table(struct steps *steps)
{
    struct writer *writer = program_writer(steps->intake->program, intake_table(steps->intake));
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(writer, steps);
    for (uint32_t i = 0; i < steps_group_count(steps) && writer_good(writer); i++) {
        if (steps_has_rows(steps, i)) {
            write_rows(writer, steps, i);
        }
    }
    return STATUS_DONE;
}
