// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mailbag: file names for any owner, all different and all within the folder; what may be written over and what not.
 */
#include "../../cmd/remind/mailbag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"
#include "tap.h"

static char folder[] = "/tmp/test_mailbag.XXXXXX";

static const char *path_of(struct slice owner)
{
    static char path[1024];
    struct text text = {0};
    mailbag_path(&text, "out", owner);
    snprintf(path, sizeof path, "%s", text_string(&text));
    text_free(&text);
    return path;
}

static void test_names(void)
{
    CHECK_TEXT(path_of(slice_of("mei")), "out/mei.eml");
    CHECK_TEXT(path_of(slice_of("")), "out/%.eml");
    CHECK_TEXT(path_of(slice_of("Mei Li")), "out/Mei%20Li.eml");
    CHECK_TEXT(path_of(slice_of("..")), "out/%2E..eml");
    CHECK_TEXT(path_of(slice_of(".hidden")), "out/%2Ehidden.eml");
    CHECK_TEXT(path_of(slice_of("a.b")), "out/a.b.eml");
    CHECK_TEXT(path_of(slice_of("/etc/passwd")), "out/%2Fetc%2Fpasswd.eml");
    CHECK_TEXT(path_of(slice_of("%")), "out/%25.eml");
    CHECK_TEXT(path_of(slice_of("%-")), "out/%25-.eml");
    CHECK_TEXT(path_of((struct slice){"a\0b", 3}), "out/a%00b.eml");
    CHECK_TEXT(path_of(slice_of("\xe7\xbe\x8e")), "out/%E7%BE%8E.eml");
}

static void test_a_path_is_added(void)
{
    struct text text = {0};
    text_append_string(&text, "to ");
    mailbag_path(&text, "a/b", slice_of("mei"));
    CHECK_TEXT(text_string(&text), "to a/b/mei.eml");
    text_free(&text);
}

// No file name is longer than file systems take, and long owners who differ at their end only have files of their own.
static void test_long_names(void)
{
    char owner[1001];
    char other[1001];
    char first[1024];
    bool right = true;
    for (size_t length = 1; length <= 1000; length++) {
        memset(owner, 'a', length);
        memset(other, 'a', length);
        other[length - 1] = 'b';
        snprintf(first, sizeof first, "%s", path_of((struct slice){owner, length}));
        right = right && strlen(first) <= strlen("out/") + 200 + strlen(".eml") && strchr(first + 4, '/') == NULL;
        right = right && strcmp(first, path_of((struct slice){other, length})) != 0;
        bool whole = length <= 200;
        right = right && (strncmp(first + 4, owner, length) == 0) == whole;
        right = right && (strncmp(first + 4, "%-", 2) == 0) == !whole;
    }
    CHECK(right);
    memset(owner, ' ', sizeof owner); // its name counts, not its own length
    CHECK(strlen(path_of((struct slice){owner, 66})) == 4 + 66 * 3 + 4);
    CHECK(strlen(path_of((struct slice){owner, 67})) == 4 + 2 + 32 + 4);
}

// Owners of one or two bytes of any kind: no two have the same file, and none lies elsewhere or is hidden.
static void test_every_short_owner_has_a_file_of_his_own(void)
{
    static const char signs[] = {'a', '2', 'E', '.', '/', '%', '-', '~', ' ', '\n', '\0', '\x7f', '\xc3', '\xa9'};
    enum { SIGNS = sizeof signs, COUNT = SIGNS + SIGNS * SIGNS };
    static char names[COUNT][1024];
    bool right = true;
    for (size_t i = 0; i < COUNT; i++) {
        size_t pair = i - SIGNS;
        char owner[2] = {i < SIGNS ? signs[i] : signs[pair / SIGNS], i < SIGNS ? '\0' : signs[pair % SIGNS]};
        snprintf(names[i], sizeof names[i], "%s", path_of((struct slice){owner, i < SIGNS ? 1 : 2}));
        right = right && strncmp(names[i], "out/", 4) == 0 && names[i][4] != '.' && strchr(names[i] + 4, '/') == NULL;
        for (size_t j = 0; j < i; j++) {
            right = right && strcmp(names[i], names[j]) != 0;
        }
    }
    CHECK(right);
}

