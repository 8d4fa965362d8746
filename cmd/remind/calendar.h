// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: the content lines of iCalendar (RFC 5545, section 3.1), which end in CR LF and are folded so that none is
 * longer than 75 octets, never within a character.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdint.h>

#include "slice.h"
#include "text.h"

#define CALENDAR_LINE 75 // octets, its end not counted

// Adds one line. `name` may have parameters ("DTSTART;VALUE=DATE"); `value` is as it is to stand there, without line
// ends.
void calendar_append(struct text *out, const char *name, struct slice value);

// Adds `text` to a value of type TEXT (3.3.11): a backslash before \ ; and , and \n for LF, CR LF and CR; other control
// characters, which may not stand there, become blanks.
void calendar_append_escaped(struct text *value, struct slice text);

// "20261121", "20261121T090000Z" and "-PT15M". Days as in date.h; an instant is seconds since 1970 in UTC.
void calendar_append_day(struct text *value, int32_t day);
void calendar_append_instant(struct text *value, int64_t instant);
void calendar_append_duration(struct text *value, int64_t seconds);

#endif
