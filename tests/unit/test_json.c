// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json: what is read, and that every text that is no JSON, or ends too early, is a fault and no crash.
 */
#include "../../cmd/remind/json.h"

#include "tap.h"

static bool skips(const char *text)
{
    struct json json = json_of(slice_of(text));
    return json_skip(&json) && json_end(&json);
}

// The text that stands there, "?" after a fault.
static const char *text_in(const char *json_text_bytes)
{
    static struct text text;
    struct json json = json_of(slice_of(json_text_bytes));
    bool good = json_text(&json, &text) && json_end(&json);
    return good ? text_string(&text) : "?";
}

static void read_texts(void)
{
    CHECK_TEXT(text_in("\"plain\""), "plain");
    CHECK_TEXT(text_in(" \"\" \n"), "");
    CHECK_TEXT(text_in("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\/\b\f\n\r\t");
    CHECK_TEXT(text_in("\"\\u6625\\u8282 \\u00e9 \\u0041\""), "春节 é A");
    CHECK_TEXT(text_in("\"\\uD83D\\uDE00\\uDBFF\\uDFFF\""), "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
    CHECK_TEXT(text_in("\"\\ud83d\""), "?");
    CHECK_TEXT(text_in("\"\\ud83d\\u0041\""), "?");
    CHECK_TEXT(text_in("\"\\ude00\""), "?");
    CHECK_TEXT(text_in("\"\\u12g4\""), "?");
    CHECK_TEXT(text_in("\"\\x\""), "?");
    CHECK_TEXT(text_in("\"a\nb\""), "?");
    CHECK_TEXT(text_in("\"a"), "?");
    CHECK_TEXT(text_in("\"a\\"), "?");
    CHECK_TEXT(text_in("\"\\u"), "?");
    CHECK_TEXT(text_in("\"\\ud83d\\"), "?");
    CHECK_TEXT(text_in("a"), "?");
}

static void skip_values(void)
{
    CHECK(skips("{}"));
    CHECK(skips("[ ]"));
    CHECK(skips("{\"a\": [1, -2.5, true, false, null, \"x\", {\"b\": []}], \"c\": 0}"));
    CHECK(!skips(""));
    CHECK(!skips("{"));
    CHECK(!skips("[1 2]"));
    CHECK(!skips("[1,]"));
    CHECK(!skips("[,1]"));
    CHECK(!skips("{\"a\" 1}"));
    CHECK(!skips("{\"a\":}"));
    CHECK(!skips("{\"a\":1,}"));
    CHECK(!skips("{a:1}"));
    CHECK(!skips("[1}"));
    CHECK(!skips("[1] 2"));
    CHECK(!skips("[yes]"));
    CHECK(!skips("[+1]"));
    CHECK(!skips("]"));
}

static void limit_depth(void)
{
    char deep[2 * JSON_DEEPEST + 3] = "";
    memset(deep, '[', JSON_DEEPEST);
    memset(deep + JSON_DEEPEST, ']', JSON_DEEPEST);
    CHECK(skips(deep));
    memset(deep, '[', JSON_DEEPEST + 1);
    memset(deep + JSON_DEEPEST + 1, ']', JSON_DEEPEST + 1);
    CHECK(!skips(deep));
}

// Every beginning of a good text is a fault.
static void cut_anywhere(void)
{
    static const char whole[] = "{\"a\\u00e9\":[true,{\"b\":\"c\\n\"},-1.5]}";
    bool refused = true;
    for (size_t length = 0; length + 1 < sizeof whole; length++) {
        struct json json = json_of((struct slice){whole, length});
        refused = refused && !(json_skip(&json) && json_end(&json)) && json.fault != NULL;
    }
    CHECK(refused);
    CHECK(skips(whole));
}

static void say_where(void)
{
    struct json json = json_of(slice_of("{\n\"a\": 1,\n\"b\": yes}"));
    CHECK(!json_skip(&json));
    CHECK(json_line(&json) == 3);
    CHECK_TEXT(json.fault, "a value is wanted here");
    bool truth;
    int64_t whole;
    CHECK(!json_truth(&json, &truth) && !json_whole(&json, &whole) && !json_item(&json));
    CHECK_TEXT(json.fault, "a value is wanted here"); // the first one stays
}

int main(void)
{
    read_texts();
    skip_values();
    limit_depth();
    cut_anywhere();
    say_where();
    struct json json = json_of(slice_of("[true, 7, 7.5]"));
    bool truth = false;
    int64_t whole = 0;
    CHECK(json_open(&json, '[') && json_item(&json) && json_truth(&json, &truth) && truth);
    CHECK(json_item(&json) && json_whole(&json, &whole) && whole == 7);
    CHECK(json_item(&json) && !json_whole(&json, &whole));
    return tap_done();
}
