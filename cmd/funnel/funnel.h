// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel: the modes that main.c lists.
 */
#ifndef FUNNEL_H
#define FUNNEL_H

#include "mode.h"

extern const struct mode funnel_credit;
extern const struct mode funnel_growth;
extern const struct mode funnel_history;
extern const struct mode funnel_people;
extern const struct mode funnel_retention;
extern const struct mode funnel_steps;
extern const struct mode funnel_times;

#endif
