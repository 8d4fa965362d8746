// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * worth: see worth.h.
 */
#include "worth.h"

#include "money.h"

bool worth_read(struct worth *worth, struct table *table, const struct row *row, const struct cell_forms *forms,
                int64_t *micros)
{
    struct money value = {0};
    enum cell_result read = cell_money(forms, row->cells[worth->column], &value);
    if (!table_needs(table, row, worth->column, read, "an amount")) {
        return false;
    }
    if (value.currency != MONEY_NO_CURRENCY && worth->currency != MONEY_NO_CURRENCY &&
        value.currency != worth->currency) {
        table_refuse(table, row, worth->column, "another currency than in the rows before");
        return false;
    }
    worth->currency = value.currency == MONEY_NO_CURRENCY ? worth->currency : value.currency;
    worth->places = value.places > worth->places ? value.places : worth->places;
    *micros = value.micros;
    return true;
}
