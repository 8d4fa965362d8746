// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * buyers: the customers that models learn from and predict, read from an order log or from a table of summaries.
 *
 * A log is summed up (purchases.h) in the unit asked for. A table of summaries has columns of exactly these names:
 * x, t_x and T, or for a discrete model x, t_x and n; where they are there also m (mean value of a repeat
 * purchase), weight (how many customers a row stands for) and litt; its times are in the unit asked for, and a row
 * whose x, t_x and T are all blank is a customer of whom nothing is known. Which of the two it is shows in the
 * header. With a column of groups every group has its own histories.
 *
 * Gathers: 24 bytes a customer, the distinct histories (histories.h), and the purchases of a log or, if rows are to
 * be kept, the rows of a table.
 */
#ifndef BUYERS_H
#define BUYERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "histories.h"
#include "map.h"
#include "model.h"
#include "orders.h"
#include "program.h"
#include "purchases.h"
#include "sheet.h"

enum buyers_input {
    BUYERS_AUTO, // by the header
    BUYERS_LOG,
    BUYERS_SUMMARY,
};

// The words of --input, in that order.
extern const char *const buyers_input_words[];

struct buyers_settings {
    struct orders_columns columns;
    int refunds; // enum orders_refunds
    int input;   // enum buyers_input
    int unit;    // enum unit
    const char *by;
    const char *revenue; // of a table of summaries
    double base;         // customers of a cohort at its beginning, for a table of percentages; 0: as the table says
};

// What is to be read, besides what the settings say.
struct buyers_needs {
    enum model_kind kind; // not MODEL_SPEND
    bool litt;            // a table without it will not do
    bool litt_if_there;
    bool rows; // keep the rows of a table
};

struct buyers_group {
    struct histories visits;
    struct histories spends; // of customers with x and m above 0
};

#define BUYERS_NOTHING UINT32_MAX

struct buyer {
    uint32_t group;
    uint32_t number; // of the history, among the group's visits; BUYERS_NOTHING: nothing is known
    double m;        // 0 where x is 0
    double revenue;  // NaN where it is not known
};

struct buyers {
    struct table *table;
    bool from_log;
    bool worth;        // there are amounts
    bool litt;         // there are sums of logarithms
    struct slice by;   // name of the column of groups, empty without one
    struct map *names; // of the groups; a single one without a column
    struct buyers_group *groups;
    size_t group_count;
    struct buyer *rows; // in the order of the purchases, or of the rows
    size_t count;
    size_t capacity;
    struct orders orders;        // of a log
    struct purchases *purchases; // of a log
    struct map *places;          // of a log with groups: customer -> group
    struct sheet sheet;          // of a table
};

// Reads all. False when the table stopped, or there is nothing to be done, which was said: return
// table_status(table). To be freed in either case.
bool buyers_read(struct buyers *buyers, const struct buyers_settings *settings, const struct buyers_needs *needs,
                 struct program *program);

// The name of a group; lives as long as the buyers.
struct slice buyers_group_name(const struct buyers *buyers, size_t group);

// How a group is called in messages: "", or "group 3: ", with its name when values may be shown.
#define BUYERS_LABEL_SIZE 256
const char *buyers_label(const struct buyers *buyers, size_t group, const struct diag *diag,
                         char label[BUYERS_LABEL_SIZE]);

void buyers_free(struct buyers *buyers); // the zero value too

#endif
