// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options: every form of every kind, what is refused and how it is said.
 */
#include "options.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "period.h"
#include "tap.h"
#include "text.h"

struct settings {
    bool all;
    bool brief;
    const char *label;
    const char *file;
    const char *column;
    struct option_list rules;
    uint64_t count;
    double number;
    double share;
    struct period period;
    char character;
    int choice;
};

static const char *const choices[] = {"red", "green", NULL};

#define AT(field) offsetof(struct settings, field)

static const struct option table[] = {
    {.kind = OPTION_FLAG, .letter = 'a', .name = "all", .offset = AT(all)},
    {.kind = OPTION_FLAG, .letter = 'b', .name = "brief", .offset = AT(brief)},
    {.kind = OPTION_TEXT, .letter = 'l', .name = "label", .value = "TEXT", .offset = AT(label)},
    {.kind = OPTION_FILE, .name = "file", .value = "FILE", .offset = AT(file)},
    {.kind = OPTION_COLUMN, .name = "column", .value = "COL", .offset = AT(column)},
    {.kind = OPTION_LIST, .letter = 'e', .name = "rule", .value = "RULE", .offset = AT(rules)},
    {.kind = OPTION_COUNT, .letter = 'k', .name = "count", .value = "N", .offset = AT(count)},
    {.kind = OPTION_NUMBER, .name = "number", .value = "X", .offset = AT(number)},
    {.kind = OPTION_SHARE, .name = "share", .value = "SHARE", .offset = AT(share)},
    {.kind = OPTION_PERIOD, .name = "period", .value = "PERIOD", .offset = AT(period)},
    {.kind = OPTION_CHARACTER, .letter = 'd', .name = "character", .value = "C", .offset = AT(character)},
    {.kind = OPTION_CHOICE, .name = "choice", .offset = AT(choice), .choices = choices},
    {.kind = OPTION_FLAG, .name = "secret", .offset = AT(all), .hidden = true},
    {.kind = OPTION_END},
};

enum { WORDS_MOST = 12 };

struct result {
    bool parsed;
    struct settings settings;
    struct option_list operands;
    struct text problem;
};

// The words up to NULL, as if typed after the program's name.
static struct result parse(const char *const words[])
{
    struct result result = {0};
    char *argv[WORDS_MOST] = {(char *)"program"};
    int argc = 1;
    for (; words[argc - 1] != NULL; argc++) {
        argv[argc] = (char *)words[argc - 1];
    }
    struct option_group group = {table, &result.settings};
    result.parsed = options_parse(&group, 1, argc, argv, &result.operands, &result.problem);
    return result;
}

static void discard(struct result *result)
{
    options_release(table, &result->settings);
    options_list_free(&result->operands);
    text_free(&result->problem);
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})

static void test_forms(void)
{
    struct result result =
        PARSE("-a", "--label=x y", "-e", "one", "--rule", "two", "-ethree", "--rule=", "-k7", "in.csv");
    CHECK(result.parsed && result.settings.all && !result.settings.brief);
    CHECK_TEXT(result.settings.label, "x y");
    CHECK(result.settings.rules.count == 4);
    CHECK_TEXT(result.settings.rules.values[0], "one");
    CHECK_TEXT(result.settings.rules.values[1], "two");
    CHECK_TEXT(result.settings.rules.values[2], "three");
    CHECK_TEXT(result.settings.rules.values[3], "");
    CHECK(result.settings.count == 7);
    CHECK(result.operands.count == 1);
    CHECK_TEXT(result.operands.values[0], "in.csv");
    discard(&result);
}

static void test_clusters(void)
{
    struct result result = PARSE("-abk", "3");
    CHECK(result.parsed && result.settings.all && result.settings.brief && result.settings.count == 3);
    discard(&result);
    result = PARSE("-abk3");
    CHECK(result.parsed && result.settings.all && result.settings.brief && result.settings.count == 3);
    discard(&result);
    result = PARSE("-kab");
    CHECK(!result.parsed && !result.settings.all);
    discard(&result);
}

static void test_operands(void)
{
    struct result result = PARSE("one", "-a", "-", "two", "--", "-b", "--all", "--");
    CHECK(result.parsed && result.settings.all && !result.settings.brief);
    CHECK(result.operands.count == 6);
    CHECK_TEXT(result.operands.values[1], "-");
    CHECK_TEXT(result.operands.values[3], "-b");
    CHECK_TEXT(result.operands.values[5], "--");
    discard(&result);
    result = PARSE("");
    CHECK(result.parsed && result.operands.count == 1); // an empty word is an operand, not an option
    discard(&result);
    const char *const none[] = {NULL};
    result = parse(none);
    CHECK(result.parsed && result.operands.count == 0);
    discard(&result);
}

static void test_values_that_look_like_options(void)
{
    struct result result = PARSE("--number", "-3.5", "-l", "--all", "--file", "-");
    CHECK(result.parsed && !result.settings.all);
    CHECK_NEAR(result.settings.number, -3.5, 0);
    CHECK_TEXT(result.settings.label, "--all");
    CHECK_TEXT(result.settings.file, "-");
    discard(&result);
}

