// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * scores: see scores.h.
 */
#include "scores.h"

#include <stdlib.h>

#include "heap.h"
#include "number.h"
#include "output.h"
#include "table.h"
#include "text.h"

static const char letters[SCORES_MEASURES] = {'r', 'f', 'm'};

// The measure that "r", "f" or "m" names, or SCORES_MEASURES.
static enum scores_measure measure_of(struct slice word)
{
    for (size_t i = 0; i < SCORES_MEASURES; i++) {
        if (word.length == 1 && word.data[0] == letters[i]) {
            return (enum scores_measure)i;
        }
    }
    return SCORES_MEASURES;
}

bool scores_take_cuts(struct scores *scores, const struct option_list *cuts, struct program *program)
{
    for (size_t i = 0; i < cuts->count; i++) {
        struct slice value = slice_of(cuts->values[i]);
        size_t colon = slice_find(value, ':', 0);
        enum scores_measure measure = measure_of(slice_part(value, 0, colon));
        if (colon == value.length || measure == SCORES_MEASURES ||
            !cuts_read(&scores->cuts[measure], slice_part(value, colon + 1, value.length))) {
            program_wrong(program,
                          "--cuts: '%s' is not r, f or m, a colon, and up to %d ascending numbers with commas between",
                          cuts->values[i], CUTS_MOST);
            return false;
        }
        scores->given[measure] = true;
    }
    return true;
}

// One row of a file of cuts. A cut's number is its position: the file is read in any order.
static bool take_row(struct scores *scores, const struct row *row, const size_t columns[3],
                     bool seen[SCORES_MEASURES][CUTS_MOST])
{
    enum scores_measure measure = measure_of(slice_trim_value(row->cells[columns[0]]));
    int64_t cut;
    double value;
    if (measure == SCORES_MEASURES || !number_read_whole(slice_trim_value(row->cells[columns[1]]), &cut) || cut < 1 ||
        cut > CUTS_MOST || seen[measure][cut - 1] || !number_read(row->cells[columns[2]], '.', &value)) {
        return false;
    }
    scores->given[measure] = true;
    scores->cuts[measure].values[cut - 1] = value;
    seen[measure][cut - 1] = true;
    return true;
}

// Every measure must have its cuts 1 to n, ascending.
static bool complete(struct scores *scores, bool seen[SCORES_MEASURES][CUTS_MOST])
{
    for (size_t measure = 0; measure < SCORES_MEASURES; measure++) {
        struct cuts *cuts = &scores->cuts[measure];
        while (cuts->count < CUTS_MOST && seen[measure][cuts->count]) {
            if (cuts->count > 0 && cuts->values[cuts->count] < cuts->values[cuts->count - 1]) {
                return false;
            }
            cuts->count++;
        }
        for (size_t i = cuts->count; i < CUTS_MOST; i++) {
            if (seen[measure][i]) {
                return false;
            }
        }
        if (cuts->count == 0) {
            return false;
        }
    }
    return true;
}

bool scores_use(struct scores *scores, const char *path, struct program *program, enum status *status)
{
    struct table *table = program_side_table(program, path);
    size_t columns[3];
    bool seen[SCORES_MEASURES][CUTS_MOST] = {{false}};
    struct row row;
    if (table_column(table, "score", "--use", &columns[0]) && table_column(table, "cut", "--use", &columns[1]) &&
        table_column(table, "value", "--use", &columns[2])) {
        while (table_next(table, &row)) {
            if (!take_row(scores, &row, columns, seen)) {
                diag_error_at(row.file, row.line, "not a row that --save writes (score,cut,value)");
                table_stop(table, STATUS_USAGE);
            }
        }
    }
    if (!table_stopped(table) && !complete(scores, seen)) {
        diag_error("%s: r, f and m each need ascending cuts numbered from 1", path);
        table_stop(table, STATUS_USAGE);
    }
    *status = table_status(table);
    return !table_stopped(table);
}

