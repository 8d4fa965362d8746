// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terms: settings before holidays, which they may name; touches before the policy, which may count from them.
 */
#include "terms.h"

#include <stddef.h>
#include <string.h>

#include "inputs.h"
#include "roles.h"
#include "series.h"

static const char *const leap_words[] = {"feb28", "mar1", NULL};

const struct option terms_options[] = {
    {.kind = OPTION_FILE,
     .letter = 'p',
     .name = "policy",
     .value = "FILE",
     .help = "the rules: one row a rule, see POLICY",
     .offset = offsetof(struct terms_settings, policy)},
    {.kind = OPTION_CHOICE,
     .name = "leap",
     .choices = leap_words,
     .help = "where a rule by the year keeps a 29 February in other years (feb28)",
     .offset = offsetof(struct terms_settings, leap)},
    {.kind = OPTION_LIST,
     .name = "holidays",
     .value = "[NAME=]FILE,...",
     .help = "the days off and the worked weekends of a calendar, for rules with a 'shift'; may be given again",
     .offset = offsetof(struct terms_settings, holidays)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "column that tells customers apart",
     .offset = offsetof(struct terms_settings, customer)},
    {.kind = OPTION_COLUMN,
     .name = "segment",
     .value = "COL",
     .help = "column that the policy's segment is compared with",
     .offset = offsetof(struct terms_settings, labels[POLICY_SEGMENT])},
    {.kind = OPTION_COLUMN,
     .name = "stage",
     .value = "COL",
     .help = "column that the policy's stage is compared with",
     .offset = offsetof(struct terms_settings, labels[POLICY_STAGE])},
    {.kind = OPTION_COLUMN,
     .name = "tier",
     .value = "COL",
     .help = "column that the policy's tier is compared with",
     .offset = offsetof(struct terms_settings, labels[POLICY_TIER])},
    {.kind = OPTION_COLUMN,
     .name = "last-order",
     .value = "COL",
     .help = "column of the last order, from which rules without an anchor count",
     .offset = offsetof(struct terms_settings, last_order)},
    {.kind = OPTION_COLUMN,
     .name = "opt-out",
     .value = "COL",
     .help = "column that says yes for customers who are not to be contacted at all",
     .offset = offsetof(struct terms_settings, opt_out)},
    {.kind = OPTION_COLUMN,
     .name = "paused-until",
     .value = "COL",
     .help = "column with the date before which a customer is not to be contacted",
     .offset = offsetof(struct terms_settings, paused_until)},
    {.kind = OPTION_END},
};

bool terms_check(const struct terms_settings *settings, struct program *program)
{
    const struct inputs inputs = {settings->policy, settings->given, settings->touches};
    if (settings->policy == NULL) {
        program_wrong(program, "which policy? name it with --policy=FILE");
        return false;
    }
    return inputs_check(&inputs, program);
}

enum status terms_open(struct terms *terms, const struct terms_settings *settings, struct program *program)
{
    struct people_options *columns = &terms->columns;
    *terms = (struct terms){.settings = settings, .program = program, .table = program_input(program)};
    *columns = (struct people_options){
        .table = terms->table,
        .today = program_clock(program)->today,
        .policy = &terms->policy,
        .provisions = &terms->provisions,
        .zone = TABLE_NO_COLUMN,
        .forms = program_forms(program),
    };
    if (table_stopped(terms->table) ||
        !table_role(terms->table, ROLE_CUSTOMER, settings->customer, &columns->customer) ||
        !table_optional_role(terms->table, ROLE_OPT_OUT, settings->opt_out, &columns->opt_out) ||
        !table_optional_role(terms->table, ROLE_PAUSED_UNTIL, settings->paused_until, &columns->paused_until)) {
        return table_status(terms->table);
    }
    return STATUS_DONE;
}

static enum status read_holidays(struct terms *terms)
{
    terms->calendars = calendars_create(program_encoding(terms->program));
    enum status status = calendars_read_all(terms->calendars, &terms->settings->holidays);
    for (size_t i = 0; status == STATUS_DONE && i < terms->provisions.holiday_count; i++) {
        status = calendars_read(terms->calendars, terms->provisions.holidays[i]);
    }
    return status;
}

static enum status read_touches(struct terms *terms)
{
    if (terms->settings->touches == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(terms->program, terms->settings->touches);
    terms->touches = touches_read(table, &terms->provisions, program_clock(terms->program));
    terms->columns.touches = terms->touches;
    return terms->touches == NULL ? table_status(table) : STATUS_DONE;
}

static enum status read_policy(struct terms *terms)
{
    const struct terms_settings *settings = terms->settings;
    struct policy_scope scope = {
        .table = terms->table,
        .last_order = settings->last_order,
        .encoding = program_encoding(terms->program),
        .forms = program_forms(terms->program),
        .clock = program_clock(terms->program),
        .calendars = terms->calendars,
        .leap = (enum series_leap)settings->leap,
        .touches = terms->touches != NULL,
    };
    memcpy(scope.roles, settings->labels, sizeof scope.roles);
    return policy_read(&terms->policy, settings->policy, &scope);
}

enum status terms_read(struct terms *terms)
{
    const struct terms_settings *settings = terms->settings;
    enum status status = provisions_read(&terms->provisions, settings->given, terms->table, settings->labels,
                                         program_encoding(terms->program));
    status = status == STATUS_DONE ? read_holidays(terms) : status;
    status = status == STATUS_DONE ? read_touches(terms) : status;
    return status == STATUS_DONE ? read_policy(terms) : status;
}

void terms_name_absent(struct terms *terms)
{
    const struct diag *diag = program_diag(terms->program);
    calendars_name_unknown(terms->calendars, diag);
    if (table_rows(terms->table) > 0) {
        policy_name_absent_labels(&terms->policy, terms->settings->policy, diag);
        provisions_name_absent_labels(&terms->provisions, terms->settings->given, &terms->policy, diag);
    }
}

void terms_free(struct terms *terms)
{
    touches_free(terms->touches);
    policy_free(&terms->policy);
    provisions_free(&terms->provisions);
    calendars_free(terms->calendars);
}
