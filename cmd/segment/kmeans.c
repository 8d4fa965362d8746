// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment kmeans: the cluster of each row by several numbers.
 *
 * Learning (kmeans_learn.c) gathers the rows; clusters that were saved before are used here, in constant memory.
 */
#include "kmeans.h"

#include <stddef.h>
#include <stdlib.h>

#include "heap.h"
#include "lloyd.h"
#include "number.h"
#include "profile.h"
#include "segment.h"

static const char *const scale_words[] = {"z", "none", NULL};

static const struct option options[] = {
    {.kind = OPTION_LIST,
     .name = "columns",
     .value = "COL,...",
     .help = "the numbers to compare rows by (repeatable)",
     .offset = offsetof(struct kmeans_settings, columns)},
    {.kind = OPTION_COUNT,
     .letter = 'k',
     .name = "classes",
     .value = "N",
     .help = "how many clusters, 1 to 1000",
     .offset = offsetof(struct kmeans_settings, clusters)},
    {.kind = OPTION_TEXT,
     .name = "choose-k",
     .value = "A..B",
     .help = "take the number of clusters with the best silhouette, on a sample of at most 10,000 rows",
     .offset = offsetof(struct kmeans_settings, choose)},
    {.kind = OPTION_CHOICE,
     .name = "scale",
     .help = "divide each column by its standard deviation (z, the default) or not",
     .offset = offsetof(struct kmeans_settings, scale),
     .choices = scale_words},
    {.kind = OPTION_FLAG,
     .name = "log",
     .help = "compare ln(1 + x) in place of x, for amounts and counts of which few are large",
     .offset = offsetof(struct kmeans_settings, log)},
    {.kind = OPTION_COUNT,
     .name = "starts",
     .value = "N",
     .help = "how often to begin anew, on a sample of at most 100,000 rows (default 10)",
     .offset = offsetof(struct kmeans_settings, starts)},
    {.kind = OPTION_COUNT,
     .name = "seed",
     .value = "N",
     .help = "what the drawing of samples and first centres begins with (default 1)",
     .offset = offsetof(struct kmeans_settings, seed)},
    {.kind = OPTION_FLAG,
     .name = "table",
     .help = "write one row a cluster, its size and the means of its numbers, instead of the rows",
     .offset = offsetof(struct kmeans_settings, table)},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'cluster'",
     .offset = offsetof(struct kmeans_settings, as)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write the clusters to FILE",
     .offset = offsetof(struct kmeans_settings, save)},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "take the clusters from a FILE that --save wrote, instead of finding them",
     .offset = offsetof(struct kmeans_settings, use)},
    {.kind = OPTION_END},
};

static const struct kmeans_settings defaults = {.starts = 10, .seed = 1, .as = "cluster"};

enum {
    MOST_STARTS = 1000,
};

bool kmeans_range(const char *text, size_t *low, size_t *high)
{
    int64_t bounds[2];
    struct slice range = slice_of(text);
    size_t dots = slice_find(range, '.', 0);
    if (dots + 2 > range.length || text[dots + 1] != '.' ||
        !number_read_whole(slice_part(range, 0, dots), &bounds[0]) ||
        !number_read_whole(slice_part(range, dots + 2, range.length), &bounds[1]) || bounds[0] < 2 ||
        bounds[1] < bounds[0] || bounds[1] > LLOYD_MOST_CLUSTERS) {
        return false;
    }
    *low = (size_t)bounds[0];
    *high = (size_t)bounds[1];
    return true;
}

// What is wrong with settings that learn, or NULL.
static const char *fault_of_learning(const struct kmeans_settings *settings)
{
    size_t low;
    size_t high;
    if (settings->columns.count == 0) {
        return "which columns? --columns=COL,...";
    }
    if (settings->choose != NULL && settings->clusters != 0) {
        return "-k and --choose-k both say how many clusters";
    }
    if (settings->choose != NULL && !kmeans_range(settings->choose, &low, &high)) {
        return "--choose-k: not a range like 2..8, from 2 to 1000";
    }
    if (settings->choose == NULL && settings->clusters == 0) {
        return "how many clusters? -k N or --choose-k=A..B";
    }
    if (settings->clusters > LLOYD_MOST_CLUSTERS) {
        return "-k: more than 1000 clusters";
    }
    return settings->starts < 1 || settings->starts > MOST_STARTS ? "--starts: not between 1 and 1000" : NULL;
}

static bool learns(const struct kmeans_settings *settings)
{
    return settings->columns.count > 0 || settings->clusters != 0 || settings->choose != NULL ||
           settings->scale != defaults.scale || settings->log || settings->starts != defaults.starts ||
           settings->seed != defaults.seed || settings->save != NULL;
}

static bool check(const void *given, struct program *program)
{
    const struct kmeans_settings *settings = given;
    const char *fault = NULL;
    if (settings->use == NULL) {
        fault = fault_of_learning(settings);
    } else if (learns(settings)) {
        fault = "--use brings its own columns and clusters: beside it only --table and --as have a place";
    }
    if (fault != NULL) {
        program_wrong(program, "%s", fault);
    }
    return fault == NULL;
}

