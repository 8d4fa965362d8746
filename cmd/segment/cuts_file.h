// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cuts_file: the file of --save and --use of the tiers: [group,]tier,cut, the value above which a tier begins.
 *
 * Two rows a group, medium and high. Cuts are exact decimals, written with all their digits.
 */
#ifndef CUTS_FILE_H
#define CUTS_FILE_H

#include <stdbool.h>

#include "levels.h"
#include "program.h"
#include "slice.h"
#include "strata.h"

// "LOW,HIGH": two plain numbers from 0 on, the first not above the second. False when it is something else.
bool cuts_file_read_list(struct slice list, struct levels *levels);

// Reads the file into empty strata; with `groups` it has a column 'group', else all of it belongs to the group without
// a name. False, said, with the status when it is not such a file.
bool cuts_file_use(struct strata *strata, const char *path, bool groups, struct program *program, enum status *status);

// Writes the file. False, said, when it cannot be written.
bool cuts_file_save(const struct strata *strata, const char *path, bool groups);

#endif
