// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * settings: the options every mode has, and where their values go. Known to program.c alone; modes see what program.h
 * makes of them.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"
#include "table.h"
#include "text.h"

enum settings_generate {
    SETTINGS_GENERATE_NOTHING = -1,
    SETTINGS_GENERATE_MDOC, // the options of the mode, or the common ones when no mode is named
    SETTINGS_GENERATE_BASH,
    SETTINGS_GENERATE_ZSH,
    SETTINGS_GENERATE_FISH,
    SETTINGS_GENERATE_ROLES,
    SETTINGS_GENERATE_LAYOUTS,
};

struct settings {
    bool help;
    bool version;
    bool verbose;
    bool quiet;
    const char *output;    // NULL: standard output
    const char *encoding;  // NULL: UTF-8
    char delimiter;        // 0: found from the header
    char output_delimiter; // 0: the input's
    bool tabs;
    bool no_header;
    uint64_t skip_lines;
    uint64_t skip_last;
    const char *header_match;
    int layout;       // one of layout_words
    int quote;        // enum reader_quote
    char quote_char;  // 0: "
    char escape_char; // 0: none
    int ragged;       // enum shape_ragged
    const char *rejects;
    const char *max_rejects;
    uint64_t max_field; // bytes, 0: no limit
    const char *where;
    const char *file_column;
    bool fold_case;
    int blank_customer; // enum table_blank_customer
    char decimal;
    int dates;        // enum date_order
    const char *null; // comma-separated, NULL: the usual blanks
    const char *time_zone;
    const char *today;
    uint64_t digits;
    bool json;
    bool bom;
    bool crlf;
    bool escape_formulas;
    bool show_values;
    bool no_fast_lane;
    int generate; // enum settings_generate
};

extern const struct option settings_options[];
extern const struct settings settings_defaults;

// What the parser cannot know: values that do not go together or are out of range. --tabs becomes a delimiter. False
// with the message in *problem.
bool settings_check(struct settings *settings, struct text *problem);

// How tables are read; its borrowed parts (forms, clock, diag) are left to the caller.
struct table_options settings_table(const struct settings *settings);

#endif
