// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * message: headers, encoded words, base64.
 */
#include "message.h"

#include <stddef.h>
#include <string.h>

#include "character.h"
#include "date.h"
#include "fingerprint.h"
#include "zone.h"

// A line with an encoded word has 76 characters at most (RFC 2047, section 2), "Subject: =?UTF-8?B?" and "?=" among
// them.
enum { WORD_BYTES = 39, BASE64_LINE = 57, LINE_MAX_BYTES = 998, PLAIN_MAX = 60, ADDRESS_MAX = 254, LOCAL_MAX = 64 };

static bool is_address_byte(char c)
{
    return c > ' ' && c < 127 && strchr("\"(),:;<>[\\]@", c) == NULL;
}

// Words between dots, none of them empty.
static bool is_dotted(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool dot = text.data[i] == '.';
        if (!is_address_byte(text.data[i]) || (dot && (i == 0 || i + 1 == text.length || text.data[i - 1] == '.'))) {
            return false;
        }
    }
    return text.length > 0;
}

bool message_is_address(struct slice text)
{
    size_t at = slice_find(text, '@', 0);
    return at < text.length && text.length <= ADDRESS_MAX && at <= LOCAL_MAX && text.data[0] != '-' &&
           is_dotted(slice_part(text, 0, at)) && is_dotted(slice_part(text, at + 1, text.length));
}

static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= 128) {
            return false;
        }
    }
    return true;
}

static void append_base64(struct text *out, struct slice bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t count = bytes.length - i < 3 ? bytes.length - i : 3;
        uint32_t three = 0;
        for (size_t j = 0; j < 3; j++) {
            three = three << 8 | (j < count ? (unsigned char)bytes.data[i + j] : 0);
        }
        for (size_t j = 0; j < 4; j++) {
            text_append_byte(out, j <= count ? digits[three >> (18 - 6 * j) & 63] : '=');
        }
    }
}

static void append_line(struct text *out, const char *name, struct slice value)
{
    text_append_string(out, name);
    text_append_string(out, ": ");
    text_append(out, value);
    text_append_byte(out, '\n');
}

// The text with a blank for each control character.
static void append_printable(struct text *out, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(slice_part(text, at, text.length));
        if (character_is_control(character)) {
            text_append_byte(out, ' ');
        } else {
            text_append(out, slice_part(text, at, at + character.length));
        }
        at += character.length;
    }
}

// Encoded words, each of whole characters, one a line.
static void append_words(struct text *out, struct slice text)
{
    size_t at = 0;
    while (at < text.length) {
        size_t end = at;
        while (end < text.length) {
            size_t length = character_at(slice_part(text, end, text.length)).length;
            if (end + length - at > WORD_BYTES) {
                break;
            }
            end += length;
        }
        text_append_string(out, at > 0 ? "\n =?UTF-8?B?" : "=?UTF-8?B?");
        append_base64(out, slice_part(text, at, end));
        text_append_string(out, "?=");
        at = end;
    }
}

// What is short, ASCII and cannot be taken for an encoded word stands as it is.
static bool is_plain(struct slice text)
{
    return text.length == 0 ||
           (is_ascii(text) && text.length <= PLAIN_MAX && memchr(text.data, '?', text.length) == NULL);
}

static void append_subject(struct text *out, struct slice subject)
{
    struct text plain = {0};
    append_printable(&plain, subject);
    text_append_string(out, "Subject: ");
    if (is_plain(text_slice(&plain))) {
        text_append(out, text_slice(&plain));
    } else {
        append_words(out, text_slice(&plain));
    }
    text_append_byte(out, '\n');
    text_free(&plain);
}

static void append_quoted(struct text *out, struct slice name)
{
    text_append_byte(out, '"');
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\') {
            text_append_byte(out, '\\');
        }
        text_append_byte(out, name.data[i]);
    }
    text_append_byte(out, '"');
}

static void append_recipient(struct text *out, const struct message *message)
{
    struct text name = {0};
    append_printable(&name, message->to_name);
    text_append_string(out, "To: ");
    if (name.length > 0) {
        if (is_plain(text_slice(&name))) {
            append_quoted(out, text_slice(&name));
        } else {
            append_words(out, text_slice(&name));
        }
        text_append_string(out, "\n ");
    }
    text_append_byte(out, '<');
    text_append(out, message->to);
    text_append_string(out, ">\n");
    text_free(&name);
}

// "Sat, 21 Nov 2026 09:00:00 +0800"
static void append_date(struct text *out, const struct clock *clock)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct date_civil civil = date_to_civil(clock->today);
    int second = (int)(clock->now - (int64_t)clock->today * DATE_DAY_SECONDS);
    int offset = (int)((clock->now - zone_to_instant(clock->zone, clock->now)) / 60);
    int minutes = offset < 0 ? -offset : offset;
    text_format(out, "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\n", days[date_weekday(clock->today) - 1],
                civil.day, months[civil.month - 1], civil.year, second / 3600, second / 60 % 60, second % 60,
                offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void append_id(struct text *out, const struct message *message, struct slice content)
{
    text_append_string(out, "Message-ID: <");
    fingerprint_append(out, content);
    text_append(out, slice_part(message->to, slice_find(message->to, '@', 0), message->to.length));
    text_append_string(out, ">\n");
}

// Can the body pass as it is? A line "." ends a message for some, and "From " begins one.
static bool passes(struct slice body)
{
    if (!is_ascii(body)) {
        return false;
    }
    for (size_t at = 0; at < body.length;) {
        size_t end = slice_find(body, '\n', at);
        struct slice line = slice_part(body, at, end);
        if (line.length > LINE_MAX_BYTES || slice_is(line, ".") || slice_starts(line, slice_of("From "))) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

static void append_body(struct text *out, struct slice body)
{
    if (passes(body)) {
        append_line(out, "Content-Transfer-Encoding", slice_of("7bit"));
        text_append_byte(out, '\n');
        text_append(out, body);
        return;
    }
    append_line(out, "Content-Transfer-Encoding", slice_of("base64"));
    for (size_t at = 0; at < body.length; at += BASE64_LINE) {
        size_t end = body.length - at < BASE64_LINE ? body.length : at + BASE64_LINE;
        text_append_byte(out, '\n');
        append_base64(out, slice_part(body, at, end));
    }
    text_append_byte(out, '\n');
}

void message_append(struct text *out, const struct message *message, const struct clock *clock)
{
    struct text rest = {0};
    append_date(&rest, clock);
    if (message->from.length > 0) {
        append_line(&rest, "From", message->from);
    }
    append_recipient(&rest, message);
    append_subject(&rest, message->subject);
    append_line(&rest, "Auto-Submitted", slice_of("auto-generated"));
    append_line(&rest, "MIME-Version", slice_of("1.0"));
    append_line(&rest, "Content-Type", slice_of("text/plain; charset=utf-8"));
    append_body(&rest, message->body);
    append_id(out, message, text_slice(&rest));
    text_append(out, text_slice(&rest));
    text_free(&rest);
}
