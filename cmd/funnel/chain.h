// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * chain: attempts in order under any rules of attempt.h: ties, windows of steps, endings, optional and adjacent steps.
 *
 * Sees only what it is given; keeps nothing between calls.
 */
#ifndef CHAIN_H
#define CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attempt.h"

// The attempt that counts, not starting where barred[] is set (NULL: nowhere); is_void is not looked at.
void chain_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, const bool *barred,
                struct attempt *found);

// As attempt_is_open.
bool chain_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count, int64_t now);

#endif
