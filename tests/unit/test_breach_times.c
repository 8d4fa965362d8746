// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel times notices when somebody was lost sight of unseen.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/survival.h"

static bool planted;

static size_t estimate_wrongly(struct survival_person *people, size_t count, struct survival_row *rows)
{
    size_t made = survival_estimate(people, count, rows);
    rows[made - 1].censored += planted;
    return made;
}

#define survival_estimate estimate_wrongly
#include "../../cmd/funnel/times.c"

int main(void)
{
    char *curve[] = {"funnel", "times", "--steps=visit,order", "--today=2026-10-31", NULL};
    char *bins[] = {"funnel", "times", "--steps=visit,order", "--histogram=0,7", "--today=2026-10-31", NULL};
    breach_check(&funnel_times, curve, &planted);
    breach_check(&funnel_times, bins, &planted);
    return tap_done();
}
