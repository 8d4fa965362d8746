// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * segment rfm: a group for the scores of recency, frequency and monetary value that 'score rfm' gives.
 *
 * Streams in constant memory. The groups are built-in rule sets (builtin.h), tested once for every combination of
 * scores; 'segment rules' with the dumped set gives the same labels.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "groups.h"
#include "labels.h"
#include "segment.h"

struct rfm_settings {
    const char *scores[GROUPS_SCORES];
    int groups; // position in groups_words
    int names;
    const char *as;
    const char *treat;
    const char *only;
    bool why;
};

static const char *const groups_words[] = {"11", "10", NULL};

static const struct option options[] = {
    {.kind = OPTION_COLUMN,
     .name = "r-score",
     .value = "COL",
     .help = "the score of recency (default r_score)",
     .offset = offsetof(struct rfm_settings, scores[0])},
    {.kind = OPTION_COLUMN,
     .name = "f-score",
     .value = "COL",
     .help = "the score of frequency (default f_score)",
     .offset = offsetof(struct rfm_settings, scores[1])},
    {.kind = OPTION_COLUMN,
     .name = "m-score",
     .value = "COL",
     .help = "the score of monetary value (default m_score)",
     .offset = offsetof(struct rfm_settings, scores[2])},
    {.kind = OPTION_CHOICE,
     .name = "groups",
     .help = "eleven groups (the default), or ten, which need no monetary score",
     .offset = offsetof(struct rfm_settings, groups),
     .choices = groups_words},
    {.kind = OPTION_CHOICE,
     .name = "names",
     .help = "labels in English (the default) or Chinese",
     .offset = offsetof(struct rfm_settings, names),
     .choices = names_words},
    {.kind = OPTION_COLUMN,
     .name = "as",
     .value = "NAME",
     .help = "call the new column NAME instead of 'segment'",
     .offset = offsetof(struct rfm_settings, as)},
    {.kind = OPTION_FILE,
     .name = "treat",
     .value = "FILE",
     .help = "add the columns that this table has for each label",
     .offset = offsetof(struct rfm_settings, treat)},
    {.kind = OPTION_TEXT,
     .name = "only",
     .value = "LABEL,...",
     .help = "keep rows with these labels only",
     .offset = offsetof(struct rfm_settings, only)},
    {.kind = OPTION_FLAG,
     .name = "why",
     .help = "add a column 'why' that names the rule",
     .offset = offsetof(struct rfm_settings, why)},
    {.kind = OPTION_END},
};

static const struct rfm_settings defaults = {0};

static bool check(const void *given, struct program *program)
{
    const struct rfm_settings *settings = given;
    if (settings->groups != 0 && settings->scores[GROUPS_SCORES - 1] != NULL) {
        program_wrong(program, "--m-score: ten groups need no monetary score");
        return false;
    }
    return true;
}

// The scores as they stand in a file.
struct columns_of_scores {
    size_t column[GROUPS_SCORES];
    size_t count; // 3, or 2 where the monetary score does not matter
};

// What was read so far, for the warning about other bins.
struct seen {
    uint64_t rows; // with scores
    unsigned best;
};

enum {
    ROWS_TO_JUDGE = 20, // a table this small may well be without its best customers
};

static bool find_scores(struct table *table, const struct rfm_settings *settings, struct columns_of_scores *scores)
{
    static const char *const option_names[GROUPS_SCORES] = {"--r-score", "--f-score", "--m-score"};
    scores->count = settings->groups == 0 ? 3 : 2;
    bool found = true;
    for (size_t i = 0; found && i < scores->count; i++) {
        const char *name = settings->scores[i];
        found = name == NULL
                    ? table_made_column(table, groups_columns[i], option_names[i], "score rfm", &scores->column[i])
                    : table_column(table, name, option_names[i], &scores->column[i]);
    }
    return found;
}

