// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * model: what remind promises, written a second time and as plainly as possible, for the simulation.
 *
 * Shares no line with remind: it has its own calendar, its own policy (a table from which the file is written), and
 * tries one occurrence after the other. For every run it says which contacts are to be printed, put off and missed; for
 * the end it counts that every occurrence is accounted for.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MODEL_NEVER (-1000000) // no day

enum { MODEL_LEVELS = 3, MODEL_TEXT = 24 };

// Days are days since 1970-01-01.
struct person {
    char id[MODEL_TEXT];
    char segment[MODEL_TEXT];
    char owner[MODEL_TEXT];
    int first_order;
    int last_order;
    int birthday;
    int contract; // MODEL_NEVER: none
    int gap;      // usual, in days
    bool opted_out;
    int paused_until; // MODEL_NEVER: not paused
    bool ever_held;   // opted out or paused at some time
    bool joined;      // stands in the customers' table
};

// One contact: an occurrence of a rule at a level.
struct contact {
    size_t person;
    size_t rule;
    int nominal;
    int level;
    int due;
};

struct contacts {
    struct contact *items;
    size_t count;
    size_t capacity;
};

// What a run should do.
struct forecast {
    struct contacts printed; // in the order of printing
    struct contacts deferred;
    struct contacts missed;
};

enum event { EVENT_DUE, EVENT_DEFERRED, EVENT_MISSED, EVENT_DONE, EVENT_SKIP, EVENT_SNOOZE, EVENT_STOP, EVENTS };

struct model;

// Days of the calendar "date,name,working" are read from `calendar`. NULL when it cannot be.
struct model *model_create(const struct person *people, size_t count, size_t limit, const char *calendar);
void model_free(struct model *model);

void model_write_policy(FILE *file);
void model_write_settings(FILE *file, int extra); // `extra`: above the cap that the model knows
size_t model_rule_count(void);
const char *model_rule_name(size_t rule);

// Who makes a contact.
const char *model_owner(const struct model *model, const struct contact *contact);

// What a run on this day should do; owned by the model until the next call.
const struct forecast *model_forecast(struct model *model, int today);

// What was recorded. `day` is that of the entry; `back` the day a snoozed contact comes back.
void model_record(struct model *model, enum event event, const struct contact *contact, int day, int back);

// Is the occurrence over (done, skipped, stopped or missed), so that nobody would mark it?
bool model_is_over(const struct model *model, const struct contact *contact);

// Was it put off before? And was it printed at its level, since it was last snoozed?
bool model_was_deferred(const struct model *model, const struct contact *contact);
bool model_was_printed(const struct model *model, const struct contact *contact);

// Would a contact printed on this day be one too many for its customer?
bool model_breaks_cap(const struct model *model, const struct contact *contact, int day);

// The most contacts that an owner was given on this day.
size_t model_most_today(const struct model *model, int today);

// Occurrences that fell due up to `today` since the ledger began, and how many of them nobody heard of without a
// reason.
size_t model_count_forgotten(struct model *model, int today, size_t *occurrences);

int day_of(int year, int month, int day);
void day_print(int day, char out[MODEL_TEXT]);

void contacts_add(struct contacts *contacts, const struct contact *contact);

#endif
