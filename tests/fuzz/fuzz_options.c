// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any words, parted by NUL, as a command line, for a table with an option of every kind. A refusal says why; what is
 * accepted is written out as one line of long options and parsed again to the same settings; and behind `--` every word
 * is an operand.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "memory.h"
#include "number.h"
#include "options.h"
#include "period.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct settings {
    bool flag;
    bool other;
    const char *text;
    const char *file;
    const char *column;
    struct option_list list;
    uint64_t count;
    double number;
    double share;
    struct period period;
    char character;
    int choice;
};

static const char *const choices[] = {"no", "yes", "perhaps", NULL};

static const struct option table[] = {
    {OPTION_FLAG, 'f', "flag", NULL, "", offsetof(struct settings, flag), NULL, false, false},
    {OPTION_FLAG, 'g', "other", NULL, "", offsetof(struct settings, other), NULL, true, false},
    {OPTION_TEXT, 't', "text", "TEXT", "", offsetof(struct settings, text), NULL, false, false},
    {OPTION_FILE, 'o', "file", "FILE", "", offsetof(struct settings, file), NULL, false, true},
    {OPTION_COLUMN, 0, "column", "COLUMN", "", offsetof(struct settings, column), NULL, false, false},
    {OPTION_LIST, 'e', "list", "RULE", "", offsetof(struct settings, list), NULL, false, false},
    {OPTION_COUNT, 'n', "count", "N", "", offsetof(struct settings, count), NULL, false, false},
    {OPTION_NUMBER, 'x', "number", "X", "", offsetof(struct settings, number), NULL, false, false},
    {OPTION_SHARE, 's', "share", "P", "", offsetof(struct settings, share), NULL, false, false},
    {OPTION_PERIOD, 'p', "period", "D", "", offsetof(struct settings, period), NULL, false, false},
    {OPTION_CHARACTER, 'd', "character", "C", "", offsetof(struct settings, character), NULL, false, false},
    {OPTION_CHOICE, 'c', "choice", NULL, "", offsetof(struct settings, choice), choices, false, false},
    {.kind = OPTION_END},
};

static void append_text(struct text *words, const char *name, const char *value)
{
    if (value != NULL) {
        text_format(words, "--%s=%s%c", name, value, '\0');
    }
}

// The same settings as words, each ended by NUL; of a flag that was not given there is none.
static void write_words(struct text *words, const struct settings *settings, const struct option_list *operands)
{
    char out[NUMBER_SIZE];
    text_format(words, "%s%c", "program", '\0');
    append_text(words, "text", settings->text);
    append_text(words, "file", settings->file);
    append_text(words, "column", settings->column);
    for (size_t i = 0; i < settings->list.count; i++) {
        append_text(words, "list", settings->list.values[i]);
    }
    out[number_print(out, settings->number, 17)] = '\0';
    append_text(words, "number", out);
    out[number_print(out, settings->share, 17)] = '\0';
    append_text(words, "share", out);
    out[period_print(out, settings->period)] = '\0';
    append_text(words, "period", out);
    append_text(words, "character", (char[]){settings->character, '\0'});
    append_text(words, "choice", choices[settings->choice]);
    text_format(words, "-%sn0%c%s%c", settings->flag ? "f" : "", '\0', settings->other ? "--other" : "-n0", '\0');
    out[number_print_whole(out, (int64_t)settings->count)] = '\0';
    append_text(words, "count", out);
    text_format(words, "--%c", '\0');
    for (size_t i = 0; i < operands->count; i++) {
        text_format(words, "%s%c", operands->values[i], '\0');
    }
}

// The words of a text in which each is ended by NUL; the array is the caller's to free.
static char **split(struct text *words, int *count)
{
    char **list = NULL;
    size_t capacity = 0;
    size_t length = 0;
    for (size_t at = 0; at < words->length; at += strlen(words->data + at) + 1) {
        list = heap_grow(list, &capacity, length + 1, sizeof *list);
        list[length++] = words->data + at;
    }
    *count = (int)length;
    return list;
}

static bool parse(struct text *words, struct settings *settings, struct option_list *operands)
{
    int count;
    char **list = split(words, &count);
    struct text problem = {0};
    *settings = (struct settings){.character = ','};
    const struct option_group group = {table, settings};
    bool good = options_parse(&group, 1, count, list, operands, &problem);
    require(good == (problem.length == 0));
    text_free(&problem);
    free(list);
    return good;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool is_same_list(const struct option_list *a, const struct option_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = strcmp(a->values[i], b->values[i]) == 0;
    }
    return same;
}

static bool is_same(const struct settings *a, const struct settings *b)
{
    return a->flag == b->flag && a->other == b->other && is_same_text(a->text, b->text) &&
           is_same_text(a->file, b->file) && is_same_text(a->column, b->column) && is_same_list(&a->list, &b->list) &&
           a->count == b->count && a->number == b->number && a->share == b->share &&
           a->period.months == b->period.months && a->period.seconds == b->period.seconds &&
           a->character == b->character && a->choice == b->choice;
}

static void check_again(const struct settings *settings, const struct option_list *operands)
{
    struct text words = {0};
    struct settings again;
    struct option_list others = {0};
    write_words(&words, settings, operands);
    require(parse(&words, &again, &others) && is_same(settings, &again) && is_same_list(operands, &others));
    options_list_free(&others);
    options_release(table, &again);
    text_free(&words);
}

// The words as operands: all of them, none read as an option.
static void check_operands(struct slice words)
{
    struct text line = {0};
    struct settings settings;
    struct option_list operands = {0};
    text_format(&line, "%s%c--%c", "program", '\0', '\0');
    text_append(&line, words);
    require(parse(&line, &settings, &operands) && settings.text == NULL && settings.list.count == 0);
    size_t at = 0;
    for (size_t i = 0; i < operands.count; i++) {
        require(at < words.length && strcmp(operands.values[i], words.data + at) == 0);
        at += strlen(words.data + at) + 1;
    }
    require(at == words.length);
    options_list_free(&operands);
    text_free(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text words = {0};
    struct settings settings;
    struct option_list operands = {0};
    text_append(&words, (struct slice){(const char *)bytes, size});
    text_append_byte(&words, '\0');
    check_operands(text_slice(&words));
    text_clear(&words);
    text_format(&words, "%s%c", "program", '\0');
    text_append(&words, (struct slice){(const char *)bytes, size});
    text_append_byte(&words, '\0');
    if (parse(&words, &settings, &operands)) {
        check_again(&settings, &operands);
    }
    options_list_free(&operands);
    options_release(table, &settings);
    text_free(&words);
    return 0;
}
