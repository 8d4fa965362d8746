// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trail: what is found of a customer and a rule is what the ledger has of just those two, however many rules there are
 * and however the customer is spelled.
 */
#include "../../cmd/remind/trail.h"

#include <stdio.h>

#include "date.h"
#include "tap.h"

enum { TODAY = 20778, RULES = 200, PEOPLE = 5 }; // 2026-11-21

static const char *const people[PEOPLE] = {"a", "b c", "", "\xe7\x8e\x8b\xe5\xb0\x8f\xe7\xbe\x8e",
                                           "a-customer_long.er~"};
static const char *const encoded[PEOPLE] = {"a", "b%20c", "", "%E7%8E%8B%E5%B0%8F%E7%BE%8E", "a-customer_long.er~"};

static char ids[RULES][8];
static struct policy_rule rules[RULES];

// Every third rule has a contact with every customer but the last.
static bool has(size_t person, size_t rule)
{
    return person < PEOPLE - 1 && people[person][0] != '\0' && rule % 3 == 0;
}

static struct history *make_history(void)
{
    struct history *history = history_create(TODAY);
    for (size_t rule = 0; rule < RULES; rule++) {
        snprintf(ids[rule], sizeof ids[rule], "R%zu", rule);
        rules[rule] = (struct policy_rule){.id = slice_of(ids[rule]), .encoded = slice_of(ids[rule])};
        for (size_t person = 0; person < PEOPLE; person++) {
            char key[128];
            struct entry entry = {.event = ENTRY_DUE, .at = (int64_t)TODAY * DATE_DAY_SECONDS};
            snprintf(key, sizeof key, "%s/%s/2026-11-%02zu/0", encoded[person], ids[rule], rule % 28 + 1);
            if (has(person, rule) && key_read(slice_of(key), &entry.key)) {
                history_add(history, &entry, rule * PEOPLE + person);
            }
        }
    }
    return history;
}

static bool finds(struct trail *trail, const struct person *person, size_t number, size_t rule)
{
    struct candidate candidate = {.person = person, .rule = &rules[rule], .nominal = TODAY - 20 + (int32_t)(rule % 28)};
    const struct history_thread *thread = trail_thread(trail, &candidate);
    if (!has(number, rule)) {
        return thread == NULL && trail_recorded(trail, &candidate) == NULL;
    }
    return thread != NULL && trail_recorded(trail, &candidate) != NULL &&
           trail_recorded(trail, &candidate)->place == rule * PEOPLE + number;
}

static void test_all_of_a_ledger(void)
{
    struct history *history = make_history();
    struct trail *trail = trail_create(history);
    bool right = true;
    struct person persons[PEOPLE];
    for (size_t number = 0; number < PEOPLE; number++) {
        persons[number] = (struct person){.customer = slice_of(people[number]), .encoded = slice_of(encoded[number])};
        trail_expect(trail, &persons[number]);
        trail_approach(trail, &persons[number / 2]);
    }
    for (size_t number = 0; number < PEOPLE; number++) {
        trail_begin(trail, &persons[number]);
        for (size_t rule = 0; rule < RULES; rule++) {
            right = right && finds(trail, &persons[number], number, rule);
            right = right && finds(trail, &persons[number], number, (rule * 64 + 7) % RULES);
        }
    }
    CHECK(right);
    trail_free(trail);
    history_free(history);
}

static void test_no_ledger(void)
{
    struct trail *trail = trail_create(NULL);
    struct person person = {.customer = slice_of("b c"), .encoded = slice_of("b%20c")};
    struct candidate candidate = {.person = &person, .rule = &rules[0]};
    trail_expect(trail, &person);
    trail_approach(trail, &person);
    trail_begin(trail, &person);
    CHECK(trail_thread(trail, &candidate) == NULL && candidate.thread_known);
    CHECK(trail_recorded(trail, &candidate) == NULL);
    trail_free(trail);
}

int main(void)
{
    test_all_of_a_ledger();
    test_no_ledger();
    return tap_done();
}
