// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel: its modes and what it is for; nothing else.
 */
#include "funnel.h"

#include <stddef.h>

#include "program.h"

static const struct mode *const modes[] = {
    &funnel_steps, &funnel_people,  &funnel_retention, &funnel_growth,
    &funnel_times, &funnel_history, &funnel_credit,    NULL,
};

int main(int argc, char **argv)
{
    return program_main("funnel", "how do people get from stranger to regular, and where do they drop out?", modes,
                        argc, argv);
}
