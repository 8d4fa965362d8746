// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * settings: the table of the common options.
 */
#include "settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "date.h"
#include "encoding.h"
#include "layout.h"
#include "options.h"
#include "reader.h"
#include "table.h"
#include "text.h"

static const char *const quote_words[] = {
    [READER_QUOTE_AUTO] = "auto", [READER_QUOTE_STRICT] = "strict", [READER_QUOTE_LENIENT] = "lenient",
    [READER_QUOTE_NONE] = "none", [READER_QUOTE_LAZY] = "lazy",     NULL};
static const char *const ragged_words[] = {[SHAPE_RAGGED_ERROR] = "error",
                                           [SHAPE_RAGGED_PAD] = "pad",
                                           [SHAPE_RAGGED_SKIP] = "skip",
                                           [SHAPE_RAGGED_STRICT] = "strict",
                                           NULL};
static const char *const blank_customer_words[] = {[TABLE_BLANK_ERROR] = "error", [TABLE_BLANK_SKIP] = "skip", NULL};
static const char *const date_words[] = {
    [DATE_YMD] = "ymd", [DATE_DMY] = "dmy", [DATE_MDY] = "mdy", [DATE_EXCEL] = "excel", [DATE_EPOCH] = "epoch", NULL};
static const char *const generate_words[] = {[SETTINGS_GENERATE_MDOC] = "mdoc",
                                             [SETTINGS_GENERATE_BASH] = "bash",
                                             [SETTINGS_GENERATE_ZSH] = "zsh",
                                             [SETTINGS_GENERATE_FISH] = "fish",
                                             [SETTINGS_GENERATE_ROLES] = "roles",
                                             [SETTINGS_GENERATE_LAYOUTS] = "layouts",
                                             NULL};

