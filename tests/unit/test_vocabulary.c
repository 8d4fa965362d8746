// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vocabulary: a name means the same however often and after whatever others it is seen, in few names and in many.
 */
#include "../../cmd/funnel/vocabulary.h"

#include <stdio.h>

#include "tap.h"

enum { NAMES = 3 * VOCABULARY_NEAR, SIZE = 40 };

// Short and long ones, of which many begin alike, and the empty one.
static struct slice name_of(uint32_t i, char bytes[SIZE])
{
    int length = i == 0 ? 0 : snprintf(bytes, SIZE, "%s%u%s", i % 3 == 0 ? "an event " : "e", i, i % 2 == 0 ? "e" : "");
    return (struct slice){bytes, (size_t)length};
}

static void read_plan(struct plan *plan, const char *steps)
{
    struct text problem = {0};
    *plan = (struct plan){.count = 0};
    CHECK(plan_read(plan, steps, &(struct option_list){0}, NULL, &problem));
    text_free(&problem);
}

// Does every name say what it said when it was seen first?
static bool is_steady(struct vocabulary *vocabulary, uint32_t names)
{
    struct vocabulary_word first[NAMES];
    char bytes[SIZE];
    bool steady = true;
    for (uint32_t i = 0; i < 20 * names; i++) {
        uint32_t number = i < names ? i : i * 7 % names;
        const struct vocabulary_word *word = vocabulary_see(vocabulary, name_of(number, bytes));
        first[number] = i < names ? *word : first[number];
        steady = steady && word->number == first[number].number && word->steps == first[number].steps &&
                 word->ends == first[number].ends && (word->memo == 0 || word->memo == number + 1);
        vocabulary_see(vocabulary, name_of(number, bytes))->memo = number + 1;
    }
    return steady;
}

static void names_say_the_same_whatever_comes_before(void)
{
    for (uint32_t names = 1; names <= NAMES; names++) {
        struct plan plan;
        struct vocabulary vocabulary;
        char bytes[SIZE];
        read_plan(&plan, "e1,e2e,an event 3,e1");
        for (int whole = 0; whole < 2; whole++) {
            vocabulary_open(&vocabulary, &plan, whole == 1);
            bool right = is_steady(&vocabulary, names);
            right = right && vocabulary_see(&vocabulary, slice_of("e1"))->steps == 9 &&
                    vocabulary_see(&vocabulary, slice_of("e2e"))->steps == 2 &&
                    vocabulary_see(&vocabulary, slice_of("an event 3"))->steps == 4 &&
                    vocabulary_see(&vocabulary, slice_of("an event 33"))->steps == 0 &&
                    vocabulary_see(&vocabulary, slice_of("e2"))->steps == 0;
            CHECK(right);
            CHECK(vocabulary.unseen == 0);
            vocabulary_free(&vocabulary);
        }
        vocabulary_open(&vocabulary, &plan, true);
        bool kept = true;
        for (uint32_t i = 0; i < 2 * names; i++) {
            uint32_t number = vocabulary_see(&vocabulary, name_of(i % names, bytes))->number;
            kept = kept && slice_equal(vocabulary_name(&vocabulary, number), name_of(i % names, bytes));
        }
        CHECK(kept);
        vocabulary_free(&vocabulary);
        plan_free(&plan);
    }
}

// A step that no event has is told of, however many others have come near.
static void what_was_not_seen_is_missed(void)
{
    struct plan plan;
    struct vocabulary vocabulary;
    struct text message = {0};
    char bytes[SIZE];
    read_plan(&plan, "e1,e111");
    vocabulary_open(&vocabulary, &plan, false);
    for (uint32_t i = 0; i < NAMES; i++) {
        vocabulary_see(&vocabulary, name_of(i, bytes));
    }
    vocabulary_missed(&vocabulary, 0, &message);
    CHECK(vocabulary.unseen == 1 && message.length == 0);
    vocabulary_missed(&vocabulary, 1, &message);
    CHECK_TEXT(text_string(&message), "no row has the event 'e111' (did you mean 'e11'?)");
    text_free(&message);
    vocabulary_free(&vocabulary);
    plan_free(&plan);
}

int main(void)
{
    names_say_the_same_whatever_comes_before();
    what_was_not_seen_is_missed();
    return tap_done();
}
