// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * flows: each figure is counted by itself, so that the identity between them is a check.
 */
#include "flows.h"

#include <math.h>
#include <stdbool.h>

void flows_add(struct flow *flows, size_t count, int32_t first, struct visits_page page)
{
    for (size_t i = 0; i < page.count; i++) {
        size_t at = (size_t)((int64_t)page.visits[i].period - first);
        bool follows = i > 0 && page.visits[i].period - 1 == page.visits[i - 1].period;
        bool goes_on = i + 1 < page.count && page.visits[i].period + 1 == page.visits[i + 1].period;
        flows[at].active++;
        flows[at].fresh += i == 0;
        flows[at].retained += follows;
        flows[at].resurrected += i > 0 && !follows;
        if (!goes_on && at + 1 < count) {
            flows[at + 1].churned++;
        }
    }
}

size_t flows_breach(const struct flow *flows, size_t count)
{
    uint64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        const struct flow *flow = &flows[i];
        if (flow->active + flow->churned != before + flow->fresh + flow->resurrected ||
            flow->active != flow->fresh + flow->retained + flow->resurrected) {
            return i;
        }
        before = flow->active;
    }
    return count;
}

double flows_quick_ratio(const struct flow *flow)
{
    return flow->churned == 0 ? NAN : (double)(flow->fresh + flow->resurrected) / (double)flow->churned;
}
