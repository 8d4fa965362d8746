// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * history: plays the entries of a ledger back into the state they left.
 */
#include "history.h"

#include <stdlib.h>

#include "date.h"
#include "heap.h"
#include "map.h"

// Where the first entry of a day stands.
struct history_day {
    int32_t day;
    uint64_t place;
};

// Threads of a customer beyond the first lie in chunks of his own, so that few cache lines hold them.
enum { CHUNK = 4 };

#define NO_RULE INT32_MAX // in a thread

struct history {
    int32_t today;
    bool any;
    int32_t first;
    int64_t last; // of the last entry
    int32_t last_day;
    struct map *customers; // struct history_thread, his first
    struct map *rules;
    struct slice rule; // of the last contact, with its number: most contacts of a run are of the rule before
    uint32_t rule_number;
    struct history_thread *threads; // the others, in chunks
    size_t thread_count;
    size_t thread_capacity;
    struct history_occurrence *occurrences;
    size_t count;
    size_t capacity;
    struct map *runs; // struct history_run
    struct slice run; // of the last entry
    struct history_run *run_state;
    struct map *owners_today; // size_t
    struct history_day *days; // ascending
    size_t day_count;
    size_t day_capacity;
};

struct history *history_create(int32_t today)
{
    struct history *history = heap_allocate(1, sizeof *history);
    history->today = today;
    history->customers = map_create(sizeof(struct history_thread));
    history->rules = map_create(0);
    history->runs = map_create(sizeof(struct history_run));
    history->owners_today = map_create(sizeof(size_t));
    return history;
}

void history_free(struct history *history)
{
    if (history == NULL) {
        return;
    }
    map_free(history->customers);
    map_free(history->rules);
    map_free(history->runs);
    map_free(history->owners_today);
    free(history->threads);
    free(history->occurrences);
    free(history->days);
    free(history);
}

static int32_t day_of(int64_t at)
{
    return (int32_t)(at / DATE_DAY_SECONDS - (at % DATE_DAY_SECONDS < 0));
}

static uint32_t add_rule(struct history *history, struct slice rule)
{
    if (history->rule.data == NULL || !slice_equal(history->rule, rule)) {
        map_add(history->rules, rule, &history->rule_number);
        history->rule = map_key(history->rules, history->rule_number);
    }
    return history->rule_number;
}

// The next thread of the same customer, or NULL.
static struct history_thread *next_thread(const struct history *history, const struct history_thread *thread)
{
    return thread->other == 0 ? NULL : &history->threads[thread->other - 1];
}

// A customer's first thread, or one still to be made: then its `rule` is NO_RULE.
static struct history_thread *add_customer(struct history *history, struct slice customer, uint64_t hash)
{
    size_t known = map_count(history->customers);
    struct history_thread *first = map_add_hashed(history->customers, customer, hash, NULL);
    if (map_count(history->customers) > known) {
        *first = (struct history_thread){.rule = NO_RULE, .closed_on = HISTORY_NO_DAY};
    }
    return first;
}

// Room for the next thread of a customer: beside the one before where a chunk has room, else the first of a new chunk.
static struct history_thread *add_other(struct history *history, struct history_thread *first)
{
    size_t place = first->other;
    if (place % CHUNK == 0) {
        place = history->thread_count;
        history->thread_count += CHUNK;
        history->threads =
            heap_grow(history->threads, &history->thread_capacity, history->thread_count, sizeof *history->threads);
    }
    history->threads[place] = (struct history_thread){.other = first->other, .closed_on = HISTORY_NO_DAY};
    first->other = (uint32_t)place + 1;
    return &history->threads[place];
}

// The thread of this rule; when there is none, a new one without an occurrence.
static struct history_thread *add_thread(struct history *history, struct history_thread *first, struct slice rule)
{
    uint32_t number = add_rule(history, rule) & NO_RULE;
    struct history_thread *thread = first;
    if (first->rule == NO_RULE) {
        first->rule = number & NO_RULE;
    }
    while (thread != NULL && thread->rule != number) {
        thread = next_thread(history, thread);
    }
    if (thread == NULL) {
        thread = add_other(history, first);
        thread->rule = number & NO_RULE;
    }
    return thread;
}

static struct history_occurrence *add_occurrence(struct history *history, struct history_thread *thread,
                                                 int32_t nominal)
{
    for (uint32_t number = thread->newest; number > 0; number = history->occurrences[number - 1].older) {
        if (history->occurrences[number - 1].nominal == nominal) {
            return &history->occurrences[number - 1];
        }
    }
    history->occurrences =
        heap_grow(history->occurrences, &history->capacity, history->count + 1, sizeof *history->occurrences);
    history->occurrences[history->count] = (struct history_occurrence){
        .place = HISTORY_NO_PLACE,
        .nominal = nominal,
        .snoozed_to = HISTORY_NO_DAY,
        .older = thread->newest,
        .mark = ENTRY_EVENTS,
    };
    thread->newest = (uint32_t)++history->count;
    return &history->occurrences[history->count - 1];
}

