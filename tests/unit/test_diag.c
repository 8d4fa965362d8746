// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of diag: the form of messages, one write each, carets by displayed width, quoted values, and nearest names.
 *
 * Standard error is a datagram socket here, which keeps writes apart: what is received at once was written at once.
 */
#include "diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static const struct diag usual = {0};

// What was said in the next write, or "" when nothing was. Good until the next call.
static const char *said(int listener)
{
    static char bytes[65536];
    ssize_t length = recv(listener, bytes, sizeof bytes - 1, MSG_DONTWAIT);
    bytes[length < 0 ? 0 : length] = '\0';
    return bytes;
}

static void messages_have_one_form_and_one_write(int listener)
{
    CHECK_TEXT(diag_program(), "segment");
    diag_error("cannot open '%s'", "orders.csv");
    CHECK_TEXT(said(listener), "segment: cannot open 'orders.csv'\n");
    CHECK_TEXT(said(listener), "");
    diag_error_at("orders.csv", 17, "column '%s': not a number", "amount");
    CHECK_TEXT(said(listener), "segment: orders.csv:17: column 'amount': not a number\n");
    diag_error_at("orders.csv", 0, "no header");
    CHECK_TEXT(said(listener), "segment: orders.csv: no header\n");
    diag_error_at("stdin", UINT64_MAX, "%d", 5);
    CHECK_TEXT(said(listener), "segment: stdin:18446744073709551615: 5\n");
    diag_error_in("rules", 3, 14, "unknown column '%s'", "reveneu");
    CHECK_TEXT(said(listener), "segment: rules:3:14: unknown column 'reveneu'\n");
    diag_error_in("rules", 3, 0, "empty");
    CHECK_TEXT(said(listener), "segment: rules:3: empty\n");
    CHECK_TEXT(said(listener), "");
}

static void a_message_of_any_length_is_whole(int listener)
{
    size_t whole = 0;
    for (int length = 990; length < 1040; length++) {
        char expected[1100];
        snprintf(expected, sizeof expected, "segment: %*s\n", length, "x");
        diag_error("%*s", length, "x");
        whole += strcmp(said(listener), expected) == 0;
    }
    CHECK(whole == 50);
    diag_error("%*s", 50000, "x");
    CHECK(strlen(said(listener)) == strlen("segment: \n") + 50000);
    CHECK_TEXT(said(listener), "");
}

static void notes_obey_quiet_and_verbose(int listener)
{
    struct diag quiet = {.quiet = true};
    struct diag verbose = {.verbose = true};
    diag_note(&usual, "%d rows left out", 3);
    CHECK_TEXT(said(listener), "segment: 3 rows left out\n");
    diag_note(&verbose, "%d rows left out", 4);
    CHECK_TEXT(said(listener), "segment: 4 rows left out\n");
    diag_detail(&verbose, "delimiter: comma");
    CHECK_TEXT(said(listener), "segment: delimiter: comma\n");
    diag_note(&quiet, "never");
    diag_detail(&usual, "never");
    diag_detail(&quiet, "never");
    CHECK_TEXT(said(listener), "");
}

static const char *excerpt(int listener, const char *line, uint64_t column)
{
    diag_excerpt(slice_of(line), column);
    return said(listener);
}

static void the_caret_stands_under_its_column(int listener)
{
    CHECK_TEXT(excerpt(listener, "reveneu > 5", 1), "  reveneu > 5\n  ^\n");
    CHECK_TEXT(excerpt(listener, "reveneu > 5", 11), "  reveneu > 5\n            ^\n");
    CHECK_TEXT(excerpt(listener, "a >", 4), "  a >\n     ^\n");
    CHECK_TEXT(excerpt(listener, "a >", 400), "  a >\n     ^\n");
    CHECK_TEXT(excerpt(listener, "a", 0), "  a\n  ^\n");
    CHECK_TEXT(excerpt(listener, "", 1), "  \n  ^\n");
    CHECK_TEXT(excerpt(listener, "a b\r\n", 3), "  a b\n    ^\n");
    CHECK_TEXT(said(listener), "");
}

static void the_caret_is_placed_by_displayed_width(int listener)
{
    CHECK_TEXT(excerpt(listener, "\ta\tb", 4), "  \ta\tb\n  \t \t^\n");
    CHECK_TEXT(excerpt(listener, "金额 > 5", 8), "  金额 > 5\n       ^\n");
    CHECK_TEXT(excerpt(listener, "金额", 4), "  金额\n    ^\n");
    CHECK_TEXT(excerpt(listener, "金额", 6), "  金额\n    ^\n");
    CHECK_TEXT(excerpt(listener, "e\u0301tat", 4), "  e\u0301tat\n   ^\n");
    CHECK_TEXT(excerpt(listener, "é!", 3), "  é!\n   ^\n");
    CHECK_TEXT(excerpt(listener, "\uff01\uac00\U00020000x", 11), "  \uff01\uac00\U00020000x\n        ^\n");
}

static void an_excerpt_cannot_command_the_terminal(int listener)
{
    CHECK_TEXT(excerpt(listener, "\x1b[2J x", 6), "  ?[2J x\n       ^\n");
    CHECK_TEXT(excerpt(listener, "\x9b\xff x", 4), "  ?? x\n     ^\n");
    CHECK_TEXT(excerpt(listener, "\xc2\x9b x", 4), "  ? x\n    ^\n");
}

