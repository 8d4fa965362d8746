// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * steps_text: bars for a terminal, group after group, all on one scale.
 */
#include <stdlib.h>

#include "attempt.h"
#include "bars.h"
#include "groups.h"
#include "heap.h"
#include "output.h"
#include "program.h"
#include "steps.h"
#include "text.h"

// The rows of a group as they are drawn; their names, where they are not the plan's, are in `made`.
static void tell_bars(const struct steps *steps, uint32_t group, struct bars_row *bars, struct text *made)
{
    size_t step_count = steps->tally.steps;
    const struct tally_row *rows = &steps->rows[group * step_count];
    for (size_t i = 0; i < step_count; i++) {
        double first = rows[0].people > 0 ? (double)rows[0].people : 1;
        double previous = (double)rows[i].previous;
        bars[i] = (struct bars_row){.name = steps->intake->plan.steps[i].name,
                                    .people = rows[i].people,
                                    .share = (double)rows[i].people / first,
                                    .previous = previous > 0 ? (double)rows[i].people / previous : -1};
        if (steps->intake->rules.order == ATTEMPT_ANY) {
            text_clear(&made[i]);
            text_format(&made[i], "%zu of %zu", i + 1, step_count);
            bars[i].name = text_slice(&made[i]);
        }
    }
}

// "channel: search, city: Rome"
static void tell_heading(const struct groups *groups, uint32_t group, struct text *heading)
{
    text_clear(heading);
    for (size_t i = 0; i < groups->count; i++) {
        text_append_string(heading, i > 0 ? ", " : "");
        text_append(heading, groups->names[i]);
        text_append_string(heading, ": ");
        struct slice value = groups_value(groups, group, i);
        text_append(heading, value.length > 0 ? value : slice_of("(empty)"));
    }
}

static enum status draw_groups(struct steps *steps, struct output *output, struct text *made)
{
    struct bars_row bars[ATTEMPT_STEPS];
    struct bars_frame frame = {.colour = bars_may_colour(output)};
    struct text heading = {0};
    for (int pass = 0; pass < 2; pass++) {
        bool is_first = true;
        for (uint32_t i = 0; i < steps_group_count(steps); i++) {
            if (!steps_has_rows(steps, i)) {
                continue;
            }
            tell_bars(steps, i, bars, made);
            tell_heading(&steps->intake->groups, i, &heading);
            if (pass == 0) {
                bars_fit(&frame, bars, steps->tally.steps);
            } else {
                output_write(output, slice_of(is_first ? "" : "\n"));
                bars_draw(output, &frame, text_slice(&heading), bars, steps->tally.steps);
            }
            is_first = false;
        }
    }
    text_free(&heading);
    return STATUS_DONE;
}

enum status steps_draw(struct steps *steps)
{
    struct output *output = program_output(steps->intake->program);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    struct text *made = heap_allocate(steps->tally.steps, sizeof *made);
    enum status status = draw_groups(steps, output, made);
    for (size_t i = 0; i < steps->tally.steps; i++) {
        text_free(&made[i]);
    }
    free(made);
    return status;
}