static void close_thread(struct history_thread *thread, const struct entry *entry)
{
    int32_t day = day_of(entry->at);
    if (day > thread->closed_on) {
        thread->closed_on = day;
    }
}

static void add_due(struct history *history, struct history_occurrence *occurrence, const struct entry *entry)
{
    occurrence->levels |= (uint16_t)(1u << entry->key.level);
    if (history->last_day == history->today) {
        size_t *contacts = map_add(history->owners_today, entry->contact[CONTACT_OWNER], NULL);
        (*contacts)++;
    }
}

static void add_snooze(struct history_occurrence *occurrence, const struct entry *entry)
{
    struct date_time day;
    occurrence->closed = false;
    if (date_read(entry->contact[CONTACT_DUE], DATE_YMD, &day)) {
        occurrence->snoozed_to = day.day;
        occurrence->levels = 0;
    }
}

// The staff ended the rule for this customer: nothing of it is open any more.
static void stop_thread(struct history *history, struct history_thread *thread)
{
    thread->stopped = true;
    for (uint32_t number = thread->newest; number > 0; number = history->occurrences[number - 1].older) {
        history->occurrences[number - 1].closed = true;
    }
}

static void add_contact(struct history *history, const struct entry *entry, uint64_t place,
                        struct history_thread *thread)
{
    struct history_occurrence *occurrence = add_occurrence(history, thread, entry->key.nominal);
    if (occurrence->place == HISTORY_NO_PLACE || entry->event == ENTRY_DUE) {
        occurrence->place = place;
    }
    if (entry->event >= ENTRY_DONE) {
        occurrence->mark = (uint8_t)entry->event;
    }
    switch (entry->event) {
    case ENTRY_DUE:
        add_due(history, occurrence, entry);
        break;
    case ENTRY_DEFERRED:
        occurrence->deferred = true;
        break;
    case ENTRY_MISSED:
        occurrence->missed = true;
        close_thread(thread, entry);
        break;
    case ENTRY_SNOOZE:
        add_snooze(occurrence, entry);
        break;
    case ENTRY_STOP:
        stop_thread(history, thread);
        break;
    default: // done, skip
        occurrence->closed = true;
        close_thread(thread, entry);
    }
}

// Only days later than all before them: no entry of such a day, or a later one, stands before this place.
static void add_day(struct history *history, int32_t day, uint64_t place)
{
    if (place == HISTORY_NO_PLACE || (history->day_count > 0 && day <= history->days[history->day_count - 1].day)) {
        return;
    }
    history->days = heap_grow(history->days, &history->day_capacity, history->day_count + 1, sizeof *history->days);
    history->days[history->day_count++] = (struct history_day){day, place};
}

// Most entries are of the run of the entry before.
static struct history_run *add_run(struct history *history, struct slice id)
{
    if (history->run_state == NULL || !slice_equal(history->run, id)) {
        uint32_t number;
        history->run_state = map_add(history->runs, id, &number);
        history->run = map_key(history->runs, number);
    }
    return history->run_state;
}

// `thread` is that of its contact, where it has one.
static void add(struct history *history, const struct entry *entry, uint64_t place, struct history_thread *thread)
{
    if (!history->any || entry->at != history->last) {
        history->last = entry->at;
        history->last_day = day_of(entry->at);
        history->first = history->any ? history->first : history->last_day;
        history->any = true;
    }
    add_day(history, history->last_day, place);
    if (entry->run.length > 0) {
        struct history_run *run = add_run(history, entry->run);
        run->printed = run->printed || entry->event == ENTRY_PRINTED;
        run->contacts += entry->event == ENTRY_DUE;
    }
    if (entry->event != ENTRY_PRINTED) {
        add_contact(history, entry, place, thread);
    }
}

void history_add(struct history *history, const struct entry *entry, uint64_t place)
{
    struct history_entry one = {*entry, place};
    history_add_all(history, &one, 1);
}

// Some of a ledger's contacts on the way to what is known of them: each step asks for the memory that the next reads.
struct batch {
    uint64_t hashes[HISTORY_AT_ONCE];
    struct history_thread *threads[HISTORY_AT_ONCE]; // the customers' first ones, then the contacts' own
    const struct history_entry *contacts[HISTORY_AT_ONCE];
    size_t count;
};

static void expect_contacts(struct history *history, struct batch *batch, const struct history_entry *entries,
                            size_t count)
{
    batch->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].entry.event != ENTRY_PRINTED) {
            batch->hashes[batch->count] = history_expect(history, entries[i].entry.key.customer);
            batch->contacts[batch->count++] = &entries[i];
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        map_prefetch_entry(history->customers, batch->hashes[i]);
    }
}

