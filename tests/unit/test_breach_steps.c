// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel steps notices when a step has lost somebody.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/funnel.h"
#include "../../cmd/funnel/tally.h"

static bool planted;

static struct tally_row tell_wrongly(struct tally *tally, size_t group, size_t step)
{
    struct tally_row row = tally_step(tally, group, step);
    row.dropped -= planted && step == 1;
    return row;
}

#define tally_step tell_wrongly
#include "../../cmd/funnel/steps_count.c"

int main(void)
{
    char *plain[] = {"funnel", "steps", "--steps=visit,join,order", "--today=2026-10-31", NULL};
    char *groups[] = {"funnel", "steps", "--steps=visit,join,order", "--today=2026-10-31", "--by=channel", NULL};
    breach_check(&funnel_steps, plain, &planted);
    breach_check(&funnel_steps, groups, &planted);
    return tap_done();
}
