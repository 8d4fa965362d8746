// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of map: a million random keys against a sorted list of them, the borders of key lengths, odd bytes, values that
 * never move, and the batch interface.
 */
#include "map.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "tap.h"

enum { DRAWS = 1000000, LONGEST = 40 };

struct draw {
    struct slice key;
    uint32_t position;
    uint32_t number; // that the map must give it
};

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 32);
}

// Keys of 0 to LONGEST bytes, of few different bytes and many zeroes, so that they repeat and resemble each other.
static struct draw *create_draws(char *bytes)
{
    static const char alphabet[8] = {0, 0, 'a', 'b', '1', '2', (char)0xff, (char)0x80};
    uint64_t state = 20240531;
    struct draw *draws = heap_allocate(DRAWS, sizeof *draws);
    for (uint32_t i = 0; i < DRAWS; i++) {
        size_t length = next_random(&state) % (LONGEST + 1);
        size_t fixed = next_random(&state) % 4 == 0 ? 0 : length - length / 4; // most keys share a beginning
        for (size_t j = 0; j < length; j++) {
            bytes[j] = j < fixed ? 'x' : alphabet[next_random(&state) % 8];
        }
        draws[i] = (struct draw){.key = {bytes, length}, .position = i};
        bytes += length;
    }
    return draws;
}

static int compare_keys(const void *a, const void *b)
{
    const struct draw *left = a;
    const struct draw *right = b;
    int order = slice_compare(left->key, right->key);
    return order != 0 ? order : (left->position > right->position) - (left->position < right->position);
}

static int compare_positions(const void *a, const void *b)
{
    const struct draw *left = a;
    const struct draw *right = b;
    return (left->position > right->position) - (left->position < right->position);
}

// Numbers the draws in order of first appearance without a map. Returns how many keys differ.
static uint32_t number_draws(struct draw *draws)
{
    uint32_t *first = heap_allocate(DRAWS, sizeof *first); // by position: where the same key came first
    qsort(draws, DRAWS, sizeof *draws, compare_keys);
    for (size_t i = 0; i < DRAWS; i++) {
        bool repeated = i > 0 && slice_equal(draws[i].key, draws[i - 1].key);
        first[draws[i].position] = repeated ? first[draws[i - 1].position] : draws[i].position;
    }
    qsort(draws, DRAWS, sizeof *draws, compare_positions);
    uint32_t count = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        draws[i].number = first[i] == i ? count++ : draws[first[i]].number;
    }
    free(first);
    return count;
}

static void check_keys_and_counts(const struct map *map, const struct draw *draws, uint32_t count)
{
    uint32_t *expected = heap_allocate(count, sizeof *expected);
    size_t wrong_keys = 0;
    size_t wrong_numbers = 0;
    size_t wrong_counts = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        expected[draws[i].number]++;
        wrong_keys += !slice_equal(map_key(map, draws[i].number), draws[i].key);
        wrong_numbers += map_find(map, draws[i].key) != draws[i].number;
    }
    for (uint32_t i = 0; i < count; i++) {
        wrong_counts += *(const uint32_t *)map_value(map, i) != expected[i];
    }
    CHECK(wrong_keys == 0);
    CHECK(wrong_numbers == 0);
    CHECK(wrong_counts == 0);
    free(expected);
}

static void a_million_keys_are_numbered_as_first_seen(const struct draw *draws, uint32_t count)
{
    struct map *map = map_create(sizeof(uint32_t));
    uint32_t **values = heap_allocate(count, sizeof *values);
    size_t wrong_numbers = 0;
    size_t moved = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        uint32_t number = MAP_NONE;
        uint32_t *value = map_add(map, draws[i].key, &number);
        wrong_numbers += number != draws[i].number;
        if (*value == 0) {
            values[draws[i].number] = value;
        }
        moved += values[draws[i].number] != value;
        ++*value;
    }
    CHECK(map_count(map) == count);
    CHECK(wrong_numbers == 0);
    CHECK(moved == 0);
    check_keys_and_counts(map, draws, count);
    for (uint32_t i = 0; i < count; i++) {
        moved += values[i] != map_value(map, i);
    }
    CHECK(moved == 0);
    free(values);
    map_free(map);
}