static void add_customers(struct history *history, struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct slice customer = batch->contacts[i]->entry.key.customer;
        struct history_thread *first = add_customer(history, customer, batch->hashes[i]);
        batch->threads[i] = first;
        if (first->other != 0) {
            __builtin_prefetch(&history->threads[first->other - 1]);
        }
    }
}

// Room is made first, so that no thread moves under those found before.
static void add_threads(struct history *history, struct batch *batch)
{
    history->threads = heap_grow(history->threads, &history->thread_capacity,
                                 history->thread_count + batch->count * CHUNK, sizeof *history->threads);
    for (size_t i = 0; i < batch->count; i++) {
        struct history_thread *thread = add_thread(history, batch->threads[i], batch->contacts[i]->entry.key.rule);
        batch->threads[i] = thread;
        if (thread->newest != 0) {
            __builtin_prefetch(&history->occurrences[thread->newest - 1], 1);
        }
    }
}

void history_add_all(struct history *history, const struct history_entry *entries, size_t count)
{
    struct batch batch;
    expect_contacts(history, &batch, entries, count);
    add_customers(history, &batch);
    add_threads(history, &batch);
    for (size_t i = 0, contact = 0; i < count; i++) {
        bool has_contact = entries[i].entry.event != ENTRY_PRINTED;
        add(history, &entries[i].entry, entries[i].place, has_contact ? batch.threads[contact] : NULL);
        contact += has_contact;
    }
}

uint64_t history_expect(const struct history *history, struct slice customer)
{
    uint64_t hash = map_hash(history->customers, customer);
    map_prefetch(history->customers, hash);
    return hash;
}

void history_approach(const struct history *history, uint64_t hash)
{
    map_prefetch_entry(history->customers, hash);
}

uint32_t history_expected(const struct history *history, struct slice customer, uint64_t hash)
{
    uint32_t number = map_find_hashed(history->customers, customer, hash);
    return number == MAP_NONE ? HISTORY_NOBODY : number;
}

uint32_t history_customer(const struct history *history, struct slice customer)
{
    return history_expected(history, customer, history_expect(history, customer));
}

uint32_t history_rule(const struct history *history, struct slice rule)
{
    uint32_t number = map_find(history->rules, rule);
    return number == MAP_NONE ? HISTORY_NO_RULE : number;
}

const struct history_thread *history_thread(const struct history *history, uint32_t customer, uint32_t rule)
{
    const struct history_thread *thread = customer == HISTORY_NOBODY ? NULL : map_value(history->customers, customer);
    while (thread != NULL && thread->rule != rule) {
        thread = next_thread(history, thread);
    }
    return thread;
}

const struct history_occurrence *history_newest(const struct history *history, const struct history_thread *thread)
{
    return thread->newest == 0 ? NULL : &history->occurrences[thread->newest - 1];
}

const struct history_occurrence *history_older(const struct history *history,
                                               const struct history_occurrence *occurrence)
{
    return occurrence->older == 0 ? NULL : &history->occurrences[occurrence->older - 1];
}

const struct history_occurrence *history_find(const struct history *history, const struct history_thread *thread,
                                              int32_t nominal)
{
    const struct history_occurrence *occurrence = history_newest(history, thread);
    while (occurrence != NULL && occurrence->nominal != nominal) {
        occurrence = history_older(history, occurrence);
    }
    return occurrence;
}

bool history_is_open(const struct history_occurrence *occurrence)
{
    return occurrence->levels != 0 && !occurrence->closed && !occurrence->missed;
}

size_t history_count(const struct history *history)
{
    return history->count;
}

const struct history_occurrence *history_at(const struct history *history, size_t index)
{
    return &history->occurrences[index];
}

size_t history_contacts_today(const struct history *history, struct slice owner)
{
    uint32_t index = map_find(history->owners_today, owner);
    return index == MAP_NONE ? 0 : *(const size_t *)map_value(history->owners_today, index);
}

size_t history_run_count(const struct history *history)
{
    return map_count(history->runs);
}

const struct history_run *history_run(const struct history *history, size_t index, struct slice *id)
{
    *id = map_key(history->runs, (uint32_t)index);
    return map_value(history->runs, (uint32_t)index);
}

uint64_t history_place(const struct history *history, int32_t day)
{
    size_t first = history->day_count;
    while (first > 0 && history->days[first - 1].day >= day) {
        first--;
    }
    return first == history->day_count ? HISTORY_NO_PLACE : history->days[first].place;
}

bool history_span(const struct history *history, int32_t *first, int64_t *last)
{
    *first = history->any ? history->first : history->today;
    *last = history->last;
    return history->any;
}
