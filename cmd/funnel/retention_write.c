// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * retention_write: one row a cohort and period, or with --wide one a cohort. What is not over is empty.
 */
#include "clock.h"
#include "money.h"
#include "proportion.h"
#include "retention.h"
#include "text.h"

static const char *const names[] = {"cohort", "period", "size", "returned", "rate", "low", "high", NULL};
static const char *const wide_names[] = {"cohort", "size", NULL};

const char *const *retention_names(bool wide)
{
    return wide ? wide_names : names;
}

static void print_span(const struct cohorts_column *column, struct text *out)
{
    text_clear(out);
    text_format(out, "%d", (int)column->from);
    if (column->to != column->from && column->to != COHORTS_FOR_EVER) {
        text_format(out, "..%d", (int)column->to);
    }
}

static void write_span(struct writer *writer, const struct cohorts_column *column)
{
    struct text span = {0};
    if (column->to == column->from || column->to == COHORTS_FOR_EVER) {
        writer_whole(writer, column->from);
        return;
    }
    print_span(column, &span);
    writer_text(writer, text_slice(&span));
    text_free(&span);
}

static void write_amount(const struct retention *job, const struct cohorts_cell *cell)
{
    if (job->settings->weight == NULL) {
        writer_whole(job->writer, (int64_t)cell->people);
    } else {
        writer_money(job->writer, (struct money_sum){cell->weight, job->worth.places});
    }
}

static void write_rate(const struct retention *job, const struct cohort *cohort, size_t column)
{
    const struct cohorts_cell *cell = &cohort->cells[column];
    if (job->settings->weight == NULL) {
        writer_number(job->writer, (double)cell->people / (double)cohort->size.people);
    } else if (cohort->size.weight > 0) {
        writer_number(job->writer, money_number((struct money_sum){cell->weight, 0}) /
                                       money_number((struct money_sum){cohort->size.weight, 0}));
    } else {
        writer_blank(job->writer);
    }
}

// An interval is that of a share of people.
static void write_interval(const struct retention *job, const struct cohort *cohort, size_t column)
{
    if (job->settings->weight != NULL) {
        writer_blank(job->writer);
        writer_blank(job->writer);
        return;
    }
    double low;
    double high;
    proportion_wilson((double)cohort->cells[column].people, (double)cohort->size.people, &low, &high);
    writer_number(job->writer, low);
    writer_number(job->writer, high);
}

static void write_start(const struct retention *job, const struct cohort *cohort, const uint32_t *order)
{
    breakdown_write(&job->breakdown, job->writer, order[cohort->group]);
    writer_day(job->writer, calendar_first_day(&job->calendar, cohort->period));
}

static void write_cohort(const struct retention *job, const struct cohort *cohort, const uint32_t *order)
{
    const struct clock *clock = program_clock(job->program);
    int32_t now = calendar_number(&job->calendar, clock->today);
    int32_t over = calendar_last_over(&job->calendar, clock);
    for (size_t i = 0; i < job->count && cohorts_has_begun(cohort, &job->columns[i], now); i++) {
        write_start(job, cohort, order);
        write_span(job->writer, &job->columns[i]);
        write_amount(job, &cohort->size);
        if (cohorts_is_mature(cohort, &job->columns[i], over)) {
            write_amount(job, &cohort->cells[i]);
            write_rate(job, cohort, i);
            write_interval(job, cohort, i);
        } else {
            for (int blank = 0; blank < 4; blank++) {
                writer_blank(job->writer);
            }
        }
        writer_end(job->writer);
    }
}

static void write_wide_cohort(const struct retention *job, const struct cohort *cohort, const uint32_t *order)
{
    int32_t over = calendar_last_over(&job->calendar, program_clock(job->program));
    write_start(job, cohort, order);
    write_amount(job, &cohort->size);
    for (size_t i = 0; i < job->count; i++) {
        if (cohorts_is_mature(cohort, &job->columns[i], over)) {
            write_rate(job, cohort, i);
        } else {
            writer_blank(job->writer);
        }
    }
    writer_end(job->writer);
}

static void write_names(const struct retention *job)
{
    breakdown_write_names(&job->breakdown, job->writer);
    for (const char *const *name = retention_names(job->settings->wide); *name != NULL; name++) {
        writer_name(job->writer, slice_of(*name));
    }
    struct text span = {0};
    for (size_t i = 0; i < job->count && job->settings->wide; i++) {
        print_span(&job->columns[i], &span);
        writer_name(job->writer, text_slice(&span));
    }
    text_free(&span);
    writer_end(job->writer);
}

void retention_write(const struct retention *job, const uint32_t *order)
{
    write_names(job);
    for (size_t i = 0; i < cohorts_count(job->cohorts) && writer_good(job->writer); i++) {
        if (job->settings->wide) {
            write_wide_cohort(job, &job->ordered[i], order);
        } else {
            write_cohort(job, &job->ordered[i], order);
        }
    }
}
