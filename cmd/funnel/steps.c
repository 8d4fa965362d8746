// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * funnel steps: how many people reach each step, where they stop, and how long they take; one row a step, with --by one
 * block of rows a group. Gathers the events that match a step (trails.h) and at the end the times of each step.
 */
#include <stdlib.h>

#include "bars.h"
#include "funnel.h"
#include "heap.h"
#include "intake.h"
#include "money.h"
#include "output.h"
#include "number.h"
#include "proportion.h"
#include "significance.h"
#include "spend.h"
#include "state.h"
#include "tally.h"
#include "writer.h"

struct steps_settings {
    struct intake_settings intake;
    const char *by;
    const char *attribute;
    const char *costs;
    const char *save;
    const char *use;
    bool compare;
    int format;
    int count;
    int unit;
};

enum { FORMAT_TABLE, FORMAT_TEXT };
static const char *const formats[] = {[FORMAT_TABLE] = "table", [FORMAT_TEXT] = "text", NULL};

enum { COUNT_PEOPLE, COUNT_ATTEMPTS };
static const char *const counts[] = {[COUNT_PEOPLE] = "people", [COUNT_ATTEMPTS] = "attempts", NULL};

static const char *const units[] = {"s", "min", "h", "day", NULL};
static const double unit_seconds[] = {1, 60, 3600, 86400};
enum { UNIT_DAY = 3 };

