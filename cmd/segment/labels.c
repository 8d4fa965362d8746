// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Labels that several rules share are one label: --only keeps the rows of all of them.
 */
#include "labels.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "text.h"

enum { MOST_CELLS = 3 }; // label, treatment, why

const char *labels_column(const struct labels *labels)
{
    const struct labels_options *options = labels->options;
    const char *own = options->column == NULL ? "segment" : options->column;
    return options->as == NULL ? own : options->as;
}

static size_t count_words(const char *const *words)
{
    size_t count = 0;
    while (words != NULL && words[count] != NULL) {
        count++;
    }
    return count;
}

static void allocate(struct labels *labels)
{
    labels->labels = heap_allocate(labels->count + 1, sizeof *labels->labels);
    labels->texts = heap_allocate(labels->count + 1, sizeof *labels->texts);
    labels->whys = heap_allocate(labels->count + 1, sizeof *labels->whys);
    labels->treatments = heap_allocate(labels->count + 1, sizeof *labels->treatments);
    labels->kept = heap_allocate(labels->count + 1, sizeof *labels->kept);
}

static void take_rules(struct labels *labels, const struct rules *rules)
{
    struct text why = {0};
    for (size_t i = 0; i < labels->rule_count; i++) {
        labels->labels[i] = rules_name(rules, i);
        labels->treatments[i] = rules_treatment(rules, i);
        text_clear(&why);
        text_format(&why, "%s:%llu", rules_file(rules, i), (unsigned long long)rules_line(rules, i));
        labels->whys[i] = arena_copy(&labels->arena, text_slice(&why));
    }
    text_free(&why);
}

static void take_words(struct labels *labels)
{
    const struct labels_options *options = labels->options;
    for (size_t i = labels->rule_count; i < labels->count; i++) {
        labels->labels[i] = slice_of(options->words[i - labels->rule_count]);
        labels->whys[i] = slice_of(options->word_why == NULL ? "" : options->word_why);
        for (size_t rule = labels->rule_count; rule-- > 0;) {
            if (slice_equal(labels->labels[rule], labels->labels[i])) {
                labels->treatments[i] = labels->treatments[rule];
            }
        }
    }
}

static void make_texts(struct labels *labels)
{
    for (size_t i = 0; i < labels->count; i++) {
        labels->texts[i] = names_label(labels->options->names, labels->labels[i]);
    }
}

// Marks all that give this label; false when none does. The English word will always do.
static bool keep_label(struct labels *labels, struct slice label)
{
    bool found = false;
    for (size_t i = 0; i < labels->count; i++) {
        if (slice_equal(labels->texts[i], label) || slice_equal(labels->labels[i], label)) {
            labels->kept[i] = true;
            found = true;
        }
    }
    return found;
}

static enum status unknown_label(const struct labels *labels, struct slice label, struct program *program)
{
    long nearest = diag_nearest(label, labels->texts, labels->count);
    int length = (int)label.length;
    if (nearest < 0) {
        return program_wrong(program, "--only: no label '%.*s'", length, label.data);
    }
    struct slice near = labels->texts[nearest];
    return program_wrong(program, "--only: no label '%.*s' (did you mean '%.*s'?)", length, label.data,
                         (int)near.length, near.data);
}

static bool keep_only(struct labels *labels, struct table *table, struct program *program)
{
    if (labels->options->only == NULL) {
        memset(labels->kept, true, labels->count + 1);
        return true;
    }
    struct slice list = slice_of(labels->options->only);
    for (size_t at = 0; at <= list.length;) {
        size_t end = slice_find(list, ',', at);
        struct slice label = slice_trim_value(slice_part(list, at, end));
        if (!keep_label(labels, label)) {
            table_stop(table, unknown_label(labels, label, program));
            return false;
        }
        at = end + 1;
    }
    return true;
}