static void test_kinds(void)
{
    struct result result = PARSE("--share=95%", "--period=1y6m", "--character=;", "--choice=green", "--column=name[2]",
                                 "--count=9223372036854775807");
    CHECK(result.parsed);
    CHECK_NEAR(result.settings.share, 0.95, 0);
    CHECK(result.settings.period.months == 18 && result.settings.period.seconds == 0);
    CHECK(result.settings.character == ';');
    CHECK(result.settings.choice == 1);
    CHECK_TEXT(result.settings.column, "name[2]");
    CHECK(result.settings.count == INT64_MAX);
    discard(&result);
    result = PARSE("--share=0.5", "-d", "\\t");
    CHECK(result.parsed && result.settings.character == '\t');
    CHECK_NEAR(result.settings.share, 0.5, 0);
    discard(&result);
    result = PARSE("-dtab");
    CHECK(result.parsed && result.settings.character == '\t');
    discard(&result);
    result = PARSE("-d\t");
    CHECK(result.parsed && result.settings.character == '\t');
    discard(&result);
}

static void test_the_last_counts(void)
{
    struct result result = PARSE("--choice=green", "--choice=red", "-k1", "--count=2", "-lx", "-l", "y");
    CHECK(result.parsed && result.settings.choice == 0 && result.settings.count == 2);
    CHECK_TEXT(result.settings.label, "y");
    discard(&result);
}

// Refused, with this message.
static void refused(const char *const words[], const char *message)
{
    struct result result = parse(words);
    CHECK(!result.parsed);
    CHECK_TEXT(text_string(&result.problem), message);
    discard(&result);
}

#define REFUSED(message, ...) refused((const char *const[]){__VA_ARGS__, NULL}, message)

static void test_unknown(void)
{
    REFUSED("unknown option '--lable' (did you mean '--label'?)", "--lable=x");
    REFUSED("unknown option '--lab'", "--lab"); // no abbreviations
    REFUSED("unknown option '--something-else'", "--something-else");
    REFUSED("unknown option '--secre'", "--secre"); // hidden ones are not named
    REFUSED("unknown option '-x'", "-ax");
    REFUSED("unknown option in '-\xc3\xa9'", "-\xc3\xa9");
    REFUSED("unknown option '-='", "-a=x");
    REFUSED("unknown option '--'", "--=x");
}

static void test_refused_values(void)
{
    REFUSED("option '--all' takes no value", "--all=yes");
    REFUSED("option '--label' needs a value (TEXT)", "-a", "--label");
    REFUSED("option '--choice' needs a value (red|green)", "--choice");
    REFUSED("option '--rule' needs a value (RULE)", "-e");
    REFUSED("option '--file' needs a value (FILE)", "--file=");
    REFUSED("option '--column' needs a value (COL)", "--column", "");
    REFUSED("option '--count': '-1' is not a whole number from 0", "--count=-1");
    REFUSED("option '--count': '1.5' is not a whole number from 0", "-k1.5");
    REFUSED("option '--count': '9223372036854775808' is not a whole number from 0", "-k9223372036854775808");
    REFUSED("option '--number': '' is not a number", "--number=");
    REFUSED("option '--number': 'inf' is not a number", "--number=inf");
    REFUSED("option '--share': '%' is not a share (such as 0.95 or 95%)", "--share=%");
    REFUSED("option '--share': '5%%' is not a share (such as 0.95 or 95%)", "--share=5%%");
    REFUSED("option '--period': '90' is not a period (such as 90d, 2w, 1m or 36h)", "--period=90");
    REFUSED("option '--character': ',,' is not one ASCII character", "-d,,");
    REFUSED("option '--character': '' is not one ASCII character", "-d", "");
    REFUSED("option '--character': '\xef\xbc\x8c' is not one ASCII character", "-d\xef\xbc\x8c");
    REFUSED("option '--choice': 'blue' is none of 'red', 'green'", "--choice=blue");
    REFUSED("option '--choice': 'Red' is none of 'red', 'green'", "--choice=Red");
}

static void test_a_refused_value_changes_nothing(void)
{
    struct result result = PARSE("-k5", "-d;", "-kx");
    CHECK(!result.parsed && result.settings.count == 5 && result.settings.character == ';');
    discard(&result);
    result = PARSE("--character=;", "--character=xx");
    CHECK(!result.parsed && result.settings.character == ';');
    discard(&result);
}

static void test_two_tables(void)
{
    static const struct option other[] = {
        {.kind = OPTION_COUNT, .letter = 'z', .name = "zeta", .value = "N", .offset = 0}, {.kind = OPTION_END}};
    struct settings settings = {0};
    uint64_t zeta = 0;
    struct option_group groups[] = {{table, &settings}, {other, &zeta}};
    char *argv[] = {(char *)"program", (char *)"-az9", (char *)"--count=4"};
    struct option_list operands = {0};
    struct text problem = {0};
    CHECK(options_parse(groups, 2, 3, argv, &operands, &problem));
    CHECK(settings.all && settings.count == 4 && zeta == 9);
    options_list_free(&operands);
    text_free(&problem);
}

static void test_words_for_values(void)
{
    struct text word = {0};
    options_value_word(&table[0], &word);
    CHECK_TEXT(text_string(&word), "");
    options_value_word(&table[2], &word);
    CHECK_TEXT(text_string(&word), "TEXT");
    text_clear(&word);
    options_value_word(&table[11], &word);
    CHECK_TEXT(text_string(&word), "red|green");
    text_free(&word);
}

int main(void)
{
    test_forms();
    test_clusters();
    test_operands();
    test_values_that_look_like_options();
    test_kinds();
    test_the_last_counts();
    test_unknown();
    test_refused_values();
    test_a_refused_value_changes_nothing();
    test_two_tables();
    test_words_for_values();
    return tap_done();
}