const struct option settings_options[] = {
    {.kind = OPTION_FILE,
     .letter = 'o',
     .name = "output",
     .value = "FILE",
     .help = "write to FILE, which keeps its old content until the run has succeeded",
     .offset = offsetof(struct settings, output),
     .written = true},
    {.kind = OPTION_TEXT,
     .name = "where",
     .value = "EXPR",
     .help = "read only the rows for which EXPR is true (regulars-rules(5))",
     .offset = offsetof(struct settings, where)},
    {.kind = OPTION_TEXT,
     .name = "today",
     .value = "DATE",
     .help = "take DATE, with or without a time, for the present instead of the clock",
     .offset = offsetof(struct settings, today)},
    {.kind = OPTION_TEXT,
     .name = "time-zone",
     .value = "NAME",
     .help = "the zone of times without an offset and of the days, such as Asia/Shanghai (default: the system's)",
     .offset = offsetof(struct settings, time_zone)},
    {.kind = OPTION_CHOICE,
     .name = "dates",
     .help = "how dates are written that do not begin with the year (default: ymd, there are none)",
     .offset = offsetof(struct settings, dates),
     .choices = date_words},
    {.kind = OPTION_CHARACTER,
     .name = "decimal",
     .value = "C",
     .help = "the decimal mark of the input, '.' or ',' (default: .)",
     .offset = offsetof(struct settings, decimal)},
    {.kind = OPTION_TEXT,
     .name = "null",
     .value = "LIST",
     .help = "cells that stand for nothing, separated by commas (default: -,--,——,/,NULL,N/A)",
     .offset = offsetof(struct settings, null)},
    {.kind = OPTION_FLAG,
     .name = "fold-case",
     .help = "take keys that differ in the case of ASCII letters as one",
     .offset = offsetof(struct settings, fold_case)},
    {.kind = OPTION_CHOICE,
     .name = "blank-customer",
     .help = "refuse rows without a customer, or leave them out and count them (default: error)",
     .offset = offsetof(struct settings, blank_customer),
     .choices = blank_customer_words},
    {.kind = OPTION_TEXT,
     .name = "file-column",
     .value = "NAME",
     .help = "add a first column NAME that holds the name of the row's file",
     .offset = offsetof(struct settings, file_column)},
    {.kind = OPTION_TEXT,
     .letter = 'E',
     .name = "encoding",
     .value = "NAME",
     .help = "the input's encoding, such as gb18030, big5, cp1252 or utf-16 (default: UTF-8)",
     .offset = offsetof(struct settings, encoding)},
    {.kind = OPTION_CHARACTER,
     .letter = 'd',
     .name = "delimiter",
     .value = "C",
     .help = "the input's delimiter (default: found in the header)",
     .offset = offsetof(struct settings, delimiter)},
    {.kind = OPTION_FLAG,
     .letter = 't',
     .name = "tabs",
     .help = "the input's delimiter is the tab",
     .offset = offsetof(struct settings, tabs)},
    {.kind = OPTION_CHARACTER,
     .letter = 'D',
     .name = "output-delimiter",
     .value = "C",
     .help = "the output's delimiter (default: the input's)",
     .offset = offsetof(struct settings, output_delimiter)},
    {.kind = OPTION_FLAG,
     .name = "no-header",
     .help = "the input has no header: columns are called 1, 2, 3, and none is written",
     .offset = offsetof(struct settings, no_header)},
    {.kind = OPTION_TEXT,
     .name = "header-match",
     .value = "COL,COL",
     .help = "drop everything before the record that holds these names: it is the header",
     .offset = offsetof(struct settings, header_match)},
    {.kind = OPTION_CHOICE,
     .name = "layout",
     .value = "NAME",
     .help = "the service whose export the input is, or none (default: auto, known by its header)",
     .offset = offsetof(struct settings, layout),
     .choices = layout_words},
    {.kind = OPTION_COUNT,
     .name = "skip-lines",
     .value = "N",
     .help = "leave out the first N lines of each file, whatever is in them",
     .offset = offsetof(struct settings, skip_lines)},
    {.kind = OPTION_COUNT,
     .name = "skip-last",
     .value = "N",
     .help = "leave out the last N records of each file: totals and notes below the table",
     .offset = offsetof(struct settings, skip_last)},
    {.kind = OPTION_CHOICE,
     .name = "quote",
     .help = "how quotes are read (default: auto)",
     .offset = offsetof(struct settings, quote),
     .choices = quote_words},
    {.kind = OPTION_CHARACTER,
     .name = "quote-char",
     .value = "C",
     .help = "the input's quote (default: \")",
     .offset = offsetof(struct settings, quote_char)},
    {.kind = OPTION_CHARACTER,
     .name = "escape-char",
     .value = "C",
     .help = "what stands before a quote, delimiter or line end that is part of a cell, such as '\\' (default: none)",
     .offset = offsetof(struct settings, escape_char)},
    {.kind = OPTION_CHOICE,
     .name = "ragged",
     .help = "what is done with records that have more or fewer cells than the header (default: error)",
     .offset = offsetof(struct settings, ragged),
     .choices = ragged_words},
    {.kind = OPTION_COUNT,
     .name = "max-field",
     .value = "BYTES",
     .help = "refuse longer cells; 0 for no limit (default: 1048576)",
     .offset = offsetof(struct settings, max_field)},
    {.kind = OPTION_FILE,
     .name = "rejects",
     .value = "FILE",
     .help = "write bad records to FILE, with line and reason, and go on",
     .offset = offsetof(struct settings, rejects),
     .written = true},
    {.kind = OPTION_TEXT,
     .name = "max-rejects",
     .value = "N|P%",
     .help = "with --rejects, end with status 0 when there are no more than these",
     .offset = offsetof(struct settings, max_rejects)},
    {.kind = OPTION_COUNT,
     .name = "digits",
     .value = "N",
     .help = "significant digits of computed numbers, 1 to 17 (default: 10)",
     .offset = offsetof(struct settings, digits)},
    {.kind = OPTION_FLAG, .name = "json", .help = "write JSON lines", .offset = offsetof(struct settings, json)},
    {.kind = OPTION_FLAG,
     .name = "bom",
     .help = "begin the output with a byte-order mark",
     .offset = offsetof(struct settings, bom)},
    {.kind = OPTION_FLAG,
     .name = "crlf",
     .help = "end lines of the output with CR LF",
     .offset = offsetof(struct settings, crlf)},
    {.kind = OPTION_FLAG,
     .name = "escape-formulas",
     .help = "put an apostrophe before cells that a spreadsheet would run as a formula",
     .offset = offsetof(struct settings, escape_formulas)},
    {.kind = OPTION_FLAG,
     .name = "show-values",
     .help = "show the offending cell in messages",
     .offset = offsetof(struct settings, show_values)},
    {.kind = OPTION_FLAG,
     .letter = 'v',
     .name = "verbose",
     .help = "say what was read and how",
     .offset = offsetof(struct settings, verbose)},
    {.kind = OPTION_FLAG,
     .letter = 'q',
     .name = "quiet",
     .help = "say errors only, no notes and no progress",
     .offset = offsetof(struct settings, quiet)},
    {.kind = OPTION_FLAG,
     .letter = 'h',
     .name = "help",
     .help = "show this help",
     .offset = offsetof(struct settings, help)},
    {.kind = OPTION_FLAG,
     .letter = 'V',
     .name = "version",
     .help = "show the version",
     .offset = offsetof(struct settings, version)},
    {.kind = OPTION_FLAG,
     .name = "no-fast-lane",
     .help = "send every record through libcsv",
     .offset = offsetof(struct settings, no_fast_lane),
     .hidden = true},
    {.kind = OPTION_CHOICE,
     .name = "generate",
     .help = "write a part of the manual or a completion",
     .offset = offsetof(struct settings, generate),
     .choices = generate_words,
     .hidden = true},
    {.kind = OPTION_END},
};

