// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * model: brute force. Every series is counted from its first time on, every list is searched from its beginning.
 */
#include "model.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum kind { ONCE, PERIODIC, CHAINED, WINBACK };
enum anchor { FIRST_ORDER, LAST_ORDER, BIRTHDAY, CONTRACT, DATE };
enum shift { STAY, AFTER, BEFORE, NEAREST };

struct rule {
    const char *name;
    const char *segment; // NULL: any
    enum kind kind;
    enum anchor anchor;
    int year, month, day; // of a date
    int days, months;     // after, every
    int grace;            // -1: none
    enum shift shift;
    bool stops; // by a later order
    const char *owner;
    int priority;
    int levels[MODEL_LEVELS - 1]; // days, 0: none
    bool promo;
};

// clang-format off
static const struct rule rules[] = {
    {"AS3", NULL, ONCE, FIRST_ORDER, 0, 0, 0, 3, 0, 5, STAY, true, "@owner", 1, {2, 5}, false},
    {"AS14", NULL, ONCE, FIRST_ORDER, 0, 0, 0, 14, 0, 7, AFTER, true, "@owner", 2, {0}, false},
    {"AS30", NULL, ONCE, FIRST_ORDER, 0, 0, 0, 30, 0, 7, NEAREST, true, "@owner", 3, {0}, false},
    {"BIRTH", NULL, PERIODIC, BIRTHDAY, 0, 0, 0, 0, 12, 3, BEFORE, false, "@owner", 4, {0}, false},
    {"WEEK", "demanding", PERIODIC, DATE, 2026, 1, 6, 7, 0, 3, AFTER, false, "office", 2, {0}, false},
    {"MONTH", NULL, PERIODIC, CONTRACT, 0, 0, 0, 0, 1, 9, STAY, false, "@owner", 5, {4, 0}, false},
    {"CALL", "regular", CHAINED, FIRST_ORDER, 0, 0, 0, 45, 0, -1, AFTER, false, "@owner", 6, {3, 10}, false},
    {"WIN", NULL, WINBACK, LAST_ORDER, 0, 0, 0, 0, 0, -1, STAY, false, "sales", 7, {0}, true},
    {"LAUNCH", NULL, ONCE, DATE, 2026, 6, 18, -7, 0, 10, NEAREST, false, "office", 8, {0}, true},
    {"NEWS", "demanding", PERIODIC, DATE, 2026, 1, 8, 4, 0, 3, STAY, false, "@owner", 9, {0}, true},
};
// clang-format on

enum { RULES = sizeof rules / sizeof rules[0], OWNERS = 64 };

static const char *const level_owners[] = {"lead", "manager"};
static const int promo_cap = 1;
static const int promo_days = 7;
static const int winback_min = 30;
static const int winback_max = 200;

struct occurrence {
    int nominal;
    unsigned levels;
    bool closed;
    bool missed;
    bool deferred;
    int snoozed_to;
    bool counts;    // for a cap: was printed, and neither skipped nor snoozed
    int printed_on; // last
    int made_on;    // printed, or done if that is later
};

struct thread {
    struct occurrence *items;
    size_t count;
    size_t capacity;
    int closed_on;
    bool stopped;
};

struct special {
    int day;
    bool works;
};

