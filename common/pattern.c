// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pattern: regcomp and regexec, and a matcher for like.
 *
 * regexec wants a C string (REG_STARTEND is not everywhere), so a text is copied into a buffer that grows to the
 * longest one.
 */
#include "pattern.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "text.h"

enum { LENGTH_LIMIT = 1000, SIZE_LIMIT = 5000 };

// How large an expression is with all repetitions written out, which is how regcomp takes them: a+ is aa*, so that a+
// within a+ within a+ grows like 2 to the power of its depth.
struct size {
    size_t total[LENGTH_LIMIT + 1]; // of each bracket that is open, the whole first
    size_t last;                    // of the piece that a repetition would repeat
    size_t depth;
    bool large;    // some part of it is
    bool unpaired; // a closing bracket was
};

static size_t bounded(size_t size)
{
    return size > SIZE_LIMIT ? SIZE_LIMIT + 1 : size;
}

static void grow(struct size *size, size_t more)
{
    size->total[size->depth] = bounded(size->total[size->depth] + more);
    size->large = size->large || size->total[size->depth] > SIZE_LIMIT;
}

static void add_piece(struct size *size, size_t piece)
{
    size->last = piece;
    grow(size, piece);
}

static void repeat(struct size *size, size_t times)
{
    size_t more = bounded(size->last * (times - 1));
    size->last = bounded(size->last + more);
    grow(size, more);
}

// Reads the braces that begin at `at`: how often they repeat at most, one more for "or more". Gives where they end.
static size_t read_braces(struct slice source, size_t at, size_t *times)
{
    size_t number = 0;
    *times = 1;
    for (at++; at < source.length && source.data[at] != '}'; at++) {
        char byte = source.data[at];
        number = byte >= '0' && byte <= '9' ? bounded(number * 10 + (size_t)(byte - '0')) : 0;
        *times = number + 1 > *times ? number + 1 : *times;
    }
    return at;
}

// Where the bracket expression that begins at `at` ends, at its last byte; a ] that stands first in it is an ordinary
// one.
static size_t skip_bracket(struct slice source, size_t at)
{
    at += at + 1 < source.length && source.data[at + 1] == '^';
    return slice_find(source, ']', at + 2);
}

// What is wrong with brackets and repetitions, or NULL. regcomp sees unpaired brackets too, but may run out of memory
// first.
static const char *find_excess(struct slice source)
{
    struct size size = {.last = 1};
    size_t times = 1;
    for (size_t i = 0; i < source.length; i++) {
        switch (source.data[i]) {
        case '(':
            size.total[++size.depth] = 1;
            break;
        case ')':
            size.unpaired = size.unpaired || size.depth == 0;
            size.depth -= size.depth > 0;
            add_piece(&size, size.total[size.depth + 1]);
            break;
        case '*':
        case '+':
        case '?':
            repeat(&size, 2);
            break;
        case '{':
            i = read_braces(source, i, &times);
            repeat(&size, times);
            break;
        case '[':
            i = skip_bracket(source, i);
            add_piece(&size, 1);
            break;
        default:
            i += source.data[i] == '\\';
            add_piece(&size, 1);
            break;
        }
    }
    if (size.unpaired || size.depth > 0) {
        return "a '(' or ')' is left alone";
    }
    return size.large ? "its repetitions make it too large" : NULL;
}

// What is wrong with it before regcomp sees it, or NULL.
static const char *find_danger(struct slice source)
{
    if (source.length == 0) {
        return "it is empty";
    }
    if (source.length > LENGTH_LIMIT) {
        return "it is longer than 1000 bytes";
    }
    for (size_t i = 0; i < source.length; i++) {
        bool escape = source.data[i] == '\\' && i + 1 < source.length;
        if (source.data[i] == '\0') {
            return "it does not compile";
        }
        if (escape && source.data[i + 1] >= '1' && source.data[i + 1] <= '9') {
            return "it refers back to a bracket";
        }
        i += escape;
    }
    return find_excess(source);
}

// regerror's texts differ from system to system.
static const char *describe(int result)
{
    switch (result) {
    case REG_EBRACK:
        return "a '[' is never closed";
    case REG_EBRACE:
        return "a '{' is never closed";
    case REG_BADBR:
        return "no number of repetitions stands between '{' and '}'";
    case REG_BADRPT:
        return "there is nothing to repeat";
    case REG_ERANGE:
        return "a range runs backwards";
    case REG_ECTYPE:
        return "there is no such class of characters";
    default:
        return "it does not compile";
    }
}

const char *pattern_compile(struct pattern *pattern, struct slice source, bool fold)
{
    *pattern = (struct pattern){0};
    const char *danger = find_danger(source);
    if (danger != NULL) {
        return danger;
    }
    text_append(&pattern->buffer, source);
    int flags = REG_EXTENDED | REG_NOSUB | (fold ? REG_ICASE : 0);
    int result = regcomp(&pattern->regex, text_string(&pattern->buffer), flags);
    if (result != 0) {
        text_free(&pattern->buffer);
        return describe(result);
    }
    return NULL;
}

void pattern_free(struct pattern *pattern)
{
    regfree(&pattern->regex);
    text_free(&pattern->buffer);
}

bool pattern_matches(struct pattern *pattern, struct slice text)
{
    text_clear(&pattern->buffer);
    text_append(&pattern->buffer, text);
    return regexec(&pattern->regex, text_string(&pattern->buffer), 0, NULL, 0) == 0;
}

// Where the character that begins at `at` ends.
static size_t skip_character(struct slice text, size_t at)
{
    at++;
    while (at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80) {
        at++;
    }
    return at;
}

// Does the character at `*in_text` fit the one at `*in_like`? Then both move on.
static bool step(struct slice text, struct slice like, size_t *in_text, size_t *in_like)
{
    size_t at = *in_like;
    if (at >= like.length || *in_text >= text.length) {
        return false;
    }
    if (like.data[at] == '_') {
        *in_text = skip_character(text, *in_text);
        *in_like = at + 1;
        return true;
    }
    at += like.data[at] == '\\' && at + 1 < like.length;
    if (like.data[at] != text.data[*in_text]) {
        return false;
    }
    *in_text += 1;
    *in_like = at + 1;
    return true;
}

bool pattern_like(struct slice text, struct slice like)
{
    size_t in_text = 0;
    size_t in_like = 0;
    size_t retry_text = 0;
    size_t retry_like = 0; // behind the last %, 0 while there was none
    while (in_text < text.length) {
        if (in_like < like.length && like.data[in_like] == '%') {
            retry_like = ++in_like;
            retry_text = in_text;
        } else if (!step(text, like, &in_text, &in_like)) {
            if (retry_like == 0) {
                return false;
            }
            retry_text = skip_character(text, retry_text);
            in_text = retry_text;
            in_like = retry_like;
        }
    }
    while (in_like < like.length && like.data[in_like] == '%') {
        in_like++;
    }
    return in_like == like.length;
}