// One score; 0 for a blank one. False when the row was refused.
static bool read_score(struct table *table, const struct cell_forms *forms, const struct row *row, size_t column,
                       unsigned *score)
{
    double value = 0;
    enum cell_result result = cell_number(forms, row->cells[column], &value);
    if (result == CELL_BLANK) {
        *score = 0;
        return true;
    }
    if (result == CELL_OK && value >= 1 && value <= GROUPS_BEST && floor(value) == value) {
        *score = (unsigned)value;
        return true;
    }
    char reason[] = "score 0 is not between 1 and 5";
    if (result == CELL_OK && value >= 0 && value <= 9 && floor(value) == value) {
        reason[sizeof "score " - 1] = (char)('0' + (int)value);
        table_refuse(table, row, column, reason);
    } else {
        table_refuse(table, row, column, "not a score between 1 and 5");
    }
    return false;
}

// Says which score is missing, where others are there.
static void refuse_half_scored(struct table *table, const struct row *row, const struct columns_of_scores *columns,
                               const unsigned scores[GROUPS_SCORES])
{
    size_t blank = 0;
    while (blank + 1 < columns->count && scores[blank] != 0) {
        blank++;
    }
    table_refuse(table, row, columns->column[blank], "blank, but another score is there");
}

// The rule for a row. False when the row was refused.
static bool find_rule(struct table *table, const struct cell_forms *forms, const struct row *row,
                      const struct columns_of_scores *columns, const struct groups *groups, struct seen *seen,
                      size_t *rule)
{
    unsigned scores[GROUPS_SCORES] = {0};
    unsigned best = 0;
    for (size_t i = 0; i < columns->count; i++) {
        if (!read_score(table, forms, row, columns->column[i], &scores[i])) {
            return false;
        }
        best = scores[i] > best ? scores[i] : best;
    }
    *rule = groups_find(groups, scores);
    if (*rule == RULE_NONE) {
        refuse_half_scored(table, row, columns, scores);
        return false;
    }
    seen->rows += best > 0;
    seen->best = best > seen->best ? best : seen->best;
    return true;
}

static void write_names(struct writer *writer, const struct columns *columns, struct labels *labels)
{
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    labels_write_names(labels, writer);
    writer_end(writer);
}

static void label_rows(struct table *table, const struct columns_of_scores *columns, const struct groups *groups,
                       const struct labels *labels, struct writer *writer, struct program *program)
{
    struct seen seen = {0};
    struct row row;
    while (writer_good(writer) && table_next(table, &row)) {
        size_t rule;
        if (find_rule(table, program_forms(program), &row, columns, groups, &seen, &rule)) {
            labels_write_record(labels, writer, &row, rule);
        }
    }
    if (!table_stopped(table) && seen.rows >= ROWS_TO_JUDGE && seen.best < GROUPS_BEST) {
        diag_note(program_diag(program),
                  "no score is above %u: where scores were made with fewer than %d bins, these groups are wrong",
                  seen.best, GROUPS_BEST);
    }
}

static enum status label_table(struct table *table, const struct rfm_settings *settings, const struct groups *groups,
                               struct labels *labels, struct program *program)
{
    struct columns_of_scores columns;
    const struct labels_options wanted = {
        .as = settings->as,
        .only = settings->only,
        .treat = settings->treat,
        .names = (enum names)settings->names,
        .why = settings->why,
    };
    if (table_stopped(table) || !find_scores(table, settings, &columns) ||
        !labels_prepare(labels, &wanted, groups_rules(groups), table, program)) {
        return table_status(table);
    }
    struct writer *writer = program_writer(program, table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(writer, table_columns(table), labels);
    label_rows(table, &columns, groups, labels, writer, program);
    return table_status(table);
}

static enum status run(const void *given, struct program *program)
{
    const struct rfm_settings *settings = given;
    struct groups *groups = groups_create(settings->groups == 0 ? "rfm11" : "rfm10", program_clock(program));
    struct labels labels = {0};
    enum status status = label_table(program_input(program), settings, groups, &labels, program);
    labels_free(&labels);
    groups_free(groups);
    return status;
}

const struct mode segment_rfm = {
    .name = "rfm",
    .summary = "a group for the scores of recency, frequency and monetary value",
    .usage = "[FILE|-]...",
    .examples = {"score rfm --today=1998-06-30 cdnow-sample.csv | segment rfm",
                 "score rfm --today=1998-06-30 cdnow-sample.csv | segment rfm --names=zh"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
