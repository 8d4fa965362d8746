// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment kmeans, learning: gathers the rows, finds the clusters of their numbers, and labels or profiles the rows.
 *
 * Keeps the rows (but not for the profile) and 8 bytes a number; while clusters are found 10 bytes a row more. One
 * thread. Neither the order of the rows nor the machine changes a byte (points.h, sample.h, clusters.h).
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "clusters.h"
#include "heap.h"
#include "kmeans.h"
#include "lloyd.h"
#include "number.h"
#include "points.h"
#include "profile.h"
#include "sample.h"
#include "sheet.h"
#include "silhouette.h"
#include "text.h"

enum {
    SAMPLE_TO_START = 100000,
    SAMPLE_TO_JUDGE = 10000,
};

struct learning {
    struct kmeans *kmeans;
    struct sheet sheet; // the rows, where they are to be written
    double *numbers;    // of all rows without a blank
    size_t capacity;    // in rows
    size_t *blanks;     // positions in the sheet of rows with one
    size_t blank_count;
    size_t blank_capacity;
    double *places; // their points, where they are not to take the place of the numbers
    double *drawn;  // the points of the sample
    struct points points;
    struct points sample;
    struct lloyd lloyd;
};

// The first points of the sample, few enough for silhouettes.
static struct points judged(const struct learning *learning)
{
    struct points points = learning->sample;
    points.count = points.count < SAMPLE_TO_JUDGE ? points.count : SAMPLE_TO_JUDGE;
    return points;
}

static void gather(struct learning *learning)
{
    struct kmeans *kmeans = learning->kmeans;
    size_t columns = kmeans->measures.count;
    bool keeps = !kmeans->settings->table;
    struct row row;
    while (table_next(kmeans->table, &row)) {
        size_t count = learning->points.count;
        learning->numbers =
            heap_grow(learning->numbers, &learning->capacity, count + 1, columns * sizeof *learning->numbers);
        enum measures_result result = measures_read(&kmeans->measures, kmeans->table, program_forms(kmeans->program),
                                                    &row, learning->numbers + count * columns);
        if (result == MEASURES_REFUSED) {
            continue;
        }
        if (result == MEASURES_BLANK) {
            learning->blanks = heap_grow(learning->blanks, &learning->blank_capacity, learning->blank_count + 1,
                                         sizeof *learning->blanks);
            learning->blanks[learning->blank_count++] = learning->sheet.count;
        }
        learning->points.count += result == MEASURES_READ;
        kmeans->blanks += result == MEASURES_BLANK;
        if (keeps) {
            sheet_add(&learning->sheet, &row);
        }
    }
}

// Names of the columns by which they can be found again; where several have one name, the second is called name[2].
static void name_columns(struct kmeans *kmeans)
{
    const struct columns *columns = table_columns(kmeans->table);
    struct text name = {0};
    kmeans->centres.names = heap_allocate(kmeans->measures.count, sizeof *kmeans->centres.names);
    for (size_t i = 0; i < kmeans->measures.count; i++) {
        size_t column = kmeans->measures.columns[i];
        size_t same = 0;
        for (size_t j = 0; j <= column; j++) {
            same += slice_equal(columns->folded[j], columns->folded[column]);
        }
        text_clear(&name);
        text_append(&name, slice_trim_value(columns->names[column]));
        if (columns_times(columns, columns->folded[column]) > 1) {
            text_format(&name, "[%zu]", same);
        }
        kmeans->centres.names[i] = arena_copy(&kmeans->centres.arena, text_slice(&name));
    }
    text_free(&name);
}

static void scale(struct learning *learning)
{
    struct kmeans *kmeans = learning->kmeans;
    size_t count = kmeans->measures.count;
    size_t rows = learning->points.count;
    scaling_prepare(&kmeans->centres.scaling, count);
    kmeans->centres.scaling.logarithm = kmeans->settings->log;
    double *points = learning->numbers;
    if (kmeans->settings->table) {
        points = learning->places = heap_allocate(rows * count, sizeof *points);
    }
    scaling_learn(&kmeans->centres.scaling, kmeans->settings->scale == KMEANS_Z, learning->numbers, rows, points);
    learning->points = (struct points){points, rows, count};
}

