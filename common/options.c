// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options: the one parser of command lines.
 *
 * Walks the words once. A field of a settings struct is written through its offset by memcpy, since C cannot check that
 * a row's kind fits its field; the unit test of all tables under the sanitizers does.
 */
#include "options.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"
#include "number.h"
#include "period.h"
#include "slice.h"
#include "text.h"

struct parse {
    const struct option_group *groups;
    size_t group_count;
    int argc;
    char *const *argv;
    int next; // the word to be looked at next
    struct option_list *operands;
    struct text *problem;
};

static void list_add(struct option_list *list, const char *value)
{
    list->values = heap_grow(list->values, &list->capacity, list->count + 1, sizeof *list->values);
    list->values[list->count++] = value;
}

void options_list_free(struct option_list *list)
{
    free(list->values);
    *list = (struct option_list){0};
}

void options_release(const struct option *options, void *settings)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (option->kind == OPTION_LIST) {
            struct option_list list;
            memcpy(&list, (char *)settings + option->offset, sizeof list);
            options_list_free(&list);
            memcpy((char *)settings + option->offset, &list, sizeof list);
        }
    }
}

void options_value_word(const struct option *option, struct text *out)
{
    if (option->value != NULL) {
        text_append_string(out, option->value);
    } else if (option->kind == OPTION_CHOICE) {
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            text_format(out, "%s%s", i == 0 ? "" : "|", option->choices[i]);
        }
    }
}

static bool read_share(struct slice value, double *share)
{
    if (value.length > 0 && value.data[value.length - 1] == '%') {
        bool read = number_read(slice_part(value, 0, value.length - 1), '.', share);
        *share /= 100;
        return read;
    }
    return number_read(value, '.', share);
}

static bool read_count(struct slice value, uint64_t *count)
{
    int64_t whole = 0;
    if (!number_read_whole(value, &whole) || whole < 0) {
        return false;
    }
    *count = (uint64_t)whole;
    return true;
}

static bool read_character(struct slice value, char *character)
{
    if (slice_is(value, "\\t") || slice_is(value, "tab")) {
        *character = '\t';
        return true;
    }
    if (value.length != 1 || (unsigned char)value.data[0] > 0x7f) {
        return false;
    }
    *character = value.data[0];
    return true;
}

static bool wrong_choice(const struct option *option, const char *value, struct text *problem)
{
    text_format(problem, "option '--%s': '%s' is none of ", option->name, value);
    for (size_t i = 0; option->choices[i] != NULL; i++) {
        text_format(problem, "%s'%s'", i == 0 ? "" : ", ", option->choices[i]);
    }
    return false;
}

static bool store_choice(const struct option *option, void *field, const char *value, struct text *problem)
{
    for (int i = 0; option->choices[i] != NULL; i++) {
        if (strcmp(option->choices[i], value) == 0) {
            memcpy(field, &i, sizeof i);
            return true;
        }
    }
    return wrong_choice(option, value, problem);
}

static bool store_text(const struct option *option, void *field, const char *value, struct text *problem)
{
    if (value[0] == '\0' && option->kind != OPTION_TEXT) {
        text_format(problem, "option '--%s' needs a value (%s)", option->name, option->value);
        return false;
    }
    memcpy(field, &value, sizeof value);
    return true;
}

static void store_in_list(void *field, const char *value)
{
    struct option_list list;
    memcpy(&list, field, sizeof list);
    list_add(&list, value);
    memcpy(field, &list, sizeof list);
}

// One of the kinds that are read into a plain value, which goes to `field` when it could be read.
static bool store_read(const struct option *option, void *field, const char *value, struct text *problem)
{
    union {
        double number;
        uint64_t count;
        struct period period;
        char character;
    } read = {0};
    struct slice text = slice_of(value);
    bool good = false;
    size_t size = 0;
    const char *wanted = "";
    if (option->kind == OPTION_COUNT) {
        good = read_count(text, &read.count);
        size = sizeof read.count;
        wanted = "a whole number from 0";
    } else if (option->kind == OPTION_NUMBER) {
        good = number_read(text, '.', &read.number);
        size = sizeof read.number;
        wanted = "a number";
    } else if (option->kind == OPTION_SHARE) {
        good = read_share(text, &read.number);
        size = sizeof read.number;
        wanted = "a share (such as 0.95 or 95%)";
    } else if (option->kind == OPTION_PERIOD) {
        good = period_read(text, &read.period);
        size = sizeof read.period;
        wanted = "a period (such as 90d, 2w, 1m or 36h)";
    } else {
        good = read_character(text, &read.character);
        size = sizeof read.character;
        wanted = "one ASCII character";
    }
    if (!good) {
        text_format(problem, "option '--%s': '%s' is not %s", option->name, value, wanted);
        return false;
    }
    memcpy(field, &read, size);
    return true;
}

