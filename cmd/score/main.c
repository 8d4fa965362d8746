// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * score: its modes and what it is for; nothing else.
 */
#include "score.h"

#include <stddef.h>

#include "program.h"

static const struct mode *const modes[] = {
    &score_rfm, &score_fit, &score_clv, &score_validate, &score_lapse, &score_activity, &score_points, &score_net, NULL,
};

int main(int argc, char **argv)
{
    return program_main("score", "what is each customer worth, and is he slipping away?", modes, argc, argv);
}
