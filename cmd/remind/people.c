// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * people: matches rows and rules, the cheapest questions first: labels by number, then the expression, then dates.
 */
#include "people.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "audience.h"
#include "columns.h"
#include "expression.h"
#include "heap.h"
#include "key.h"
#include "map.h"
#include "reading.h"
#include "rhythms.h"
#include "text.h"

// What a date column says, touches heard too, in the row it was last read in.
struct day {
    size_t order;  // of that row
    int32_t value; // CANDIDATE_NO_DAY: nothing
};

struct people {
    struct people_options options;
    const struct row *row;
    size_t order;          // of the row
    struct person *person; // of the turn being filled
    struct text encoded;   // his name as in keys, where that is another
    struct audience audience;
    uint32_t labels[POLICY_DIMENSIONS];
    struct day *days;
    struct slice *kept;      // cells of the row
    struct rhythms *rhythms; // NULL when no rule is a win-back
    size_t max_contacts;     // column
    struct map *caps;        // struct person_cap, by what is written; NULL: no such column
    bool looked_up;          // is all known of the person?
    struct arena arena;
    struct text scratch;
};

static size_t column_of(const struct people *people, const char *name)
{
    size_t column;
    return columns_has(table_columns(people->options.table), slice_of(name), &column) ? column : TABLE_NO_COLUMN;
}

struct people *people_create(const struct people_options *options)
{
    struct people *people = heap_allocate(1, sizeof *people);
    people->options = *options;
    audience_make(&people->audience, options->policy);
    people->days = heap_allocate(options->policy->day_count, sizeof *people->days);
    people->kept = heap_allocate(options->kept_count, sizeof *people->kept);
    people->rhythms = rhythms_create(options->table, options->policy, options->forms);
    people->max_contacts = column_of(people, "max_contacts");
    if (people->max_contacts != TABLE_NO_COLUMN) {
        people->caps = map_create(sizeof(struct person_cap));
    }
    return people;
}

void people_free(struct people *people)
{
    if (people == NULL) {
        return;
    }
    audience_free(&people->audience);
    rhythms_free(people->rhythms);
    if (people->caps != NULL) {
        map_free(people->caps);
    }
    arena_free(&people->arena);
    free(people->days);
    free(people->kept);
    text_free(&people->scratch);
    text_free(&people->encoded);
    free(people);
}

struct gaps *people_gaps(const struct people *people)
{
    return people->rhythms == NULL ? NULL : rhythms_gaps(people->rhythms);
}

// Where the customer lives. A name that no zone has is said once; then he lives where the run is made.
static void read_zone(struct people *people)
{
    size_t column = people->options.zone;
    struct person *person = people->person;
    person->place = people->options.zones == NULL ? NULL : zones_home(people->options.zones);
    person->place_unknown = false;
    if (person->place == NULL || column == TABLE_NO_COLUMN ||
        cell_is_blank(people->options.forms, people->row->cells[column])) {
        return;
    }
    struct zones_place *place = zones_find(people->options.zones, slice_trim_value(people->row->cells[column]));
    if (place->zone != NULL) {
        person->place = place;
        return;
    }
    person->place_unknown = true;
    if (!place->named) {
        place->named = true;
        table_remark(people->options.table, people->row, column,
                     "no such time zone; the contacts of this customer take --time-zone");
    }
}

// The limit of the row; *cap is NULL where it has none. False when the row was refused.
static bool read_max_contacts(struct people *people, const struct person_cap **cap)
{
    size_t column = people->max_contacts;
    *cap = NULL;
    if (people->caps == NULL || cell_is_blank(people->options.forms, people->row->cells[column])) {
        return true;
    }
    struct slice cell = slice_trim_value(people->row->cells[column]);
    struct person_cap read;
    uint32_t index = map_find(people->caps, cell);
    if (index != MAP_NONE) {
        *cap = map_value(people->caps, index);
        return true;
    }
    if (!cap_read(cell, &read.cap)) {
        table_refuse(people->options.table, people->row, column, "not a limit such as 1/14d or 2/week");
        return false;
    }
    text_clear(&people->scratch);
    text_append_string(&people->scratch, "max_contacts ");
    text_append(&people->scratch, cell);
    read.text = arena_copy(&people->arena, text_slice(&people->scratch));
    struct person_cap *kept = map_add(people->caps, cell, NULL);
    *kept = read;
    *cap = kept;
    return true;
}