static void draw_sample(struct learning *learning)
{
    size_t dimensions = learning->points.dimensions;
    size_t count;
    size_t *indices = sample_draw(&learning->points, learning->kmeans->settings->seed, SAMPLE_TO_START, &count);
    learning->drawn = heap_allocate(count * dimensions, sizeof *learning->drawn);
    for (size_t i = 0; i < count; i++) {
        const double *point = points_at(&learning->points, indices[i]);
        memcpy(learning->drawn + i * dimensions, point, dimensions * sizeof *point);
    }
    free(indices);
    learning->sample = (struct points){learning->drawn, count, dimensions};
}

// First centres for so many clusters; gives how many there are. Freed by the caller.
static size_t start(const struct learning *learning, size_t clusters, double **centres)
{
    const struct kmeans_settings *settings = learning->kmeans->settings;
    *centres = heap_allocate(clusters * learning->sample.dimensions, sizeof **centres);
    return clusters_start(&learning->sample, clusters, (size_t)settings->starts, settings->seed, *centres);
}

// The clusters of the points that are judged.
static uint16_t *label_judged(const struct learning *learning, const double *centres, size_t clusters)
{
    struct points points = judged(learning);
    uint16_t *labels = heap_allocate(points.count, sizeof *labels);
    for (size_t i = 0; i < points.count; i++) {
        labels[i] = (uint16_t)lloyd_nearest(centres, clusters, points_at(&points, i), points.dimensions, NULL);
    }
    return labels;
}

// A silhouette as it is said: "0.5528 of a sample of 10000 rows".
static void say_silhouette(const struct learning *learning, const char *before, size_t clusters, double silhouette)
{
    char text[NUMBER_SIZE];
    size_t length = number_print(text, silhouette, program_digits(learning->kmeans->program));
    text[length] = '\0';
    size_t rows = judged(learning).count;
    diag_detail(program_diag(learning->kmeans->program), "%s%zu clusters: silhouette %s of %s%zu rows", before,
                clusters, length == 0 ? "undefined" : text, rows < learning->points.count ? "a sample of " : "", rows);
}

struct candidate {
    double *centres;
    size_t found;
};

// The candidate with the best silhouette, of equals that with the fewest clusters; `low` + its position are those.
static size_t judge(const struct learning *learning, const struct candidate *candidates, size_t count, size_t low)
{
    struct points points = judged(learning);
    struct partition *partitions = heap_allocate(count, sizeof *partitions);
    uint16_t **labels = heap_allocate(count, sizeof *labels);
    for (size_t i = 0; i < count; i++) {
        labels[i] = label_judged(learning, candidates[i].centres, candidates[i].found);
        partitions[i] = (struct partition){.labels = labels[i], .clusters = candidates[i].found};
    }
    silhouette_measure(&points, partitions, count);
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        say_silhouette(learning, "tried ", low + i, partitions[i].silhouette);
        best = partitions[i].silhouette > partitions[best].silhouette ? i : best;
        free(labels[i]);
    }
    free(labels);
    free(partitions);
    return best;
}

// Tries each number of clusters in the range, as far as the sample has distinct points.
static size_t choose(struct learning *learning, size_t low, size_t high, double **centres, size_t *found)
{
    struct candidate *candidates = heap_allocate(high - low + 1, sizeof *candidates);
    size_t tried = 0;
    size_t good = 0;
    while (low + tried <= high && good == tried) {
        struct candidate *candidate = &candidates[tried++];
        candidate->found = start(learning, low + tried - 1, &candidate->centres);
        good += candidate->found == low + tried - 1;
    }
    size_t best = good > 0 ? judge(learning, candidates, good, low) : 0;
    *centres = candidates[best].centres;
    *found = candidates[best].found;
    for (size_t i = 0; i < tried; i++) {
        if (i != best) {
            free(candidates[i].centres);
        }
    }
    free(candidates);
    return low + best;
}

