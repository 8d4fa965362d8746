// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options: command-line options as data.
 *
 * A table of rows declares each option once; parsing, --help, the OPTIONS section of the manual and the completions of
 * bash, zsh and fish all come from it. Each row says where in a settings struct its value goes, so no option is a
 * global. Accepted: -x, -xV, -x V, -xyz for flags, --name, --name=V, --name V, `--` ends options, `-` is an operand;
 * options may follow operands; no abbreviations. Given twice, the last one counts (but for OPTION_LIST).
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

enum option_kind {
    OPTION_END,       // ends a table
    OPTION_FLAG,      // bool
    OPTION_TEXT,      // const char *
    OPTION_FILE,      // const char *, not empty, completed as a file
    OPTION_COLUMN,    // const char *, not empty, the name or number of a column, or a new one's name
    OPTION_LIST,      // struct option_list: may be given several times, in order
    OPTION_COUNT,     // uint64_t, a whole number from 0
    OPTION_NUMBER,    // double
    OPTION_SHARE,     // double: 0.95 or 95%; its range is for the mode to check
    OPTION_PERIOD,    // struct period
    OPTION_CHARACTER, // char, ASCII; '\t' and 'tab' are understood
    OPTION_CHOICE,    // int, the position in `choices`
};

struct option {
    enum option_kind kind;
    char letter;                // 0: none
    const char *name;           // without the dashes
    const char *value;          // its word in help ("FILE"); NULL for flags, and for a choice to show its words
    const char *help;           // one sentence, without a capital or a full stop
    size_t offset;              // of the field in the settings struct
    const char *const *choices; // NULL-terminated, for OPTION_CHOICE
    bool hidden;                // not in help, manual or completions
    bool written;               // an OPTION_FILE that this run or another writes: no other file may be the same
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

// Parses argv[1] to argv[argc-1]; operands are collected in order. Values are views of argv. At the first fault
// *problem holds the message and false is returned; nothing is printed, and what stood before the fault is set.
bool options_parse(const struct option_group *groups, size_t group_count, int argc, char *const *argv,
                   struct option_list *operands, struct text *problem);

void options_list_free(struct option_list *list);

// Frees what options_parse allocated in a settings struct (the lists).
void options_release(const struct option *options, void *settings);

// Appends the word for an option's value: "FILE", or for a choice without one "auto|strict". Nothing for a flag.
void options_value_word(const struct option *option, struct text *out);

#endif
