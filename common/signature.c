// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * signature: a list of magic numbers and the zero bytes that betray UTF-16.
 */
#include "signature.h"

#include <stdbool.h>
#include <stddef.h>

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

// Two code units of one or two bytes each, the upper halves zero: ASCII in UTF-16 without a byte-order mark.
static bool half_empty(struct slice start, size_t zero, size_t letter)
{
    return start.length >= 4 && start.data[zero] == '\0' && start.data[zero + 2] == '\0' &&
           start.data[letter] != '\0' && start.data[letter + 2] != '\0';
}

static bool is_utf16(struct slice start)
{
    return slice_starts(start, slice_of("\xFF\xFE")) || slice_starts(start, slice_of("\xFE\xFF")) ||
           half_empty(start, 1, 0) || half_empty(start, 0, 1);
}

const char *signature_problem(struct slice start)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        if (slice_starts(start, known[i].bytes)) {
            return known[i].problem;
        }
    }
    return is_utf16(start) ? "UTF-16 text; use iconv -f UTF-16 -t UTF-8 FILE |" : NULL;
}