static const char *shown(struct slice value)
{
    static char out[DIAG_VALUE_SIZE];
    struct diag showing = {.show_values = true};
    return diag_value(&showing, value, out);
}

static void a_value_is_shown_only_when_asked_for(void)
{
    char out[DIAG_VALUE_SIZE] = "before";
    CHECK_TEXT(diag_value(&usual, slice_of("13812345678"), out), "");
    CHECK_TEXT(out, "");
    CHECK_TEXT(shown(slice_of("13812345678")), " '13812345678'");
    CHECK_TEXT(shown((struct slice){NULL, 0}), " ''");
}

static void a_value_is_cut_at_40_bytes_and_escaped(void)
{
    CHECK_TEXT(shown(slice_of("1234567890123456789012345678901234567890")),
               " '1234567890123456789012345678901234567890'");
    CHECK_TEXT(shown(slice_of("12345678901234567890123456789012345678901")),
               " '1234567890123456789012345678901234567890...'");
    CHECK_TEXT(shown(slice_of("123456789012345678901234567890123456789é")),
               " '123456789012345678901234567890123456789...'");
    CHECK_TEXT(shown(slice_of("a\tb\r\n\x1b[m\x7f金")), " 'a\\tb\\r\\n\\x1b[m\\x7f金'");
    CHECK_TEXT(shown((struct slice){"a\0b", 3}), " 'a\\x00b'");
    CHECK_TEXT(shown(slice_of("\xff\xc3(\xed\xa0\x80\xc0\xaf")), " '\\xff\\xc3(\\xed\\xa0\\x80\\xc0\\xaf'");
    CHECK_TEXT(shown(slice_of("\xc2\x85")), " '\\xc2\\x85'");
}

static void the_longest_value_fits(void)
{
    char controls[100];
    memset(controls, 1, sizeof controls);
    const char *out = shown((struct slice){controls, sizeof controls});
    CHECK(strlen(out) == strlen(" '...'") + 40 * strlen("\\x01"));
    CHECK(strlen(out) < DIAG_VALUE_SIZE);
}

static long nearest(const char *word)
{
    static const char *const names[] = {"revenue", "orders", "customer", "last_order", "金额", "支付金额", "f", "Date"};
    struct slice candidates[8];
    for (size_t i = 0; i < 8; i++) {
        candidates[i] = slice_of(names[i]);
    }
    return diag_nearest(slice_of(word), candidates, 8);
}

static void the_nearest_name_is_found(void)
{
    CHECK(nearest("revenue") == 0);
    CHECK(nearest("reveneu") == 0);
    CHECK(nearest("REVENU") == 0);
    CHECK(nearest("order") == 1);
    CHECK(nearest("costumer") == 2);
    CHECK(nearest("lastorder") == 3);
    CHECK(nearest("金頟") == 4);
    CHECK(nearest("支付金客") == 5);
    CHECK(nearest("date") == 7);
    CHECK(nearest("dtae") == 7);
    CHECK(nearest("F") == 6);
}

static void what_is_far_from_all_names_has_none(void)
{
    CHECK(nearest("channel") == -1);
    CHECK(nearest("x") == -1);
    CHECK(nearest("") == -1);
    CHECK(nearest("rvnuee") == -1); // three changes, two allowed
    CHECK(nearest("dxye") == -1);
    CHECK(diag_nearest(slice_of("a"), NULL, 0) == -1);
}

static void equally_near_names_give_the_first(void)
{
    struct slice names[] = {slice_of("cast"), slice_of("cost"), slice_of("cust")};
    CHECK(diag_nearest(slice_of("cist"), names, 3) == 0);
    CHECK(diag_nearest(slice_of("cust"), names, 3) == 2);
}

static void very_long_names_are_no_trouble(void)
{
    char name[1000];
    memset(name, 'a', sizeof name);
    struct slice names[] = {{name, 1000}, {name, 64}};
    CHECK(diag_nearest((struct slice){name, 1000}, names, 2) == -1);
    CHECK(diag_nearest((struct slice){name, 63}, names, 2) == 1);
    CHECK(diag_nearest((struct slice){name, 64}, names, 2) == 1);
}

static void no_memory_ends_the_program_with_status_3(int listener)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        diag_out_of_memory();
    }
    int status = 0;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_SYSTEM);
    CHECK_TEXT(said(listener), "segment: out of memory\n");
}

int main(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0 || dup2(ends[0], STDERR_FILENO) < 0) {
        return 1;
    }
    diag_set_program("segment");
    messages_have_one_form_and_one_write(ends[1]);
    a_message_of_any_length_is_whole(ends[1]);
    notes_obey_quiet_and_verbose(ends[1]);
    the_caret_stands_under_its_column(ends[1]);
    the_caret_is_placed_by_displayed_width(ends[1]);
    an_excerpt_cannot_command_the_terminal(ends[1]);
    a_value_is_shown_only_when_asked_for();
    a_value_is_cut_at_40_bytes_and_escaped();
    the_longest_value_fits();
    the_nearest_name_is_found();
    what_is_far_from_all_names_has_none();
    equally_near_names_give_the_first();
    very_long_names_are_no_trouble();
    no_memory_ends_the_program_with_status_3(ends[1]);
    return tap_done();
}
