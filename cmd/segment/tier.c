// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment tier: four tiers of return: high, medium, low and negative.
 *
 * Negative is the sign of the net and never a quantile; zero is low; what is above zero is parted by tertiles, by
 * shares or by cuts. Gathers the rows, but streams where the cuts are given. Sums, differences and cuts are exact
 * decimals.
 */
#include <stddef.h>

#include "cuts_file.h"
#include "grading.h"
#include "segment.h"

enum method {
    METHOD_TERTILE,
    METHOD_SHARE,
    METHOD_CUTS,
};

struct tier_settings {
    const char *net;
    const char *revenue;
    const char *cost;
    const char *future;
    int method;
    const char *cuts;
    const char *by;
    const char *save;
    const char *use;
    int names;
    const char *as;
    const char *treat;
    const char *only;
};

static const char *const method_words[] = {"tertile", "share", "cuts", NULL};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "net",
     .value = "COL",
     .help = "what the customer leaves; without such a column it is revenue less cost",
     .offset = offsetof(struct tier_settings, net)},
    {.kind = OPTION_COLUMN,
     .name = "revenue",
     .value = "COL",
     .help = "what the customer brought",
     .offset = offsetof(struct tier_settings, revenue)},
    {.kind = OPTION_COLUMN,
     .name = "cost",
     .value = "COL",
     .help = "what the customer cost",
     .offset = offsetof(struct tier_settings, cost)},
    {.kind = OPTION_COLUMN,
     .name = "future",
     .value = "COL",
     .help = "add this column, what the customer is still expected to leave, to the net",
     .offset = offsetof(struct tier_settings, future)},
    {.kind = OPTION_CHOICE,
     .name = "method",
     .help =
         "part what is above zero into thirds of the customers (the default), at 80 and 95 % of the sum, or at --cuts",
     .offset = offsetof(struct tier_settings, method),
     .choices = method_words},
    {.kind = OPTION_TEXT,
     .name = "cuts",
     .value = "LOW,HIGH",
     .help = "medium begins above LOW, high above HIGH; means --method=cuts",
     .offset = offsetof(struct tier_settings, cuts)},
    {.kind = OPTION_COLUMN,
     .name = "by",
     .value = "COL",
     .help = "within each group of this column instead of over all",
     .offset = offsetof(struct tier_settings, by)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write the cuts to FILE",
     .offset = offsetof(struct tier_settings, save),
     .written = true},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "take the cuts from FILE, so that two months have the same tiers",
     .offset = offsetof(struct tier_settings, use)},
    {.kind = OPTION_CHOICE,
     .name = "names",
     .help = "labels in English (the default) or Chinese",
     .offset = offsetof(struct tier_settings, names),
     .choices = names_words},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'tier'",
     .offset = offsetof(struct tier_settings, as)},
    {.kind = OPTION_FILE,
     .name = "treat",
     .value = "FILE",
     .help = "add the columns that this table has for each label",
     .offset = offsetof(struct tier_settings, treat)},
    {.kind = OPTION_TEXT,
     .name = "only",
     .value = "LABEL,...",
     .help = "keep rows with these labels only",
     .offset = offsetof(struct tier_settings, only)},
    {.kind = OPTION_END},
};

static const struct tier_settings defaults = {0};

// In the order of enum level, then those who cost more than they bring.
static const char *const words[] = {"high", "medium", "low", "negative", NULL};

enum {
    NEGATIVE = LEVEL_LOW + 1,
};

static bool check_method(const struct tier_settings *settings, struct program *program)
{
    struct levels levels;
    const char *problem = NULL;
    if (settings->cuts != NULL && !cuts_file_read_list(slice_of(settings->cuts), &levels)) {
        problem = "--cuts: not two amounts LOW,HIGH from 0 on, the higher one last";
    } else if (settings->cuts != NULL && settings->method == METHOD_SHARE) {
        problem = "--cuts does not go with --method=share";
    } else if (settings->method == METHOD_CUTS && settings->cuts == NULL && settings->use == NULL) {
        problem = "--method=cuts needs --cuts=LOW,HIGH or --use=FILE";
    } else if (settings->use != NULL && (settings->cuts != NULL || settings->method == METHOD_SHARE)) {
        problem = "--use has the cuts: --cuts and --method do not go with it";
    } else if (settings->save != NULL && (settings->use != NULL || settings->cuts != NULL)) {
        problem = "--save writes cuts that are learnt: --cuts and --use do not go with it";
    }
    if (problem != NULL) {
        program_wrong(program, "%s", problem);
    }
    return problem == NULL;
}

static bool check(const void *given, struct program *program)
{
    const struct tier_settings *settings = given;
    if (settings->net != NULL && (settings->revenue != NULL || settings->cost != NULL)) {
        program_wrong(program, "--net is the net: --revenue and --cost do not go with it");
        return false;
    }
    return check_method(settings, program);
}

// The columns that make the net; TABLE_NO_COLUMN where there is none.
struct sources {
    size_t net;
    size_t revenue;
    size_t cost;
    size_t future;
};

