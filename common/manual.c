// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * manual: mdoc from tables. Sentences become text lines with a capital and a full stop.
 */
#include "manual.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "layout.h"
#include "options.h"
#include "roles.h"
#include "slice.h"
#include "text.h"

enum { WIDTH = 78 };

// Backslashes are written as the escape for one; what would make a line a macro is kept from doing so.
static void escape(struct text *out, struct slice bytes, bool line_start)
{
    if (line_start && bytes.length > 0 && (bytes.data[0] == '.' || bytes.data[0] == '\'')) {
        text_append_string(out, "\\&");
    }
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.data[i] == '\\') {
            text_append_string(out, "\\e");
        } else {
            text_append_byte(out, bytes.data[i]);
        }
    }
}

// An argument of a macro: quoted, so that blanks and the names of macros stand for themselves.
static void argument(struct text *out, struct slice bytes)
{
    text_append_string(out, " \"");
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.data[i] == '"') {
            text_append_string(out, "\\(dq");
        } else {
            escape(out, slice_part(bytes, i, i + 1), i == 0);
        }
    }
    text_append_byte(out, '"');
}

static char upper(char letter)
{
    return (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
}

// The words in lines of a bearable length, without an end of the last one.
static void wrap(struct text *out, struct slice words)
{
    size_t column = 0;
    for (size_t at = 0; at < words.length;) {
        size_t end = slice_find(words, ' ', at);
        struct slice word = slice_part(words, at, end);
        if (column > 0 && column + 1 + word.length > WIDTH) {
            text_append_byte(out, '\n');
            column = 0;
        } else if (column > 0) {
            text_append_byte(out, ' ');
            column++;
        }
        escape(out, word, column == 0);
        column += word.length;
        at = end + 1;
    }
}

static void sentence(struct text *out, struct slice words)
{
    size_t start = out->length;
    wrap(out, words);
    if (out->length > start) {
        out->data[start] = upper(out->data[start]);
    }
    text_append_string(out, ".\n");
}

static void option_item(const struct option *option, struct text *word, struct text *out)
{
    text_append_string(out, ".It");
    if (option->letter != 0) {
        text_format(out, " Fl %c ,", option->letter);
    }
    text_format(out, " Fl Fl %s", option->name);
    if (option->kind != OPTION_FLAG) {
        text_clear(word);
        options_value_word(option, word);
        text_append_string(out, " Ns = Ns Ar");
        argument(out, text_slice(word));
    }
    text_append_byte(out, '\n');
    sentence(out, slice_of(option->help));
}

void manual_options(const struct option *options, struct text *out)
{
    struct text word = {0};
    bool any = false;
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (!option->hidden) {
            text_append_string(out, any ? "" : ".Bl -tag -width Ds\n");
            option_item(option, &word, out);
            any = true;
        }
    }
    text_append_string(out, any ? ".El\n" : "");
    text_free(&word);
}

void manual_roles(struct text *out)
{
    struct text names = {0};
    text_append_string(out, ".Bl -tag -width Ds\n");
    for (int role = 0; role < ROLE_COUNT_; role++) {
        text_clear(&names);
        for (size_t rank = 0; roles_usual((enum role)role, rank) != NULL; rank++) {
            const char *const *usual = roles_usual((enum role)role, rank);
            for (size_t i = 0; usual[i] != NULL; i++) {
                text_append_string(&names, i > 0 ? ", " : rank > 0 ? "; " : "");
                text_append_string(&names, usual[i]);
            }
        }
        text_format(out, ".It Cm %s\n", roles_name((enum role)role));
        wrap(out, text_slice(&names));
        text_append_byte(out, '\n');
    }
    text_append_string(out, ".El\n");
    text_free(&names);
}

// "customer Email, date Created at": of the names of a column the first. The time is the date wherever there is one.
static void append_columns(const struct layout *layout, struct text *out)
{
    bool dated = false;
    for (size_t i = 0; i < LAYOUT_ROLES && layout->roles[i].columns != NULL; i++) {
        dated = dated || layout->roles[i].role == ROLE_DATE;
        if (dated && layout->roles[i].role == ROLE_TIME) {
            continue;
        }
        const char *columns = layout->roles[i].columns;
        text_format(out, "%s%s ", i > 0 ? ", " : "", roles_name(layout->roles[i].role));
        text_append(out, (struct slice){columns, strcspn(columns, "|")});
    }
}

void manual_layouts(struct text *out)
{
    struct text words = {0};
    const struct layout *layout;
    text_append_string(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; (layout = layout_at(i)) != NULL; i++) {
        text_clear(&words);
        text_format(&words, "%s: ", layout->title);
        append_columns(layout, &words);
        if (layout->counted != NULL) {
            text_format(&words, "; only rows where %s", layout->counted);
        }
        if (layout->currency != NULL) {
            text_format(&words, "; one currency (%.*s)", (int)strcspn(layout->currency, "|"), layout->currency);
        }
        text_append_string(&words, layout->utc ? "; times in UTC" : "");
        if (layout->advice != NULL) {
            text_format(&words, "; %s", layout->advice);
        }
        text_format(out, ".It Cm %s\n", layout->name);
        sentence(out, text_slice(&words));
    }
    text_append_string(out, ".El\n");
    text_free(&words);
}
