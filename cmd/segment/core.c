// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment core: who carries a community: top, regular, casual and observer by their share of the activity.
 *
 * Gathers the rows. After GrimoireLab's onion (chaoss/grimoirelab-cereslib), whose 80 and 95 % are kept, but a member
 * counts by the share of those strictly ahead: so one giant is top, equals are of one class, and negative values do no
 * harm. The base is the sum of the values above 0.
 */
#include <stddef.h>

#include "grading.h"
#include "segment.h"

struct core_settings {
    const char *activity;
    const char *by;
    int names;
    const char *as;
    const char *treat;
    const char *only;
};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "activity",
     .value = "COL",
     .help = "how much each one does: messages, answers, orders, points (needed)",
     .offset = offsetof(struct core_settings, activity)},
    {.kind = OPTION_COLUMN,
     .name = "by",
     .value = "COL",
     .help = "within each group of this column instead of over all",
     .offset = offsetof(struct core_settings, by)},
    {.kind = OPTION_CHOICE,
     .name = "names",
     .help = "labels in English (the default) or Chinese",
     .offset = offsetof(struct core_settings, names),
     .choices = names_words},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'core'",
     .offset = offsetof(struct core_settings, as)},
    {.kind = OPTION_FILE,
     .name = "treat",
     .value = "FILE",
     .help = "add the columns that this table has for each label",
     .offset = offsetof(struct core_settings, treat)},
    {.kind = OPTION_TEXT,
     .name = "only",
     .value = "LABEL,...",
     .help = "keep rows with these labels only",
     .offset = offsetof(struct core_settings, only)},
    {.kind = OPTION_END},
};

static const struct core_settings defaults = {0};

// In the order of enum level, then those without activity.
static const char *const words[] = {"top", "regular", "casual", "observer", NULL};

enum {
    OBSERVER = LEVEL_LOW + 1,
};

static bool check(const void *given, struct program *program)
{
    const struct core_settings *settings = given;
    if (settings->activity == NULL) {
        program_wrong(program, "which column tells what each one does? name it with --activity=COL");
        return false;
    }
    return true;
}

static enum cell_result read_activity(struct grading *grading, const struct row *row, money_wide *value)
{
    const size_t *column = grading->state;
    return amount_take(&grading->reader, row, *column, value);
}

static size_t word_for(enum cell_result result, money_wide value, const struct levels *levels)
{
    return result == CELL_BLANK || value <= 0 ? OBSERVER : (size_t)levels_of(levels, value);
}

static enum status grade(struct grading *grading, const struct core_settings *settings, struct program *program)
{
    const struct labels_options wanted = {
        .column = "core",
        .words = words,
        .as = settings->as,
        .only = settings->only,
        .treat = settings->treat,
        .names = (enum names)settings->names,
    };
    size_t column = 0;
    grading->state = &column;
    if (!grading_begin(grading, program, settings->by) ||
        !table_column(grading->reader.table, settings->activity, "--activity", &column) ||
        !labels_prepare(&grading->labels, &wanted, NULL, grading->reader.table, program) ||
        !grading_learn(grading, levels_by_share)) {
        return table_status(grading->reader.table);
    }
    enum status status = grading_write(grading);
    if (grading->reader.blanks > 0) {
        diag_detail(program_diag(program), "blank cells that count as no activity: %llu",
                    (unsigned long long)grading->reader.blanks);
    }
    return status;
}

static enum status run(const void *settings, struct program *program)
{
    struct grading grading = {.read = read_activity, .word = word_for};
    enum status status = grade(&grading, settings, program);
    grading_free(&grading);
    return status;
}

const struct mode segment_core = {
    .name = "core",
    .summary = "who carries a community: top, regular, casual, observer by their share of the activity",
    .usage = "[FILE|-]...",
    .examples = {"segment core --activity=posts segment/members.csv",
                 "segment core --activity=posts --by=group --only=top,regular segment/members.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
