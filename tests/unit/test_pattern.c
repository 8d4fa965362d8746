// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pattern: what like matches, against a slow matcher of few lines; regular expressions, and which of them are refused.
 */
#include "pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static bool like(const char *text, const char *pattern)
{
    return pattern_like(slice_of(text), slice_of(pattern));
}

static void test_like(void)
{
    CHECK(like("", "") && like("", "%") && like("", "%%") && !like("", "_") && !like("a", ""));
    CHECK(like("abc", "abc") && !like("abc", "ab") && !like("ab", "abc") && !like("abc", "ABC"));
    CHECK(like("abc", "a%") && like("abc", "%c") && like("abc", "%b%") && like("abc", "a%c") && like("abc", "%abc%"));
    CHECK(like("abc", "___") && !like("abc", "__") && !like("abc", "____") && like("abc", "_%_"));
    CHECK(like("aXbXc", "a%X_") && !like("aXbXcd", "a%X_"));
    CHECK(like("李雷", "__") && like("李雷", "李_") && like("李雷", "%雷") && !like("李雷", "_"));
    CHECK(like("50%", "50\\%") && !like("500", "50\\%") && like("a_b", "a\\_b") && !like("axb", "a\\_b"));
    CHECK(like("a\\b", "a\\\\b") && like("a\\", "a\\"));
    CHECK(like("\xff\xfe", "%") && like("\xff", "_")); // whatever bytes there are
}

// The definition, as it is said; for ASCII.
static bool slow_like(const char *text, const char *pattern)
{
    if (*pattern == '%') {
        return slow_like(text, pattern + 1) || (*text != '\0' && slow_like(text + 1, pattern));
    }
    if (*text == '\0' || *pattern == '\0') {
        return *text == *pattern;
    }
    return (*pattern == '_' || *pattern == *text) && slow_like(text + 1, pattern + 1);
}

static void random_word(char *out, const char *letters, int longest)
{
    int length = rand() % (longest + 1);
    for (int i = 0; i < length; i++) {
        out[i] = letters[(size_t)rand() % strlen(letters)];
    }
    out[length] = '\0';
}

static void test_random_like(void)
{
    int differences = 0;
    int matches = 0;
    srand(11);
    for (int i = 0; i < 200000; i++) {
        char text[16];
        char pattern[16];
        random_word(text, "ab", 9);
        random_word(pattern, "ab%_", 7);
        bool expected = slow_like(text, pattern);
        matches += expected;
        differences += like(text, pattern) != expected;
    }
    CHECK(differences == 0);
    CHECK(matches > 1000);
}

static void test_long_like(void)
{
    enum { LENGTH = 20000 };
    char *text = malloc(LENGTH + 1);
    if (text == NULL) {
        abort();
    }
    memset(text, 'a', LENGTH);
    text[LENGTH] = '\0';
    CHECK(!like(text, "%a%a%a%a%a%a%b")); // not exponential
    CHECK(like(text, "%a%a%a%a%a%a%"));
    free(text);
}

static bool matches(const char *text, const char *source, bool fold)
{
    struct pattern pattern;
    if (pattern_compile(&pattern, slice_of(source), fold) != NULL) {
        return false;
    }
    bool result = pattern_matches(&pattern, slice_of(text));
    pattern_free(&pattern);
    return result;
}

static void test_regular_expressions(void)
{
    CHECK(matches("a@test.cn", "@(test|example)\\.", false));
    CHECK(!matches("a@TEST.cn", "@(test|example)\\.", false));
    CHECK(matches("a@TEST.cn", "@(test|example)\\.", true));
    CHECK(matches("", "^$", false) && !matches("a", "^$", false));
    CHECK(matches("aaa", "^a{3}$", false));
    CHECK(matches("新客户", "客", false));
    CHECK(matches("0012", "^[0-9]{4}$", false) && !matches("00123", "^[0-9]{4}$", false));
}

// A slice ends where its length says, whatever stands behind it.
static void test_slices(void)
{
    struct pattern pattern;
    CHECK(pattern_compile(&pattern, (struct slice){"ab$$$", 3}, false) == NULL);
    CHECK(pattern_matches(&pattern, (struct slice){"xabc", 3}));
    CHECK(!pattern_matches(&pattern, (struct slice){"xabc", 4}));
    CHECK(!pattern_matches(&pattern, (struct slice){NULL, 0}));
    pattern_free(&pattern);
}

static void test_refusals(void)
{
    static const char *const sources[] = {"",
                                          "(",
                                          "a)(",
                                          "[a",
                                          "a{2",
                                          "a{x}",
                                          "*a",
                                          "[b-a]",
                                          "[[:none:]]",
                                          "a\\",
                                          "(a)\\1",
                                          "a{5001}",
                                          "a{0,5001}",
                                          "(a{100}){50}",
                                          "(a{2,100}){2,100}",
                                          "a{99999999999999999999}"};
    char longest[1002];
    struct pattern pattern;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const char *problem = pattern_compile(&pattern, slice_of(sources[i]), false);
        tap_report(problem != NULL, sources[i], __FILE__, __LINE__);
    }
    memset(longest, 'a', sizeof longest);
    CHECK(pattern_compile(&pattern, (struct slice){longest, 1001}, false) != NULL);
    CHECK(pattern_compile(&pattern, (struct slice){longest, 1000}, false) == NULL);
    pattern_free(&pattern);
    CHECK(pattern_compile(&pattern, (struct slice){"a\0b", 3}, false) != NULL);
    // Each + doubles what stands before it.
    CHECK(!matches("a", "a+++++++++++++++++", false));
    CHECK(!matches("a", "((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+", false));
    CHECK(!matches("a", "a+++++++++++++++++++++++++++++++++++++++++++++(b", false)); // however it ends
    CHECK(!matches("a", "a)+++++++++++++++++++++++++++++++++++++++++++++", false));
    CHECK(matches("a1b2c3", "^(([a-z]+[0-9]+)+)+$", false));
    CHECK(matches("a+b", "^[]a+{(]+[+]b$|^a\\+b{1,9}$", false));
}

int main(void)
{
    test_like();
    test_random_like();
    test_long_like();
    test_regular_expressions();
    test_slices();
    test_refusals();
    return tap_done();
}
