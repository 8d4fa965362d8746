// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * state_rules: the options of a state, and those that a state is good for, told as they were given.
 */
#include "options.h"
#include "period.h"
#include "state.h"

const struct option state_options[] = {
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write what has to be known of the events so far, for a later run with --use",
     .offset = offsetof(struct intake_settings, save),
     .written = true},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "go on from a FILE that --save wrote: the input has only the events since",
     .offset = offsetof(struct intake_settings, use)},
    {.kind = OPTION_END},
};

static void tell_list(struct text *rules, const char *name, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        text_format(rules, " --%s=%s", name, list->values[i]);
    }
}

void state_tell_option(struct text *rules, const char *name, const char *value)
{
    if (value != NULL) {
        text_format(rules, " --%s=%s", name, value);
    }
}

void state_tell_rules(const struct intake_settings *intake, struct text *rules)
{
    char window[PERIOD_SIZE];
    text_format(rules, " --start=%s --order=%s", intake_starts[intake->start], intake_orders[intake->order]);
    if (intake->window.months != INTAKE_NO_WINDOW) {
        window[period_print(window, intake->window)] = '\0';
        state_tell_option(rules, "window", window);
    }
    state_tell_option(rules, "steps", intake->steps);
    tell_list(rules, "step", &intake->expressions);
    tell_list(rules, "exclude", &intake->exclude);
    state_tell_option(rules, "ties", intake->ties);
    state_tell_option(rules, "from", intake->from);
    state_tell_option(rules, "to", intake->to);
    state_tell_option(rules, "amount", intake->amount);
    text_append_string(rules, intake->exclude_person ? " --exclude-person" : "");
    text_append_string(rules, intake->sorted ? " --sorted" : "");
}
