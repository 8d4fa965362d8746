// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score: its modes, one constant a file.
 */
#ifndef SCORE_H
#define SCORE_H

#include "program.h"

extern const struct mode score_rfm;
extern const struct mode score_validate;
extern const struct mode score_fit;
extern const struct mode score_clv;
extern const struct mode score_lapse;
extern const struct mode score_activity;
extern const struct mode score_points;
extern const struct mode score_net;

#endif
