// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * limits: months of runs at random, with every kind of limit at once; what was printed is then counted by hand.
 *
 * The counter knows only the list of what was printed on which day, and goes through all windows one by one. Nothing is
 * ever beyond a limit, and nothing is put off that would have fitted.
 */
#include "../../cmd/remind/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

enum { CUSTOMERS = 12, RULES = 4, DAYS = 80, START = 20778, MOST = 40000 };

// One contact that was printed.
struct made {
    int customer;
    int rule;
    int owner;
    int32_t day;
};

static struct made made[MOST];
static size_t made_count;
static const char *const names[CUSTOMERS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
static const char *const tags[RULES] = {"promo", "promo", "service", "news"};
static const char *const channels[RULES] = {"mail", "phone", "phone", "mail"};
static const char *const owners[2] = {"mei", "tom"};
static const int minutes[RULES] = {5, 20, 10, 1};

static const char settings_text[] = "scope,name,limit,window\n"
                                    "tag=promo,cap,1,7d\n"
                                    "channel=phone,cap,2,10d\n"
                                    "owner=mei&tag=news|service,cap,1,week\n"
                                    "*,cap,5,month\n"
                                    "owner=tom,contacts,3,day\n"
                                    "*,minutes,90,3d\n";

static uint32_t chance(uint32_t limit)
{
    static uint64_t state = 22;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % limit;
}

static void read_settings(struct provisions *provisions)
{
    static const char *const no_roles[POLICY_DIMENSIONS] = {NULL, NULL, NULL};
    char path[] = "/tmp/test_limits.XXXXXX";
    int descriptor = mkstemp(path);
    CHECK(descriptor != -1 &&
          write(descriptor, settings_text, sizeof settings_text - 1) == (ssize_t)sizeof settings_text - 1);
    close(descriptor);
    CHECK(provisions_read(provisions, path, NULL, no_roles, NULL) == STATUS_DONE);
    CHECK(provisions->limit_count == 6);
    unlink(path);
}

static struct policy_rule rule_of(int index)
{
    static const char *const ids[RULES] = {"R0", "R1", "R2", "R3"};
    return (struct policy_rule){
        .id = slice_of(ids[index]),
        .line = (uint64_t)index,
        .tag = slice_of(tags[index]),
        .minutes = minutes[index],
        .enabled = true,
    };
}

// Contacts of a customer (or an owner, when it is -1) that fit, on the days from..to.
static int count(int customer, int owner, const char *tag, const char *other_tag, const char *channel, int32_t from,
                 int32_t to, bool in_minutes)
{
    int sum = 0;
    for (size_t i = 0; i < made_count; i++) {
        const struct made *one = &made[i];
        bool fits = one->day >= from && one->day <= to && (customer == -1 || one->customer == customer) &&
                    (owner == -1 || one->owner == owner) &&
                    (tag == NULL || strcmp(tags[one->rule], tag) == 0 ||
                     (other_tag != NULL && strcmp(tags[one->rule], other_tag) == 0)) &&
                    (channel == NULL || strcmp(channels[one->rule], channel) == 0);
        sum += !fits ? 0 : in_minutes ? minutes[one->rule] : 1;
    }
    return sum;
}

static int32_t monday(int32_t day)
{
    return day - date_weekday(day) + 1;
}

static bool customer_is_within(int customer, int32_t day)
{
    struct date_civil civil = date_to_civil(day);
    civil.day = 1;
    int32_t first;
    bool known = date_from_civil(civil, &first);
    return known && count(customer, -1, "promo", NULL, NULL, day - 6, day, false) <= 1 &&
           count(customer, -1, NULL, NULL, "phone", day - 9, day, false) <= 2 &&
           count(customer, 0, "news", "service", NULL, monday(day), day, false) <= 1 &&
           count(customer, -1, NULL, NULL, NULL, first, day, false) <= 5;
}

static bool owners_are_within(int32_t day)
{
    return count(-1, 1, NULL, NULL, NULL, day, day, false) <= 3 &&
           count(-1, 0, NULL, NULL, NULL, day - 2, day, true) <= 90 &&
           count(-1, 1, NULL, NULL, NULL, day - 2, day, true) <= 90;
}

// Would this one have fitted too?
static bool fits(const struct made *one)
{
    made[made_count++] = *one;
    bool within = customer_is_within(one->customer, one->day) && owners_are_within(one->day);
    made_count--;
    return within;
}

static struct made made_of(const struct candidate *candidate, const struct policy *policy, int32_t day)
{
    int customer = 0;
    while (!slice_is(candidate->person->customer, names[customer])) {
        customer++;
    }
    return (struct made){customer, (int)(candidate->rule - policy->rules), slice_is(candidate->owner, "tom"), day};
}

// What was printed before, as the ledger has it.
static void play(struct limits *limits, int32_t begins)
{
    for (size_t i = 0; i < made_count; i++) {
        char day[DATE_SIZE];
        char key[64];
        struct entry entry = {.event = ENTRY_DUE, .at = (int64_t)made[i].day * DATE_DAY_SECONDS + 30000};
        if (made[i].day < begins) {
            continue;
        }
        int length = snprintf(key, sizeof key, "%s/R%d/%zu/0", names[made[i].customer], made[i].rule, i);
        entry.contact[CONTACT_CUSTOMER] = slice_of(names[made[i].customer]);
        entry.contact[CONTACT_OWNER] = slice_of(owners[made[i].owner]);
        entry.contact[CONTACT_RULE] = rule_of(made[i].rule).id;
        entry.contact[CONTACT_CHANNEL] = slice_of(channels[made[i].rule]);
        entry.contact[CONTACT_DUE] = (struct slice){day, date_print(day, made[i].day - 1)};
        entry.contact[CONTACT_OVERDUE] = slice_of("1");
        entry.contact[CONTACT_KEY] = (struct slice){key, (size_t)length};
        limits_play(limits, &entry);
    }
}

struct outcome {
    bool within;
    bool needed; // all that was put off did not fit
    size_t put_off;
};

static void check_day(struct candidate *const *items, size_t due, size_t total, const struct policy *policy,
                      int32_t day, struct outcome *outcome)
{
    for (size_t i = 0; i < due; i++) {
        made[made_count++] = made_of(items[i], policy, day);
    }
    for (int customer = 0; customer < CUSTOMERS; customer++) {
        outcome->within = customer_is_within(customer, day) && outcome->within;
    }
    outcome->within = owners_are_within(day) && outcome->within;
    for (size_t i = due; i < total; i++) {
        struct made one = made_of(items[i], policy, day);
        outcome->needed = !fits(&one) && items[i]->put_off_by != NULL && outcome->needed;
        outcome->put_off++;
    }
}

static size_t propose(struct candidate *items, struct person *people, struct policy *policy, int32_t day,
                      char keys[][64])
{
    size_t total = 0;
    for (int customer = 0; customer < CUSTOMERS; customer++) {
        for (int rule = 0; rule < RULES; rule++) {
            if (chance(5) > 0) {
                continue;
            }
            int length = snprintf(keys[total], 64, "%s/R%d/new%d/0", names[customer], rule, day);
            people[total] = (struct person){.order = total, .customer = slice_of(names[customer])};
            items[total] = (struct candidate){
                .rule = &policy->rules[rule],
                .person = &people[total],
                .owner = slice_of(owners[chance(2)]),
                .channel = slice_of(channels[rule]),
                .today = day,
                .due = day - (int32_t)chance(3),
                .key = {keys[total], (size_t)length},
            };
            total++;
        }
    }
    return total;
}

static void test_no_limit_is_broken_and_none_is_idle(void)
{
    struct policy_rule rules[RULES];
    struct policy policy = {.rules = rules, .count = RULES};
    struct provisions provisions;
    struct outcome outcome = {true, true, 0};
    read_settings(&provisions);
    for (int i = 0; i < RULES; i++) {
        rules[i] = rule_of(i);
    }
    for (int32_t day = START; day < START + DAYS; day++) {
        static char keys[CUSTOMERS * RULES][64];
        struct candidate items[CUSTOMERS * RULES];
        struct candidate *order[CUSTOMERS * RULES];
        struct person people[CUSTOMERS * RULES];
        struct limits_options options = {.today = day, .provisions = &provisions, .policy = &policy};
        struct limits *limits = limits_create(&options);
        size_t total = propose(items, people, &policy, day, keys);
        int32_t begins;
        for (size_t i = 0; i < total; i++) {
            order[i] = &items[i];
        }
        if (limits_expect(limits, order, total, &begins)) {
            play(limits, begins);
        }
        size_t due = limits_apply(limits, order, total);
        check_day(order, due, total, &policy, day, &outcome);
        limits_free(limits);
    }
    CHECK(outcome.within);
    CHECK(outcome.needed);
    CHECK(outcome.put_off > 300 && made_count > 100);
    provisions_free(&provisions);
}

int main(void)
{
    test_no_limit_is_broken_and_none_is_idle();
    return tap_done();
}
