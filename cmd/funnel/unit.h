// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit: the units in which times are told: --unit.
 */
#ifndef UNIT_H
#define UNIT_H

enum { UNIT_SECOND, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY };

// Their words, for an option, NULL-terminated.
extern const char *const unit_words[];

double unit_seconds(int unit);

#endif