struct model {
    const struct person *people;
    size_t count;
    size_t limit;
    struct thread *threads; // people x rules
    struct special *specials;
    size_t special_count;
    int begins;
    int today; // of owners
    struct contacts today_due;
    struct forecast forecast;
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int day_of(int year, int month, int day)
{
    int days = day - 1;
    for (int y = 1970; y < year; y++) {
        days += is_leap(y) ? 366 : 365;
    }
    for (int y = year; y < 1970; y++) {
        days -= is_leap(y) ? 366 : 365;
    }
    for (int m = 1; m < month; m++) {
        days += month_days(year, m);
    }
    return days;
}

static void take_apart(int day, int *year, int *month, int *rest)
{
    *year = 1970;
    while (day < 0) {
        day += is_leap(--*year) ? 366 : 365;
    }
    while (day >= (is_leap(*year) ? 366 : 365)) {
        day -= is_leap((*year)++) ? 366 : 365;
    }
    for (*month = 1; day >= month_days(*year, *month); ++*month) {
        day -= month_days(*year, *month);
    }
    *rest = day + 1;
}

void day_print(int day, char out[MODEL_TEXT])
{
    int year;
    int month;
    int rest;
    take_apart(day, &year, &month, &rest);
    snprintf(out, MODEL_TEXT, "%04d-%02d-%02d", year % 10000, month, rest);
}

static int add_months(int day, int months)
{
    int year;
    int month;
    int rest;
    take_apart(day, &year, &month, &rest);
    int all = year * 12 + month - 1 + months;
    int last = month_days(all / 12, all % 12 + 1);
    return day_of(all / 12, all % 12 + 1, rest < last ? rest : last);
}

static void *grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) {
        return items;
    }
    *capacity = needed * 2;
    void *grown = realloc(items, *capacity * size);
    if (grown == NULL) {
        perror("simulate");
        exit(2);
    }
    return grown;
}

void contacts_add(struct contacts *contacts, const struct contact *contact)
{
    contacts->items = grow(contacts->items, &contacts->capacity, contacts->count + 1, sizeof *contacts->items);
    contacts->items[contacts->count++] = *contact;
}

static bool read_calendar(struct model *model, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[128];
    size_t capacity = 0;
    int year;
    int month;
    int day;
    if (file == NULL) {
        return false;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%4d-%2d-%2d,", &year, &month, &day) == 3) {
            model->specials = grow(model->specials, &capacity, model->special_count + 1, sizeof *model->specials);
            model->specials[model->special_count++] =
                (struct special){day_of(year, month, day), strstr(line, ",yes") != NULL};
        }
    }
    fclose(file);
    return true;
}

struct model *model_create(const struct person *people, size_t count, size_t limit, const char *calendar)
{
    struct model *model = calloc(1, sizeof *model);
    struct thread *threads = calloc(count * RULES, sizeof *threads);
    if (model == NULL || threads == NULL) {
        perror("simulate");
        exit(2);
    }
    for (size_t i = 0; i < count * RULES; i++) {
        threads[i].closed_on = MODEL_NEVER;
    }
    model->people = people;
    model->count = count;
    model->limit = limit;
    model->threads = threads;
    model->begins = INT_MAX;
    if (!read_calendar(model, calendar)) {
        model_free(model);
        return NULL;
    }
    return model;
}

void model_free(struct model *model)
{
    for (size_t i = 0; i < model->count * RULES; i++) {
        free(model->threads[i].items);
    }
    free(model->threads);
    free(model->specials);
    free(model->today_due.items);
    free(model->forecast.printed.items);
    free(model->forecast.deferred.items);
    free(model->forecast.missed.items);
    free(model);
}

size_t model_rule_count(void)
{
    return RULES;
}

const char *model_rule_name(size_t rule)
{
    return rules[rule].name;
}

static void write_rule(const struct rule *rule, FILE *file)
{
    static const char *const anchors[] = {"first_order", "last_order", "birthday", "contract"};
    static const char *const shifts[] = {"", "after", "before", "nearest"};
    char period[MODEL_TEXT] = "";
    char date[MODEL_TEXT] = "";
    if (rule->anchor == DATE) {
        day_print(day_of(rule->year, rule->month, rule->day), date);
    }
    if (rule->kind != WINBACK) {
        snprintf(period, sizeof period, "%d%c", rule->months > 0 ? rule->months : rule->days,
                 rule->months > 0 ? 'm' : 'd');
    }
    fprintf(file, "%s,%s,touch,%s,%s,%s,%s,", rule->name, rule->segment == NULL ? "" : rule->segment,
            rule->anchor == DATE ? date : anchors[rule->anchor], rule->kind == ONCE ? period : "",
            rule->kind == PERIODIC || rule->kind == CHAINED ? period : "", rule->kind == CHAINED ? "done" : "");
    if (rule->kind == WINBACK) {
        fprintf(file, "2,%dd,%dd,", winback_min, winback_max);
    } else {
        fprintf(file, ",,,");
    }
    if (rule->grace >= 0) {
        fprintf(file, "%dd", rule->grace);
    }
    fprintf(file, ",%s,%s,%s,%s,%d,%s,", shifts[rule->shift], rule->shift == STAY ? "" : "CN",
            rule->stops ? "last_order" : "", rule->owner, rule->priority, rule->promo ? "promo" : "");
    if (rule->levels[0] > 0) {
        fprintf(file, "\"%dd:%s", rule->levels[0], level_owners[0]);
        if (rule->levels[1] > 0) {
            fprintf(file, ",%dd:%s", rule->levels[1], level_owners[1]);
        }
        fprintf(file, "\"");
    }
    fprintf(file, "\n");
}

