// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel people notices when a level is not made of its steps.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/trails.h"

static bool planted;

static void find_wrongly(struct trails *trails, size_t index, int64_t now, struct trails_attempt *found)
{
    trails_find(trails, index, now, found);
    found->taken &= planted ? ~UINT64_C(2) : UINT64_MAX;
}

#define trails_find find_wrongly
#include "../../cmd/funnel/people.c"

int main(void)
{
    char *plain[] = {"funnel", "people", "--steps=visit,join,order", "--today=2026-10-31", NULL};
    char *any[] = {"funnel", "people", "--steps=order,join,visit", "--order=any", "--today=2026-10-31", NULL};
    breach_check(&funnel_people, plain, &planted);
    breach_check(&funnel_people, any, &planted);
    return tap_done();
}