static const struct option options[] = {
    {.kind = OPTION_TEXT,
     .name = "steps",
     .value = "NAME,...",
     .help = "the steps, each the name of an event; odd names in quotes",
     .offset = offsetof(struct steps_settings, intake.steps)},
    {.kind = OPTION_LIST,
     .letter = 's',
     .name = "step",
     .value = "NAME[: EXPR]",
     .help = "one more step: rows of which EXPR is true, without EXPR those of the event NAME (repeatable)",
     .offset = offsetof(struct steps_settings, intake.expressions)},
    {.kind = OPTION_TEXT,
     .name = "wide-steps",
     .value = "COL,...",
     .help = "the input is a sheet with the date of each step in a column of its own",
     .offset = offsetof(struct steps_settings, intake.wide_steps)},
    {.kind = OPTION_PERIOD,
     .name = "window",
     .value = "PERIOD",
     .help = "steps count only so long after the start, the edge included (default: no end)",
     .offset = offsetof(struct steps_settings, intake.window)},
    {.kind = OPTION_CHOICE,
     .name = "start",
     .help = "which start counts: of the attempts that get furthest the first or the latest, or a person's first only "
             "(default: best)",
     .offset = offsetof(struct steps_settings, intake.start),
     .choices = intake_starts},
    {.kind = OPTION_CHOICE,
     .name = "order",
     .help = "steps in order with gaps between, each the very next event, or in any order (default: gaps)",
     .offset = offsetof(struct steps_settings, intake.order),
     .choices = intake_orders},
    {.kind = OPTION_TEXT,
     .name = "ties",
     .value = "file|strict|SECONDS",
     .help =
         "steps of equal times count as in the file or not at all, or any two so close in either order (default: file)",
     .offset = offsetof(struct steps_settings, intake.ties)},
    {.kind = OPTION_LIST,
     .name = "exclude",
     .value = "NAME[@I-J]",
     .help = "this event between two steps (default: the first and the last) ends an attempt where it is (repeatable)",
     .offset = offsetof(struct steps_settings, intake.exclude)},
    {.kind = OPTION_FLAG,
     .name = "exclude-person",
     .help = "an attempt that was so ended does not count at all",
     .offset = offsetof(struct steps_settings, intake.exclude_person)},
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "DATE",
     .help = "attempts start on this day or later",
     .offset = offsetof(struct steps_settings, intake.from)},
    {.kind = OPTION_TEXT,
     .name = "to",
     .value = "DATE",
     .help = "attempts start on this day or before; what they reach later still counts",
     .offset = offsetof(struct steps_settings, intake.to)},
    {.kind = OPTION_CHOICE,
     .name = "count",
     .help = "count each person once, or every attempt, one after the other (default: people)",
     .offset = offsetof(struct steps_settings, count),
     .choices = counts},
    {.kind = OPTION_TEXT,
     .name = "by",
     .value = "COL,...",
     .help = "count each value apart; a person's value is that of his start event unless --attribute says otherwise",
     .offset = offsetof(struct steps_settings, by)},
    {.kind = OPTION_TEXT,
     .name = "attribute",
     .value = "start|first|last|all|step:N",
     .help =
         "whose value --by takes: the start's, the first or last that is not empty, every value by itself, or that of "
         "step N (default: start)",
     .offset = offsetof(struct steps_settings, attribute)},
    {.kind = OPTION_FLAG,
     .name = "compare",
     .help =
         "add p_value: could each group of --by differ from all others by chance (Fisher's test, Holm's correction)",
     .offset = offsetof(struct steps_settings, compare)},
    {.kind = OPTION_FILE,
     .name = "costs",
     .value = "FILE",
     .help = "add cost and cost_each from a table channel,cost; with --by=COL a channel is a value of COL",
     .offset = offsetof(struct steps_settings, costs)},
    {.kind = OPTION_COLUMN,
     .name = "amount",
     .value = "COL",
     .help = "add value: the sum of this column over the events that made the last step",
     .offset = offsetof(struct steps_settings, intake.amount)},
    {.kind = OPTION_FILE,
     .name = "save",
     .value = "FILE",
     .help = "write what has to be known of the events so far, for a later run with --use",
     .offset = offsetof(struct steps_settings, save)},
    {.kind = OPTION_FILE,
     .name = "use",
     .value = "FILE",
     .help = "go on from a FILE that --save wrote: the input has only the events since",
     .offset = offsetof(struct steps_settings, use)},
    {.kind = OPTION_CHOICE,
     .name = "unit",
     .help = "the unit of times (default: day)",
     .offset = offsetof(struct steps_settings, unit),
     .choices = units},
    {.kind = OPTION_CHOICE,
     .name = "format",
     .help = "a table, or text with bars for a terminal (default: table)",
     .offset = offsetof(struct steps_settings, format),
     .choices = formats},
    {.kind = OPTION_FLAG,
     .name = "allow-absent",
     .help = "a step named after an event that no row has is only warned of",
     .offset = offsetof(struct steps_settings, intake.allow_absent)},
    {.kind = OPTION_FLAG,
     .name = "sorted",
     .help = "rows come in order of time (checked): memory grows with people, not with events",
     .offset = offsetof(struct steps_settings, intake.sorted)},
    {.kind = OPTION_COLUMN,
     .name = "customer",
     .value = "COL",
     .help = "who it was: a person, or a session or group to be counted instead",
     .offset = offsetof(struct steps_settings, intake.columns.customer)},
    {.kind = OPTION_COLUMN,
     .name = "time",
     .value = "COL",
     .help = "when it was",
     .offset = offsetof(struct steps_settings, intake.columns.time)},
    {.kind = OPTION_COLUMN,
     .name = "event",
     .value = "COL",
     .help = "what it was",
     .offset = offsetof(struct steps_settings, intake.columns.event)},
    {.kind = OPTION_END},
};

static const struct steps_settings defaults = {.intake = {.window = {.months = INTAKE_NO_WINDOW}}, .unit = UNIT_DAY};

static const char *const names[] = {"step", "name",    "people", "of_first",    "of_previous", "low",
                                    "high", "dropped", "open",   "median_time", "p90_time",    "mean_time"};
enum { COLUMNS_MOST = 16 };

enum attribute { ATTRIBUTE_START, ATTRIBUTE_FIRST, ATTRIBUTE_LAST, ATTRIBUTE_ALL, ATTRIBUTE_STEP };

struct attribution {
    enum attribute kind;
    size_t step; // from 0
};

// What a run counts and writes.
struct count {
    const struct steps_settings *settings;
    struct intake *intake;
    struct attribution attribution;
    struct tally tally;
    struct spend spend;
    struct tally_row *rows; // of all groups, group after group
    double *p_values;       // of these rows
};

static bool read_attribution(const char *text, struct attribution *attribution)
{
    static const char *const words[] = {"start", "first", "last", "all"};
    struct slice given = slice_of(text == NULL ? "start" : text);
    *attribution = (struct attribution){.kind = ATTRIBUTE_START};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_is(given, words[i])) {
            attribution->kind = (enum attribute)i;
            return true;
        }
    }
    struct slice prefix = slice_of("step:");
    int64_t step;
    if (!slice_starts(given, prefix) || !number_read_whole(slice_part(given, prefix.length, given.length), &step) ||
        step < 1) {
        return false;
    }
    *attribution = (struct attribution){.kind = ATTRIBUTE_STEP, .step = (size_t)step - 1};
    return true;
}

