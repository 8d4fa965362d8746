// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * candidate: the words for what was decided, and the contact that a candidate becomes.
 */
#include "candidate.h"

#include "date.h"
#include "number.h"
#include "text.h"

static const struct {
    const char *step;
    const char *word;
} verdicts[CANDIDATE_VERDICTS] = {
    [CANDIDATE_DUE] = {"print", "due"},
    [CANDIDATE_DISABLED] = {"match", "disabled"},
    [CANDIDATE_SEGMENT] = {"match", "segment"},
    [CANDIDATE_STAGE] = {"match", "stage"},
    [CANDIDATE_TIER] = {"match", "tier"},
    [CANDIDATE_WHEN] = {"match", "when"},
    [CANDIDATE_NO_ANCHOR] = {"due", "no-anchor"},
    [CANDIDATE_NOT_YET] = {"due", "not-yet"},
    [CANDIDATE_OUTSIDE] = {"due", "outside-dates"},
    [CANDIDATE_NEEDS_GAP] = {"due", "needs-gap"},
    [CANDIDATE_STOP_EVENT] = {"stop", "event"},
    [CANDIDATE_OPTED_OUT] = {"stop", "opted-out"},
    [CANDIDATE_PAUSED] = {"stop", "paused"},
    [CANDIDATE_STOPPED] = {"ledger", "stopped"},
    [CANDIDATE_CLOSED] = {"ledger", "done"},
    [CANDIDATE_SNOOZED] = {"ledger", "snoozed"},
    [CANDIDATE_RECORDED] = {"ledger", "recorded"},
    [CANDIDATE_TWICE] = {"ledger", "twice"},
    [CANDIDATE_LATE] = {"grace", "late"},
    [CANDIDATE_QUIET] = {"quiet", "deferred"},
    [CANDIDATE_CAPPED] = {"caps", "deferred"},
    [CANDIDATE_DEFERRED] = {"workload", "deferred"},
};

static struct slice keep_text(struct slice text, const struct policy_text *from, struct arena *arena)
{
    return from->column == TABLE_NO_COLUMN ? text : arena_copy(arena, text);
}

void candidate_keep(struct candidate *candidate, struct arena *arena)
{
    candidate->owner = keep_text(candidate->owner, &candidate->rule->owner, arena);
    candidate->channel = keep_text(candidate->channel, &candidate->rule->channel, arena);
}

enum candidate_verdict candidate_held(const struct person *person, int32_t day)
{
    bool paused = person->paused_until != PERSON_NO_DAY && person->paused_until > day;
    return person->opted_out ? CANDIDATE_OPTED_OUT : paused ? CANDIDATE_PAUSED : CANDIDATE_DUE;
}

const char *candidate_word(enum candidate_verdict verdict)
{
    return verdicts[verdict].word;
}

const char *candidate_step(enum candidate_verdict verdict)
{
    return verdicts[verdict].step;
}

struct slice candidate_put_off_by(const struct candidate *candidate)
{
    return candidate->put_off_by == NULL ? slice_of("quiet hours") : *candidate->put_off_by;
}

struct slice candidate_owner(const struct candidate *candidate)
{
    return candidate->level == 0 ? candidate->owner : candidate->rule->levels[candidate->level - 1].owner;
}

static void append_day(struct text *out, int32_t day)
{
    char digits[DATE_SIZE];
    size_t length = date_print(digits, day);
    text_append(out, (struct slice){digits, length});
}

static void append_whole(struct text *out, int64_t number)
{
    char digits[NUMBER_SIZE];
    size_t length = number_print_whole(digits, number);
    text_append(out, (struct slice){digits, length});
}

// "+2x45d": the factor as the policy has it, the gap to a tenth of a day.
static void append_winback(const struct candidate *candidate, struct text *out)
{
    const struct policy_rule *rule = candidate->rule;
    char digits[NUMBER_SIZE];
    size_t length = number_print(digits, (double)(int64_t)(candidate->gap * 10 + 0.5) / 10, 10);
    if (candidate->gap <= 0) {
        return;
    }
    text_append_string(out, " +");
    text_append(out, rule->factor_text);
    text_append_byte(out, 'x');
    text_append(out, (struct slice){digits, length});
    text_append_byte(out, 'd');
    if (candidate->gap_source != GAPS_OWN) {
        text_append_string(out, candidate->gap_source == GAPS_MEDIAN ? " median" : " default");
    }
    if (candidate->bound_by_min || candidate->bound_by_max) {
        text_append_string(out, candidate->bound_by_min ? " min " : " max ");
        text_append(out, candidate->bound_by_min ? rule->min_text : rule->max_text);
    }
}

// "+3x30d"; of a period that is one of its unit, "+36y".
static void append_times(const struct candidate *candidate, struct text *out)
{
    struct slice period = candidate->rule->period_text;
    bool single = period.length > 1 && period.data[0] == '1' && (period.data[1] < '0' || period.data[1] > '9') &&
                  slice_part(period, 1, period.length).length < 3;
    text_append_string(out, slice_starts(period, slice_of("-")) ? " " : " +");
    if (candidate->times != 1) {
        append_whole(out, candidate->times);
        text_append_string(out, single ? "" : "x");
    }
    text_append(out, slice_part(period, single && candidate->times != 1, period.length));
}

