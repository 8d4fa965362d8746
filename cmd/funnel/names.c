// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * names: cuts one name at a time off the front of an option's value.
 */
#include "names.h"

#include <stddef.h>

static struct slice without_first(struct slice text, size_t count)
{
    return slice_part(text, count, text.length);
}

// The length of the sign at `position`, 0 when it is something else. The twins of comma and colon are U+FF0C and
// U+FF1A.
static size_t end_length(struct slice text, size_t position, char end)
{
    struct slice twin = slice_of(end == ',' ? "\xEF\xBC\x8C" : "\xEF\xBC\x9A");
    if (text.data[position] == end) {
        return 1;
    }
    return slice_starts(without_first(text, position), twin) ? twin.length : 0;
}

bool names_take_end(struct slice *rest, char end)
{
    size_t length = rest->length == 0 ? 0 : end_length(*rest, 0, end);
    *rest = without_first(*rest, length);
    return length > 0;
}

static struct slice trim_front(struct slice text)
{
    struct slice trimmed = slice_trim_value(text);
    return without_first(text, trimmed.length == 0 ? text.length : (size_t)(trimmed.data - text.data));
}

// The text up to the closing quote, doubled ones undone. False when there is no closing quote.
static bool take_quoted(struct slice *rest, struct arena *arena, struct slice *text)
{
    char quote = rest->data[0];
    char *out = arena_allocate(arena, rest->length);
    size_t length = 0;
    for (size_t i = 1; i < rest->length; i++) {
        if (rest->data[i] == quote) {
            bool is_doubled = i + 1 < rest->length && rest->data[i + 1] == quote;
            if (!is_doubled) {
                *text = (struct slice){out, length};
                *rest = trim_front(without_first(*rest, i + 1));
                return true;
            }
            i++;
        }
        out[length++] = rest->data[i];
    }
    return false;
}

static struct slice take_plain(struct slice *rest, char end)
{
    size_t length = 0;
    while (length < rest->length && end_length(*rest, length, end) == 0) {
        length++;
    }
    struct slice text = slice_trim_value(slice_part(*rest, 0, length));
    *rest = without_first(*rest, length);
    return text;
}

bool names_take_marked(struct slice *rest, char end, struct arena *arena, struct name *name, const char **problem)
{
    *rest = trim_front(*rest);
    name->mark = (struct slice){NULL, 0};
    name->quoted = rest->length > 0 && (rest->data[0] == '\'' || rest->data[0] == '"');
    if (!name->quoted) {
        name->text = take_plain(rest, end);
    } else if (!take_quoted(rest, arena, &name->text)) {
        *problem = "a quote is not closed";
        return false;
    } else {
        name->mark = take_plain(rest, end);
    }
    *problem = "a name is empty";
    return name->text.length > 0;
}

bool names_take(struct slice *rest, char end, struct arena *arena, struct name *name, const char **problem)
{
    if (!names_take_marked(rest, end, arena, name, problem)) {
        return false;
    }
    *problem = "text after a closing quote";
    return name->mark.length == 0;
}
