// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer: the words.
 */
#include "answer.h"

#include <stddef.h>

bool answer_read(struct slice cell, bool *yes)
{
    static const char *const words[][2] = {
        {"no", "yes"}, {"n", "y"}, {"false", "true"}, {"f", "t"}, {"0", "1"}, {"否", "是"}, {"否", "x"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (int meaning = 0; meaning < 2; meaning++) {
            if (slice_equal_fold(cell, slice_of(words[i][meaning]))) {
                *yes = meaning == 1;
                return true;
            }
        }
    }
    return false;
}
