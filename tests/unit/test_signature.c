// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Files that are no tables are known by their first bytes, and tables are not mistaken for them.
 */
#include "signature.h"

#include "tap.h"

static bool named(const char *bytes, size_t length, const char *word)
{
    const char *problem = signature_problem((struct slice){bytes, length}, false);
    return problem != NULL && strstr(problem, word) != NULL;
}

int main(void)
{
    CHECK(named("PK\x03\x04\x14", 5, "Excel workbook"));
    CHECK(named("\xD0\xCF\x11\xE0\xA1\xB1", 6, "older Excel"));
    CHECK(named("\x1F\x8B\x08", 3, "gzip"));
    CHECK(named("%PDF-1.7", 8, "PDF"));
    CHECK(named("a\0,\0", 4, "utf-16le"));
    CHECK(named("\0a\0,", 4, "utf-16be"));
    CHECK(signature_problem((struct slice){"a\0,\0", 4}, true) == NULL); // and that is known
    CHECK(signature_problem((struct slice){"PK\x03\x04", 4}, true) != NULL);
    CHECK(signature_problem((struct slice){NULL, 0}, false) == NULL);
    CHECK(signature_problem(slice_of("PK,name\n"), false) == NULL);
    CHECK(signature_problem(slice_of("\xEF\xBB\xBFname"), false) == NULL);
    CHECK(signature_problem((struct slice){"a\0\0\0", 4}, false) == NULL);
    CHECK(signature_problem((struct slice){"\0\0\0\0", 4}, false) == NULL);
    // Too short to be sure: NUL is refused elsewhere.
    CHECK(signature_problem((struct slice){"a\0b", 3}, false) == NULL);
    return tap_done();
}
