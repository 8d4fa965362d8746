// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gathering: attempts in any order (ATTEMPT_ANY of attempt.h): which steps the events of a window serve at most.
 *
 * Sees only what it is given; keeps nothing.
 */
#ifndef GATHERING_H
#define GATHERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attempt.h"

// The attempt that counts, not starting where barred[] is set (NULL: nowhere); is_void is not looked at.
void gathering_find(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                    const bool *barred, struct attempt *found);

// As attempt_is_open.
bool gathering_is_open(const struct attempt_rules *rules, const struct attempt_event *events, size_t count,
                       int64_t now);

#endif
