// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: folding, escaping, and the forms of days, times and durations.
 */
#include "calendar.h"

#include <stddef.h>

#include "character.h"
#include "date.h"

// One octet of a line is the blank that begins a further part of it.
void calendar_append(struct text *out, const char *name, struct slice value)
{
    struct text line = {0};
    size_t column = 0;
    text_append_string(&line, name);
    text_append_byte(&line, ':');
    text_append(&line, value);
    for (size_t at = 0; at < line.length;) {
        struct slice rest = slice_part(text_slice(&line), at, line.length);
        size_t length = character_at(rest).length;
        if (column + length > CALENDAR_LINE) {
            text_append_string(out, "\r\n ");
            column = 1;
        }
        text_append(out, slice_part(rest, 0, length));
        column += length;
        at += length;
    }
    text_append_string(out, "\r\n");
    text_free(&line);
}

void calendar_append_escaped(struct text *value, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct slice rest = slice_part(text, at, text.length);
        struct character character = character_at(rest);
        char byte = rest.data[0];
        if (byte == '\n' || byte == '\r') {
            bool pair = slice_starts(rest, slice_of("\r\n"));
            text_append_string(value, "\\n");
            at += pair ? 2 : 1;
            continue;
        }
        if (byte == '\\' || byte == ';' || byte == ',') {
            text_append_byte(value, '\\');
        }
        if (character_is_control(character) && byte != '\t') {
            text_append_byte(value, ' ');
        } else {
            text_append(value, slice_part(rest, 0, character.length));
        }
        at += character.length;
    }
}

void calendar_append_day(struct text *value, int32_t day)
{
    struct date_civil civil = date_to_civil(day);
    text_format(value, "%04d%02d%02d", civil.year, civil.month, civil.day);
}

void calendar_append_instant(struct text *value, int64_t instant)
{
    int64_t second = instant % DATE_DAY_SECONDS;
    second += second < 0 ? DATE_DAY_SECONDS : 0;
    calendar_append_day(value, (int32_t)((instant - second) / DATE_DAY_SECONDS));
    text_format(value, "T%02d%02d%02dZ", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

// In the largest unit that leaves nothing over.
void calendar_append_duration(struct text *value, int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *before;
        char letter;
    } units[] = {{DATE_DAY_SECONDS, "P", 'D'}, {3600, "PT", 'H'}, {60, "PT", 'M'}, {1, "PT", 'S'}};
    size_t unit = 0;
    while (seconds % units[unit].seconds != 0) {
        unit++;
    }
    int64_t count = seconds / units[unit].seconds;
    text_format(value, "%s%s%lld%c", count < 0 ? "-" : "", units[unit].before, (long long)(count < 0 ? -count : count),
                units[unit].letter);
}
