// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * attribution: conversions shared out among the channels that people touched before.
 *
 * Channels are numbered by the caller, from 0 on, in an order that does not depend on that of the paths: then neither
 * do the shares, to the last digit. Memory: some 1200 bytes a channel; for ATTRIBUTION_MARKOV also for each pair that
 * follows each other, and 16 bytes for every pair at the end. It lives until attribution_free.
 */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATTRIBUTION_MARKOV_CHANNELS 1000 // at most, for ATTRIBUTION_MARKOV

enum attribution_model {
    ATTRIBUTION_FIRST,          // all to the first touch
    ATTRIBUTION_LAST,           // all to the last one
    ATTRIBUTION_LAST_NONDIRECT, // to the last one that is not direct, or to the last one where all are
    ATTRIBUTION_LINEAR,         // the same to each touch
    ATTRIBUTION_POSITION,       // 40 % each to the first and the last, 20 % to those between; of two half each
    ATTRIBUTION_DECAY,          // to a touch half as much for each half-life before the conversion
    ATTRIBUTION_MARKOV,         // by the removal effects of the chain (markov.h) that all paths make
    ATTRIBUTION_SHAPLEY,        // Shapley values of the game in which channels earn the conversions of the paths that
                                // need no other channel: each path's equally to the distinct channels in it
};

struct attribution_touch {
    uint32_t channel;
    double age; // half-lives before the conversion
};

struct attribution;

// `direct` is the channel of ATTRIBUTION_LAST_NONDIRECT, UINT32_MAX when there is none.
struct attribution *attribution_create(enum attribution_model model, size_t channels, uint32_t direct);
void attribution_free(struct attribution *attribution);

// A path, first touch first, that ended `conversions` times in a conversion, worth `value` together, and `nulls` times
// in nothing. A path without touches is nobody's: its conversions are counted apart.
void attribution_add(struct attribution *attribution, const struct attribution_touch *touches, size_t count,
                     double conversions, double nulls, double value);

// After the last path, before anything is asked.
void attribution_settle(struct attribution *attribution);

double attribution_conversions(const struct attribution *attribution, size_t channel);
double attribution_value(const struct attribution *attribution, size_t channel);

// Of paths without touches.
double attribution_unattributed(const struct attribution *attribution, double *value);

double attribution_total(const struct attribution *attribution);

// Are the conversions of all channels, and those that are nobody's, all there are?
bool attribution_is_sound(const struct attribution *attribution);

#endif
