// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * replay: a fuzz target without a fuzzer, for plain 'make check'. Gives it every file of tests/fuzz/corpus/NAME (NAME
 * as in fuzz_NAME, the program's own name), every prefix of those, and some thousand inputs made of the signs that
 * readers stumble over, the same in every run. Speaks TAP; a target that finds a fault aborts, and so ends early.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/tap.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { LARGEST = 1 << 16, PREFIXES_UP_TO = 2048, MADE = 5000, MADE_LONGEST = 60 };

static uint64_t state = 1;

static size_t below(size_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state >> 33) % limit;
}

// A copy of exactly this size, so that a sanitizer sees a read behind its end.
static void give(const char *bytes, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static bool give_file(const char *path)
{
    static char bytes[LARGEST];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t prefix = 0; size <= PREFIXES_UP_TO && prefix < size; prefix++) {
        give(bytes, prefix);
    }
    give(bytes, size);
    return true;
}

static void give_corpus(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "tests/fuzz/corpus/%s", name);
    DIR *folder = opendir(path);
    for (struct dirent *entry = folder == NULL ? NULL : readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "tests/fuzz/corpus/%s/%s", name, entry->d_name);
            tap_report(give_file(path), path, __FILE__, __LINE__);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

static void give_made(void)
{
    static const char *const signs[] = {"a", "b",  "1",    "0",  "9",    "-",     "+",        ".",        ",",
                                        ";", ":",  "\"",   "'",  "\n",   "\r\n",  "\r",       "\t",       " ",
                                        "(", ")",  "[",    "]",  "=",    "<",     ">",        "/",        "~",
                                        "%", "|",  "and ", "or", "not ", "today", "90d",      "2026-02-", "29",
                                        "é", "，", "年",   "\0", "\xff", "\xe2",  "FREQ=",    "BYDAY=",   "else",
                                        "T", "Z",  "null", "in", "#",    "->",    "coalesce", "INTERVAL", "1e9"};
    char bytes[MADE_LONGEST * 8];
    for (int made = 0; made < MADE; made++) {
        size_t size = 0;
        for (size_t count = below(MADE_LONGEST); count > 0; count--) {
            const char *sign = signs[below(sizeof signs / sizeof *signs)];
            size_t length = strlen(sign) == 0 ? 1 : strlen(sign);
            memcpy(bytes + size, sign, length);
            size += length;
        }
        give(bytes, size);
    }
}

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *name = slash == NULL ? "" : slash + strlen("/fuzz_");
    give_corpus(name);
    give_made();
    CHECK(true);
    return tap_done();
}
