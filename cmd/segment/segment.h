// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment: its modes, one constant a file.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include "program.h"

extern const struct mode segment_rules;
extern const struct mode segment_rfm;
extern const struct mode segment_tier;
extern const struct mode segment_stage;
extern const struct mode segment_core;
extern const struct mode segment_kmeans;
extern const struct mode segment_breaks;
extern const struct mode segment_summary;
extern const struct mode segment_moves;

#endif
