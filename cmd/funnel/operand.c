// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * operand: views of what was typed.
 */
#include "operand.h"

#include <stdbool.h>

struct slice operand_word(const char *operand)
{
    struct slice text = slice_of(operand);
    size_t sign = slice_find(text, '=', 0);
    bool is_path = sign == text.length || slice_find(text, '/', 0) < sign;
    return slice_part(text, 0, is_path ? 0 : sign);
}

const char *operand_path(const char *operand)
{
    struct slice word = operand_word(operand);
    return word.length == 0 ? operand : operand + word.length + 1;
}