void model_write_policy(FILE *file)
{
    fprintf(file, "rule,segment,touch,anchor,after,every,repeat_from,factor,min,max,grace,shift,calendar,stop,owner,"
                  "priority,tag,escalate\n");
    for (size_t i = 0; i < RULES; i++) {
        write_rule(&rules[i], file);
    }
}

static bool works(const struct model *model, int day)
{
    for (size_t i = 0; i < model->special_count; i++) {
        if (model->specials[i].day == day) {
            return model->specials[i].works;
        }
    }
    int weekday = ((day % 7) + 7 + 3) % 7; // Monday 0; 1970-01-01 was a Thursday
    return weekday < 5;
}

static int shifted(const struct model *model, const struct rule *rule, int day)
{
    if (rule->shift == STAY || works(model, day)) {
        return day;
    }
    for (int away = 1;; away++) {
        if (rule->shift != BEFORE && works(model, day + away)) {
            return day + away;
        }
        if (rule->shift != AFTER && works(model, day - away)) {
            return day - away;
        }
    }
}

static int anchor_of(const struct rule *rule, const struct person *person)
{
    switch (rule->anchor) {
    case FIRST_ORDER:
        return person->first_order;
    case LAST_ORDER:
        return person->last_order;
    case BIRTHDAY:
        return person->birthday;
    case CONTRACT:
        return person->contract;
    default:
        return day_of(rule->year, rule->month, rule->day);
    }
}

static int nth(const struct rule *rule, int anchor, int n)
{
    return rule->months > 0 ? add_months(anchor, n * rule->months) : anchor + n * rule->days;
}

static struct thread *thread_of(const struct model *model, size_t person, size_t rule)
{
    return &model->threads[person * RULES + rule];
}

static struct occurrence *find(const struct thread *thread, int nominal)
{
    for (size_t i = 0; i < thread->count; i++) {
        if (thread->items[i].nominal == nominal) {
            return &thread->items[i];
        }
    }
    return NULL;
}

// The last recorded one of the absence that began on `anchor`.
static struct occurrence *find_absence(const struct thread *thread, int anchor)
{
    for (size_t i = thread->count; i > 0; i--) {
        if (thread->items[i - 1].nominal > anchor) {
            return &thread->items[i - 1];
        }
    }
    return NULL;
}

static int level_of(const struct rule *rule, int due, int today)
{
    int level = 0;
    for (int i = 0; i < MODEL_LEVELS - 1 && rule->levels[i] > 0; i++) {
        level = due + rule->levels[i] <= today ? i + 1 : level;
    }
    return level;
}

// The number of the last time that is due; -1: none yet. Begins where no period is too long to be past.
static int latest(const struct model *model, const struct rule *rule, int anchor, int first, int today)
{
    int early = (today - anchor) / (rule->months > 0 ? 31 * rule->months : rule->days) - 8;
    int n = early > first ? early : first;
    while (shifted(model, rule, nth(rule, anchor, n)) <= today) {
        n++;
    }
    return n - 1 < first ? -1 : n - 1;
}

static int winback_day(const struct person *person, int anchor)
{
    int days = 2 * person->gap;
    days = days < winback_min ? winback_min : days;
    return anchor + (days > winback_max ? winback_max : days);
}

static bool waits(const struct occurrence *occurrence)
{
    return occurrence->levels == 0 && !occurrence->closed && !occurrence->missed;
}

