// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * retention: the parts of funnel retention: cohorts counted, and how they are written.
 */
#ifndef RETENTION_H
#define RETENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "breakdown.h"
#include "calendar.h"
#include "cohorts.h"
#include "feed.h"
#include "periodic.h"
#include "program.h"
#include "visits.h"
#include "worth.h"
#include "writer.h"

enum kind {
    KIND_NDAY,
    KIND_UNBOUNDED,
    KIND_BRACKET,
};

struct retention_settings {
    struct periodic_settings shared;
    int kind;
    int cohort;
    uint64_t periods;
    const char *brackets;
    const char *weight;
    bool wide;
};

// What a run holds while it lasts.
struct retention {
    const struct retention_settings *settings;
    struct program *program;
    struct calendar calendar;
    struct cohorts_column columns[COHORTS_COLUMNS];
    size_t count;
    struct feed feed;
    struct worth worth;
    struct breakdown breakdown;
    struct visits *visits;
    struct cohorts *cohorts;
    struct cohort *ordered; // their groups are ranks
    struct writer *writer;
};

// Our own columns, NULL-terminated; with `wide` one more a span.
const char *const *retention_names(bool wide);

// Writes the cohorts in job->ordered; `order` is the groups by rank.
void retention_write(const struct retention *job, const uint32_t *order);

#endif