static void batches_do_what_single_adds_do(const struct draw *draws, uint32_t count)
{
    enum { BATCH = 64 };
    struct map *map = map_create(sizeof(uint32_t));
    size_t wrong_numbers = 0;
    size_t wrong_guesses = 0;
    for (size_t from = 0; from < DRAWS; from += BATCH) {
        uint64_t hashes[BATCH];
        void *guesses[BATCH];
        size_t size = DRAWS - from < BATCH ? DRAWS - from : BATCH;
        for (size_t i = 0; i < size; i++) {
            hashes[i] = map_hash(map, draws[from + i].key);
            map_prefetch(map, hashes[i]);
        }
        for (size_t i = 0; i < size; i++) {
            guesses[i] = map_prefetch_entry(map, hashes[i]);
        }
        for (size_t i = 0; i < size; i++) {
            uint32_t number = MAP_NONE;
            uint32_t *value = map_add_hashed(map, draws[from + i].key, hashes[i], &number);
            ++*value;
            wrong_numbers += number != draws[from + i].number;
            wrong_guesses += map_is_value_of(guesses[i], draws[from + i].key) != (guesses[i] == value);
        }
    }
    CHECK(map_count(map) == count);
    CHECK(wrong_numbers == 0);
    CHECK(wrong_guesses == 0);
    check_keys_and_counts(map, draws, count);
    map_free(map);
}

static void a_million_random_keys_agree_with_a_sorted_list(void)
{
    char *bytes = heap_allocate(DRAWS, LONGEST);
    struct draw *draws = create_draws(bytes);
    uint32_t count = number_draws(draws);
    CHECK(count > DRAWS / 4 && count < DRAWS);
    a_million_keys_are_numbered_as_first_seen(draws, count);
    batches_do_what_single_adds_do(draws, count);
    free(draws);
    free(bytes);
}

static void an_empty_map_finds_nothing(void)
{
    struct map *map = map_create(8);
    CHECK(map_count(map) == 0);
    CHECK(map_find(map, slice_of("")) == MAP_NONE);
    CHECK(map_find(map, slice_of("longer than sixteen bytes")) == MAP_NONE);
    map_prefetch(map, 0);
    map_prefetch_entry(map, UINT64_MAX);
    map_free(map);
    map_free(NULL);
}

// A guess may be wrong or missing, but never another key's value taken for one's own.
static void a_guess_is_right_or_seen_to_be_wrong(void)
{
    enum { KEYS = 5000, LENGTHS = 21 };
    struct map *map = map_create(sizeof(uint32_t));
    char bytes[LENGTHS] = {0};
    size_t right = 0;
    size_t wrong = 0;
    CHECK(!map_is_value_of(NULL, slice_of("")));
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < KEYS; i++) {
            memcpy(bytes + i % (LENGTHS - sizeof i), &i, sizeof i);
            struct slice key = {bytes, i % (LENGTHS - sizeof i) + sizeof i};
            uint64_t hash = map_hash(map, key);
            void *guess = map_prefetch_entry(map, hash);
            bool is_guessed = map_is_value_of(guess, key);
            void *value = map_add_hashed(map, key, hash, NULL);
            right += is_guessed && value == guess;
            wrong += is_guessed && (value != guess || turn == 0);
            wrong += map_is_value_of(value, slice_part(key, 1, key.length)) || !map_is_value_of(value, key);
        }
    }
    CHECK(wrong == 0);
    CHECK(right > KEYS / 2);
    map_free(map);
}

static void the_empty_key_is_a_key(void)
{
    struct map *map = map_create(sizeof(int));
    uint32_t number = MAP_NONE;
    *(int *)map_add(map, (struct slice){NULL, 0}, &number) = 7;
    CHECK(number == 0);
    CHECK(*(int *)map_add(map, slice_of(""), NULL) == 7);
    CHECK(map_find(map, slice_of("")) == 0);
    CHECK(map_key(map, 0).length == 0);
    CHECK(map_find(map, (struct slice){"\0", 1}) == MAP_NONE);
    CHECK(map_count(map) == 1);
    map_free(map);
}

static void keys_that_differ_only_in_length_or_by_zeroes_differ(void)
{
    static const char zeroes[70];
    char text[70];
    memset(text, 0xff, sizeof text);
    struct map *map = map_create(0);
    for (size_t length = 0; length < 70; length++) {
        map_add(map, (struct slice){zeroes, length}, NULL);
    }
    for (size_t length = 1; length < 70; length++) {
        map_add(map, (struct slice){text, length}, NULL);
    }
    CHECK(map_count(map) == 139);
    size_t right = 0;
    for (uint32_t length = 0; length < 70; length++) {
        right += map_find(map, (struct slice){zeroes, length}) == length;
        right += length > 0 && map_find(map, (struct slice){text, length}) == 69 + length;
        right += slice_equal(map_key(map, length), (struct slice){zeroes, length});
    }
    CHECK(right == 70 + 69 + 70);
    map_free(map);
}

