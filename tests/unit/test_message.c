// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * message: which texts are addresses, and what a message looks like byte by byte.
 */
#include "../../cmd/remind/message.h"

#include <string.h>

#include "tap.h"

static bool is_address(const char *text)
{
    return message_is_address(slice_of(text));
}

static const char *made(struct text *out, const char *name, const char *subject, const char *body)
{
    struct clock clock;
    if (clock_set(&clock, "2026-11-21 08:00", "Asia/Shanghai") != NULL) {
        return "no clock";
    }
    struct message message = {
        .from = slice_of(""),
        .to = slice_of("a@b.example"),
        .to_name = slice_of(name),
        .subject = slice_of(subject),
        .body = slice_of(body),
    };
    text_clear(out);
    message_append(out, &message, &clock);
    clock_free(&clock);
    const char *whole = text_string(out);
    const char *rest = strstr(whole, "\nDate: "); // behind the id
    return rest == NULL ? whole : rest + 1;
}

int main(void)
{
    struct text out = {0};
    CHECK(is_address("mei@example.org"));
    CHECK(is_address("o'neil+shop_1/x=y@mail-1.example.org"));
    static const char *const none[] = {
        "",        "a",     "@",       "a@",      "@b",         "a@b@c", "a b@c", "a@b c", "a@b\nBcc: c@d",
        "a@b,c@d", "<a@b>", "\"a\"@b", "a..b@c",  ".a@b",       "a.@b",  "a@.b",  "a@b.",  "-f@b",
        "a\\@b",   "a@b;c", "a(x)@b",  "a@b\177", "\303\251@b",
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        CHECK(!is_address(none[i]));
    }

    CHECK_TEXT(made(&out, "", "two contacts", "one\ntwo\n"),
               "Date: Sat, 21 Nov 2026 08:00:00 +0800\nTo: <a@b.example>\nSubject: two contacts\n"
               "Auto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
               "Content-Transfer-Encoding: 7bit\n\none\ntwo\n");
    CHECK_TEXT(made(&out, "A \"B\" \\ C", "\346\227\245", "\303\251\n"),
               "Date: Sat, 21 Nov 2026 08:00:00 +0800\nTo: \"A \\\"B\\\" \\\\ C\"\n <a@b.example>\n"
               "Subject: =?UTF-8?B?5pel?=\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n"
               "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nw6kK\n");
    // Control characters are blanks, so that no header can begin in one.
    CHECK(strstr(made(&out, "x\nBcc: y", "z\r\nCc: y", ""), "\nBcc") == NULL);
    CHECK(strstr(made(&out, "x\nBcc: y", "z\r\nCc: y", ""), "\nSubject: z  Cc: y\n") != NULL);
    // A line that ends a message, or begins one, does not stand in it as it is.
    CHECK(strstr(made(&out, "", "s", "a\n.\nb\n"), "base64\n\nYQouCmIK\n") != NULL);
    CHECK(strstr(made(&out, "", "s", "From me\n"), "base64") != NULL);
    text_free(&out);
    return tap_done();
}
