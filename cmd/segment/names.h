// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * names: the labels of the built-in groups in the languages of --names.
 *
 * Labels are English in rules and in memory; they are translated where they are printed, and back where they are read
 * again.
 */
#ifndef NAMES_H
#define NAMES_H

#include "slice.h"

enum names {
    NAMES_EN,
    NAMES_ZH,
};

// The words of --names, NULL-terminated, in the order of the enumerators.
extern const char *const names_words[];

// The label as it is printed: itself in English, and when the language has no word for it. Lives as long as the label.
struct slice names_label(enum names names, struct slice label);

// The other way: a label as it was printed in any of the languages, in English; itself when it is no word of ours.
struct slice names_english(struct slice label);

#endif
