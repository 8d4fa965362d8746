// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mode: what all modes have in common.
 */
#include "mode.h"

const struct option *mode_options(const struct mode *mode, size_t index)
{
    size_t shared = 0;
    while (mode->shared != NULL && mode->shared[shared] != NULL) {
        if (shared == index) {
            return mode->shared[index];
        }
        shared++;
    }
    return index == shared ? mode->options : NULL;
}
