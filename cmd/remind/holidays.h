// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * holidays: reads a file of holidays into a calendar of working days.
 *
 * Two forms are told apart by their first byte. JSON as the project holiday-cn publishes it, a year a file: year,
 * papers, and days of name, date and isOffDay; other members are passed over; without days and papers the year is not
 * published yet, so nothing is known of it. Else CSV with the column date and, where some of the days are worked on, a
 * column working (yes or no; blank is no); of every year that stands in it all holidays are known.
 */
#ifndef HOLIDAYS_H
#define HOLIDAYS_H

#include "diag.h"
#include "workdays.h"

// What is wrong was said: then the status is not STATUS_DONE. `encoding` is that of a CSV that is no UTF-8; NULL: none
// is allowed.
enum status holidays_read(struct workdays *workdays, const char *path, const char *encoding);

#endif
