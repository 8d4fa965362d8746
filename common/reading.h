// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reading: cells as the numbers that rules compare: numbers, days since 1970-01-01, lengths of time in days.
 *
 * What cell.h reads, and more: a number may be an amount with a currency mark, a length is a period or a plain number
 * of days. The plainest forms are read in line, since a rule reads one cell or more of every row; *value is set on
 * CELL_OK only.
 */
#ifndef READING_H
#define READING_H

#include "cell.h"
#include "slice.h"

enum cell_result reading_number(const struct cell_forms *forms, struct slice cell, double *value);
enum cell_result reading_date(const struct cell_forms *forms, struct slice cell, double *value);
enum cell_result reading_length(const struct cell_forms *forms, struct slice cell, double *value);

#endif
