// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * help: lays out modes and options in two columns.
 *
 * Widths count characters of UTF-8; the texts of the tables are written without wide ones.
 */
#include "help.h"

#include <stddef.h>
#include <string.h>

#include "mode.h"
#include "options.h"
#include "slice.h"
#include "text.h"

enum { WIDTH = 80, INDENT = 26 };

static size_t characters(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return count;
}

static void fill(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_append_byte(out, ' ');
    }
}

// Appends the words of `sentence`, the first at `column`, further lines at `indent`.
static void wrap(struct text *out, struct slice sentence, size_t column, size_t indent)
{
    size_t at = 0;
    bool first = true;
    while (at < sentence.length) {
        size_t end = slice_find(sentence, ' ', at);
        struct slice word = slice_part(sentence, at, end);
        size_t width = characters(word);
        if (!first && column + 1 + width > WIDTH) {
            text_append_byte(out, '\n');
            fill(out, indent);
            column = indent;
        } else if (!first) {
            text_append_byte(out, ' ');
            column++;
        }
        text_append(out, word);
        column += width;
        first = false;
        at = end + 1;
    }
    text_append_byte(out, '\n');
}

// One entry: `left`, which stands at the end of *out already and began at `start`, then the sentence beside or below
// it.
static void finish_entry(struct text *out, size_t start, size_t indent, const char *sentence)
{
    size_t width = characters(slice_part(text_slice(out), start, out->length));
    if (width + 2 > indent) {
        text_append_byte(out, '\n');
        width = 0;
    }
    fill(out, indent - width);
    wrap(out, slice_of(sentence), indent, indent);
}

void help_options(const struct option *options, struct text *out)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (option->hidden) {
            continue;
        }
        size_t start = out->length;
        if (option->letter != 0) {
            text_format(out, "  -%c, --%s", option->letter, option->name);
        } else {
            text_format(out, "      --%s", option->name);
        }
        if (option->kind != OPTION_FLAG) {
            text_append_byte(out, '=');
            options_value_word(option, out);
        }
        finish_entry(out, start, INDENT, option->help);
    }
}

void help_program(const char *program, const char *summary, const struct mode *const *modes, struct text *out)
{
    text_format(out, "%s - ", program);
    wrap(out, slice_of(summary), strlen(program) + 3, 2);
    text_format(out, "\nUsage: %s MODE [OPTION]... [FILE|-]...\n\nModes:\n", program);
    for (size_t i = 0; modes[i] != NULL; i++) {
        size_t start = out->length;
        text_format(out, "  %s", modes[i]->name);
        finish_entry(out, start, 14, modes[i]->summary);
    }
    text_format(out, "\n'%s MODE --help' shows a mode's examples and options; '%s --version' the version.\n", program,
                program);
}

void help_mode(const char *program, const struct mode *mode, const struct option *common, struct text *out)
{
    text_format(out, "%s %s - ", program, mode->name);
    wrap(out, slice_of(mode->summary), strlen(program) + strlen(mode->name) + 4, 2);
    text_append_string(out, "\nExamples:\n");
    for (size_t i = 0; i < 2; i++) {
        if (mode->examples[i] != NULL) {
            text_format(out, "  %s\n", mode->examples[i]);
        }
    }
    text_format(out, "\nUsage: %s %s [OPTION]...%s%s\n", program, mode->name, mode->usage == NULL ? "" : " ",
                mode->usage == NULL ? "" : mode->usage);
    if (mode_options(mode, 0)->kind != OPTION_END) {
        text_append_string(out, "\nOptions:\n");
    }
    for (size_t i = 0; mode_options(mode, i) != NULL; i++) {
        help_options(mode_options(mode, i), out);
    }
    text_append_string(out, "\nCommon options:\n");
    help_options(common, out);
}
