// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * diary: see diary.h. Days are listed in blocks as they come, then counted out person by person. A person's newest
 * entry stays open, so that further events of that day only add to its weight; where that would overflow, and where a
 * day comes back later, the day has several entries, which are added up when they are asked for.
 */
#include "diary.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "map.h"

enum {
    BLOCK = 32768,    // entries; blocks need no copying when they grow in number
    BATCH = 32,       // events looked up together
    WAITING_KEY = 48, // bytes of a person's key that a waiting event has room for
};

struct entry {
    uint32_t person;
    int32_t day;
};

struct block {
    struct block *next;
    size_t count;
    int64_t *weights; // NULL without weights
    struct entry entries[BLOCK];
};

struct record {
    uint64_t events;
    size_t entries;
    size_t end;      // once settled: behind his last entry
    int64_t *weight; // of the newest entry, NULL without weights
    int32_t day;     // of the newest entry
};

// An entry once settled.
struct mark {
    int32_t day;
    size_t place; // of its weight
};

// An event whose person is being fetched from memory (map.h): with many people nearly every look-up waits for it, and
// thirty-two of them wait together.
struct waiting {
    uint64_t hash;
    int64_t weight;
    int32_t day;
    uint8_t length;
    char key[WAITING_KEY];
};

struct diary {
    struct map *people; // struct record
    struct waiting waiting[BATCH];
    size_t waiting_count;
    bool weighted;
    struct block *blocks; // oldest first, so that the days of a log in order stay in order
    struct block *newest;
    size_t entries;
    int32_t *days;      // all entries, person by person
    int64_t *weights;   // beside them, or NULL
    struct mark *marks; // the page asked for last, and its results
    int32_t *page_days;
    money_wide *page_weights;
    size_t capacity;
};

struct diary *diary_create(bool weighted)
{
    struct diary *diary = heap_allocate(1, sizeof *diary);
    diary->people = map_create(sizeof(struct record));
    diary->weighted = weighted;
    return diary;
}

static void free_block(struct diary *diary)
{
    struct block *next = diary->blocks->next;
    free(diary->blocks->weights);
    free(diary->blocks);
    diary->blocks = next;
}

void diary_free(struct diary *diary)
{
    if (diary == NULL) {
        return;
    }
    while (diary->blocks != NULL) {
        free_block(diary);
    }
    map_free(diary->people);
    free(diary->days);
    free(diary->weights);
    free(diary->marks);
    free(diary->page_days);
    free(diary->page_weights);
    free(diary);
}

static void add_block(struct diary *diary)
{
    struct block *block = heap_allocate(1, sizeof *block);
    block->weights = diary->weighted ? heap_allocate(BLOCK, sizeof *block->weights) : NULL;
    if (diary->newest == NULL) {
        diary->blocks = block;
    } else {
        diary->newest->next = block;
    }
    diary->newest = block;
}

static void open_entry(struct diary *diary, struct record *record, uint32_t person, int32_t day, int64_t weight)
{
    if (diary->newest == NULL || diary->newest->count == BLOCK) {
        add_block(diary);
    }
    struct block *block = diary->newest;
    size_t place = block->count++;
    block->entries[place] = (struct entry){person, day};
    if (diary->weighted) {
        record->weight = &block->weights[place];
        *record->weight = weight;
    }
    record->day = day;
    record->entries++;
    diary->entries++;
}

static void take(struct diary *diary, struct slice person, uint64_t hash, int32_t day, int64_t weight)
{
    uint32_t index;
    struct record *record = map_add_hashed(diary->people, person, hash, &index);
    bool open = record->events > 0 && record->day == day;
    record->events++;
    int64_t sum = 0;
    if (!open || (diary->weighted && __builtin_add_overflow(*record->weight, weight, &sum))) {
        open_entry(diary, record, index, day, weight);
    } else if (diary->weighted) {
        *record->weight = sum;
    }
}

static void take_waiting(struct diary *diary)
{
    for (size_t i = 0; i < diary->waiting_count; i++) {
        map_prefetch_entry(diary->people, diary->waiting[i].hash);
    }
    for (size_t i = 0; i < diary->waiting_count; i++) {
        const struct waiting *waiting = &diary->waiting[i];
        take(diary, (struct slice){waiting->key, waiting->length}, waiting->hash, waiting->day, waiting->weight);
    }
    diary->waiting_count = 0;
}

