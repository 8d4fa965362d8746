// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel growth notices when somebody was there who neither came nor stayed.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/flows.h"

static bool planted;

static void add_wrongly(struct flow *flows, size_t count, int32_t first, struct visits_page page)
{
    flows_add(flows, count, first, page);
    flows[count - 1].active += planted;
}

#define flows_add add_wrongly
#include "../../cmd/funnel/growth.c"

int main(void)
{
    char *arguments[] = {"funnel", "growth", "--today=2026-10-31", NULL};
    breach_check(&funnel_growth, arguments, &planted);
    return tap_done();
}
