// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What parser.h promises, and what is relied on of libcsv. That the lane agrees with it is tested with the reader.
 */
#include "parser.h"

#include <stdint.h>
#include <string.h>

#include "tap.h"

static const struct parser_form usual = {.delimiter = ',', .quote = '"'};

// "<a><b>" of one record given in pieces that end at each '~', which is left out; behind it "..." when it has not ended
// before the input does, "!" and the rest of the piece when a byte is malformed, the problem, or the number of the
// fault.
static const char *parse(const struct parser_form *form, const char *input, struct text *out)
{
    struct record record = {.max_field = 8, .max_columns = 4};
    struct text bytes = {0};
    struct parser *parser = parser_create(form, &record, &bytes);
    struct slice all = slice_of(input);
    size_t at = 0;
    bool good = true;
    parser_begin(parser);
    text_clear(out);
    while (good && at <= all.length && record.fault == RECORD_SOUND) {
        size_t end = slice_find(all, '~', at);
        size_t fed = parser_feed(parser, slice_part(all, at, end));
        good = fed == end - at;
        at = good ? end + 1 : at + fed;
    }
    bool ended = parser_ended(parser);
    bool closed = !good || ended || record.fault != RECORD_SOUND || parser_finish(parser);
    record_place(&record, bytes.data);
    for (size_t i = 0; i < record.count; i++) {
        text_format(out, "<%.*s>", (int)record.cells[i].length, record.cells[i].data);
    }
    if (record.fault != RECORD_SOUND) {
        text_format(out, "%d", (int)record.fault);
    } else if (!good) {
        text_format(out, "!%s: %s", input + at, parser_problem(parser));
    } else {
        text_append_string(out, !closed ? "open" : ended ? "" : "...");
    }
    parser_free(parser);
    record_free(&record);
    text_free(&bytes);
    return text_string(out);
}

static void test_usual(struct text *out)
{
    CHECK_TEXT(parse(&usual, "a, b ,\n", out), "<a><b><>");
    CHECK_TEXT(parse(&usual, "a,b", out), "<a><b>...");
    CHECK_TEXT(parse(&usual, "\"a,\n~\"\"b\" ,\" c \"\r\n", out), "<a,\n\"b>< c >");
    CHECK_TEXT(parse(&usual, "\"~a~\"~\"~b~\"~\n", out), "<a\"b>"); // wherever a piece ends
    CHECK_TEXT(parse(&usual, "5\" disk,a\"b\"\n", out), "<5\" disk><a\"b\">");
    CHECK_TEXT(parse(&usual, "5~\"~ disk\n", out), "<5\" disk>");
    CHECK_TEXT(parse(&usual, "a,\"b\"c\n", out), "<a>!c\n: text after a closing quote");
    CHECK_TEXT(parse(&usual, "a,\"b\" ~\"\n", out), "<a>!\"\n: text after a closing quote");
    CHECK_TEXT(parse(&usual, "a,\"b\n", out), "<a>open");
    CHECK_TEXT(parse(&(struct parser_form){.delimiter = '\t', .quote = '\''}, "' a'\t\"\tc\n", out), "< a><\"><c>");
    CHECK_TEXT(parse(&(struct parser_form){.delimiter = ','}, "\"a,b\"\n", out), "<\"a><b\">");
}

static void test_forms(struct text *out)
{
    struct parser_form strict = {.delimiter = ',', .quote = '"', .bare_wrong = true};
    struct parser_form lenient = {.delimiter = ',', .quote = '"', .lenient = true};
    struct parser_form lazy = {.delimiter = ',', .quote = '"', .lazy = true};
    CHECK_TEXT(parse(&strict, "a,5\" disk\n", out), "<a>!\" disk\n: a quote inside an unquoted cell");
    CHECK_TEXT(parse(&lenient, "\"x\"y\"z\" ,b\n", out), "<xy\"z\"><b>");
    CHECK_TEXT(parse(&lenient, "\"x\"y,\"z", out), "<xy>open");
    CHECK_TEXT(parse(&lazy, "\"a\"b\",c\n", out), "<a\"b><c>");
    CHECK_TEXT(parse(&lazy, "\"a\"b", out), "open");
}

static void test_escape(struct text *out)
{
    struct parser_form form = {.delimiter = ',', .quote = '"', .escape = '\\'};
    struct parser_form lenient = {.delimiter = ',', .quote = '"', .escape = '\\', .lenient = true};
    CHECK_TEXT(parse(&form, "a\\,b,\"c\\\"d\",\\n\n", out), "<a,b><c\"d><\\n>");
    CHECK_TEXT(parse(&form, "a\\~\\,b\\~\r\n~c\n", out), "<a\\><b\r\nc>");
    CHECK_TEXT(parse(&form, "\"a\"\\\\\n", out), "!\\\n: text after a closing quote");
    CHECK_TEXT(parse(&form, "a\\", out), "<a\\>...");
    CHECK_TEXT(parse(&lenient, "\"a\\\"b\"c\\,\n", out), "<a\"bc,>");
}

static void test_limits(struct text *out)
{
    CHECK_TEXT(parse(&usual, "12345678,\"1234\"\"678\"\n", out), "<12345678><1234\"678>");
    CHECK_TEXT(parse(&usual, "a,123456789\n", out), "<a>1");
    CHECK_TEXT(parse(&usual, "a,\"1234567\n~9", out), "<a>1"); // foreseen, though the cell is open
    CHECK_TEXT(parse(&usual, "a,\"12345678\"", out), "<a><12345678>...");
    CHECK_TEXT(parse(&usual, "1,2,3,4,5\n", out), "<1><2><3><4>2");
}

// What was left unfinished does not reach into the next record.
static void test_begin(struct text *out)
{
    struct record record = {.max_field = 100, .max_columns = 4};
    struct text bytes = {0};
    struct parser *parser = parser_create(&usual, &record, &bytes);
    const char *inputs[] = {"\"open", "\"a\"b", "a;b\n", "", "\"a\";\"b\"\n"};
    text_clear(out);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        parser_begin(parser);
        parser_feed(parser, slice_of(inputs[i]));
        text_format(out, "%zu%s ", record.count, parser_ended(parser) ? "." : "");
        if (i == 2) {
            parser_set_delimiter(parser, ';');
        }
    }
    CHECK_TEXT(text_string(out), "0 0 1. 0 2. ");
    parser_free(parser);
    parser_free(NULL);
    record_free(&record);
    text_free(&bytes);
}

int main(void)
{
    struct text out = {0};
    test_usual(&out);
    test_forms(&out);
    test_escape(&out);
    test_limits(&out);
    test_begin(&out);
    text_free(&out);
    return tap_done();
}
