// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * random: numbers that look random and are the same on every machine: splitmix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014).
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

// Scatters the bits: one to one, so that different numbers stay different.
uint64_t random_mix(uint64_t value);

// The next number of the sequence that begins with this state; any state will do.
uint64_t random_next(uint64_t *state);

// The same as a number from 0 on, below 1, of 53 bits.
double random_share(uint64_t *state);

#endif
