// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * starter: policies to begin with, for a shop (on what `score rfm | segment rfm` gives), a trainer and the manager of
 * communities (on tables with a column `stage`, as `segment stage` gives it), in English and in Chinese.
 */
#ifndef STARTER_H
#define STARTER_H

extern const char starter_shop[];
extern const char starter_trainer[];
extern const char starter_community[];
extern const char starter_shop_zh[];
extern const char starter_trainer_zh[];
extern const char starter_community_zh[];

#endif
