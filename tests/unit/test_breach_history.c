// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel history notices when a record is not in order of time, or somebody else's.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/biography.h"

static bool planted;

static void settle_wrongly(struct biography *biography)
{
    biography_settle(biography);
    biography->events[0].time += planted ? 1000000000 : 0;
}

#define biography_settle settle_wrongly
#include "../../cmd/funnel/history.c"

int main(void)
{
    char *arguments[] = {"funnel", "history", "--today=2026-10-31", NULL};
    breach_check(&funnel_history, arguments, &planted);
    return tap_done();
}