static bool refuse_line_break(struct people *people, size_t column, struct slice text)
{
    if (memchr(text.data, '\n', text.length) == NULL && memchr(text.data, '\r', text.length) == NULL) {
        return false;
    }
    table_refuse(people->options.table, people->row, column, "a line break, which the ledger cannot hold");
    return true;
}

// False when the row was refused: a word that is neither yes nor no may mean either.
static bool read_opt_out(struct people *people, bool *opted_out)
{
    size_t column = people->options.opt_out;
    *opted_out = false;
    if (column == TABLE_NO_COLUMN) {
        return true;
    }
    struct slice cell = slice_trim_value(people->row->cells[column]);
    if (cell_is_blank(people->options.forms, cell) || answer_read(cell, opted_out)) {
        return true;
    }
    table_refuse(people->options.table, people->row, column, "neither 'yes' nor 'no'");
    return false;
}

static bool read_held(struct people *people)
{
    size_t column = people->options.paused_until;
    struct person *person = people->person;
    person->paused_until = PERSON_NO_DAY;
    if (!read_opt_out(people, &person->opted_out)) {
        return false;
    }
    if (column != TABLE_NO_COLUMN) {
        enum cell_result result = cell_day(people->options.forms, people->row->cells[column], &person->paused_until);
        if (result == CELL_BAD) {
            return table_needs(people->options.table, people->row, column, result, "a date");
        }
    }
    return true;
}

// What day it is where the customer lives.
static int32_t today_of(const struct people *people)
{
    return people->person->place == NULL ? people->options.today : people->person->place->today;
}

// The labels that the provisions ask for.
static void read_provided(struct people *people)
{
    struct provisions *provisions = people->options.provisions;
    for (size_t i = 0; provisions != NULL && i < POLICY_DIMENSIONS; i++) {
        size_t column = provisions->label_columns[i];
        people->person->labels[i] = column == TABLE_NO_COLUMN
                                        ? LABELS_OTHER
                                        : labels_of_customer(&provisions->labels[i], people->row->cells[column]);
    }
}

// A name as in keys, which is usually as it stands.
static struct slice encoded(struct people *people, struct slice name)
{
    if (key_is_plain(name)) {
        return name;
    }
    text_clear(&people->encoded);
    key_append_part(&people->encoded, name);
    return text_slice(&people->encoded);
}

// What every row tells. False when it was refused or left out.
static bool begin(struct people *people)
{
    const struct row *row = people->row;
    struct policy *policy = people->options.policy;
    struct person *person = people->person;
    person->order = ++people->order;
    person->kept_count = 0;
    if (!table_key(people->options.table, row, people->options.customer, &person->customer) ||
        refuse_line_break(people, people->options.customer, person->customer)) {
        return false;
    }
    person->encoded = encoded(people, person->customer);
    for (size_t i = 0; i < POLICY_DIMENSIONS; i++) {
        size_t column = policy->label_columns[i];
        people->labels[i] =
            column == TABLE_NO_COLUMN ? LABELS_OTHER : labels_of_customer(&policy->labels[i], row->cells[column]);
    }
    audience_begin(&people->audience, people->labels);
    if (policy->conditions != NULL) {
        expression_set_begin(policy->conditions, row);
    }
    people->looked_up = false;
    if (people->options.provisions != NULL && !people->options.provisions->built_in) {
        read_provided(people);
    }
    read_zone(people);
    return read_held(people) && (people->rhythms == NULL || rhythms_read(people->rhythms, row));
}