// No column twice: neither in the input nor between the new ones.
static bool check_columns(const struct labels *labels, struct table *table, struct program *program)
{
    const char *names[] = {labels_column(labels), labels->options->why ? "why" : NULL,
                           labels->treats ? "treatment" : NULL};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i] == NULL) {
            continue;
        }
        bool twice = labels->treatment != NULL && treatment_has(labels->treatment, names[i]);
        twice = twice || (i > 0 && strcmp(names[i], names[0]) == 0);
        if (twice) {
            table_stop(table, program_wrong(program, "two of the new columns would be called '%s'", names[i]));
        }
        if (twice || !table_new_column(table, names[i], i == 0)) {
            return false;
        }
    }
    return true;
}

bool labels_prepare(struct labels *labels, const struct labels_options *options, const struct rules *rules,
                    struct table *table, struct program *program)
{
    labels->options = options;
    labels->rule_count = rules == NULL ? 0 : rules_count(rules);
    labels->count = labels->rule_count + count_words(options->words);
    labels->treats = rules != NULL && rules_have_treatments(rules);
    allocate(labels);
    take_rules(labels, rules);
    take_words(labels);
    make_texts(labels);
    if (options->treat != NULL) {
        const char *column = options->column == NULL ? "segment" : options->column;
        labels->treatment = treatment_read(program, options->treat, column, table);
        if (labels->treatment == NULL) {
            return false;
        }
    }
    return check_columns(labels, table, program) && keep_only(labels, table, program);
}

void labels_free(struct labels *labels)
{
    for (size_t i = 0; labels->endings != NULL && i <= labels->count; i++) {
        writer_ending_free(&labels->endings[i]);
    }
    free(labels->endings);
    free(labels->cells);
    treatment_free(labels->treatment);
    free(labels->labels);
    free(labels->texts);
    free(labels->whys);
    free(labels->treatments);
    free(labels->kept);
    arena_free(&labels->arena);
}

size_t labels_of_word(const struct labels *labels, size_t index)
{
    return labels->rule_count + index;
}

static size_t entry(const struct labels *labels, size_t label)
{
    return label < labels->count ? label : labels->count;
}

bool labels_keep(const struct labels *labels, size_t label)
{
    return labels->kept[entry(labels, label)];
}

// The cells of a label; how many.
static size_t list_cells(const struct labels *labels, size_t at, struct slice cells[MOST_CELLS])
{
    size_t count = 0;
    cells[count++] = labels->texts[at];
    if (labels->treats) {
        cells[count++] = labels->treatments[at];
    }
    if (labels->options->why) {
        cells[count++] = labels->whys[at];
    }
    return count;
}

static void make_endings(struct labels *labels, const struct writer *writer)
{
    labels->cells = heap_allocate(labels->count + 1, MOST_CELLS * sizeof *labels->cells);
    labels->endings = heap_allocate(labels->count + 1, sizeof *labels->endings);
    for (size_t i = 0; i <= labels->count; i++) {
        struct slice *cells = labels->cells + i * MOST_CELLS;
        labels->endings[i] = writer_ending(writer, cells, list_cells(labels, i, cells));
    }
}

void labels_write_names(struct labels *labels, struct writer *writer)
{
    if (labels->treatment == NULL) {
        make_endings(labels, writer);
    }
    writer_name(writer, slice_of(labels_column(labels)));
    if (labels->treats) {
        writer_name(writer, slice_of("treatment"));
    }
    if (labels->treatment != NULL) {
        treatment_write_names(labels->treatment, writer);
    }
    if (labels->options->why) {
        writer_name(writer, slice_of("why"));
    }
}

void labels_write(const struct labels *labels, struct writer *writer, size_t label)
{
    size_t at = entry(labels, label);
    writer_text(writer, labels->texts[at]);
    if (labels->treats) {
        writer_text(writer, labels->treatments[at]);
    }
    if (labels->treatment != NULL) {
        treatment_write(labels->treatment, writer, labels->texts[at]);
    }
    if (labels->options->why) {
        writer_text(writer, labels->whys[at]);
    }
}

void labels_write_record(const struct labels *labels, struct writer *writer, const struct row *row, size_t label)
{
    size_t at = entry(labels, label);
    if (!labels->kept[at]) {
        return;
    }
    if (labels->endings != NULL) {
        writer_pass_ended(writer, row, &labels->endings[at]);
        return;
    }
    writer_pass(writer, row);
    labels_write(labels, writer, label);
    writer_end(writer);
}
