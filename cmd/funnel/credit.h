// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * credit: the parts of funnel credit: paths from a log or from a table of paths, then shares written.
 */
#ifndef CREDIT_H
#define CREDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attribution.h"
#include "biography.h"
#include "diag.h"
#include "feed.h"
#include "map.h"
#include "paths.h"
#include "period.h"
#include "program.h"
#include "spend.h"
#include "table.h"
#include "worth.h"
#include "writer.h"

struct credit_settings {
    struct feed_columns columns;
    const char *channel;
    const char *conversion;
    const char *value;
    struct period window;
    const char *paths;
    const char *conversions;
    const char *nulls;
    int model;
    const char *direct;
    struct period half_life;
    const char *costs;
};

// Months of a period that was not given.
#define CREDIT_NOT_GIVEN INT64_MIN

// What a run holds while it lasts.
struct credit {
    const struct credit_settings *settings;
    struct program *program;
    struct table *table;
    struct feed feed;
    size_t channel; // columns; TABLE_NO_COLUMN where there is none, also below
    size_t path;    // of a table of paths, as are the next two
    size_t conversions;
    size_t nulls;
    struct worth worth;
    double conversion_count; // read
    struct map *events;      // other events seen
    struct biography biography;
    struct map *channels;
    struct paths paths;
    struct spend spend;
    struct attribution *attribution;
    struct writer *writer;
};

bool credit_is_given(struct period period);

// The number of a channel, which is new or not.
uint32_t credit_channel(struct credit *job, struct slice name);

// Reads a log, or a table of paths, into job->paths. On any status but STATUS_DONE all was said.
enum status credit_read_log(struct credit *job);
enum status credit_read_paths(struct credit *job);

// Shares the conversions out and writes the rows.
enum status credit_write(struct credit *job);

#endif
