// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * inputs: the first one that is standard input has it; any further one is refused.
 */
#include "inputs.h"

#include <stddef.h>
#include <string.h>

static bool is_stdin(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool reads_customers(const struct program *program)
{
    bool reads = program_operand_count(program) == 0;
    for (size_t i = 0; i < program_operand_count(program); i++) {
        reads = reads || is_stdin(program_operand(program, i));
    }
    return reads;
}

bool inputs_check(const struct inputs *inputs, struct program *program)
{
    const struct {
        const char *called;
        const char *path;
    } all[] = {{"policy", inputs->policy}, {"settings", inputs->settings}, {"touches", inputs->touches}};
    const char *taken = reads_customers(program) ? "customers" : NULL;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (!is_stdin(all[i].path)) {
            continue;
        }
        if (taken != NULL) {
            program_wrong(program, "the %s and the %s cannot both be standard input", all[i].called, taken);
            return false;
        }
        taken = all[i].called;
    }
    return true;
}
