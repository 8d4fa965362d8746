// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * starter: policies to begin with, as text.
 */
#ifndef STARTER_H
#define STARTER_H

// For a shop: runs as it stands on the columns that `score rfm | segment rfm` give.
extern const char starter_shop[];

#endif
