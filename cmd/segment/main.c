// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment: its modes and what it is for; nothing else.
 */
#include "segment.h"

#include <stddef.h>

#include "program.h"

static const struct mode *const modes[] = {
    &segment_rules,  &segment_rfm,    &segment_tier,    &segment_stage, &segment_core,
    &segment_kmeans, &segment_breaks, &segment_summary, &segment_moves, NULL,
};

int main(int argc, char **argv)
{
    return program_main("segment", "what kind of customer is this, and how is that kind to be treated?", modes, argc,
                        argv);
}
