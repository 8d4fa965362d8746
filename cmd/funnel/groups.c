// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * groups: a map of the values side by side. Gathers the distinct ones.
 */
#include "groups.h"

#include "names.h"

bool groups_read(struct groups *groups, const char *list, struct arena *arena, const char **problem)
{
    struct slice rest = slice_of(list);
    *groups = (struct groups){.values = map_create(0)};
    do {
        struct name name;
        *problem = "too many columns";
        if (groups->count == GROUPS_COLUMNS || !names_take(&rest, ',', arena, &name, problem)) {
            return false;
        }
        for (size_t i = 0; i < groups->count; i++) {
            *problem = "it names a column twice";
            if (slice_equal(groups->names[i], name.text)) {
                return false;
            }
        }
        groups->names[groups->count++] = name.text;
    } while (names_take_end(&rest, ','));
    return true;
}

void groups_free(struct groups *groups)
{
    if (groups->values != NULL) {
        map_free(groups->values);
        text_free(&groups->key);
    }
    *groups = (struct groups){.count = 0};
}

uint32_t groups_find(struct groups *groups, const struct row *row, const size_t *columns)
{
    if (groups->count == 0) {
        return 0;
    }
    text_clear(&groups->key);
    for (size_t i = 0; i < groups->count; i++) {
        if (i > 0) {
            text_append_byte(&groups->key, '\0');
        }
        if (columns[i] != SIZE_MAX) {
            text_append(&groups->key, slice_trim_value(row->cells[columns[i]]));
        }
    }
    return groups_add(groups, text_slice(&groups->key));
}

struct slice groups_value(const struct groups *groups, uint32_t group, size_t column)
{
    struct slice key = map_key(groups->values, group);
    size_t from = 0;
    for (; column > 0; column--) {
        from = slice_find(key, '\0', from) + 1;
    }
    return slice_part(key, from, slice_find(key, '\0', from));
}

uint32_t groups_add(struct groups *groups, struct slice value)
{
    uint32_t number;
    map_add(groups->values, value, &number);
    return number;
}

bool groups_is_blank(const struct groups *groups, uint32_t group)
{
    struct slice key = map_key(groups->values, group);
    return key.length + 1 == groups->count;
}
