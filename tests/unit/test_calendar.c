// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendar: lines of at most 75 octets, folded between characters, and values that another reader takes apart.
 */
#include "../../cmd/remind/calendar.h"

#include <string.h>

#include "date.h"
#include "tap.h"

static const char *line(struct text *out, const char *value)
{
    text_clear(out);
    calendar_append(out, "X", slice_of(value));
    return text_string(out);
}

static const char *escaped(struct text *out, struct slice value)
{
    text_clear(out);
    calendar_append_escaped(out, value);
    return text_string(out);
}

// Folded lines are within their limit and give the value back, at every length and width of character.
static void check_folds(void)
{
    static const char *const characters[] = {"x", "é", "客", "😀"};
    struct text out = {0};
    struct text value = {0};
    struct text back = {0};
    bool within = true;
    bool same = true;
    for (size_t kind = 0; kind < 4; kind++) {
        for (size_t count = 0; count < 200; count++) {
            text_clear(&value);
            text_clear(&back);
            for (size_t i = 0; i < count; i++) {
                text_append_string(&value, characters[(i % 7 == 0 ? i : kind) % 4]);
            }
            line(&out, text_string(&value));
            for (size_t at = 0; at < out.length;) {
                size_t end = slice_find(text_slice(&out), '\r', at);
                within = within && end - at <= CALENDAR_LINE && out.data[end + 1] == '\n';
                size_t begin = at == 0 ? 2 : at + 1;
                within = within && (at == 0 || out.data[at] == ' ') && ((unsigned char)out.data[begin] & 0xc0) != 0x80;
                text_append(&back, slice_part(text_slice(&out), begin, end));
                at = end + 2;
            }
            same = same && slice_equal(text_slice(&back), text_slice(&value));
        }
    }
    CHECK(within);
    CHECK(same);
    text_free(&out);
    text_free(&value);
    text_free(&back);
}

int main(void)
{
    struct text out = {0};
    CHECK_TEXT(line(&out, ""), "X:\r\n");
    CHECK_TEXT(line(&out, "a b"), "X:a b\r\n");
    check_folds();

    CHECK_TEXT(escaped(&out, slice_of("a;b,c\\d:e\"f")), "a\\;b\\,c\\\\d:e\"f");
    CHECK_TEXT(escaped(&out, slice_of("1\n2\r\n3\r4\r\r\n")), "1\\n2\\n3\\n4\\n\\n");
    CHECK_TEXT(escaped(&out, slice_of("a\tb\001c\177d")), "a\tb c d");
    CHECK_TEXT(escaped(&out, (struct slice){"", 0}), "");

    text_clear(&out);
    calendar_append_day(&out, 20778);
    calendar_append_instant(&out, -1);
    calendar_append_instant(&out, (int64_t)20778 * DATE_DAY_SECONDS + 3661);
    CHECK_TEXT(text_string(&out), "20261121"
                                  "19691231T235959Z"
                                  "20261121T010101Z");
    text_clear(&out);
    static const int64_t lengths[] = {0, 86400, -86400, 3600, -5400, 90, -1};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        calendar_append_duration(&out, lengths[i]);
        text_append_byte(&out, ' ');
    }
    CHECK_TEXT(text_string(&out), "P0D P1D -P1D PT1H -PT90M PT90S -PT1S ");
    text_free(&out);
    return tap_done();
}
