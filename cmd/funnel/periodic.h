// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * periodic: the options of the modes that tell of people period by period.
 */
#ifndef PERIODIC_H
#define PERIODIC_H

#include <stdbool.h>

#include "feed.h"
#include "options.h"
#include "program.h"

// What such a mode's settings begin with.
struct periodic_settings {
    struct feed_columns columns;
    int period;     // enum calendar_period
    int week_start; // enum calendar_week_start
    const char *by; // columns, NULL for none
};

// All but those of the columns, which are feed_options. The default of --period is the mode's.
extern const struct option periodic_options[];

// False, said, when the options of these settings do not go together.
bool periodic_check(const struct periodic_settings *settings, struct program *program);

#endif