static void put_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    fputs(content, file);
    fclose(file);
}

static const char *content_of(const char *path)
{
    static char bytes[256];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return "(none)";
    }
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static void test_folders(void)
{
    put_file("a-file", "");
    CHECK(mailbag_opens(".") && mailbag_opens(folder));
    CHECK(!mailbag_opens("a-file") && !mailbag_opens("no-folder") && !mailbag_opens(""));
    remove("a-file");
}

static void test_messages_take_the_place_of_older_ones(void)
{
    CHECK(mailbag_put("mei.eml", slice_of("To: mei\n\nhello\n")));
    CHECK_TEXT(content_of("mei.eml"), "To: mei\n\nhello\n");
    CHECK(mailbag_put("mei.eml", slice_of("To: mei\n")));
    CHECK_TEXT(content_of("mei.eml"), "To: mei\n");
    CHECK(mailbag_put("mei.eml", slice_of("")));
    CHECK_TEXT(content_of("mei.eml"), "");
    CHECK(!mailbag_put("no-folder/mei.eml", slice_of("To: mei\n")));
    remove("mei.eml");
}

// A mode whose operands are read, and which asks about the paths that the test gave it.
struct question {
    const char *path;
    const char *other;
    enum status answer;
};

static struct question question;

static enum status ask(const void *settings, struct program *program)
{
    (void)settings;
    question.answer = mailbag_takes(program, question.path, question.other);
    return STATUS_DONE;
}

static const struct option no_options[] = {{.kind = OPTION_END}};
static const struct mode asking = {.name = "ask",
                                   .summary = "asks",
                                   .usage = "[FILE|-]...",
                                   .examples = {"bag ask", "bag ask"},
                                   .options = no_options,
                                   .run = ask};

static enum status takes(const char *path, const char *other)
{
    static const struct mode *const modes[] = {&asking, NULL};
    static char program[] = "bag";
    static char mode[] = "ask";
    static char operands[2][16] = {"first.csv", "second.csv"};
    char *argv[] = {program, mode, operands[0], operands[1], NULL};
    question = (struct question){path, other, STATUS_DATA};
    CHECK(program_main("bag", "what may be written?", modes, 4, argv) == STATUS_DONE);
    return question.answer;
}

static void test_what_may_be_written_over(void)
{
    put_file("first.csv", "a\n");
    put_file("second.csv", "a\n");
    put_file("owners.csv", "a\n");
    put_file("old.eml", "a\n");
    CHECK(takes("new.eml", NULL) == STATUS_DONE && takes("old.eml", NULL) == STATUS_DONE);
    CHECK(takes("old.eml", "owners.csv") == STATUS_DONE && takes("old.eml", "not-there.csv") == STATUS_DONE);
    CHECK(takes("second.csv", NULL) == STATUS_USAGE && takes("./first.csv", "owners.csv") == STATUS_USAGE);
    CHECK(takes("owners.csv", "owners.csv") == STATUS_USAGE && takes("owners.csv", NULL) == STATUS_DONE);
    CHECK(link("first.csv", "linked.eml") == 0 && takes("linked.eml", NULL) == STATUS_USAGE);
    CHECK(symlink("old.eml", "symbolic.eml") == 0 && takes("symbolic.eml", NULL) == STATUS_SYSTEM);
    CHECK(symlink("nowhere", "dangling.eml") == 0 && takes("dangling.eml", NULL) == STATUS_SYSTEM);
    CHECK(mkfifo("pipe.eml", 0600) == 0 && takes("pipe.eml", NULL) == STATUS_SYSTEM);
    CHECK(takes(".", NULL) == STATUS_SYSTEM && takes("no-folder/new.eml", NULL) == STATUS_DONE);
    static const char *const files[] = {"first.csv",  "second.csv",   "owners.csv",   "old.eml",
                                        "linked.eml", "symbolic.eml", "dangling.eml", "pipe.eml"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        remove(files[i]);
    }
}

int main(void)
{
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_names();
    test_a_path_is_added();
    test_long_names();
    test_every_short_owner_has_a_file_of_his_own();
    test_folders();
    test_messages_take_the_place_of_older_ones();
    test_what_may_be_written_over();
    remove("said");
    rmdir(folder);
    return tap_done();
}