static void append_lunar(const struct candidate *candidate, struct text *out)
{
    char digits[LUNAR_SIZE];
    struct lunar_day lunar;
    if (series_lunar_anchor(candidate->anchor, &lunar)) {
        size_t length = lunar_print(digits, lunar);
        text_append_string(out, "lunar ");
        text_append(out, (struct slice){digits, length});
    }
    if (candidate->times > 0) {
        text_append_string(out, " +");
        append_whole(out, candidate->times);
        text_append_byte(out, 'y');
    }
}

// "02-29"
static void append_yearless(struct text *out, int32_t day)
{
    char digits[DATE_SIZE];
    size_t length = date_print(digits, day);
    text_append(out, slice_part((struct slice){digits, length}, length - 5, length));
}

// The day it counts from, and how it came from there to its own.
static void append_series(const struct candidate *candidate, struct text *out)
{
    const struct policy_rule *rule = candidate->rule;
    int32_t from = candidate->since_done ? candidate->since : candidate->anchor;
    bool by_moon = rule->kind != POLICY_ONCE && rule->series.kind == SERIES_LUNAR;
    bool by_rule = rule->kind != POLICY_ONCE && rule->series.kind == SERIES_RULE;
    bool yearless = rule->yearless && series_is_yearless(from);
    if (yearless && !by_moon) {
        append_yearless(out, from);
    } else if (!yearless) {
        append_day(out, from);
        text_append_string(out, by_moon || by_rule ? " " : "");
    }
    if (by_moon) {
        append_lunar(candidate, out);
    } else if (by_rule) {
        text_append(out, rule->period_text);
    } else if (!yearless && candidate->times != 0) {
        append_times(candidate, out);
    }
    if (rule->kind == POLICY_PERIODIC && rule->series.has_offset) {
        text_append_string(out, slice_starts(rule->offset_text, slice_of("-")) ? " " : " +");
        text_append(out, rule->offset_text);
    }
}

// What the rule asks for that the customer is not.
static void append_condition(const struct candidate *candidate, struct text *out)
{
    const struct policy_rule *rule = candidate->rule;
    if (candidate->verdict == CANDIDATE_WHEN) {
        text_append(out, rule->when_text);
    } else if (candidate->verdict != CANDIDATE_DISABLED) {
        text_append(out, rule->wanted_text[candidate->verdict - CANDIDATE_SEGMENT]);
    }
}

// What moved it or put it off, and that its time is not sure.
static void append_moves(const struct candidate *candidate, struct text *out)
{
    if (candidate->quieted) {
        char digits[DATE_SIZE];
        size_t length = date_print_time(digits, candidate->awake_at);
        text_append_string(out, " quiet ");
        text_append(out, (struct slice){digits, length});
    }
    if (candidate->put_off_by != NULL) {
        text_append_string(out, candidate->verdict == CANDIDATE_CAPPED ? " cap " : " limit ");
        text_append(out, *candidate->put_off_by);
    }
    if (candidate->person->place_unknown) {
        text_append_string(out, " tz?");
    }
}

void candidate_append_reason(const struct candidate *candidate, struct text *out)
{
    const struct policy_rule *rule = candidate->rule;
    if (candidate->verdict >= CANDIDATE_DISABLED && candidate->verdict <= CANDIDATE_WHEN) {
        append_condition(candidate, out);
        return;
    }
    if (candidate->anchor == CANDIDATE_NO_DAY) {
        text_append(out, rule->anchor);
        return;
    }
    if (candidate->since_done) {
        text_append_string(out, "done ");
    } else if (rule->anchor.length > 0) {
        text_append(out, rule->anchor);
        text_append_byte(out, ' ');
    }
    if (rule->kind != POLICY_WINBACK) {
        append_series(candidate, out);
    } else {
        append_day(out, candidate->anchor);
        append_winback(candidate, out);
    }
    if (candidate->shifted != candidate->nominal) {
        text_append_string(out, " shift ");
        text_append(out, rule->calendar);
    }
    if (candidate->snoozed) {
        text_append_string(out, " snooze ");
        append_day(out, candidate->snoozed_to);
    }
    append_moves(candidate, out);
}

void candidate_contact(const struct candidate *candidate, struct text *reason, struct contact *contact)
{
    const struct policy_rule *rule = candidate->rule;
    text_clear(reason);
    candidate_append_reason(candidate, reason);
    *contact = (struct contact){
        .customer = candidate->person->customer,
        .owner = candidate_owner(candidate),
        .rule = rule->id,
        .touch = rule->touch,
        .channel = candidate->channel,
        .due = candidate->due,
        .has_time = candidate->has_time,
        .second = candidate->second,
        .nominal = candidate->nominal,
        .overdue = (int64_t)candidate->today - candidate->due,
        .level = candidate->level,
        .has_priority = rule->has_priority,
        .priority = rule->priority,
        .has_cost = rule->has_cost,
        .cost = rule->cost,
        .reason = text_slice(reason),
        .key = candidate->key,
    };
}
