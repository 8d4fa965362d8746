// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendars: the calendars of working days that a run knows by name.
 *
 * "none" is there always: Monday to Friday. Files given without a name make the calendar of the rules that name none.
 */
#ifndef CALENDARS_H
#define CALENDARS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "options.h"
#include "slice.h"
#include "text.h"
#include "workdays.h"

struct calendars;

// `encoding`, borrowed, is that of lists that are no UTF-8; NULL: none is allowed.
struct calendars *calendars_create(const char *encoding);
void calendars_free(struct calendars *calendars);

// Reads files into calendars: "FILE[,FILE]..." or "NAME=FILE[,FILE]...". What is wrong was said: then the status is not
// STATUS_DONE.
enum status calendars_read(struct calendars *calendars, struct slice list);

// The same for all that --holidays was given.
enum status calendars_read_all(struct calendars *calendars, const struct option_list *lists);

// The calendar of this name (empty: the one without); *workdays is NULL for Monday to Friday. False when there is none,
// with what is wrong and the nearest name in *problem. `calendars` may be NULL: there is only "none".
bool calendars_find(const struct calendars *calendars, struct slice name, struct workdays **workdays,
                    struct text *problem);

// One note a calendar names the years that were asked about and that no file of it covers.
void calendars_name_unknown(const struct calendars *calendars, const struct diag *diag);

#endif
