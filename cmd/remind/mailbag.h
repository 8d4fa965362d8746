// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mailbag: one file a message in a folder, named after the owner.
 */
#ifndef MAILBAG_H
#define MAILBAG_H

#include <stdbool.h>

#include "program.h"
#include "slice.h"
#include "text.h"

// Is the folder there? False, said.
bool mailbag_opens(const char *folder);

// Adds "FOLDER/OWNER.eml" to *path. What is no letter, digit, '-', '_' or '~', and a dot at the beginning, is
// percent-encoded, so no owner's file lies outside the folder, is hidden or is another owner's; one too long for a file
// name is called by its fingerprint.
void mailbag_path(struct text *path, const char *folder, struct slice owner);

// May a file be written there? Not over what is no regular file, nor over one that this run reads (its operands and
// `other`, which may be NULL). Else STATUS_SYSTEM or STATUS_USAGE, said.
enum status mailbag_takes(const struct program *program, const char *path, const char *other);

// Writes the message beside its place and renames it. False, said.
bool mailbag_put(const char *path, struct slice message);

#endif