static bool find_net(struct table *table, const struct tier_settings *settings, struct sources *sources,
                     struct program *program)
{
    bool own = settings->revenue == NULL && settings->cost == NULL;
    if (own && !table_optional_role(table, ROLE_NET, settings->net, &sources->net)) {
        return false;
    }
    if (sources->net != TABLE_NO_COLUMN) {
        return true;
    }
    if (!table_optional_role(table, ROLE_REVENUE, settings->revenue, &sources->revenue) ||
        !table_optional_role(table, ROLE_COST, settings->cost, &sources->cost)) {
        return false;
    }
    if (sources->revenue != TABLE_NO_COLUMN && sources->cost != TABLE_NO_COLUMN) {
        return true;
    }
    table_stop(table, program_wrong(program, "no net, and not both revenue and cost: say which columns they are with "
                                             "--net=COL, or --revenue=COL and --cost=COL"));
    return false;
}

static bool find_columns(struct table *table, const struct tier_settings *settings, struct sources *sources,
                         struct program *program)
{
    *sources = (struct sources){TABLE_NO_COLUMN, TABLE_NO_COLUMN, TABLE_NO_COLUMN, TABLE_NO_COLUMN};
    return find_net(table, settings, sources, program) &&
           (settings->future == NULL || table_column(table, settings->future, "--future", &sources->future));
}

// Adds one column's amount with its sign; *result becomes CELL_OK when it is there, CELL_BAD when the row was refused.
static void add(struct grading *grading, const struct row *row, size_t column, int sign, money_wide *value,
                enum cell_result *result)
{
    money_wide amount = 0;
    if (column == TABLE_NO_COLUMN || *result == CELL_BAD) {
        return;
    }
    enum cell_result read = amount_take(&grading->reader, row, column, &amount);
    *value += sign * amount;
    *result = read == CELL_BLANK ? *result : read;
}

// A blank amount beside one that is there counts as nothing.
static enum cell_result read_net(struct grading *grading, const struct row *row, money_wide *value)
{
    const struct sources *sources = grading->state;
    enum cell_result result = CELL_BLANK;
    *value = 0;
    add(grading, row, sources->net, 1, value, &result);
    add(grading, row, sources->revenue, 1, value, &result);
    add(grading, row, sources->cost, -1, value, &result);
    add(grading, row, sources->future, 1, value, &result);
    return result;
}

static size_t word_for(enum cell_result result, money_wide value, const struct levels *levels)
{
    if (result == CELL_BLANK) {
        return RULE_NONE;
    }
    if (value <= 0) {
        return value < 0 ? NEGATIVE : LEVEL_LOW;
    }
    return levels == NULL ? RULE_NONE : (size_t)levels_of(levels, value);
}

static void report(const struct grading *grading, const struct sources *sources, const struct diag *diag)
{
    if (sources->net == TABLE_NO_COLUMN) {
        diag_detail(diag, "net is revenue less cost");
    }
    diag_detail(diag, "blank cells that count as nothing: %llu", (unsigned long long)grading->reader.blanks);
    diag_detail(diag, "rows without a tier: %llu", (unsigned long long)grading->unlabelled);
    if (grading->strangers > 0) {
        diag_note(diag, "rows without a tier, since the cuts know nothing of their group: %llu",
                  (unsigned long long)grading->strangers);
    }
}

// Gives every group its cuts; false with *status when that was not possible.
static bool settle(struct grading *grading, const struct tier_settings *settings, enum status *status)
{
    struct table *table = grading->reader.table;
    bool settled = true;
    if (settings->use != NULL) {
        settled = cuts_file_use(grading->strata, settings->use, settings->by != NULL, grading->program, status);
    } else if (settings->cuts != NULL) {
        grading->by = TABLE_NO_COLUMN; // the same cuts for all
        cuts_file_read_list(slice_of(settings->cuts), strata_give(grading->strata, slice_of("")));
    } else {
        settled = grading_learn(grading, settings->method == METHOD_SHARE ? levels_by_share : levels_by_tertile);
        *status = table_status(table);
        if (settled && settings->save != NULL) {
            *status = STATUS_SYSTEM;
            settled = cuts_file_save(grading->strata, settings->save, settings->by != NULL);
        }
    }
    return settled;
}

static enum status grade(struct grading *grading, const struct tier_settings *settings, struct program *program)
{
    const struct labels_options wanted = {
        .column = "tier",
        .words = words,
        .as = settings->as,
        .only = settings->only,
        .treat = settings->treat,
        .names = (enum names)settings->names,
    };
    struct sources sources;
    grading->state = &sources;
    if (!grading_begin(grading, program, settings->by) ||
        !find_columns(grading->reader.table, settings, &sources, program) ||
        !labels_prepare(&grading->labels, &wanted, NULL, grading->reader.table, program)) {
        return table_status(grading->reader.table);
    }
    enum status status = STATUS_DONE;
    if (!settle(grading, settings, &status)) {
        return status;
    }
    status = grading_write(grading);
    if (!table_stopped(grading->reader.table)) {
        report(grading, &sources, program_diag(program));
    }
    return status;
}

static enum status run(const void *settings, struct program *program)
{
    struct grading grading = {.read = read_net, .word = word_for};
    enum status status = grade(&grading, settings, program);
    grading_free(&grading);
    return status;
}

const struct mode segment_tier = {
    .name = "tier",
    .summary = "four tiers of return: high, medium, low, and negative for those who cost more than they bring",
    .usage = "[FILE|-]...",
    .examples = {"segment tier segment/labelled.csv",
                 "segment tier --method=share --by=country --names=zh segment/labelled.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