void kmeans_write_names(const struct kmeans *kmeans, struct writer *writer)
{
    const struct columns *columns = table_columns(kmeans->table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    writer_name(writer, slice_of(kmeans->settings->as));
    writer_end(writer);
}

void kmeans_write_row(struct writer *writer, const struct row *row, size_t cluster)
{
    writer_pass(writer, row);
    if (cluster == KMEANS_NO_CLUSTER) {
        writer_blank(writer);
    } else {
        writer_whole(writer, (int64_t)cluster + 1);
    }
    writer_end(writer);
}

// Finds the columns that the file of --use names.
static bool find_used(struct kmeans *kmeans)
{
    bool found = true;
    for (size_t i = 0; found && i < kmeans->centres.scaling.columns; i++) {
        char *name = heap_string(kmeans->centres.names[i]);
        found = measures_add(&kmeans->measures, kmeans->table, name, "--use", kmeans->program);
        free(name);
    }
    kmeans->measures.positive = kmeans->centres.scaling.logarithm;
    return found;
}

static bool find_given(struct kmeans *kmeans)
{
    kmeans->measures.positive = kmeans->settings->log;
    return measures_find(&kmeans->measures, kmeans->table, &kmeans->settings->columns, kmeans->program);
}

// Room for one row, and where it is counted.
struct use {
    double *numbers;
    double *point;
    struct profile profile;
};

// The cluster of one row, which is counted. False when the row was refused.
static bool place_row(struct kmeans *kmeans, struct use *use, const struct row *row, size_t *cluster)
{
    *cluster = KMEANS_NO_CLUSTER;
    switch (measures_read(&kmeans->measures, kmeans->table, program_forms(kmeans->program), row, use->numbers)) {
    case MEASURES_REFUSED:
        return false;
    case MEASURES_BLANK:
        kmeans->blanks++;
        return true;
    default:
        break;
    }
    scaling_place(&kmeans->centres.scaling, use->numbers, use->point);
    *cluster = lloyd_nearest(kmeans->centres.values, kmeans->centres.count, use->point, kmeans->measures.count, NULL);
    profile_add(&use->profile, *cluster, use->numbers);
    return true;
}

static void use_centres(struct kmeans *kmeans, struct use *use, struct writer *writer)
{
    bool labels = !kmeans->settings->table;
    size_t cluster;
    struct row row;
    if (labels) {
        kmeans_write_names(kmeans, writer);
    }
    while (writer_good(writer) && table_next(kmeans->table, &row)) {
        if (place_row(kmeans, use, &row, &cluster) && labels) {
            kmeans_write_row(writer, &row, cluster);
        }
    }
    if (!labels && !table_stopped(kmeans->table)) {
        profile_write(&use->profile, kmeans->settings->as, kmeans->centres.names, writer);
    }
}

static enum status run_used(struct kmeans *kmeans)
{
    struct use use = {0};
    size_t columns = kmeans->measures.count;
    struct writer *writer = program_writer(kmeans->program, kmeans->table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    use.numbers = heap_allocate(columns, sizeof *use.numbers);
    use.point = heap_allocate(columns, sizeof *use.point);
    profile_prepare(&use.profile, kmeans->centres.count, columns);
    use_centres(kmeans, &use, writer);
    profile_free(&use.profile);
    free(use.numbers);
    free(use.point);
    return table_status(kmeans->table);
}

static enum status run_with(struct kmeans *kmeans)
{
    const struct kmeans_settings *settings = kmeans->settings;
    kmeans->table = program_input(kmeans->program);
    if (table_stopped(kmeans->table) || !(settings->use != NULL ? find_used(kmeans) : find_given(kmeans)) ||
        (!settings->table && !table_new_column(kmeans->table, settings->as, true))) {
        return table_status(kmeans->table);
    }
    enum status status = settings->use != NULL ? run_used(kmeans) : kmeans_run_learnt(kmeans);
    if (kmeans->blanks > 0) {
        diag_detail(program_diag(kmeans->program), "rows without a cluster, a number being blank: %llu",
                    (unsigned long long)kmeans->blanks);
    }
    return status;
}

static enum status run(const void *given, struct program *program)
{
    const struct kmeans_settings *settings = given;
    struct kmeans kmeans = {.settings = settings, .program = program};
    enum status status = STATUS_USAGE;
    if (settings->use == NULL || centres_use(&kmeans.centres, settings->use, program, &status)) {
        status = run_with(&kmeans);
    }
    measures_free(&kmeans.measures);
    centres_free(&kmeans.centres);
    return status;
}

const struct mode segment_kmeans = {
    .name = "kmeans",
    .summary = "the cluster of each row by several numbers: rows that are alike",
    .usage = "[FILE|-]...",
    .examples =
        {"score rfm --today=1998-06-30 cdnow-sample.csv | segment kmeans --columns=recency,orders,revenue --log -k 4",
         "segment kmeans --columns=orders,revenue -k 2 --table -v segment/people.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