// A contact made elsewhere may be later than the customers' table knows.
static void add_touch(struct people *people, int32_t *day)
{
    int32_t last;
    if (people->options.touches != NULL && touches_last(people->options.touches, people->person->customer, &last) &&
        (*day == CANDIDATE_NO_DAY || last > *day)) {
        *day = last;
    }
}

// Reads a date column of a row. False when the row was refused.
static bool read_date(struct people *people, size_t column, int32_t *value)
{
    double day;
    enum cell_result result = reading_date(people->options.forms, people->row->cells[column], &day);
    if (result == CELL_BAD) {
        return table_needs(people->options.table, people->row, column, CELL_BAD, "a date");
    }
    *value = result == CELL_BLANK ? CANDIDATE_NO_DAY : (int32_t)day;
    return true;
}

static bool read_day_anew(struct people *people, size_t slot)
{
    struct day *day = &people->days[slot];
    size_t column = people->options.policy->day_columns[slot];
    day->value = CANDIDATE_NO_DAY;
    if (column != TABLE_NO_COLUMN && !read_date(people, column, &day->value)) {
        return false;
    }
    if (slot == people->options.policy->touched_slot) {
        add_touch(people, &day->value);
    }
    day->order = people->order;
    return true;
}

// Of one of the policy's date columns, once a row. False when the row was refused.
static inline bool read_day(struct people *people, size_t slot, int32_t *value)
{
    const struct day *day = &people->days[slot];
    bool read = day->order == people->order || read_day_anew(people, slot);
    *value = day->value;
    return read;
}

// An anchor that a rule by the year counts from: a month and a day will do; of a lunar rule, a day of the table.
static bool read_yearly_anchor(struct people *people, const struct policy_rule *rule, int32_t *value)
{
    size_t column = people->options.policy->day_columns[rule->anchor_slot];
    bool by_moon = rule->series.kind == SERIES_LUNAR;
    struct slice cell = slice_trim_value(people->row->cells[column]);
    struct lunar_day lunar;
    if (series_read_yearless(cell, by_moon, value) || (by_moon && series_read_lunar(cell, value))) {
        return true;
    }
    if (!read_day(people, rule->anchor_slot, value)) {
        return false;
    }
    if (*value != CANDIDATE_NO_DAY && series_is_yearless(*value)) {
        table_refuse(people->options.table, people->row, column, "no year of a customer: give month and day, as 02-28");
        return false;
    }
    if (by_moon && *value != CANDIDATE_NO_DAY && !lunar_from_day(*value, &lunar)) {
        table_refuse(people->options.table, people->row, column, "not within the table of lunar days, 1900 to 2100");
        return false;
    }
    return true;
}

static bool read_anchor(struct people *people, const struct policy_rule *rule, int32_t *value)
{
    bool has_column = people->options.policy->day_columns[rule->anchor_slot] != TABLE_NO_COLUMN;
    return rule->yearless && has_column ? read_yearly_anchor(people, rule, value)
                                        : read_day(people, rule->anchor_slot, value);
}

// The latest of the events that end a rule, of those that have come.
static bool read_stop(struct people *people, const struct policy_rule *rule, int32_t *stop)
{
    int32_t today = today_of(people);
    *stop = CANDIDATE_NO_DAY;
    for (size_t i = 0; i < rule->stop_count; i++) {
        int32_t event;
        if (!read_day(people, rule->stop_slots[i], &event)) {
            return false;
        }
        *stop = event <= today && event > *stop ? event : *stop;
    }
    return true;
}

static void refuse_condition(struct people *people, const struct policy_rule *rule,
                             const struct expression_fault *fault)
{
    text_clear(&people->scratch);
    text_format(&people->scratch, "%s, as rule '%.*s' asks", fault->reason, (int)rule->id.length, rule->id.data);
    table_refuse(people->options.table, people->row, fault->column, text_string(&people->scratch));
}