static void report(const struct learning *learning)
{
    const struct kmeans *kmeans = learning->kmeans;
    const struct diag *diag = program_diag(kmeans->program);
    const struct lloyd *lloyd = &learning->lloyd;
    char inertia[NUMBER_SIZE];
    if (!lloyd->settled) {
        diag_note(diag, "the clusters still moved after %zu iterations", lloyd->iterations);
    }
    if (!diag->verbose) {
        return;
    }
    double step = kmeans->centres.scaling.step;
    double sum = lloyd_inertia(lloyd, &learning->points) * step * step;
    inertia[number_print(inertia, sum, program_digits(kmeans->program))] = '\0';
    diag_detail(diag, "inertia %s of the scaled columns, iterations %zu", inertia, lloyd->iterations);
    struct points points = judged(learning);
    uint16_t *labels = label_judged(learning, lloyd->centres, lloyd->clusters);
    struct partition partition = {.labels = labels, .clusters = lloyd->clusters};
    silhouette_measure(&points, &partition, 1);
    say_silhouette(learning, "", lloyd->clusters, partition.silhouette);
    free(labels);
}

// Finds the clusters of all rows. False, said, when there are fewer distinct rows than clusters.
static bool learn(struct learning *learning)
{
    struct kmeans *kmeans = learning->kmeans;
    struct lloyd *lloyd = &learning->lloyd;
    size_t low;
    size_t high;
    size_t found;
    scale(learning);
    draw_sample(learning);
    if (kmeans->settings->choose != NULL && kmeans_range(kmeans->settings->choose, &low, &high)) {
        lloyd->clusters = choose(learning, low, high, &lloyd->centres, &found);
    } else {
        lloyd->clusters = (size_t)kmeans->settings->clusters;
        found = start(learning, lloyd->clusters, &lloyd->centres);
    }
    lloyd->labels = heap_allocate(learning->points.count, sizeof *lloyd->labels);
    bool learnt = clusters_finish(lloyd, &learning->points, found);
    if (learnt) {
        report(learning);
    } else {
        diag_error("more clusters (%zu) than distinct rows", lloyd->clusters);
        table_stop(kmeans->table, STATUS_DATA);
    }
    kmeans->centres.values = lloyd->centres;
    kmeans->centres.count = lloyd->clusters;
    return learnt;
}

static void write_labelled(struct learning *learning, struct writer *writer)
{
    size_t blanks = 0;
    kmeans_write_names(learning->kmeans, writer);
    for (size_t i = 0; i < learning->sheet.count && writer_good(writer); i++) {
        struct row row;
        size_t cluster = KMEANS_NO_CLUSTER;
        sheet_row(&learning->sheet, i, &row);
        if (blanks < learning->blank_count && learning->blanks[blanks] == i) {
            blanks++;
        } else {
            cluster = learning->lloyd.labels[i - blanks];
        }
        kmeans_write_row(writer, &row, cluster);
    }
}

static void write_profile(struct learning *learning, struct writer *writer)
{
    struct profile profile = {0};
    size_t columns = learning->kmeans->measures.count;
    profile_prepare(&profile, learning->lloyd.clusters, columns);
    for (size_t i = 0; i < learning->points.count; i++) {
        profile_add(&profile, learning->lloyd.labels[i], learning->numbers + i * columns);
    }
    profile_write(&profile, learning->kmeans->settings->as, learning->kmeans->centres.names, writer);
    profile_free(&profile);
}

static enum status learn_and_write(struct learning *learning)
{
    struct kmeans *kmeans = learning->kmeans;
    const struct kmeans_settings *settings = kmeans->settings;
    name_columns(kmeans);
    gather(learning);
    if (table_stopped(kmeans->table) || (learning->points.count > 0 && !learn(learning))) {
        return table_status(kmeans->table);
    }
    if (settings->save != NULL && learning->points.count == 0) {
        diag_error("no rows with numbers: nothing to save");
        return STATUS_DATA;
    }
    if (settings->save != NULL && !centres_save(&kmeans->centres, settings->save)) {
        return STATUS_SYSTEM;
    }
    struct writer *writer = program_writer(kmeans->program, kmeans->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (settings->table) {
        write_profile(learning, writer);
    } else {
        write_labelled(learning, writer);
    }
    return STATUS_DONE;
}

enum status kmeans_run_learnt(struct kmeans *kmeans)
{
    struct learning learning = {.kmeans = kmeans};
    enum status status = learn_and_write(&learning);
    sheet_free(&learning.sheet);
    free(learning.numbers);
    free(learning.places);
    free(learning.drawn);
    free(learning.blanks);
    free(learning.lloyd.labels);
    return status;
}