static void miss_older(struct model *model, struct contact contact, int anchor, int first, int n)
{
    const struct rule *rule = &rules[contact.rule];
    for (n--; n >= first; n--) {
        contact.nominal = nth(rule, anchor, n);
        contact.due = shifted(model, rule, contact.nominal);
        contact.level = 0;
        const struct occurrence *occurrence = find(thread_of(model, contact.person, contact.rule), contact.nominal);
        if (occurrence == NULL ? contact.due < model->begins : !waits(occurrence)) {
            return;
        }
        contacts_add(&model->forecast.missed, &contact);
    }
}

// The nominal day of a contact; false when there is none that is due.
static bool find_day(struct model *model, struct contact *contact, int anchor, int today, int *first, int *n)
{
    const struct rule *rule = &rules[contact->rule];
    const struct person *person = &model->people[contact->person];
    const struct thread *thread = thread_of(model, contact->person, contact->rule);
    const struct occurrence *newest = thread->count == 0 ? NULL : &thread->items[thread->count - 1];
    *first = rule->anchor == DATE ? 0 : 1;
    *n = 1;
    if (rule->kind == PERIODIC) {
        *n = latest(model, rule, anchor, *first, today);
        if (*n < 0) {
            return false;
        }
    }
    if (rule->kind == CHAINED && thread->closed_on > anchor) {
        anchor = thread->closed_on;
    }
    contact->nominal = rule->kind == WINBACK ? winback_day(person, anchor) : nth(rule, anchor, *n);
    if (rule->kind == CHAINED && newest != NULL && !newest->closed && !newest->missed) {
        contact->nominal = newest->nominal;
    }
    contact->due = shifted(model, rule, contact->nominal);
    return contact->due <= today;
}

static bool may_be_contacted(const struct person *person, const struct rule *rule, int anchor, int today)
{
    bool bought = rule->stops && person->last_order > anchor && person->last_order <= today;
    return !bought && !person->opted_out && person->paused_until <= today;
}

// Puts a person's contact by a rule into the forecast, if there is one.
static void ask(struct model *model, struct contact contact, int today)
{
    const struct rule *rule = &rules[contact.rule];
    const struct person *person = &model->people[contact.person];
    const struct thread *thread = thread_of(model, contact.person, contact.rule);
    int anchor = anchor_of(rule, person);
    int first;
    int n;
    if (anchor == MODEL_NEVER || (rule->segment != NULL && strcmp(rule->segment, person->segment) != 0) ||
        !find_day(model, &contact, anchor, today, &first, &n) || !may_be_contacted(person, rule, anchor, today) ||
        thread->stopped) {
        return;
    }
    const struct occurrence *known =
        rule->kind == WINBACK ? find_absence(thread, anchor) : find(thread, contact.nominal);
    if (known != NULL) {
        bool snoozed = known->snoozed_to != MODEL_NEVER;
        contact.nominal = known->nominal;
        contact.due = snoozed ? known->snoozed_to : shifted(model, rule, known->nominal);
    }
    contact.level = level_of(rule, contact.due, today);
    if (known != NULL &&
        (known->closed || known->missed || known->levels >> contact.level != 0 || contact.due > today)) {
        return;
    }
    if (known == NULL && rule->kind == PERIODIC) {
        miss_older(model, contact, anchor, first, n);
    }
    bool put_off = known != NULL && (known->deferred || known->snoozed_to != MODEL_NEVER);
    bool seen = known != NULL && known->levels != 0;
    int last = contact.due + (seen && contact.level > 0 ? rule->levels[contact.level - 1] : 0) + rule->grace;
    if (rule->grace < 0 || put_off || last >= today) {
        contacts_add(&model->forecast.printed, &contact);
    } else if (!seen && last >= model->begins) {
        contact.level = 0;
        contacts_add(&model->forecast.missed, &contact);
    }
}

static int by_urgency(const void *left, const void *right)
{
    const struct contact *a = left;
    const struct contact *b = right;
    int order = rules[a->rule].priority - rules[b->rule].priority;
    order = order != 0 ? order : a->due - b->due;
    order = order != 0 ? order : (a->person > b->person) - (a->person < b->person);
    return order != 0 ? order : (a->rule > b->rule) - (a->rule < b->rule);
}

