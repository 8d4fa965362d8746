// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * touches: a log read from a file, chained by customer; what is later than now is left out, what is wrong stops it.
 */
#include "../../cmd/remind/touches.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "tap.h"

enum { TODAY = 20778 }; // 2026-11-21

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};
static const struct clock noon = {.today = TODAY, .now = (int64_t)TODAY * DATE_DAY_SECONDS + 43200};
static const char path[] = "touches.csv";

static struct provisions provisions;
static struct table *table;

// Settings that name the labels used here, but the owner "tom".
static void begin_provisions(void)
{
    static const char *const named[PROVISIONS_DIMENSIONS] = {
        [PROVISIONS_CHANNEL] = "mail|phone", [PROVISIONS_TAG] = "promo|news", [PROVISIONS_OWNER] = "mei"};
    struct labels_wanted wanted;
    bool read = true;
    provisions = (struct provisions){0};
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        labels_begin(&provisions.labels[i]);
        read = read &&
               (named[i] == NULL || labels_read(&provisions.labels[i], slice_of(named[i]), &provisions.arena, &wanted));
    }
    CHECK(read);
}

static struct touches *read_log(const char *bytes)
{
    static const char *const paths[] = {path};
    struct table_options options = {
        .reader = {.max_field = READER_MAX_FIELD}, .forms = &forms, .clock = &noon, .diag = &quiet};
    FILE *file = fopen(path, "wb");
    fputs(bytes, file);
    fclose(file);
    begin_provisions();
    table = table_open(paths, 1, &options);
    return touches_read(table, &provisions, &noon);
}

static void end(struct touches *touches)
{
    touches_free(touches);
    table_free(table);
    provisions_free(&provisions);
}

static void test_chains(void)
{
    struct touches *touches = read_log("customer,date,channel,tag,owner\n"
                                       "a,2026-11-03,mail,promo,mei\n"
                                       "b,2026-11-04 10:00,phone,,\n"
                                       " a ,2026-11-01 23:59:59, phone ,promo,tom\n"
                                       "a,2026-11-02,mail,news,mei\n");
    const struct touch *third = touches_of(touches, slice_of("a"));
    const struct touch *second = touches_older(touches, third);
    const struct touch *first = touches_older(touches, second);
    CHECK(third->day == TODAY - 19 && second->day == TODAY - 20 && first->day == TODAY - 18);
    CHECK(touches_older(touches, first) == NULL);
    CHECK(second->has_time && second->second == 86399 && !first->has_time);
    CHECK(first->channel == third->channel && first->channel != second->channel);
    CHECK(first->tag == second->tag && first->tag != third->tag);
    CHECK(first->owner == third->owner && first->owner != LABELS_OTHER && second->owner == LABELS_OTHER);
    const struct touch *other = touches_of(touches, slice_of("b"));
    CHECK(other->day == TODAY - 17 && other->second == 36000 && touches_older(touches, other) == NULL);
    CHECK(other->channel == second->channel); // blanks around it are no part of it
    CHECK(touches_of(touches, slice_of("c")) == NULL && touches_of(touches, slice_of("")) == NULL);
    end(touches);
}

// Numbers are those that the settings give.
static void test_labels_are_those_of_the_provisions(void)
{
    struct touches *touches = read_log("customer,date,channel,owner\na,2026-11-03,mail,mei\nb,2026-11-03,,\n");
    uint32_t numbers[PROVISIONS_DIMENSIONS];
    const struct touch *touch = touches_of(touches, slice_of("a"));
    provisions_number_all(&provisions, slice_of("mail"), slice_of(""), slice_of("mei"), numbers);
    CHECK(touch->channel == numbers[PROVISIONS_CHANNEL] && touch->owner == numbers[PROVISIONS_OWNER]);
    CHECK(touch->tag == numbers[PROVISIONS_TAG]); // no column: no tag
    touch = touches_of(touches, slice_of("b"));
    provisions_number_all(&provisions, slice_of(""), slice_of(""), slice_of(""), numbers);
    CHECK(touch->channel == numbers[PROVISIONS_CHANNEL] && touch->owner == numbers[PROVISIONS_OWNER]);
    end(touches);
}

