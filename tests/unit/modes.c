// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * modes: the option tables of one program, checked row by row. A program's main.c, compiled to call modes_check instead
 * of program_main, hands over its table of modes; so no mode is named here.
 *
 * C cannot check that an option's kind fits the field at its offset. What can be seen from outside is checked: the
 * fields lie within the settings, aligned for their kind, and no two of them overlap; and each option is given a value,
 * under the sanitizers too.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mode.h"
#include "options.h"
#include "period.h"
#include "settings.h"
#include "tap.h"
#include "text.h"

int modes_check(const char *name, const char *summary, const struct mode *const *modes, int argc, char **argv);

static char label[256];

// CHECK with the mode's and the option's name in place of the condition.
static void check(bool passed, const char *mode, const char *option, const char *promise)
{
    snprintf(label, sizeof label, "%s%s%s: %s", mode, option[0] == '\0' ? "" : " --", option, promise);
    tap_report(passed, label, __FILE__, __LINE__);
}

static size_t field_size(enum option_kind kind)
{
    switch (kind) {
    case OPTION_FLAG:
        return sizeof(bool);
    case OPTION_LIST:
        return sizeof(struct option_list);
    case OPTION_COUNT:
        return sizeof(uint64_t);
    case OPTION_NUMBER:
    case OPTION_SHARE:
        return sizeof(double);
    case OPTION_PERIOD:
        return sizeof(struct period);
    case OPTION_CHARACTER:
        return sizeof(char);
    case OPTION_CHOICE:
        return sizeof(int);
    default:
        return sizeof(const char *);
    }
}

static size_t field_alignment(enum option_kind kind)
{
    size_t size = field_size(kind);
    return size > sizeof(void *) ? sizeof(void *) : size;
}

static const char *value_for(const struct option *option)
{
    switch (option->kind) {
    case OPTION_CHOICE:
        return option->choices[0];
    case OPTION_PERIOD:
        return "90d";
    case OPTION_COUNT:
    case OPTION_NUMBER:
        return "3";
    case OPTION_SHARE:
        return "95%";
    default:
        return "x";
    }
}

static bool overlap(const struct option *a, const struct option *b)
{
    return a->offset < b->offset + field_size(b->kind) && b->offset < a->offset + field_size(a->kind);
}

static void check_option(const struct mode *mode, const struct option *option)
{
    bool flag = option->kind == OPTION_FLAG;
    bool choice = option->kind == OPTION_CHOICE;
    check(option->name != NULL && option->help != NULL, mode->name, option->name, "has a name and a sentence");
    check(flag ? option->value == NULL : choice || option->value != NULL, mode->name, option->name,
          "has a word for its value");
    check(choice == (option->choices != NULL), mode->name, option->name, "has choices if it is a choice");
    check(option->offset + field_size(option->kind) <= mode->settings_size, mode->name, option->name,
          "lies within the settings");
    check(option->offset % field_alignment(option->kind) == 0, mode->name, option->name, "is aligned for its kind");
    size_t length = strlen(option->help);
    check(length > 0 && option->help[length - 1] != '.', mode->name, option->name, "is explained without a full stop");
}

// The same letter or name, in this table or in the common one.
static void check_pair(const struct mode *mode, const struct option *a, const struct option *b, bool same_table)
{
    if (a->letter != 0 && a->letter == b->letter) {
        check(false, mode->name, a->name, "has a letter of its own");
    }
    if (strcmp(a->name, b->name) == 0) {
        check(false, mode->name, a->name, "has a name of its own");
    }
    if (same_table && overlap(a, b)) {
        check(false, mode->name, a->name, "has a field of its own");
    }
}

// With all that stands before it in the mode's tables.
static void check_against_mode(const struct mode *mode, size_t table, const struct option *a)
{
    for (size_t i = 0; i <= table; i++) {
        for (const struct option *b = mode_options(mode, i); b->kind != OPTION_END && b != a; b++) {
            check_pair(mode, a, b, true);
        }
    }
}

static void check_pairs(const struct mode *mode)
{
    for (size_t i = 0; mode_options(mode, i) != NULL; i++) {
        for (const struct option *a = mode_options(mode, i); a->kind != OPTION_END; a++) {
            check_against_mode(mode, i, a);
            for (const struct option *b = settings_options; b->kind != OPTION_END; b++) {
                check_pair(mode, a, b, false);
            }
        }
    }
}

// Every option with a value, in both forms a word can have.
static void check_table(const struct mode *mode, const struct option *options)
{
    size_t size = mode->settings_size;
    void *settings = calloc(1, size == 0 ? 1 : size);
    if (size > 0) {
        memcpy(settings, mode->defaults, size);
    }
    struct option_list operands = {0};
    struct text problem = {0};
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        char word[128];
        char value[64];
        bool flag = option->kind == OPTION_FLAG;
        snprintf(word, sizeof word, "--%s%s%s", option->name, flag ? "" : "=", flag ? "" : value_for(option));
        snprintf(value, sizeof value, "%s", value_for(option));
        char letter[] = {'-', option->letter, '\0'};
        char *argv[] = {word, word, letter, value};
        int argc = option->letter == 0 ? 2 : flag ? 3 : 4;
        struct option_group group = {options, settings};
        check(options_parse(&group, 1, argc, argv, &operands, &problem), mode->name, option->name, "takes a value");
        text_clear(&problem);
    }
    check(operands.count == 0, mode->name, "", "no value is taken for an operand");
    options_list_free(&operands);
    text_free(&problem);
    options_release(options, settings);
    free(settings);
}

static void check_parsing(const struct mode *mode)
{
    for (size_t i = 0; mode_options(mode, i) != NULL; i++) {
        check_table(mode, mode_options(mode, i));
    }
}

// The common options are held to the same, as if they were a mode's.
static void check_common(void)
{
    struct mode common = {.name = "common",
                          .options = settings_options,
                          .defaults = &settings_defaults,
                          .settings_size = sizeof settings_defaults};
    for (const struct option *a = settings_options; a->kind != OPTION_END; a++) {
        check_option(&common, a);
        for (const struct option *b = settings_options; b < a; b++) {
            check_pair(&common, a, b, true);
        }
    }
    check_parsing(&common);
}

static void check_mode(const struct mode *mode, const char *program)
{
    size_t length = strlen(mode->summary);
    check(length > 0 && mode->summary[length - 1] != '.', mode->name, "", "has a summary without a full stop");
    check(mode->run != NULL, mode->name, "", "does something");
    check(mode->settings_size == 0 || mode->defaults != NULL, mode->name, "", "has defaults for its settings");
    for (size_t i = 0; i < 2; i++) {
        check(mode->examples[i] != NULL && strstr(mode->examples[i], program) != NULL, mode->name, "",
              "has two examples that call the program");
    }
    for (size_t i = 0; mode_options(mode, i) != NULL; i++) {
        for (const struct option *option = mode_options(mode, i); option->kind != OPTION_END; option++) {
            check_option(mode, option);
        }
    }
    check_pairs(mode);
    check_parsing(mode);
}

int modes_check(const char *name, const char *summary, const struct mode *const *modes, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    check(summary != NULL && modes[0] != NULL, name, "", "says what it is and has a mode");
    check_common();
    for (size_t i = 0; modes[i] != NULL; i++) {
        check_mode(modes[i], name);
        for (size_t j = 0; j < i; j++) {
            check(strcmp(modes[i]->name, modes[j]->name) != 0, modes[i]->name, "", "has a name of its own");
        }
    }
    return tap_done();
}