// Why a rule does not speak to the customer.
static enum candidate_verdict why_silent(const struct people *people, const struct policy_rule *rule)
{
    static const enum candidate_verdict verdicts[POLICY_DIMENSIONS] = {CANDIDATE_SEGMENT, CANDIDATE_STAGE,
                                                                       CANDIDATE_TIER};
    size_t dimension = 0;
    if (!rule->enabled) {
        return CANDIDATE_DISABLED;
    }
    while (labels_match(&rule->wanted[dimension], people->labels[dimension])) {
        dimension++;
    }
    return verdicts[dimension];
}

static bool read_text(struct people *people, const struct policy_text *text, struct slice *value)
{
    if (text->column == TABLE_NO_COLUMN) {
        *value = text->text;
        return true;
    }
    *value = slice_trim_value(people->row->cells[text->column]);
    return !refuse_line_break(people, text->column, *value);
}

// Once a row, and only where a rule matches. False when the row was refused.
static bool look_up(struct people *people)
{
    struct person *person = people->person;
    if (people->looked_up) {
        return true;
    }
    people->looked_up = true;
    if (people->options.provisions != NULL && people->options.provisions->built_in) {
        read_provided(people);
    }
    for (size_t i = 0; i < people->options.kept_count; i++) {
        people->kept[i] = people->row->cells[people->options.kept[i]];
    }
    person->kept = people->kept;
    person->kept_count = people->options.kept_count;
    return read_max_contacts(people, &person->max_contacts);
}

// What the steps ask for. False when the row was refused.
static bool fill(struct people *people, struct candidate *candidate)
{
    const struct policy_rule *rule = candidate->rule;
    candidate->anchor = rule->anchor_day;
    if (rule->kind == POLICY_WINBACK) {
        candidate->gap = rhythms_days(people->rhythms, rule, &candidate->gap_group);
    }
    return look_up(people) && (rule->anchor_slot == TABLE_NO_COLUMN || read_anchor(people, rule, &candidate->anchor)) &&
           read_stop(people, rule, &candidate->stop) && read_text(people, &rule->owner, &candidate->owner) &&
           read_text(people, &rule->channel, &candidate->channel);
}

// The first rule that is to be asked, from this number on.
static size_t next_rule(const struct people *people, size_t from)
{
    return people->options.every_rule ? from : audience_next(&people->audience, from);
}

// False when the row was refused.
static bool match(struct people *people, const struct policy_rule *rule, size_t number, enum candidate_verdict *verdict)
{
    struct expression_fault fault;
    *verdict = CANDIDATE_DUE;
    if (!audience_has(&people->audience, number)) {
        *verdict = why_silent(people, rule);
        return true;
    }
    if (rule->when == NULL) {
        return true;
    }
    enum expression_truth truth = expression_ask(rule->when, &fault);
    if (truth == EXPRESSION_BAD) {
        refuse_condition(people, rule, &fault);
        return false;
    }
    *verdict = truth == EXPRESSION_TRUE ? CANDIDATE_DUE : CANDIDATE_WHEN;
    return true;
}

// False when the row was refused.
static bool add(struct people *people, size_t number, struct turn *turn)
{
    const struct policy_rule *rule = &people->options.policy->rules[number];
    enum candidate_verdict verdict;
    if (!match(people, rule, number, &verdict)) {
        return false;
    }
    if (verdict != CANDIDATE_DUE && !people->options.every_rule) {
        return true;
    }
    struct candidate *candidate = &turn->candidates[turn->count++];
    candidate_begin(candidate, rule, &turn->person);
    candidate->verdict = verdict;
    return verdict != CANDIDATE_DUE || fill(people, candidate);
}

bool people_take(struct people *people, const struct row *row, struct turn *turn)
{
    size_t count = people->options.policy->count;
    people->row = row;
    people->person = &turn->person;
    turn->count = 0;
    turn->refused = false;
    if (!begin(people)) {
        return false;
    }
    for (size_t i = next_rule(people, 0); i < count && !turn->refused; i = next_rule(people, i + 1)) {
        turn->refused = !add(people, i, turn);
    }
    turn->count = turn->refused ? 0 : turn->count;
    return true;
}