static void test_the_latest_day_is_not_the_last_line(void)
{
    int32_t day = 0;
    struct touches *touches = read_log("customer,date\na,2026-11-03\na,2026-11-20\na,2026-11-01\nb,1960-01-01\n"
                                       "b,1959-12-31 23:00\n");
    CHECK(touches_last(touches, slice_of("a"), &day) && day == TODAY - 1);
    CHECK(touches_last(touches, slice_of("b"), &day) && day == -3653); // before 1970 too
    CHECK(touches_of(touches, slice_of("b"))->day == -3654 && touches_of(touches, slice_of("b"))->second == 82800);
    CHECK(!touches_last(touches, slice_of("c"), &day));
    end(touches);
}

static void test_what_is_later_than_now_is_left_out(void)
{
    int32_t day = 0;
    struct touches *touches = read_log("customer,date\na,2026-11-21 12:00\na,2026-11-21 12:00:01\nb,2026-11-22\n"
                                       "c,2026-11-21 00:00\n");
    CHECK(touches_last(touches, slice_of("a"), &day) && day == TODAY);
    CHECK(touches_older(touches, touches_of(touches, slice_of("a"))) == NULL);
    CHECK(touches_of(touches, slice_of("b")) == NULL && touches_of(touches, slice_of("c")) != NULL);
    end(touches);
}

static void test_nothing(void)
{
    int32_t day;
    struct touches *touches = read_log("customer,date\n");
    CHECK(touches != NULL && touches_of(touches, slice_of("a")) == NULL && !touches_last(touches, slice_of("a"), &day));
    end(touches);
    touches_free(NULL);
}

static void test_many_contacts_of_many(void)
{
    static char bytes[200000];
    size_t length = (size_t)snprintf(bytes, sizeof bytes, "customer,date\n");
    for (int i = 0; i < 6000; i++) {
        length += (size_t)snprintf(bytes + length, sizeof bytes - length, "c%d,2026-%02d-%02d\n", i % 500,
                                   i / 500 % 10 + 1, i % 28 + 1);
    }
    struct touches *touches = read_log(bytes);
    bool right = true;
    for (int customer = 0; customer < 500; customer++) {
        char name[16];
        int count = 0;
        snprintf(name, sizeof name, "c%d", customer);
        for (const struct touch *touch = touches_of(touches, slice_of(name)); touch != NULL;
             touch = touches_older(touches, touch)) {
            int i = 6000 - 500 * (count + 1) + customer; // from the last line on
            int32_t day;
            date_from_civil((struct date_civil){2026, i / 500 % 10 + 1, i % 28 + 1}, &day);
            right = right && touch->day == day;
            count++;
        }
        right = right && count == 12;
    }
    CHECK(right);
    end(touches);
}

static bool is_refused(const char *bytes)
{
    struct touches *touches = read_log(bytes);
    bool refused = touches == NULL && table_stopped(table) && table_status(table) != STATUS_DONE;
    end(touches);
    return refused;
}

static void test_what_is_wrong(void)
{
    CHECK(is_refused("customer,date\na,2026-11-31\n"));
    CHECK(is_refused("customer,date\na,\n"));
    CHECK(is_refused("customer,date\n,2026-11-20\n"));
    CHECK(is_refused("customer,date\na,2026-11-20,more\n"));
    CHECK(is_refused("customer,when?\na,2026-11-20\n"));
    CHECK(is_refused("who?,date\na,2026-11-20\n"));
    CHECK(is_refused(""));
}

int main(void)
{
    char folder[] = "/tmp/test_touches.XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_chains();
    test_labels_are_those_of_the_provisions();
    test_the_latest_day_is_not_the_last_line();
    test_what_is_later_than_now_is_left_out();
    test_nothing();
    test_many_contacts_of_many();
    test_what_is_wrong();
    remove(path);
    remove("said");
    rmdir(folder);
    return tap_done();
}
