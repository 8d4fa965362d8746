// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * intake_check: options made into a plan and rules, and those refused that do not go together.
 */
#include "clock.h"
#include "date.h"
#include "intake_parts.h"
#include "operand.h"
#include "period.h"
#include "text.h"
#include "zone.h"

static bool has_window(const struct intake_settings *settings)
{
    return settings->window.months != INTAKE_NO_WINDOW;
}

static bool read_plan(const struct intake_settings *settings, struct program *program, struct plan *plan)
{
    struct text problem = {0};
    bool read = plan_read(plan, settings->steps, &settings->expressions, settings->wide_steps, &problem) &&
                plan_exclude(plan, &settings->exclude, &problem);
    if (!read) {
        program_wrong(program, "%s", text_string(&problem));
    }
    text_free(&problem);
    return read;
}

static size_t count_words(const struct program *program)
{
    size_t words = 0;
    for (size_t i = 0; i < program_operand_count(program); i++) {
        words += operand_word(program_operand(program, i)).length > 0;
    }
    return words;
}

static bool check_operands(const struct intake_settings *settings, struct program *program)
{
    size_t words = count_words(program);
    if (words == 0) {
        return true;
    }
    if (words < program_operand_count(program)) {
        program_wrong(program, "EVENT=FILE and a plain FILE do not go together (write ./NAME where a name has a '=')");
    } else if (settings->sorted) {
        program_wrong(program, "--sorted is for one log: of several files none goes on where the other ends");
    } else if (settings->wide_steps != NULL) {
        program_wrong(program, "--wide-steps reads sheets: EVENT=FILE does not go with it");
    } else if (settings->columns.event != NULL) {
        program_wrong(program, "--event does not go with EVENT=FILE, which says what the event is");
    } else {
        return true;
    }
    return false;
}

// "file", "strict", a number of seconds or an elapsed period. False when it is nothing of these.
static bool read_ties(const char *text, struct attempt_rules *rules)
{
    struct period period;
    struct slice given = text == NULL ? slice_of("file") : slice_of(text);
    int64_t seconds = 0;
    rules->ties = ATTEMPT_FILE;
    if (slice_is(given, "file")) {
        return true;
    }
    rules->ties = ATTEMPT_STRICT;
    if (slice_is(given, "strict")) {
        return true;
    }
    rules->ties = ATTEMPT_WITHIN;
    if (period_read(given, &period)) {
        rules->within = period.seconds;
        return period.months == 0 && period.seconds >= 0;
    }
    for (size_t i = 0; i < given.length; i++) {
        if (given.data[i] < '0' || given.data[i] > '9' || seconds > INT32_MAX) {
            return false;
        }
        seconds = seconds * 10 + (given.data[i] - '0');
    }
    rules->within = seconds;
    return given.length > 0;
}

// A date is its first second, as the end of a range its last one.
static bool read_bound(const char *text, const struct clock *clock, bool is_end, int64_t *instant)
{
    struct date_time value;
    if (!date_read(slice_of(text), DATE_YMD, &value)) {
        return false;
    }
    int64_t local = (int64_t)value.day * DATE_DAY_SECONDS + value.second;
    if (is_end && !value.has_time) {
        local += DATE_DAY_SECONDS - 1;
    }
    *instant = value.has_offset ? local - value.offset : zone_to_instant(clock->zone, local);
    return true;
}

static bool read_range(const struct intake_settings *settings, struct program *program, struct attempt_rules *rules)
{
    const struct clock *clock = program_clock(program);
    rules->has_range = settings->from != NULL || settings->to != NULL;
    rules->from = INT64_MIN;
    rules->to = INT64_MAX;
    if (settings->from != NULL && !read_bound(settings->from, clock, false, &rules->from)) {
        program_wrong(program, "--from: not a date or time");
    } else if (settings->to != NULL && !read_bound(settings->to, clock, true, &rules->to)) {
        program_wrong(program, "--to: not a date or time");
    } else if (rules->from > rules->to) {
        program_wrong(program, "--from is later than --to");
    } else {
        return true;
    }
    return false;
}

static void take_marks(const struct plan *plan, struct attempt_rules *rules)
{
    rules->steps = plan->count;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        rules->optional |= step->optional ? UINT64_C(1) << i : 0;
        rules->has_window_of_its_own |= step->has_window ? UINT64_C(1) << i : 0;
        rules->step_windows[i] = step->window;
    }
}

static bool read_rules(const struct intake_settings *settings, struct program *program, const struct plan *plan,
                       struct attempt_rules *rules)
{
    *rules = (struct attempt_rules){.start = (enum attempt_start)settings->start,
                                    .has_window = has_window(settings),
                                    .window = settings->window,
                                    .zone = program_clock(program)->zone,
                                    .order = (enum attempt_order)settings->order,
                                    .has_endings = plan->exclusion_count > 0,
                                    .is_void = settings->exclude_person};
    take_marks(plan, rules);
    if (!read_ties(settings->ties, rules)) {
        program_wrong(program, "--ties: file, strict or a number of seconds");
    } else if (rules->order != ATTEMPT_GAPS && rules->ties == ATTEMPT_WITHIN) {
        program_wrong(program, "--ties=SECONDS is for --order=gaps");
    } else if (rules->order == ATTEMPT_ANY && (rules->optional | rules->has_window_of_its_own) != 0) {
        program_wrong(program, "--order=any: no step comes before another, so none is optional or has its own window");
    } else if (rules->is_void && !rules->has_endings) {
        program_wrong(program, "--exclude-person needs --exclude");
    } else if (rules->has_endings && settings->wide_steps != NULL) {
        program_wrong(program, "--exclude is for a log: a wide sheet has no events but the steps");
    } else {
        return read_range(settings, program, rules);
    }
    return false;
}

bool intake_read_terms(const struct intake_settings *settings, struct program *program, struct plan *plan,
                       struct attempt_rules *rules)
{
    return read_plan(settings, program, plan) && read_rules(settings, program, plan, rules);
}

static bool check_rules(const struct intake_settings *settings, struct program *program)
{
    struct plan plan = {0};
    struct attempt_rules rules;
    bool right = intake_read_terms(settings, program, &plan, &rules);
    plan_free(&plan);
    return right;
}

bool intake_check(const struct intake_settings *settings, struct program *program)
{
    if (!check_rules(settings, program)) {
        return false;
    }
    if (settings->wide_steps != NULL && settings->amount != NULL) {
        program_wrong(program, "--amount is for a log, whose rows are events");
        return false;
    }
    if (settings->wide_steps != NULL && (settings->save != NULL || settings->use != NULL)) {
        program_wrong(program, "--save and --use are for a log: a wide sheet is whole every time");
        return false;
    }
    if (has_window(settings) && !period_positive(settings->window)) {
        program_wrong(program, "--window: a window must be above zero");
        return false;
    }
    if (settings->wide_steps != NULL && settings->sorted) {
        program_wrong(program, "--sorted is for a log; a row of a wide sheet has several times");
        return false;
    }
    if (settings->wide_steps != NULL && (settings->columns.time != NULL || settings->columns.event != NULL)) {
        program_wrong(program, "--wide-steps names the columns of times: leave --time and --event away");
        return false;
    }
    return check_operands(settings, program);
}