// The score of a value; counts it.
static unsigned score_of(struct scores *scores, enum scores_measure measure, double value)
{
    const struct cuts *cuts = &scores->cuts[measure];
    unsigned score = cuts_score(cuts, value);
    if (measure == SCORES_RECENCY) {
        score = (unsigned)cuts->count + 2 - score;
    }
    scores->tally[measure][score - 1]++;
    return score;
}

// The cuts in use as `score,cut,value`, 17 digits. False, said, when they cannot be written.
static bool write_cuts(const struct scores *scores, const char *path)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    struct writer *writer =
        writer_open(output, &(struct writer_options){.delimiter = ',', .input_delimiter = ',', .digits = 17});
    writer_name(writer, slice_of("score"));
    writer_name(writer, slice_of("cut"));
    writer_name(writer, slice_of("value"));
    writer_end(writer);
    for (size_t measure = 0; measure < SCORES_MEASURES; measure++) {
        for (size_t i = 0; i < scores->cuts[measure].count; i++) {
            writer_text(writer, (struct slice){&letters[measure], 1});
            writer_whole(writer, (int64_t)i + 1);
            writer_number(writer, scores->cuts[measure].values[i]);
            writer_end(writer);
        }
    }
    writer_free(writer);
    return output_close(output, true) == STATUS_DONE;
}

static const char *const names[] = {"r_score", "f_score", "m_score", "rfm"};
enum {
    NAMES = sizeof names / sizeof names[0],
};

bool scores_learn(struct scores *scores, const struct scores_measures *buyers, size_t count, const char *save)
{
    double *values = heap_allocate(count, sizeof *values);
    for (size_t measure = 0; measure < SCORES_MEASURES; measure++) {
        for (size_t i = 0; i < count; i++) {
            values[i] = buyers[i].values[measure];
        }
        if (!scores->given[measure]) {
            cuts_learn(&scores->cuts[measure], values, count, scores->bins);
        }
    }
    free(values);
    return save == NULL || write_cuts(scores, save);
}

void scores_write_names(struct writer *writer)
{
    for (size_t i = 0; i < NAMES; i++) {
        writer_name(writer, slice_of(names[i]));
    }
}

bool scores_names_are_new(struct table *table)
{
    bool fresh = true;
    for (size_t i = 0; fresh && i < NAMES; i++) {
        fresh = table_new_column(table, names[i], false);
    }
    return fresh;
}

void scores_write(struct scores *scores, const struct scores_measures *measures, struct writer *writer)
{
    char digits[SCORES_MEASURES];
    for (size_t i = 0; i < SCORES_MEASURES; i++) {
        unsigned score = score_of(scores, (enum scores_measure)i, measures->values[i]);
        writer_whole(writer, score);
        digits[i] = (char)('0' + score);
    }
    writer_text(writer, (struct slice){digits, SCORES_MEASURES});
}

void scores_write_blanks(struct writer *writer)
{
    for (size_t i = 0; i < NAMES; i++) {
        writer_blank(writer);
    }
}

// " r_score 1, 2" for the scores of a measure that nobody got; nothing when there are none.
static void list_empty(const struct scores *scores, size_t measure, struct text *list)
{
    bool first = true;
    for (size_t i = 0; i <= scores->cuts[measure].count; i++) {
        if (scores->tally[measure][i] == 0) {
            if (first) {
                text_format(list, "%s%c_score %zu", list->length > 0 ? "; " : "", letters[measure], i + 1);
            } else {
                text_format(list, ", %zu", i + 1);
            }
            first = false;
        }
    }
}

void scores_note_empty(const struct scores *scores, const struct diag *diag)
{
    struct text list = {0};
    for (size_t measure = 0; measure < SCORES_MEASURES; measure++) {
        if (scores->cuts[measure].count > 0 && !scores->given[measure]) {
            list_empty(scores, measure, &list);
        }
    }
    if (list.length > 0) {
        diag_note(diag, "equal values leave these scores to nobody: %s", text_string(&list));
    }
    text_free(&list);
}