static bool check(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    struct attribution attribution;
    if (!intake_check(&settings->intake, program)) {
        return false;
    }
    if (!read_attribution(settings->attribute, &attribution)) {
        program_wrong(program, "--attribute: start, first, last, all or step:N");
    } else if (settings->by == NULL && (settings->attribute != NULL || settings->compare)) {
        program_wrong(program, "%s needs --by", settings->compare ? "--compare" : "--attribute");
    } else if ((settings->save != NULL || settings->use != NULL) && settings->intake.wide_steps != NULL) {
        program_wrong(program, "--save and --use are for a log: a wide sheet is whole every time");
    } else if (settings->count == COUNT_ATTEMPTS && settings->intake.start != ATTEMPT_BEST) {
        program_wrong(program, "--start chooses one attempt of a person: it does not go with --count=attempts");
    } else if (settings->count == COUNT_ATTEMPTS && settings->intake.exclude_person) {
        program_wrong(program, "--exclude-person does not go with --count=attempts");
    } else {
        return true;
    }
    return false;
}

static bool has_value(const struct intake *intake, const struct trails_attempt *attempt, size_t step)
{
    return (attempt->taken >> step & 1) != 0 && !groups_is_blank(&intake->groups, attempt->steps[step].label);
}

static uint32_t first_value(const struct intake *intake, const struct trails_attempt *attempt)
{
    for (size_t i = 0; i < attempt->level; i++) {
        if (has_value(intake, attempt, i)) {
            return attempt->steps[i].label;
        }
    }
    return attempt->steps[0].label;
}

static uint32_t last_value(const struct intake *intake, const struct trails_attempt *attempt)
{
    for (size_t i = attempt->level; i > 0; i--) {
        if (has_value(intake, attempt, i - 1)) {
            return attempt->steps[i - 1].label;
        }
    }
    return attempt->steps[0].label;
}

// False when the attempt did not come to the step whose value counts.
static bool find_group(const struct count *count, const struct trails_attempt *attempt, uint32_t *group)
{
    *group = attempt->steps[0].label;
    if (count->attribution.kind == ATTRIBUTE_FIRST) {
        *group = first_value(count->intake, attempt);
    } else if (count->attribution.kind == ATTRIBUTE_LAST) {
        *group = last_value(count->intake, attempt);
    } else if (count->attribution.kind == ATTRIBUTE_STEP) {
        for (size_t i = 0; i < attempt->level; i++) {
            if ((attempt->taken >> i & 1) != 0 && attempt->served[i] == count->attribution.step) {
                *group = attempt->steps[i].label;
                return true;
            }
        }
        return false;
    }
    return true;
}

static void count_attempt(void *context, const struct trails_attempt *attempt)
{
    struct count *count = context;
    struct tally_person person = {.level = attempt->level, .taken = attempt->taken, .open = attempt->open};
    uint32_t group;
    if (!find_group(count, attempt, &group)) {
        return;
    }
    for (size_t i = 0; i < attempt->level; i++) {
        if ((attempt->taken >> i & 1) != 0) {
            person.times[i] = attempt->steps[i].time - attempt->steps[0].time;
            person.value += attempt->steps[i].amount;
        }
    }
    tally_add(&count->tally, group, &person);
}

static void count_people(struct count *count)
{
    struct trails_visitor visitor = {.each = count->settings->count == COUNT_ATTEMPTS,
                                     .apart = count->attribution.kind == ATTRIBUTE_ALL,
                                     .visit = count_attempt,
                                     .context = count};
    for (size_t i = 0; i < trails_count(count->intake->trails); i++) {
        trails_visit(count->intake->trails, i, count->intake->now, &visitor);
    }
}

