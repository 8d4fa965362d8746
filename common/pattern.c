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

enum { LENGTH_LIMIT = 1000, REPEAT_LIMIT = 1000 };

// Multiplies *repeats by the largest number of the braces that begin at `at`; false when that is too many.
static bool count_repeats(struct slice source, size_t at, size_t *repeats)
{
    size_t largest = 1;
    size_t number = 0;
    for (at++; at < source.length && source.data[at] != '}'; at++) {
        char byte = source.data[at];
        number = byte >= '0' && byte <= '9' ? number * 10 + (size_t)(byte - '0') : 0;
        if (number > REPEAT_LIMIT) {
            return false;
        }
        largest = number > largest ? number : largest;
    }
    *repeats *= largest;
    return *repeats <= REPEAT_LIMIT;
}

// What is wrong with it before regcomp sees it, or NULL.
static const char *find_danger(struct slice source)
{
    size_t repeats = 1;
    if (source.length == 0) {
        return "it is empty";
    }
    if (source.length > LENGTH_LIMIT) {
        return "it is longer than 1000 bytes";
    }
    for (size_t i = 0; i < source.length; i++) {
        bool escape = source.data[i] == '\\' && i + 1 < source.length;
        if (source.data[i] == '\0') {
            return "it holds a NUL byte";
        }
        if (escape && source.data[i + 1] >= '1' && source.data[i + 1] <= '9') {
            return "it refers back to a bracket";
        }
        if (source.data[i] == '{' && !count_repeats(source, i, &repeats)) {
            return "it repeats more than 1000 times";
        }
        i += escape;
    }
    return NULL;
}

// regerror's texts differ from system to system.
static const char *describe(int result)
{
    switch (result) {
    case REG_EPAREN:
        return "a '(' or ')' is left alone";
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
    case REG_EESCAPE:
        return "it ends in a backslash";
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
