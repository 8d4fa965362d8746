// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * words: 64-bit words sorted by their upper bits.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>
#include <stdint.h>

// Sorts ascending by what is above the lowest `shift` bits; equal ones keep their order. `other` has room for as many.
void words_sort(uint64_t *words, size_t count, unsigned shift, uint64_t *other);

#endif
