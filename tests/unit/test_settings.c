// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What settings.h promises: which common options go together, and how tables are read by them.
 */
#include "settings.h"

#include <stdint.h>

#include "layout.h"
#include "reader.h"
#include "shape.h"
#include "tap.h"
#include "text.h"

// The message for settings that are refused; "" when they are accepted.
static const char *complaint(struct settings settings, struct text *problem)
{
    text_clear(problem);
    bool good = settings_check(&settings, problem);
    CHECK(good == (problem->length == 0));
    return text_string(problem);
}

static struct settings with_delimiter(char delimiter)
{
    struct settings settings = settings_defaults;
    settings.delimiter = delimiter;
    return settings;
}

static void test_delimiters(struct text *out)
{
    struct settings settings = settings_defaults;
    CHECK_TEXT(complaint(settings, out), "");
    CHECK_TEXT(complaint(with_delimiter(';'), out), "");
    CHECK_TEXT(complaint(with_delimiter('"'), out),
               "option '--delimiter': a quote or a line end cannot be a delimiter");
    CHECK_TEXT(complaint(with_delimiter('\r'), out),
               "option '--delimiter': a quote or a line end cannot be a delimiter");
    settings.output_delimiter = '\n';
    CHECK_TEXT(complaint(settings, out), "option '--output-delimiter': a quote or a line end cannot be a delimiter");
    settings = with_delimiter(';');
    settings.tabs = true;
    CHECK_TEXT(complaint(settings, out), "options '--tabs' and '--delimiter' do not go together");
    settings = with_delimiter('\t');
    settings.tabs = true;
    CHECK_TEXT(complaint(settings, out), "");
    settings.delimiter = 0;
    CHECK(settings_check(&settings, out) && settings.delimiter == '\t');
}

static void test_quotes(struct text *out)
{
    static const char blanks[] = " \t\r\n";
    for (const char *blank = blanks; *blank != '\0'; blank++) {
        struct settings settings = settings_defaults;
        settings.quote_char = *blank;
        CHECK_TEXT(complaint(settings, out), "option '--quote-char': it cannot be a blank or a line end");
        settings.quote_char = 0;
        settings.escape_char = *blank;
        CHECK_TEXT(complaint(settings, out), "option '--escape-char': it cannot be a blank or a line end");
    }
    struct settings settings = with_delimiter('|');
    settings.escape_char = '|';
    CHECK_TEXT(complaint(settings, out), "option '--escape-char': it is the delimiter already");
    settings.escape_char = '\\';
    settings.quote_char = '\'';
    CHECK_TEXT(complaint(settings, out), "");
    settings.quote = READER_QUOTE_NONE;
    CHECK_TEXT(complaint(settings, out), "options '--quote-char' and '--quote=none' do not go together");
    settings.quote_char = 0;
    CHECK_TEXT(complaint(settings, out), "");
}

static void test_header(struct text *out)
{
    struct settings settings = settings_defaults;
    settings.header_match = "a, b";
    CHECK_TEXT(complaint(settings, out), "");
    settings.header_match = " ,,";
    CHECK_TEXT(complaint(settings, out), "option '--header-match': which names?");
    settings.header_match = "a";
    settings.no_header = true;
    CHECK_TEXT(complaint(settings, out), "options '--header-match' and '--no-header' do not go together");
    settings.header_match = NULL;
    settings.layout = LAYOUT_FIRST;
    CHECK_TEXT(complaint(settings, out), "options '--layout' and '--no-header' do not go together");
    settings.layout = LAYOUT_NONE;
    CHECK_TEXT(complaint(settings, out), "");
}

static void test_values(struct text *out)
{
    struct settings settings = settings_defaults;
    settings.encoding = "gb18030";
    CHECK_TEXT(complaint(settings, out), "");
    settings.encoding = "martian";
    CHECK_TEXT(complaint(settings, out), "option '--encoding': unknown encoding 'martian' (the known ones: iconv -l)");
    settings = settings_defaults;
    settings.max_rejects = "5";
    CHECK_TEXT(complaint(settings, out), "option '--max-rejects' needs '--rejects'");
    settings.rejects = "bad.csv";
    CHECK_TEXT(complaint(settings, out), "");
    settings.decimal = ',';
    CHECK_TEXT(complaint(settings, out), "");
    settings.decimal = ';';
    CHECK_TEXT(complaint(settings, out), "option '--decimal': the decimal mark is '.' or ','");
    settings = settings_defaults;
    settings.digits = 0;
    CHECK_TEXT(complaint(settings, out), "option '--digits': 1 to 17 digits are possible");
    settings.digits = 18;
    CHECK_TEXT(complaint(settings, out), "option '--digits': 1 to 17 digits are possible");
    settings.digits = 17;
    CHECK_TEXT(complaint(settings, out), "");
}

static void test_table(void)
{
    struct settings settings = settings_defaults;
    struct table_options table = settings_table(&settings);
    CHECK(table.reader.max_field == READER_MAX_FIELD && table.reader.quote == READER_QUOTE_AUTO);
    CHECK(table.reader.quote_char == 0 && table.reader.escape_char == 0 && !table.reader.libcsv_only && table.watched);
    settings.quote = READER_QUOTE_LAZY;
    settings.quote_char = '\'';
    settings.escape_char = '\\';
    settings.ragged = SHAPE_RAGGED_STRICT;
    settings.no_fast_lane = true;
    table = settings_table(&settings);
    CHECK(table.reader.quote == READER_QUOTE_LAZY && table.ragged == SHAPE_RAGGED_STRICT && table.reader.libcsv_only);
    CHECK(table.reader.quote_char == '\'' && table.reader.escape_char == '\\');
}

int main(void)
{
    struct text out = {0};
    test_delimiters(&out);
    test_quotes(&out);
    test_header(&out);
    test_values(&out);
    test_table();
    text_free(&out);
    return tap_done();
}