static bool store(const struct option *option, void *settings, const char *value, struct text *problem)
{
    void *field = (char *)settings + option->offset;
    switch (option->kind) {
    case OPTION_END:
    case OPTION_FLAG:
        memcpy(field, &(bool){true}, sizeof(bool));
        return true;
    case OPTION_TEXT:
    case OPTION_FILE:
    case OPTION_COLUMN:
        return store_text(option, field, value, problem);
    case OPTION_LIST:
        store_in_list(field, value);
        return true;
    case OPTION_CHOICE:
        return store_choice(option, field, value, problem);
    case OPTION_COUNT:
    case OPTION_NUMBER:
    case OPTION_SHARE:
    case OPTION_PERIOD:
    case OPTION_CHARACTER:
        break;
    }
    return store_read(option, field, value, problem);
}

// The value of an option that stands alone in its word is the next word, whatever that looks like.
static bool store_next(struct parse *parse, const struct option *option, void *settings)
{
    if (parse->next == parse->argc) {
        text_format(parse->problem, "option '--%s' needs a value (", option->name);
        options_value_word(option, parse->problem);
        text_append_byte(parse->problem, ')');
        return false;
    }
    return store(option, settings, parse->argv[parse->next++], parse->problem);
}

static const struct option *find(const struct parse *parse, struct slice name, char letter, void **settings)
{
    for (size_t i = 0; i < parse->group_count; i++) {
        const struct option *option = parse->groups[i].options;
        for (; option->kind != OPTION_END; option++) {
            if (letter != 0 ? option->letter == letter : slice_is(name, option->name)) {
                *settings = parse->groups[i].settings;
                return option;
            }
        }
    }
    return NULL;
}

static bool unknown_name(struct parse *parse, struct slice name)
{
    struct slice *names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < parse->group_count; i++) {
        const struct option *option = parse->groups[i].options;
        for (; option->kind != OPTION_END; option++) {
            if (!option->hidden) {
                names = heap_grow(names, &capacity, count + 1, sizeof *names);
                names[count++] = slice_of(option->name);
            }
        }
    }
    text_append_string(parse->problem, "unknown option '--");
    text_append(parse->problem, name);
    text_append_byte(parse->problem, '\'');
    long nearest = diag_nearest(name, names, count);
    if (nearest >= 0) {
        text_append_string(parse->problem, " (did you mean '--");
        text_append(parse->problem, names[nearest]);
        text_append_string(parse->problem, "'?)");
    }
    free(names);
    return false;
}

static bool parse_name(struct parse *parse, struct slice word)
{
    size_t mark = slice_find(word, '=', 0);
    struct slice name = slice_part(word, 0, mark);
    const char *value = mark == word.length ? NULL : word.data + mark + 1;
    void *settings = NULL;
    const struct option *option = find(parse, name, 0, &settings);
    if (option == NULL) {
        return unknown_name(parse, name);
    }
    if (option->kind == OPTION_FLAG && value != NULL) {
        text_format(parse->problem, "option '--%s' takes no value", option->name);
        return false;
    }
    if (option->kind == OPTION_FLAG || value != NULL) {
        return store(option, settings, value, parse->problem);
    }
    return store_next(parse, option, settings);
}

// The letters of "-xyz", of which the first that takes a value takes the rest of the word or the next one.
static bool parse_letters(struct parse *parse, const char *word)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        void *settings = NULL;
        const struct option *option = find(parse, (struct slice){0}, *letter, &settings);
        if (option == NULL && *letter > ' ' && *letter < 0x7f) {
            text_format(parse->problem, "unknown option '-%c'", *letter);
            return false;
        }
        if (option == NULL) {
            text_format(parse->problem, "unknown option in '%s'", word);
            return false;
        }
        if (option->kind != OPTION_FLAG) {
            return letter[1] == '\0' ? store_next(parse, option, settings)
                                     : store(option, settings, letter + 1, parse->problem);
        }
        store(option, settings, NULL, parse->problem);
    }
    return true;
}

static bool parse_word(struct parse *parse, const char *word)
{
    if (word[0] != '-' || word[1] == '\0') {
        list_add(parse->operands, word);
        return true;
    }
    return word[1] == '-' ? parse_name(parse, slice_of(word + 2)) : parse_letters(parse, word);
}

bool options_parse(const struct option_group *groups, size_t group_count, int argc, char *const *argv,
                   struct option_list *operands, struct text *problem)
{
    struct parse parse = {groups, group_count, argc, argv, 1, operands, problem};
    while (parse.next < argc) {
        const char *word = argv[parse.next++];
        if (strcmp(word, "--") == 0) {
            break;
        }
        if (!parse_word(&parse, word)) {
            return false;
        }
    }
    while (parse.next < argc) {
        list_add(operands, argv[parse.next++]);
    }
    return true;
}
