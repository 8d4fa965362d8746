// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * words: short runs by insertion, then merged, each pass from one array to the other. A log is mostly in order
 * already, so that is looked at first.
 */
#include "words.h"

#include <stdbool.h>
#include <string.h>

enum {
    RUN = 24,
};

static bool is_later(uint64_t a, uint64_t b, unsigned shift)
{
    return a >> shift > b >> shift;
}

static bool is_sorted(const uint64_t *words, size_t count, unsigned shift)
{
    for (size_t i = 1; i < count; i++) {
        if (is_later(words[i - 1], words[i], shift)) {
            return false;
        }
    }
    return true;
}

static void sort_run(uint64_t *words, size_t count, unsigned shift)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t word = words[i];
        size_t place = i;
        for (; place > 0 && is_later(words[place - 1], word, shift); place--) {
            words[place] = words[place - 1];
        }
        words[place] = word;
    }
}

// The first of two neighbouring runs ends at `middle`, the second at `count`.
static void merge(const uint64_t *words, size_t middle, size_t count, unsigned shift, uint64_t *out)
{
    size_t a = 0;
    size_t b = middle;
    for (size_t i = 0; i < count; i++) {
        bool second = a == middle || (b < count && is_later(words[a], words[b], shift));
        out[i] = second ? words[b++] : words[a++];
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

void words_sort(uint64_t *words, size_t count, unsigned shift, uint64_t *other)
{
    if (is_sorted(words, count, shift)) {
        return;
    }
    for (size_t i = 0; i < count; i += RUN) {
        sort_run(words + i, least(RUN, count - i), shift);
    }
    uint64_t *from = words;
    uint64_t *to = other;
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width) {
            size_t rest = count - i;
            merge(from + i, least(width, rest), least(2 * width, rest), shift, to + i);
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != words) {
        memcpy(words, from, count * sizeof *words);
    }
}