// Our own columns, in order. Returns how many.
static size_t name_columns(const struct steps_settings *settings, const char *columns[COLUMNS_MOST])
{
    size_t count = 0;
    for (; count < sizeof names / sizeof names[0]; count++) {
        columns[count] = names[count];
    }
    if (settings->costs != NULL) {
        columns[count++] = "cost";
        columns[count++] = "cost_each";
    }
    if (settings->intake.amount != NULL) {
        columns[count++] = "value";
    }
    if (settings->compare) {
        columns[count++] = "p_value";
    }
    return count;
}

static void write_names(struct writer *writer, const struct count *count)
{
    const char *columns[COLUMNS_MOST];
    size_t column_count = name_columns(count->settings, columns);
    for (size_t i = 0; i < count->intake->groups.count; i++) {
        writer_name(writer, count->intake->groups.names[i]);
    }
    for (size_t i = 0; i < column_count; i++) {
        writer_name(writer, slice_of(columns[i]));
    }
    writer_end(writer);
}

static void write_group(struct writer *writer, const struct groups *groups, uint32_t group)
{
    for (size_t i = 0; i < groups->count; i++) {
        writer_text(writer, groups_value(groups, group, i));
    }
}

static void write_share(struct writer *writer, uint64_t part, uint64_t whole)
{
    if (whole == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, (double)part / (double)whole);
    }
}

static void write_blanks(struct writer *writer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        writer_blank(writer);
    }
}

static void write_rates(struct writer *writer, const struct tally_row *row, uint64_t first, bool is_first)
{
    write_share(writer, row->people, first);
    if (is_first) {
        writer_blank(writer);
    } else {
        write_share(writer, row->people, row->previous);
    }
    if (first == 0) {
        write_blanks(writer, 2);
        return;
    }
    double low;
    double high;
    proportion_wilson((double)row->people, (double)first, &low, &high);
    writer_number(writer, low);
    writer_number(writer, high);
}

static void write_dropped(struct writer *writer, const struct tally_row *row, bool is_first)
{
    if (is_first) {
        write_blanks(writer, 2);
        return;
    }
    writer_whole(writer, (int64_t)row->dropped);
    writer_whole(writer, (int64_t)row->open);
}

static void write_times(struct writer *writer, const struct tally_row *row, double unit)
{
    if (row->people == 0) {
        write_blanks(writer, 3);
        return;
    }
    writer_number(writer, row->median / unit);
    writer_number(writer, row->p90 / unit);
    writer_number(writer, row->mean / unit);
}

// What was spent on a group; NULL when that is not known.
static const struct money_sum *cost_of(const struct count *count, uint32_t group)
{
    bool by = count->intake->groups.count > 0;
    return by ? spend_on(&count->spend, groups_value(&count->intake->groups, group, 0)) : &count->spend.total;
}

static void write_cost(struct writer *writer, const struct money_sum *cost, uint64_t people)
{
    if (cost == NULL) {
        write_blanks(writer, 2);
        return;
    }
    writer_money(writer, *cost);
    if (people == 0) {
        writer_blank(writer);
    } else {
        writer_number(writer, money_number(*cost) / (double)people);
    }
}

static void write_more(struct writer *writer, const struct count *count, uint32_t group, size_t step)
{
    size_t place = group * count->tally.steps + step;
    const struct tally_row *row = &count->rows[place];
    if (count->settings->costs != NULL) {
        write_cost(writer, cost_of(count, group), row->people);
    }
    if (count->settings->intake.amount != NULL) {
        if (step + 1 == count->tally.steps) {
            writer_money(writer, (struct money_sum){row->value, count->intake->places});
        } else {
            writer_blank(writer);
        }
    }
    if (count->settings->compare && (step == 0 || count->p_values[place] < 0)) {
        writer_blank(writer);
    } else if (count->settings->compare) {
        writer_number(writer, count->p_values[place]);
    }
}

// In any order a step is a number of steps.
static void write_step(struct writer *writer, const struct intake *intake, size_t step)
{
    writer_whole(writer, (int64_t)step + 1);
    if (intake->rules.order == ATTEMPT_ANY) {
        struct text name = {0};
        text_format(&name, "%zu of %zu", step + 1, intake->plan.count);
        writer_text(writer, text_slice(&name));
        text_free(&name);
    } else {
        writer_text(writer, intake->plan.steps[step].name);
    }
}

