// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * signature: a list of magic numbers.
 */
#include "signature.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "encoding.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    struct slice bytes;
    const char *problem;
} known[] = {
    {{"PK\x03\x04", 4}, "an Excel workbook or another ZIP archive; save the sheet as CSV UTF-8 first"},
    {{"\xD0\xCF\x11\xE0", 4}, "an older Excel workbook; save the sheet as CSV UTF-8 first"},
    {{"\x1F\x8B", 2}, "gzip data; use zcat FILE |"},
    {{"%PDF", 4}, "a PDF document; it holds no table that can be read"},
};

// UTF-16 without a byte-order mark is known by its zero bytes, but that is no promise.
static const char *utf16_problem(struct slice start)
{
    const char *name = encoding_without_mark(start);
    if (name == NULL) {
        return NULL;
    }
    return strcmp(name, "UTF-16LE") == 0 ? "UTF-16 text without a byte-order mark; use --encoding=utf-16le"
                                         : "UTF-16 text without a byte-order mark; use --encoding=utf-16be";
}

const char *signature_problem(struct slice start, bool decoded)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        if (slice_starts(start, known[i].bytes)) {
            return known[i].problem;
        }
    }
    return decoded ? NULL : utf16_problem(start);
}
