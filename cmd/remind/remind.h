// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * remind: its modes, one constant a file.
 */
#ifndef REMIND_H
#define REMIND_H

#include "mode.h"

extern const struct mode remind_check;
extern const struct mode remind_compact;
extern const struct mode remind_dates;
extern const struct mode remind_preview;
extern const struct mode remind_due;
extern const struct mode remind_open;
extern const struct mode remind_digest;
extern const struct mode remind_mark;
extern const struct mode remind_silent;
extern const struct mode remind_ics;

#endif
