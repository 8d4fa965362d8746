// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * past: contacts by their key without its level, each in the list of its customer.
 */
#include "past.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "date.h"
#include "heap.h"
#include "number.h"

struct past {
    struct provisions *provisions;
    const struct touches *touches;
    struct map *rules;     // of the policy, by id: const struct policy_rule *
    struct map *customers; // const struct past_contact *, the newest
    struct map *contacts;  // struct past_contact
    struct arena arena;    // of touches
};

struct past *past_create(struct provisions *provisions, const struct policy *policy, const struct touches *touches)
{
    struct past *past = heap_allocate(1, sizeof *past);
    past->provisions = provisions;
    past->touches = touches;
    past->rules = map_create(sizeof(const struct policy_rule *));
    past->customers = map_create(sizeof(const struct past_contact *));
    past->contacts = map_create(sizeof(struct past_contact));
    for (size_t i = 0; i < policy->count; i++) {
        *(const struct policy_rule **)map_add(past->rules, policy->rules[i].id, NULL) = &policy->rules[i];
    }
    return past;
}

void past_free(struct past *past)
{
    if (past == NULL) {
        return;
    }
    map_free(past->rules);
    map_free(past->customers);
    map_free(past->contacts);
    arena_free(&past->arena);
    free(past);
}

const struct policy_rule *past_rule(const struct past *past, struct slice id)
{
    uint32_t index = map_find(past->rules, id);
    return index == MAP_NONE ? NULL : *(const struct policy_rule *const *)map_value(past->rules, index);
}

static const struct past_contact **customer_of(const struct past *past, struct slice customer)
{
    uint32_t index = map_find(past->customers, customer);
    return index == MAP_NONE ? NULL : map_value(past->customers, index);
}

void past_expect(struct past *past, struct slice customer)
{
    size_t before = map_count(past->customers);
    const struct past_contact **newest = map_add(past->customers, customer, NULL);
    if (map_count(past->customers) == before || past->touches == NULL) {
        return;
    }
    for (const struct touch *touch = touches_of(past->touches, customer); touch != NULL;
         touch = touches_older(past->touches, touch)) {
        struct past_contact *contact = arena_allocate(&past->arena, sizeof *contact);
        *contact = (struct past_contact){
            .older = *newest,
            .day = touch->day,
            .second = touch->second,
            .has_time = touch->has_time,
            .counts = true,
            .known = true,
        };
        contact->numbers[PROVISIONS_CHANNEL] = touch->channel;
        contact->numbers[PROVISIONS_TAG] = touch->tag;
        contact->numbers[PROVISIONS_OWNER] = touch->owner;
        *newest = contact;
    }
}

// "a/AS3/2026-11-18" of "a/AS3/2026-11-18/0".
static struct slice without_level(struct slice key)
{
    size_t end = key.length;
    while (end > 0 && key.data[end - 1] != '/') {
        end--;
    }
    return slice_part(key, 0, end > 0 ? end - 1 : 0);
}

// The contact of this key, put into its customer's list when it is new.
static struct past_contact *contact_of(struct past *past, const struct past_contact **newest, struct slice key)
{
    struct past_contact *contact = map_add(past->contacts, without_level(key), NULL);
    if (!contact->known) {
        contact->known = true;
        contact->older = *newest;
        contact->day = DATE_FIRST;
        *newest = contact;
    }
    return contact;
}

// The customer's day on which the entry was printed: the day it was due, and as many more as it was overdue.
static bool read_printed(const struct entry *entry, struct date_time *due, int64_t *overdue)
{
    return date_read(entry->contact[CONTACT_DUE], DATE_YMD, due) && !due->has_offset &&
           number_read_whole(entry->contact[CONTACT_OVERDUE], overdue) && *overdue >= 0 &&
           *overdue <= DATE_LAST - due->day;
}

static int32_t entry_day(const struct entry *entry)
{
    return (int32_t)(entry->at / DATE_DAY_SECONDS - (entry->at % DATE_DAY_SECONDS < 0));
}

static void print(struct past_contact *contact, const struct entry *entry)
{
    struct date_time due;
    int64_t overdue;
    bool read = read_printed(entry, &due, &overdue);
    contact->day = read ? due.day + (int32_t)overdue : entry_day(entry);
    contact->has_time = read && overdue == 0 && due.has_time;
    contact->second = contact->has_time ? due.second : 0;
    contact->counts = true;
}

// Done on a later day than it was printed.
static void finish(struct past_contact *contact, const struct entry *entry)
{
    if (entry_day(entry) > contact->day) {
        contact->day = entry_day(entry);
        contact->has_time = false;
        contact->second = 0;
    }
    contact->counts = true;
}

static void number(struct past *past, struct past_contact *contact, struct slice channel, struct slice owner,
                   const struct policy_rule *rule)
{
    struct slice tag = rule == NULL ? (struct slice){"", 0} : rule->tag;
    provisions_number_all(past->provisions, channel, tag, owner, contact->numbers);
}

void past_play(struct past *past, const struct entry *entry)
{
    if (entry->event == ENTRY_PRINTED || entry->event == ENTRY_DEFERRED || entry->event == ENTRY_MISSED ||
        entry->event == ENTRY_STOP) {
        return;
    }
    const struct past_contact **newest = customer_of(past, entry->contact[CONTACT_CUSTOMER]);
    if (newest == NULL) {
        return;
    }
    struct past_contact *contact = contact_of(past, newest, entry->contact[CONTACT_KEY]);
    number(past, contact, entry->contact[CONTACT_CHANNEL], entry->contact[CONTACT_OWNER],
           past_rule(past, entry->contact[CONTACT_RULE]));
    if (entry->event == ENTRY_DUE) {
        print(contact, entry);
    } else if (entry->event == ENTRY_DONE) {
        finish(contact, entry);
    } else {
        contact->counts = false; // skip, snooze
    }
}

int32_t past_moment(const struct candidate *candidate, bool *has_time, int32_t *second)
{
    *has_time = candidate->has_time && candidate->due == candidate->today;
    *second = *has_time ? candidate->second : 0;
    return candidate->today;
}

void past_add(struct past *past, const struct candidate *candidate)
{
    const struct past_contact **newest = customer_of(past, candidate->person->customer);
    if (newest == NULL) {
        return;
    }
    struct past_contact *contact = contact_of(past, newest, candidate->key);
    number(past, contact, candidate->channel, candidate_owner(candidate), candidate->rule);
    contact->day = past_moment(candidate, &contact->has_time, &contact->second);
    contact->counts = true;
}

const struct past_contact *past_of(const struct past *past, struct slice customer)
{
    const struct past_contact **newest = customer_of(past, customer);
    return newest == NULL ? NULL : *newest;
}

const struct past_contact *past_own(const struct past *past, const struct candidate *candidate)
{
    uint32_t index = map_find(past->contacts, without_level(candidate->key));
    return index == MAP_NONE ? NULL : map_value(past->contacts, index);
}