const struct settings settings_defaults = {
    .decimal = '.', .max_field = READER_MAX_FIELD, .digits = 10, .generate = SETTINGS_GENERATE_NOTHING};

static bool good_delimiter(char delimiter, const char *name, struct text *problem)
{
    if (delimiter == '"' || delimiter == '\r' || delimiter == '\n') {
        text_format(problem, "option '--%s': a quote or a line end cannot be a delimiter", name);
        return false;
    }
    return true;
}

static bool check_delimiters(struct settings *settings, struct text *problem)
{
    if (settings->tabs && settings->delimiter != 0 && settings->delimiter != '\t') {
        text_append_string(problem, "options '--tabs' and '--delimiter' do not go together");
        return false;
    }
    if (settings->tabs) {
        settings->delimiter = '\t';
    }
    return good_delimiter(settings->delimiter, "delimiter", problem) &&
           good_delimiter(settings->output_delimiter, "output-delimiter", problem);
}

static bool check_header_match(const struct settings *settings, struct text *problem)
{
    const char *names = settings->header_match;
    if (names != NULL && names[strspn(names, ", ")] == '\0') {
        text_append_string(problem, "option '--header-match': which names?");
        return false;
    }
    if (settings->no_header && (names != NULL || settings->layout >= LAYOUT_FIRST)) {
        text_format(problem, "options '--%s' and '--no-header' do not go together",
                    names != NULL ? "header-match" : "layout");
        return false;
    }
    return true;
}

static bool check_quotes(const struct settings *settings, struct text *problem)
{
    const char *names[] = {"quote-char", "escape-char"};
    char bytes[] = {settings->quote_char, settings->escape_char};
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == ' ' || bytes[i] == '\t') {
            text_format(problem, "option '--%s': it cannot be a blank or a line end", names[i]);
            return false;
        }
        if (bytes[i] != 0 && bytes[i] == settings->delimiter) {
            text_format(problem, "option '--%s': it is the delimiter already", names[i]);
            return false;
        }
    }
    if (settings->quote_char != 0 && settings->quote == READER_QUOTE_NONE) {
        text_append_string(problem, "options '--quote-char' and '--quote=none' do not go together");
        return false;
    }
    return true;
}

static bool check_reading(const struct settings *settings, struct text *problem)
{
    if (settings->encoding != NULL && !encoding_known(settings->encoding)) {
        text_format(problem, "option '--encoding': unknown encoding '%s' (the known ones: iconv -l)",
                    settings->encoding);
        return false;
    }
    if (settings->max_rejects != NULL && settings->rejects == NULL) {
        text_append_string(problem, "option '--max-rejects' needs '--rejects'");
        return false;
    }
    return check_header_match(settings, problem);
}

static bool check_numbers(const struct settings *settings, struct text *problem)
{
    if (settings->decimal != '.' && settings->decimal != ',') {
        text_append_string(problem, "option '--decimal': the decimal mark is '.' or ','");
        return false;
    }
    if (settings->digits < 1 || settings->digits > 17) {
        text_append_string(problem, "option '--digits': 1 to 17 digits are possible");
        return false;
    }
    return true;
}

bool settings_check(struct settings *settings, struct text *problem)
{
    return check_delimiters(settings, problem) && check_quotes(settings, problem) && check_reading(settings, problem) &&
           check_numbers(settings, problem);
}

struct table_options settings_table(const struct settings *settings)
{
    return (struct table_options){
        .reader = {.encoding = settings->encoding,
                   .delimiter = settings->delimiter,
                   .quote = (enum reader_quote)settings->quote,
                   .quote_char = settings->quote_char,
                   .escape_char = settings->escape_char,
                   .skip_lines = settings->skip_lines,
                   .max_field = settings->max_field > SIZE_MAX ? SIZE_MAX : (size_t)settings->max_field,
                   .libcsv_only = settings->no_fast_lane},
        .no_header = settings->no_header,
        .header_match = settings->header_match,
        .layout = settings->layout,
        .skip_last = settings->skip_last,
        .ragged = (enum shape_ragged)settings->ragged,
        .rejects = settings->rejects,
        .max_rejects = settings->max_rejects,
        .where = settings->where,
        .file_column = settings->file_column,
        .watched = true,
        .fold_case = settings->fold_case,
        .blank_customer = (enum table_blank_customer)settings->blank_customer,
    };
}
