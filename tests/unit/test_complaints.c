// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * complaints: nothing is printed before it is asked for; then files in the order of their first complaint, lines and
 * columns in theirs, each with its line of source and a caret.
 */
#include "complaints.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "tap.h"

// What complaints_print says, read back from a file that stands in for standard error.
static void print_to(const struct complaints *complaints, char *out, size_t size)
{
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    if (file == NULL || kept < 0) {
        abort();
    }
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    complaints_print(complaints);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    size_t length = fread(out, 1, size - 1, file);
    out[length] = '\0';
    fclose(file);
}

static void test_order(void)
{
    char out[2000];
    struct complaints complaints = {0};
    struct slice line = slice_of("A: x > 1 and y < 2\n");
    complaints_add(&complaints, "b.rules", 7, 3, slice_of("B: y"), "%s %d", "third", 3);
    complaints_add(&complaints, "a.rules", 9, 4, line, "sixth");
    complaints_add(&complaints, "a.rules", 9, 1, line, "fourth");
    complaints_add(&complaints, "b.rules", 7, 1, slice_of("B: y"), "second");
    complaints_add(&complaints, "a.rules", 9, 1, line, "fifth");
    complaints_add(&complaints, "b.rules", 2, 0, slice_of("not shown"), "first, of the whole file");
    CHECK(complaints.count == 6);
    print_to(&complaints, out, sizeof out);
    CHECK_TEXT(out, "test: b.rules:2: first, of the whole file\n"
                    "test: b.rules:7:1: second\n  B: y\n  ^\n"
                    "test: b.rules:7:3: third 3\n  B: y\n    ^\n"
                    "test: a.rules:9:1: fourth\n  A: x > 1 and y < 2\n  ^\n"
                    "test: a.rules:9:1: fifth\n  A: x > 1 and y < 2\n  ^\n"
                    "test: a.rules:9:4: sixth\n  A: x > 1 and y < 2\n     ^\n");
    complaints_free(&complaints);
    CHECK(complaints.count == 0 && complaints.first == NULL);
}

static void test_copies(void)
{
    char out[2000];
    char text[] = "a name that is gone later";
    struct complaints complaints = {0};
    complaints_add(&complaints, "r", 1, 0, slice_of(""), "%s", text);
    memset(text, 'x', sizeof text - 1);
    print_to(&complaints, out, sizeof out);
    CHECK_TEXT(out, "test: r:1: a name that is gone later\n");
    complaints_free(&complaints);
}

static void test_none(void)
{
    char out[100];
    struct complaints complaints = {0};
    print_to(&complaints, out, sizeof out);
    CHECK_TEXT(out, "");
    complaints_free(&complaints);
}

int main(void)
{
    diag_set_program("test");
    test_order();
    test_copies();
    test_none();
    return tap_done();
}
