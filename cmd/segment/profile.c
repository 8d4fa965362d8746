// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * profile: see profile.h.
 */
#include "profile.h"

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "text.h"

void profile_prepare(struct profile *profile, size_t clusters, size_t columns)
{
    profile->clusters = clusters;
    profile->columns = columns;
    profile->rows = heap_allocate(clusters, sizeof *profile->rows);
    profile->sums = heap_allocate(clusters * columns, sizeof *profile->sums);
}

void profile_free(struct profile *profile)
{
    free(profile->rows);
    free(profile->sums);
    *profile = (struct profile){0};
}

void profile_add(struct profile *profile, size_t cluster, const double *numbers)
{
    profile->rows[cluster]++;
    for (size_t i = 0; i < profile->columns; i++) {
        sum_add(&profile->sums[cluster * profile->columns + i], numbers[i]);
    }
}

static void write_names(const char *name, const struct slice *columns, size_t count, struct writer *writer)
{
    struct text text = {0};
    writer_name(writer, slice_of(name));
    writer_name(writer, slice_of("rows"));
    writer_name(writer, slice_of("share"));
    for (size_t i = 0; i < count; i++) {
        text_clear(&text);
        text_append_string(&text, "mean_");
        text_append(&text, slice_trim_value(columns[i]));
        writer_name(writer, text_slice(&text));
    }
    text_free(&text);
    writer_end(writer);
}

void profile_write(const struct profile *profile, const char *name, const struct slice *columns, struct writer *writer)
{
    uint64_t all = 0;
    write_names(name, columns, profile->columns, writer);
    for (size_t i = 0; i < profile->clusters; i++) {
        all += profile->rows[i];
    }
    for (size_t i = 0; i < profile->clusters; i++) {
        double rows = (double)profile->rows[i];
        writer_whole(writer, (int64_t)i + 1);
        writer_whole(writer, (int64_t)profile->rows[i]);
        writer_number(writer, all > 0 ? rows / (double)all : NAN);
        for (size_t j = 0; j < profile->columns; j++) {
            double sum = sum_value(&profile->sums[i * profile->columns + j]);
            writer_number(writer, rows > 0 ? sum / rows : NAN);
        }
        writer_end(writer);
    }
}
