// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel credit notices when conversions are forgotten.
 */
#include "tap.h"

#include "breach.h"

#include "../../cmd/funnel/funnel.h"
#include "../../cmd/funnel/paths.h"

static bool planted;

static void attribute_nothing(const struct paths *paths, const uint32_t *ranks, struct attribution *attribution)
{
    if (!planted) {
        paths_attribute(paths, ranks, attribution);
    }
}

#define paths_attribute attribute_nothing
#include "../../cmd/funnel/credit_write.c"

int main(void)
{
    char *arguments[] = {"funnel", "credit", "--conversion=order", "--today=2026-10-31", NULL};
    breach_check(&funnel_credit, arguments, &planted);
    return tap_done();
}