const char *model_owner(const struct model *model, const struct contact *contact)
{
    const char *owner = contact->level > 0 ? level_owners[contact->level - 1] : rules[contact->rule].owner;
    return strcmp(owner, "@owner") == 0 ? model->people[contact->person].owner : owner;
}

struct tally {
    const char *owner;
    size_t count;
};

static size_t *count_of(struct tally tallies[OWNERS], const char *owner)
{
    size_t i = 0;
    while (tallies[i].owner != NULL && strcmp(tallies[i].owner, owner) != 0) {
        i++;
    }
    tallies[i].owner = owner;
    return &tallies[i].count;
}

// Contacts of a person, of those that are capped, made in the window that ends on `day`; but for one occurrence.
static int count_promo(const struct model *model, const struct contact *contact, int day, bool by_print)
{
    int count = 0;
    for (size_t rule = 0; rule < RULES; rule++) {
        const struct thread *thread = thread_of(model, contact->person, rule);
        for (size_t i = 0; rules[rule].promo && i < thread->count; i++) {
            const struct occurrence *occurrence = &thread->items[i];
            bool same = rule == contact->rule && occurrence->nominal == contact->nominal;
            int on = by_print ? occurrence->printed_on : occurrence->made_on;
            count += occurrence->counts && !same && on > day - promo_days;
        }
    }
    return count;
}

static bool cap_allows(const struct model *model, const struct contact *contact, int today)
{
    int count = 0;
    if (!rules[contact->rule].promo) {
        return true;
    }
    for (size_t i = 0; i < model->forecast.printed.count; i++) {
        const struct contact *above = &model->forecast.printed.items[i];
        count += above->person == contact->person && rules[above->rule].promo;
    }
    return count + count_promo(model, contact, today, false) < promo_cap;
}

bool model_breaks_cap(const struct model *model, const struct contact *contact, int day)
{
    return rules[contact->rule].promo && count_promo(model, contact, day, true) >= promo_cap;
}

void model_write_settings(FILE *file, int extra)
{
    fprintf(file, "scope,name,limit,window\ntag=promo,cap,%d,%dd\n", promo_cap + extra, promo_days);
}

static void defer(struct model *model, int today)
{
    struct tally tallies[OWNERS] = {{0}};
    struct contacts all = model->forecast.printed;
    model->forecast.printed = (struct contacts){0};
    for (size_t i = 0; i < model->today_due.count && model->today == today; i++) {
        ++*count_of(tallies, model_owner(model, &model->today_due.items[i]));
    }
    for (size_t i = 0; i < all.count; i++) {
        size_t *count = count_of(tallies, model_owner(model, &all.items[i]));
        bool room = *count < model->limit && cap_allows(model, &all.items[i], today);
        *count += room;
        contacts_add(room ? &model->forecast.printed : &model->forecast.deferred, &all.items[i]);
    }
    free(all.items);
}

const struct forecast *model_forecast(struct model *model, int today)
{
    int begins = model->begins;
    model->begins = begins == INT_MAX ? today : begins;
    model->forecast.printed.count = 0;
    model->forecast.deferred.count = 0;
    model->forecast.missed.count = 0;
    for (size_t person = 0; person < model->count; person++) {
        for (size_t rule = 0; rule < RULES && model->people[person].joined; rule++) {
            ask(model, (struct contact){.person = person, .rule = rule}, today);
        }
    }
    if (model->forecast.printed.count > 0) {
        qsort(model->forecast.printed.items, model->forecast.printed.count, sizeof *model->forecast.printed.items,
              by_urgency);
    }
    defer(model, today);
    model->begins = begins;
    return &model->forecast;
}

static struct occurrence *find_or_add(struct thread *thread, int nominal)
{
    struct occurrence *occurrence = find(thread, nominal);
    if (occurrence != NULL) {
        return occurrence;
    }
    thread->items = grow(thread->items, &thread->capacity, thread->count + 1, sizeof *thread->items);
    thread->items[thread->count] = (struct occurrence){.nominal = nominal, .snoozed_to = MODEL_NEVER};
    return &thread->items[thread->count++];
}

static void stop(struct thread *thread)
{
    thread->stopped = true;
    for (size_t i = 0; i < thread->count; i++) {
        thread->items[i].closed = true;
    }
}