void diary_add(struct diary *diary, struct slice person, int32_t day, int64_t weight)
{
    uint64_t hash = map_hash(diary->people, person);
    if (person.length > WAITING_KEY) {
        take_waiting(diary); // the order of first appearance must stand
        take(diary, person, hash, day, weight);
        return;
    }
    map_prefetch(diary->people, hash);
    struct waiting *waiting = &diary->waiting[diary->waiting_count++];
    waiting->hash = hash;
    waiting->weight = weight;
    waiting->day = day;
    waiting->length = (uint8_t)person.length;
    memcpy(waiting->key, person.data, person.length);
    if (diary->waiting_count == BATCH) {
        take_waiting(diary);
    }
}

static struct record *record_at(const struct diary *diary, size_t index)
{
    return map_value(diary->people, (uint32_t)index);
}

void diary_settle(struct diary *diary)
{
    size_t start = 0;
    take_waiting(diary);
    for (size_t i = 0; i < diary_count(diary); i++) {
        struct record *record = record_at(diary, i);
        record->end = start; // where his next entry goes
        start += record->entries;
    }
    diary->days = heap_resize(NULL, diary->entries, sizeof *diary->days);
    diary->weights = diary->weighted ? heap_resize(NULL, diary->entries, sizeof *diary->weights) : NULL;
    while (diary->blocks != NULL) {
        const struct block *block = diary->blocks;
        for (size_t i = 0; i < block->count; i++) {
            size_t place = record_at(diary, block->entries[i].person)->end++;
            diary->days[place] = block->entries[i].day;
            if (diary->weighted) {
                diary->weights[place] = block->weights[i];
            }
        }
        free_block(diary);
    }
}

size_t diary_count(const struct diary *diary)
{
    return map_count(diary->people);
}

struct slice diary_person(const struct diary *diary, size_t index)
{
    return map_key(diary->people, (uint32_t)index);
}

uint64_t diary_events(const struct diary *diary, size_t index)
{
    return record_at(diary, index)->events;
}

size_t diary_find(const struct diary *diary, struct slice person)
{
    uint32_t index = map_find(diary->people, person);
    return index == MAP_NONE ? SIZE_MAX : index;
}

static int compare_marks(const void *a, const void *b)
{
    int32_t left = ((const struct mark *)a)->day;
    int32_t right = ((const struct mark *)b)->day;
    return left < right ? -1 : left > right;
}

static void make_room(struct diary *diary, size_t count)
{
    if (count > diary->capacity) {
        diary->capacity = count * 2;
        diary->marks = heap_resize(diary->marks, diary->capacity, sizeof *diary->marks);
        diary->page_days = heap_resize(diary->page_days, diary->capacity, sizeof *diary->page_days);
        diary->page_weights = heap_resize(diary->page_weights, diary->capacity, sizeof *diary->page_weights);
    }
}

struct diary_page diary_page(struct diary *diary, size_t index)
{
    const struct record *record = record_at(diary, index);
    size_t start = record->end - record->entries;
    bool sorted = true;
    make_room(diary, record->entries);
    for (size_t i = 0; i < record->entries; i++) {
        diary->marks[i] = (struct mark){diary->days[start + i], start + i};
        sorted = sorted && (i == 0 || diary->marks[i].day >= diary->marks[i - 1].day);
    }
    if (!sorted) {
        qsort(diary->marks, record->entries, sizeof *diary->marks, compare_marks);
    }
    size_t count = 0;
    for (size_t i = 0; i < record->entries; i++) {
        const struct mark *mark = &diary->marks[i];
        if (count == 0 || diary->page_days[count - 1] != mark->day) {
            diary->page_days[count] = mark->day;
            diary->page_weights[count++] = 0;
        }
        diary->page_weights[count - 1] += diary->weighted ? diary->weights[mark->place] : 0;
    }
    return (struct diary_page){diary->page_days, diary->page_weights, count};
}
