// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options: command-line options as data.
 *
 * A table of rows declares each option once; parsing, --help, the OPTIONS section of the manual and the completions of
 * bash, zsh and fish all come from it. Each row says where in a settings struct its value goes, so no option is a global.
 * Accepted: -x, -xV, -x V, -xyz for flags, --name, --name=V, --name V, `--` ends options, `-` is an operand; options may
 * follow operands; no abbreviations.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "text.h"

enum option_kind {
    OPTION_END,       // ends a table
    OPTION_FLAG,      // bool
    OPTION_TEXT,      // const char *
    OPTION_FILE,      // const char *, completed as a file
    OPTION_COLUMN,    // const char *, the name or number of a column
    OPTION_LIST,      // struct option_list: may be given several times, in order
    OPTION_COUNT,     // uint64_t, a whole number from 0
    OPTION_NUMBER,    // double
    OPTION_SHARE,     // double: 0.95 or 95%
    OPTION_PERIOD,    // struct period
    OPTION_CHARACTER, // char; '\t' and 'tab' are understood
    OPTION_CHOICE,    // int, the position in `choices`
};

struct option {
    enum option_kind kind;
    char letter;                // 0: none
    const char *name;           // without the dashes
    const char *value;          // its word in help ("FILE"); NULL for flags
    const char *help;           // one sentence, without a full stop
    size_t offset;              // of the field in the settings struct
    const char *const *choices; // NULL-terminated, for OPTION_CHOICE
    bool hidden;                // not in help, manual or completions
};

struct option_list {
    const char **values;
    size_t count;
    size_t capacity;
};

// One table and the struct its values go into.
struct option_group {
    const struct option *options;
    void *settings;
};

// Parses argv[1] to argv[argc-1]; operands are collected in order. Values are views of argv. On failure *problem holds
// the message and false is returned; nothing is printed.
bool options_parse(const struct option_group *groups, size_t group_count, int argc, char *const *argv,
                   struct option_list *operands, struct text *problem);

void options_list_free(struct option_list *list);

// Frees what options_parse allocated in a settings struct (the lists).
void options_release(const struct option *options, void *settings);

// "  -o, --output=FILE    write to FILE" lines, wrapped at 80 columns.
void options_help(const struct option *options, struct text *out);

// An mdoc list of the options (.It Fl ...), for the manual.
void options_mdoc(const struct option *options, struct text *out);

#endif