static void write_rows(struct writer *writer, const struct count *count, uint32_t group)
{
    const struct tally_row *rows = &count->rows[group * count->tally.steps];
    for (size_t i = 0; i < count->tally.steps; i++) {
        write_group(writer, &count->intake->groups, group);
        write_step(writer, count->intake, i);
        writer_whole(writer, (int64_t)rows[i].people);
        write_rates(writer, &rows[i], rows[0].people, i == 0);
        write_dropped(writer, &rows[i], i == 0);
        write_times(writer, &rows[i], unit_seconds[count->settings->unit]);
        write_more(writer, count, group, i);
        writer_end(writer);
    }
}

static size_t group_count(const struct count *count)
{
    return count->intake->groups.count > 0 ? count->tally.count : 1;
}

// A group has rows when somebody is in it or something was spent on it.
static bool has_rows(const struct count *count, uint32_t group)
{
    bool by = count->intake->groups.count > 0;
    return !by || tally_people(&count->tally, group) > 0 ||
           (count->settings->costs != NULL && cost_of(count, group) != NULL);
}

static enum status write_table(struct count *count)
{
    struct writer *writer = program_writer(count->intake->program, intake_table(count->intake));
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    write_names(writer, count);
    for (uint32_t i = 0; i < group_count(count) && writer_good(writer); i++) {
        if (has_rows(count, i)) {
            write_rows(writer, count, i);
        }
    }
    return STATUS_DONE;
}

