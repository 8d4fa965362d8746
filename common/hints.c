// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hints: looks at names and cells as they are, without reading on.
 */
#include "hints.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "roles.h"

static bool is_one_of(char byte, const char *bytes)
{
    return byte != '\0' && strchr(bytes, byte) != NULL;
}

static bool has_wide_comma(struct slice name)
{
    static const struct slice comma = {"\xEF\xBC\x8C", 3};
    for (size_t i = 0; i + comma.length <= name.length; i++) {
        if (slice_starts(slice_part(name, i, name.length), comma)) {
            return true;
        }
    }
    return false;
}

void hints_delimiter(const struct columns *header, char delimiter, struct text *problem)
{
    if (header->count != 1) {
        return;
    }
    struct slice name = header->names[0];
    if (has_wide_comma(name)) {
        text_append_string(problem, "; the header is one column with full-width commas, make them ',' first");
        return;
    }
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.data[i];
        if (byte != delimiter && is_one_of(byte, ",;\t|:^~")) {
            text_append_string(problem, "; the header is one column, try --delimiter='");
            text_append_string(problem, byte == '\t' ? "\\t" : (char[]){byte, '\0'});
            text_append_byte(problem, '\'');
            return;
        }
    }
}

void hints_form(const struct cell_forms *forms, struct slice cell, const char *wanted, struct text *hint)
{
    const char *option = NULL;
    if (strcmp(wanted, "a date") == 0) {
        option = cell_date_option(forms, cell);
    } else if (strcmp(wanted, "an amount") == 0) {
        option = cell_money_option(forms, cell);
    } else if (strcmp(wanted, "a number") == 0) {
        option = cell_number_option(forms, cell);
    }
    if (option != NULL) {
        text_format(hint, " (or use %s)", option);
    }
}

void hints_order_id(const struct columns *columns, struct text *hint)
{
    size_t column;
    struct text problem = {0};
    if (roles_find(columns, ROLE_ORDER_ID, &column, &problem) == ROLES_FOUND) {
        struct slice name = columns->folded[column];
        bool quotes = slice_find(name, ' ', 0) < name.length;
        text_format(hint, " (or use --order-id=%s", quotes ? "'" : "");
        text_append(hint, name);
        text_format(hint, "%s)", quotes ? "'" : "");
    }
    text_free(&problem);
}
