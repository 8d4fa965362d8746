// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bars: blocks of eighths of a column. Streams.
 */
#include "bars.h"

#include <stdlib.h>
#include <string.h>

#include "character.h"
#include "text.h"

enum {
    WIDTH = 40, // columns of a whole bar
    EIGHTHS = 8,
};

static const char *const blocks[EIGHTHS + 1] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

// Appends the text as a terminal can show it. Returns the columns it takes.
static size_t add_shown(struct text *out, struct slice name)
{
    size_t columns = 0;
    while (name.length > 0) {
        struct character character = character_at(name);
        if (character.valid && !character_is_control(character)) {
            text_append(out, slice_part(name, 0, character.length));
            columns += (size_t)character_width(character.code);
        } else {
            text_append_byte(out, '?');
            columns++;
        }
        name = slice_part(name, character.length, name.length);
    }
    return columns;
}

static void add_blanks(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_append_byte(out, ' ');
    }
}

static size_t count_digits(uint64_t number)
{
    size_t digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

void bars_fit(struct bars_frame *frame, const struct bars_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text shown = {0};
        size_t columns = add_shown(&shown, rows[i].name);
        size_t digits = count_digits(rows[i].people);
        frame->name_columns = columns > frame->name_columns ? columns : frame->name_columns;
        frame->people_columns = digits > frame->people_columns ? digits : frame->people_columns;
        text_free(&shown);
    }
}

// Whoever reached a step is seen: at least an eighth.
static void add_bar(struct text *out, const struct bars_row *row, bool colour)
{
    size_t eighths = (size_t)(row->share * WIDTH * EIGHTHS + 0.5);
    eighths = eighths == 0 && row->people > 0 ? 1 : eighths;
    text_append_string(out, colour ? "\033[32m" : "");
    for (size_t i = 0; i < eighths / EIGHTHS; i++) {
        text_append_string(out, blocks[EIGHTHS]);
    }
    text_append_string(out, blocks[eighths % EIGHTHS]);
    text_append_string(out, colour ? "\033[0m" : "");
    add_blanks(out, WIDTH - (eighths + EIGHTHS - 1) / EIGHTHS);
}

static void add_row(struct text *out, const struct bars_frame *frame, const struct bars_row *row)
{
    size_t columns = add_shown(out, row->name);
    add_blanks(out, frame->name_columns - columns + 2);
    add_bar(out, row, frame->colour);
    add_blanks(out, frame->people_columns - count_digits(row->people) + 2);
    text_format(out, "%llu  %5.1f %%", (unsigned long long)row->people, row->share * 100);
    if (row->previous >= 0) {
        text_format(out, "  %5.1f %% of the step before", row->previous * 100);
    }
    text_append_byte(out, '\n');
}

void bars_draw(struct output *output, const struct bars_frame *frame, struct slice heading, const struct bars_row *rows,
               size_t count)
{
    struct text out = {0};
    if (heading.length > 0) {
        add_shown(&out, heading);
        text_append_byte(&out, '\n');
    }
    for (size_t i = 0; i < count; i++) {
        add_row(&out, frame, &rows[i]);
    }
    output_write(output, text_slice(&out));
    text_free(&out);
}

bool bars_may_colour(const struct output *output)
{
    const char *refused = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return (refused == NULL || refused[0] == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
           output_is_terminal(output);
}
