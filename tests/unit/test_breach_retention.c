// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel retention notices when somebody is in no cohort.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/cohorts.h"

static bool planted;

static void add_some(struct cohorts *cohorts, uint32_t group, struct visits_page page)
{
    if (!planted || page.count > 1) {
        cohorts_add(cohorts, group, page);
    }
}

#define cohorts_add add_some
#include "../../cmd/funnel/retention.c"

int main(void)
{
    char *arguments[] = {"funnel", "retention", "--period=month", "--periods=2", "--today=2026-10-31", NULL};
    breach_check(&funnel_retention, arguments, &planted);
    return tap_done();
}