static void keys_of_15_and_16_bytes_are_kept_alike(void)
{
    char key[] = "0123456789abcdef";
    struct map *map = map_create(sizeof(int));
    *(int *)map_add(map, (struct slice){key, 15}, NULL) = 15;
    *(int *)map_add(map, (struct slice){key, 16}, NULL) = 16;
    key[15] = (char)0xff; // the mark of a long key must not be taken for one
    *(int *)map_add(map, (struct slice){key, 16}, NULL) = 17;
    memset(key, 0, sizeof key);
    CHECK(map_count(map) == 3);
    CHECK(slice_is(map_key(map, 0), "0123456789abcde"));
    CHECK(slice_is(map_key(map, 1), "0123456789abcdef"));
    CHECK(slice_is(map_key(map, 2), "0123456789abcde\xff"));
    CHECK(map_find(map, slice_of("0123456789abcde")) == 0);
    CHECK(map_find(map, slice_of("0123456789abcdef")) == 1);
    CHECK(*(int *)map_value(map, 2) == 17);
    map_free(map);
}

static void values_of_any_size_are_zero_aligned_and_apart(void)
{
    static const size_t sizes[] = {0, 1, 7, 8, 15, 16, 17, 100, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct map *map = map_create(sizes[i]);
        bool good = true;
        for (uint32_t key = 0; key < 2000; key++) {
            unsigned char *value = map_add(map, (struct slice){(const char *)&key, sizeof key}, NULL);
            good = good && (uintptr_t)value % alignof(max_align_t) == 0;
            for (size_t j = 0; j < sizes[i]; j++) {
                good = good && value[j] == 0;
            }
            memset(value, 0xff, sizes[i]);
        }
        for (uint32_t key = 0; key < 2000; key++) {
            good = good && slice_equal(map_key(map, key), (struct slice){(const char *)&key, sizeof key});
        }
        CHECK(good);
        map_free(map);
    }
}

static void a_very_long_key_is_a_key(void)
{
    size_t length = 3000000;
    char *key = heap_allocate(length, 1);
    struct map *map = map_create(0);
    map_add(map, (struct slice){key, length}, NULL);
    key[length - 1] = 1;
    map_add(map, (struct slice){key, length}, NULL);
    CHECK(map_count(map) == 2);
    CHECK(map_find(map, (struct slice){key, length}) == 1);
    CHECK(map_key(map, 0).length == length && map_key(map, 0).data[length - 1] == 0);
    free(key);
    map_free(map);
}

// Hashes that were equal for all maps could be met on purpose.
static void the_hash_differs_from_map_to_map_and_is_steady_in_one(void)
{
    struct map *a = map_create(0);
    struct map *b = map_create(0);
    struct slice key = slice_of("customer 17");
    uint64_t hash = map_hash(a, key);
    CHECK(hash != map_hash(b, key));
    for (uint32_t i = 0; i < 1000; i++) {
        map_add(a, (struct slice){(const char *)&i, sizeof i}, NULL);
    }
    CHECK(map_hash(a, key) == hash);
    map_free(a);
    map_free(b);
}

// One hash for all stands in for collisions, which are too rare to wait for.
static void keys_whose_hashes_collide_stay_apart(void)
{
    enum { KEYS = 60 };
    char letters[KEYS];
    struct map *map = map_create(0);
    memset(letters, 'a', sizeof letters);
    size_t right = 0;
    for (uint32_t i = 0; i < 4 * KEYS; i++) {
        size_t length = KEYS - 1 - i % KEYS; // a key before its prefixes
        letters[0] = i / KEYS % 2 == 0 ? 'a' : 'b';
        uint32_t number = MAP_NONE;
        map_add_hashed(map, (struct slice){letters, length}, UINT64_MAX, &number);
        right += number == (length == 0 ? KEYS - 1 : i % (2 * KEYS)); // the empty key has no first letter
    }
    CHECK(right == 4 * KEYS);
    CHECK(map_count(map) == 2 * KEYS - 1);
    map_free(map);
}

// The bytes that hold a long key's length, in a short key, are a part of it.
static void a_short_key_is_not_taken_for_a_long_one(void)
{
    char bytes[12] = "12345678";
    uint32_t length = 16;
    memcpy(bytes + 8, &length, sizeof length);
    struct map *map = map_create(0);
    uint32_t number = MAP_NONE;
    map_add_hashed(map, (struct slice){bytes, sizeof bytes}, 1, NULL);
    map_add_hashed(map, slice_of("0123456789abcdef"), 1, &number);
    CHECK(number == 1);
    map_free(map);
}

int main(void)
{
    an_empty_map_finds_nothing();
    a_guess_is_right_or_seen_to_be_wrong();
    the_empty_key_is_a_key();
    keys_that_differ_only_in_length_or_by_zeroes_differ();
    keys_of_15_and_16_bytes_are_kept_alike();
    values_of_any_size_are_zero_aligned_and_apart();
    a_very_long_key_is_a_key();
    the_hash_differs_from_map_to_map_and_is_steady_in_one();
    keys_whose_hashes_collide_stay_apart();
    a_short_key_is_not_taken_for_a_long_one();
    a_million_random_keys_agree_with_a_sorted_list();
    return tap_done();
}
