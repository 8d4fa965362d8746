// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * targets: every option that writes is held against every other and against every input; there are a few of each.
 */
#include "targets.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

// The path that option `index`, counted through all groups, says to write; NULL for none. False behind the last.
static bool target_at(const struct option_group *groups, size_t group_count, size_t index, const struct option **option,
                      const char **path)
{
    for (size_t i = 0; i < group_count; i++) {
        for (const struct option *at = groups[i].options; at->kind != OPTION_END; at++) {
            if (index-- > 0) {
                continue;
            }
            *option = at;
            *path = NULL;
            if (at->written) {
                memcpy(path, (const char *)groups[i].settings + at->offset, sizeof *path);
            }
            return true;
        }
    }
    return false;
}

static bool is_one_file(const char *a, const char *b)
{
    struct stat at_a;
    struct stat at_b;
    if (stat(a, &at_a) != 0 || stat(b, &at_b) != 0) {
        return strcmp(a, b) == 0;
    }
    return S_ISREG(at_a.st_mode) && at_a.st_dev == at_b.st_dev && at_a.st_ino == at_b.st_ino;
}

bool targets_differ(const struct option_group *groups, size_t group_count, struct text *problem)
{
    const struct option *first = NULL;
    const struct option *second = NULL;
    const char *first_path = NULL;
    const char *second_path = NULL;
    for (size_t i = 0; target_at(groups, group_count, i, &first, &first_path); i++) {
        if (first_path == NULL) {
            continue;
        }
        for (size_t k = i + 1; target_at(groups, group_count, k, &second, &second_path); k++) {
            if (second_path != NULL && is_one_file(first_path, second_path)) {
                text_format(problem, "--%s and --%s are the same file, '%s'", first->name, second->name, second_path);
                return false;
            }
        }
    }
    return true;
}

bool targets_spare(const struct option_group *groups, size_t group_count, const char *path, struct text *problem)
{
    const struct option *option = NULL;
    const char *target = NULL;
    for (size_t i = 0; target_at(groups, group_count, i, &option, &target); i++) {
        if (target != NULL && strcmp(option->name, "output") != 0 && is_one_file(target, path)) {
            text_format(problem, "--%s would overwrite '%s', which is read", option->name, path);
            return false;
        }
    }
    return true;
}
