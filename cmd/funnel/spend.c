// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * spend: a map of sums. Gathers the channels.
 */
#include "spend.h"

#include "row.h"

static void take_row(struct spend *spend, struct table *table, const struct cell_forms *forms, const struct row *row,
                     size_t channel, size_t cost)
{
    struct money money;
    if (!table_needs(table, row, cost, cell_money(forms, row->cells[cost], &money), "an amount")) {
        return;
    }
    money_add(&spend->total, money);
    money_add(map_add(spend->channels, slice_trim_value(row->cells[channel]), NULL), money);
}

// No option of these modes names a column of this table, so none is offered where it is missing.
static bool find_column(struct table *table, enum role role, const char *name, size_t *column)
{
    return table_optional_role(table, role, NULL, column) &&
           (*column != TABLE_NO_COLUMN || table_column(table, name, "--costs", column));
}

bool spend_read(struct spend *spend, struct table *table, const struct cell_forms *forms)
{
    struct row row;
    size_t channel;
    size_t cost;
    *spend = (struct spend){.channels = map_create(sizeof(struct money_sum))};
    if (table_stopped(table) || !find_column(table, ROLE_CHANNEL, "channel", &channel) ||
        !find_column(table, ROLE_COST, "cost", &cost)) {
        return false;
    }
    while (table_next(table, &row)) {
        take_row(spend, table, forms, &row, channel, cost);
    }
    bool whole = !table_stopped(table);
    table_close(table);
    return whole;
}

void spend_free(struct spend *spend)
{
    if (spend->channels != NULL) {
        map_free(spend->channels);
    }
    *spend = (struct spend){.channels = NULL};
}

const struct money_sum *spend_on(const struct spend *spend, struct slice channel)
{
    uint32_t number = map_find(spend->channels, channel);
    return number == MAP_NONE ? NULL : map_value(spend->channels, number);
}