// The rows of a group as they are drawn; their names, where they are not the plan's, are in `made`.
static void tell_bars(const struct count *count, uint32_t group, struct bars_row *bars, struct text *made)
{
    size_t steps = count->tally.steps;
    const struct tally_row *rows = &count->rows[group * steps];
    for (size_t i = 0; i < steps; i++) {
        double first = rows[0].people > 0 ? (double)rows[0].people : 1;
        double previous = (double)rows[i].previous;
        bars[i] = (struct bars_row){.name = count->intake->plan.steps[i].name,
                                    .people = rows[i].people,
                                    .share = (double)rows[i].people / first,
                                    .previous = previous > 0 ? (double)rows[i].people / previous : -1};
        if (count->intake->rules.order == ATTEMPT_ANY) {
            text_clear(&made[i]);
            text_format(&made[i], "%zu of %zu", i + 1, steps);
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

static enum status draw_groups(struct count *count, struct output *output, struct text *made)
{
    struct bars_row bars[ATTEMPT_STEPS];
    struct bars_frame frame = {.colour = bars_may_colour(output)};
    struct text heading = {0};
    for (int pass = 0; pass < 2; pass++) {
        bool is_first = true;
        for (uint32_t i = 0; i < group_count(count); i++) {
            if (!has_rows(count, i)) {
                continue;
            }
            tell_bars(count, i, bars, made);
            tell_heading(&count->intake->groups, i, &heading);
            if (pass == 0) {
                bars_fit(&frame, bars, count->tally.steps);
            } else {
                output_write(output, slice_of(is_first ? "" : "\n"));
                bars_draw(output, &frame, text_slice(&heading), bars, count->tally.steps);
            }
            is_first = false;
        }
    }
    text_free(&heading);
    return STATUS_DONE;
}

static enum status draw(struct count *count)
{
    struct output *output = program_output(count->intake->program);
    if (output == NULL) {
        return STATUS_SYSTEM;
    }
    struct text *made = heap_allocate(count->tally.steps, sizeof *made);
    enum status status = draw_groups(count, output, made);
    for (size_t i = 0; i < count->tally.steps; i++) {
        text_free(&made[i]);
    }
    free(made);
    return status;
}

// Each group's share of a step against that of all others together.
static void compare_step(struct count *count, size_t step)
{
    size_t groups = group_count(count);
    size_t steps = count->tally.steps;
    double *values = heap_allocate(groups, sizeof *values);
    uint64_t people = 0;
    uint64_t hits = 0;
    for (size_t i = 0; i < groups; i++) {
        people += count->rows[i * steps].people;
        hits += count->rows[i * steps + step].people;
    }
    size_t tests = 0;
    for (size_t i = 0; i < groups; i++) {
        uint64_t own = count->rows[i * steps].people;
        uint64_t own_hits = count->rows[i * steps + step].people;
        if (own > 0 && own < people) {
            values[tests++] = significance_fisher(own_hits, own, hits - own_hits, people - own);
        }
    }
    significance_holm(values, tests);
    for (size_t i = groups; i > 0; i--) {
        uint64_t own = count->rows[(i - 1) * steps].people;
        count->p_values[(i - 1) * steps + step] = own > 0 && own < people ? values[--tests] : -1;
    }
    free(values);
}

// Channels that money was spent on and that nobody began with get groups of their own, at the end.
static void add_idle_channels(struct count *count)
{
    struct money_sum idle = {.micros = 0};
    size_t channels = 0;
    for (uint32_t i = 0; i < map_count(count->spend.channels); i++) {
        uint32_t group = groups_add(&count->intake->groups, map_key(count->spend.channels, i));
        if (tally_people(&count->tally, group) == 0) {
            const struct money_sum *cost = map_value(count->spend.channels, i);
            money_add_sum(&idle, *cost);
            channels++;
            tally_step(&count->tally, group, 0);
        }
    }
    if (channels > 0) {
        char amount[MONEY_SIZE];
        amount[money_print(amount, idle)] = '\0';
        diag_note(program_diag(count->intake->program), "%s of the costs is for %zu channel%s that nobody began with",
                  amount, channels, channels == 1 ? "" : "s");
    }
}

// The rows of all groups. False, said, when people are not conserved.
static bool tell_rows(struct count *count)
{
    size_t steps = count->tally.steps;
    size_t groups = group_count(count);
    count->rows = heap_allocate(groups * steps, sizeof *count->rows);
    count->p_values = heap_allocate(groups * steps, sizeof *count->p_values);
    for (size_t i = 0; i < groups; i++) {
        struct tally_row *rows = &count->rows[i * steps];
        for (size_t step = 0; step < steps; step++) {
            rows[step] = tally_step(&count->tally, i, step);
        }
        size_t breach = tally_breach(&count->tally, rows);
        if (breach < steps) {
            diag_error("step %zu: people are not conserved (a fault of this program)", breach + 1);
            return false;
        }
    }
    for (size_t step = 1; step < steps && count->settings->compare; step++) {
        compare_step(count, step);
    }
    return true;
}

// A column of --by that has the name of one of ours would make the output ambiguous.
static bool group_names_are_free(const struct count *count)
{
    const struct intake *intake = count->intake;
    const char *columns[COLUMNS_MOST];
    size_t column_count = name_columns(count->settings, columns);
    for (size_t i = 0; i < intake->groups.count; i++) {
        for (size_t j = 0; j < column_count; j++) {
            if (slice_is(intake->groups.names[i], columns[j])) {
                program_wrong(intake->program, "--by: the output has a column '%s' of its own", columns[j]);
                return false;
            }
        }
    }
    return true;
}

static bool check_against_input(const struct count *count)
{
    struct intake *intake = count->intake;
    if (count->attribution.step >= intake->plan.count) {
        program_wrong(intake->program, "--attribute: there are only %zu steps", intake->plan.count);
        return false;
    }
    if (count->settings->costs != NULL && intake->groups.count > 1) {
        program_wrong(intake->program, "--costs: with --by of one column, or without");
        return false;
    }
    return group_names_are_free(count);
}

// The table of costs is read before the log, so that a fault in it is said at once.
static enum status read_costs(struct count *count)
{
    struct program *program = count->intake->program;
    if (count->settings->costs == NULL) {
        return STATUS_DONE;
    }
    struct table *table = program_side_table(program, count->settings->costs);
    return spend_read(&count->spend, table, program_forms(program)) ? STATUS_DONE : table_status(table);
}

static void warn_of_dates(const struct count *count)
{
    const struct intake *intake = count->intake;
    const struct diag *diag = program_diag(intake->program);
    if (!intake->any || intake->has_times || intake->plan.count < 2) {
        return;
    }
    if (intake->rules.ties == ATTEMPT_STRICT) {
        diag_note(diag, "the log has dates without times: with --ties=strict no two steps of one day count");
    }
    if (intake->rules.order == ATTEMPT_ANY) {
        diag_note(diag,
                  "the log has dates without times and --order=any asks for no order: the counts are upper bounds");
    }
}

static void tell_list(struct text *rules, const char *name, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        text_format(rules, " --%s=%s", name, list->values[i]);
    }
}

static void tell_option(struct text *rules, const char *name, const char *value)
{
    if (value != NULL) {
        text_format(rules, " --%s=%s", name, value);
    }
}

// The options that decide what a state holds, as they were given.
static void tell_rules(const struct steps_settings *settings, struct text *rules)
{
    char window[PERIOD_SIZE];
    const struct intake_settings *intake = &settings->intake;
    text_format(rules, "--start=%s --order=%s --count=%s", intake_starts[intake->start], intake_orders[intake->order],
                counts[settings->count]);
    if (intake->window.months != INTAKE_NO_WINDOW) {
        window[period_print(window, intake->window)] = '\0';
        tell_option(rules, "window", window);
    }
    tell_option(rules, "steps", intake->steps);
    tell_list(rules, "step", &intake->expressions);
    tell_list(rules, "exclude", &intake->exclude);
    tell_option(rules, "ties", intake->ties);
    tell_option(rules, "from", intake->from);
    tell_option(rules, "to", intake->to);
    tell_option(rules, "amount", intake->amount);
    tell_option(rules, "by", settings->by);
    tell_option(rules, "attribute", settings->attribute);
    text_append_string(rules, intake->exclude_person ? " --exclude-person" : "");
    text_append_string(rules, intake->sorted ? " --sorted" : "");
}

// What --use knows comes before the input.
static enum status read_log(struct count *count, struct slice rules)
{
    const char *use = count->settings->use;
    enum status status = use == NULL ? STATUS_DONE : state_use(count->intake, use, rules);
    return status == STATUS_DONE ? intake_read(count->intake) : status;
}

// After the output took all of it, lest a run that is repeated counts its events twice.
static enum status save(struct count *count, struct slice rules)
{
    enum status status = program_deliver(count->intake->program);
    return status == STATUS_DONE ? state_save(count->intake, count->settings->save, rules) : status;
}

static enum status write_counts(struct count *count)
{
    warn_of_dates(count);
    count_people(count);
    if (count->settings->save == NULL) {
        intake_forget(count->intake);
    }
    if (count->settings->costs != NULL && count->intake->groups.count > 0) {
        add_idle_channels(count);
    }
    if (!tell_rows(count)) {
        return STATUS_DATA;
    }
    return count->settings->format == FORMAT_TEXT ? draw(count) : write_table(count);
}

static enum status read_and_write(struct count *count)
{
    if (!check_against_input(count)) {
        return STATUS_USAGE;
    }
    struct text rules = {0};
    tell_rules(count->settings, &rules);
    enum status status = read_costs(count);
    if (status == STATUS_DONE) {
        status = read_log(count, text_slice(&rules));
    }
    if (status == STATUS_DONE) {
        status = write_counts(count);
    }
    if (status == STATUS_DONE && count->settings->save != NULL) {
        status = save(count, text_slice(&rules));
    }
    text_free(&rules);
    return status;
}

static void free_count(struct count *count)
{
    spend_free(&count->spend);
    tally_free(&count->tally);
    free(count->rows);
    free(count->p_values);
}

static enum status run(const void *given, struct program *program)
{
    const struct steps_settings *settings = given;
    struct intake intake;
    struct count count = {.settings = settings, .intake = &intake};
    read_attribution(settings->attribute, &count.attribution);
    bool apart = count.attribution.kind == ATTRIBUTE_ALL;
    struct intake_wishes wishes = {.by = settings->by,
                                   .labels = count.attribution.kind != ATTRIBUTE_START,
                                   .whole = apart || settings->count == COUNT_ATTEMPTS};
    enum status status = intake_open_for(&intake, &settings->intake, program, &wishes);
    if (status == STATUS_DONE && !intake_is_over(&intake)) {
        count.tally.steps = intake.plan.count;
        count.tally.optional = intake.rules.optional;
        status = read_and_write(&count);
        free_count(&count);
    }
    intake_free(&intake);
    return status;
}

const struct mode funnel_steps = {
    .name = "steps",
    .summary = "how many people reach each step, where they stop, and how long they take",
    .usage = "[FILE|-]... | EVENT=FILE...",
    .examples = {"funnel steps --steps=visit,join,order --window=7d --today=2026-10-31 funnel/events.csv",
                 "funnel steps --steps=join,order join=funnel/members.csv order=funnel/orders.csv"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