void model_record(struct model *model, enum event event, const struct contact *contact, int day, int back)
{
    struct thread *thread = thread_of(model, contact->person, contact->rule);
    struct occurrence *occurrence = find_or_add(thread, contact->nominal);
    model->begins = day < model->begins ? day : model->begins;
    if (event == EVENT_DUE) {
        occurrence->levels |= 1U << contact->level;
        occurrence->counts = true;
        occurrence->printed_on = day;
        occurrence->made_on = day;
        model->today_due.count = model->today == day ? model->today_due.count : 0;
        model->today = day;
        contacts_add(&model->today_due, contact);
    } else if (event == EVENT_DEFERRED) {
        occurrence->deferred = true;
    } else if (event == EVENT_SNOOZE) {
        occurrence->closed = false;
        occurrence->snoozed_to = back;
        occurrence->counts = false;
        occurrence->levels = 0;
    } else if (event == EVENT_STOP) {
        stop(thread);
    } else {
        occurrence->counts = occurrence->counts && event != EVENT_SKIP;
        occurrence->made_on = event == EVENT_DONE ? day : occurrence->made_on;
        occurrence->missed = occurrence->missed || event == EVENT_MISSED;
        occurrence->closed = occurrence->closed || event != EVENT_MISSED;
        thread->closed_on = day > thread->closed_on ? day : thread->closed_on;
    }
}

bool model_is_over(const struct model *model, const struct contact *contact)
{
    const struct thread *thread = thread_of(model, contact->person, contact->rule);
    const struct occurrence *occurrence = find(thread, contact->nominal);
    return thread->stopped || (occurrence != NULL && (occurrence->closed || occurrence->missed));
}

bool model_was_deferred(const struct model *model, const struct contact *contact)
{
    const struct occurrence *occurrence = find(thread_of(model, contact->person, contact->rule), contact->nominal);
    return occurrence != NULL && occurrence->deferred;
}

bool model_was_printed(const struct model *model, const struct contact *contact)
{
    const struct occurrence *occurrence = find(thread_of(model, contact->person, contact->rule), contact->nominal);
    return occurrence != NULL && (occurrence->levels >> contact->level & 1U) != 0;
}

size_t model_most_today(const struct model *model, int today)
{
    struct tally tallies[OWNERS] = {{0}};
    size_t most = 0;
    for (size_t i = 0; i < model->today_due.count && model->today == today; i++) {
        size_t count = ++*count_of(tallies, model_owner(model, &model->today_due.items[i]));
        most = count > most ? count : most;
    }
    return most;
}

// Of one person and rule: occurrences that fell due, and those of them that left no trace.
static size_t count_lost(struct model *model, size_t person, size_t rule, int today, size_t *occurrences)
{
    const struct rule *one = &rules[rule];
    const struct person *who = &model->people[person];
    const struct thread *thread = thread_of(model, person, rule);
    int anchor = anchor_of(one, who);
    size_t lost = 0;
    bool applies = anchor != MODEL_NEVER && (one->segment == NULL || strcmp(one->segment, who->segment) == 0);
    bool excused = who->ever_held || thread->stopped || (one->stops && who->last_order > anchor);
    if (!applies || one->kind == CHAINED || one->kind == WINBACK) {
        return 0;
    }
    int last = one->kind == ONCE ? 1 : INT_MAX;
    for (int n = one->kind == PERIODIC && one->anchor == DATE ? 0 : 1; n <= last; n++) {
        int nominal = nth(one, anchor, n);
        int due = shifted(model, one, nominal);
        if (due > today) {
            break;
        }
        if (due >= model->begins) {
            ++*occurrences;
            lost += !excused && find(thread, nominal) == NULL;
        }
    }
    return lost;
}

size_t model_count_forgotten(struct model *model, int today, size_t *occurrences)
{
    size_t lost = 0;
    *occurrences = 0;
    for (size_t person = 0; person < model->count; person++) {
        for (size_t rule = 0; rule < RULES && model->people[person].joined; rule++) {
            lost += count_lost(model, person, rule, today, occurrences);
        }
    }
    return lost;
}
