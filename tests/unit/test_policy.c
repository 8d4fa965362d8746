// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * policy: what a row becomes, column by column; and that hostile or broken bytes are complaints, never more. Files are
 * made in a directory of their own; what is said goes to one of them.
 */
#include "../../cmd/remind/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};
static const struct clock clock_of_test = {0};

static struct policy policy;
static struct table *table;

static void write_file(const char *name, const char *bytes, size_t length)
{
    FILE *file = fopen(name, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
}

// Reads a policy of these bytes for customers with many columns. Closed by done().
static enum status read_bytes(const char *bytes, size_t length)
{
    static const char *const paths[] = {"people.csv"};
    static const char people[] = "customer,segment,stage,tier,first_order,last_order,who,how,days,orders\n";
    struct table_options options = {.forms = &forms, .clock = &clock_of_test, .diag = &quiet};
    write_file(paths[0], people, sizeof people - 1);
    write_file("policy.csv", bytes, length);
    table = table_open(paths, 1, &options);
    struct policy_scope scope = {.table = table, .forms = &forms, .clock = &clock_of_test};
    return policy_read(&policy, "policy.csv", &scope);
}

static enum status read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void done(void)
{
    policy_free(&policy);
    table_free(table);
}

static void test_every_column(void)
{
    CHECK(read_text(
              "rule,segment,stage,tier,when,touch,anchor,every,repeat_from,grace,channel,owner,cost,minutes,priority,"
              "tag,stop,escalate,enabled,from_date,until\n"
              "# a comment, with \"quotes\n"
              "R1,new|lost,*,,orders > 1,call,first_order,P1M,done,1w,@how,mei,\"1,250.50\",7.5,-3,promo,last_order,"
              "\"3d:lead, P7D:the boss\",no,2026-01-01,2026-12-31\n") == STATUS_DONE);
    const struct policy_rule *rule = &policy.rules[0];
    CHECK(policy.count == 1 && rule->line == 3);
    CHECK(slice_is(rule->id, "R1") && slice_is(rule->touch, "call") && slice_is(rule->tag, "promo"));
    CHECK(rule->wanted[POLICY_SEGMENT].count == 2 && rule->wanted[POLICY_STAGE].count == 0);
    CHECK(policy.label_columns[POLICY_SEGMENT] == 1 && policy.label_columns[POLICY_STAGE] == TABLE_NO_COLUMN);
    CHECK(rule->when != NULL && rule->kind == POLICY_CHAINED);
    CHECK(slice_is(rule->anchor, "first_order") && policy.day_columns[rule->anchor_slot] == 4);
    CHECK(rule->stop_count == 1 && policy.day_columns[rule->stop_slots[0]] == 5 && policy.day_count == 2);
    CHECK(rule->series.period.months == 1 && rule->series.period.seconds == 0 && slice_is(rule->period_text, "1m"));
    CHECK(rule->has_grace && rule->grace.seconds == 7 * 86400);
    CHECK(rule->channel.column == 7 && rule->owner.column == TABLE_NO_COLUMN && slice_is(rule->owner.text, "mei"));
    CHECK(rule->has_cost && rule->cost.micros == 1250500000 && rule->minutes == 7.5);
    CHECK(rule->has_priority && rule->priority == -3);
    CHECK(rule->level_count == 2 && rule->levels[1].after.seconds == 7 * 86400);
    CHECK(slice_is(rule->levels[1].owner, "the boss"));
    CHECK(!rule->enabled && rule->has_from && rule->has_until && rule->until - rule->from == 364);
    done();
}

static void test_a_short_rule_has_defaults(void)
{
    CHECK(read_text("touch\tafter\trule\ncall\t-3d\tR1\n") == STATUS_DONE);
    const struct policy_rule *rule = &policy.rules[0];
    CHECK(rule->enabled && rule->kind == POLICY_ONCE && rule->period.seconds == -3 * 86400);
    CHECK(slice_is(rule->period_text, "-3d"));
    CHECK(slice_is(rule->anchor, "last_order") && rule->stop_count == 0);
    CHECK(!rule->has_grace && !rule->has_cost && !rule->has_priority && rule->level_count == 0 && rule->when == NULL);
    done();
}

static void test_an_anchor_is_a_column_or_a_date(void)
{
    CHECK(read_text("rule,touch,anchor,every\nA,t,2026-11-02,1w\nB,t,20261102,1w\nC,t,5,1w\n") == STATUS_DONE);
    CHECK(policy.rules[0].anchor_slot == TABLE_NO_COLUMN && policy.rules[0].anchor_day == policy.rules[1].anchor_day);
    CHECK(slice_is(policy.rules[2].anchor, "first_order"));
    done();
}

static void test_winback(void)
{
    CHECK(read_text("rule,touch,factor,gap,min,max\nA,t,2,days,P30D,1y\nB,t,1.5,,,\n") == STATUS_DONE);
    CHECK(policy.rules[0].kind == POLICY_WINBACK && policy.rules[0].gap_column == 8 && policy.rules[0].has_min);
    CHECK(slice_is(policy.rules[0].min_text, "30d") && policy.rules[0].max.months == 12);
    CHECK(policy.rules[1].factor == 1.5 && policy.rules[1].gap_column == TABLE_NO_COLUMN && !policy.rules[1].has_max);
    CHECK(policy.label_columns[POLICY_SEGMENT] == 1); // for the medians, though no rule names a segment
    done();
}

static void test_wrong_policies(void)
{
    static const char *const texts[] = {
        "",
        "\n\n",
        "rule,touch,after\n",
        "# only a comment\n",
        "rule,after\nA,3d\n",
        "rule,touch,after,aftr\nA,t,3d,\n",
        "rule,touch,after,after\nA,t,3d,\n",
        "rule,touch,after\nA,t,3d\nA,t,4d\n",
        "rule,touch,after\n,t,3d\n",
        "rule,touch,after\nA,,3d\n",
        "rule,touch,after\nA,t,\n",
        "rule,touch,after\nA,t,3\n",
        "rule,touch,after\nA,t,3h\n",
        "rule,touch,after\nA,t,3d,more\n",
        "rule,touch,after\nA,\"two\nlines\",3d\n",
        "rule,touch,after\nA,\"t\"x,3d\n",
        "rule,touch,every\nA,t,0d\n",
        "rule,touch,every\nA,t,-1d\n",
        "rule,touch,every\nA,t,FREQ=HOURLY\n",
        "rule,touch,every,factor\nA,t,1d,2\n",
        "rule,touch,every,repeat_from\nA,t,1d,start\n",
        "rule,touch,after,repeat_from\nA,t,1d,done\n",
        "rule,touch,factor\nA,t,0\n",
        "rule,touch,factor\nA,t,-1\n",
        "rule,touch,factor,grace\nA,t,2,7d\n",
        "rule,touch,factor,min,max\nA,t,2,30d,20d\n",
        "rule,touch,after,min\nA,t,2d,30d\n",
        "rule,touch,after,gap\nA,t,2d,days\n",
        "rule,touch,after,anchor\nA,t,2d,nowhere\n",
        "rule,touch,after,stop\nA,t,2d,nowhere\n",
        "rule,touch,after,owner\nA,t,2d,@nowhere\n",
        "rule,touch,after,owner\nA,t,2d,@\n",
        "rule,touch,after,cost\nA,t,2d,-1\n",
        "rule,touch,after,minutes\nA,t,2d,-1\n",
        "rule,touch,after,priority\nA,t,2d,high\n",
        "rule,touch,after,enabled\nA,t,2d,maybe\n",
        "rule,touch,after,from_date,until\nA,t,2d,2026-02-01,2026-01-01\n",
        "rule,touch,after,until\nA,t,2d,2026-02-30\n",
        "rule,touch,after,segment\nA,t,2d,new|\n",
        "rule,touch,after,when\nA,t,2d,nowhere > 1\n",
        "rule,touch,after,when\nA,t,2d,pct(orders) > 0.5\n",
        "rule,touch,after,escalate\nA,t,2d,3d\n",
        "rule,touch,after,escalate\nA,t,2d,3d:\n",
        "rule,touch,after,escalate\nA,t,2d,\"3d:a,3d:b\"\n",
        "rule,touch,after,escalate\nA,t,2d,0d:a\n",
        "rule,touch,after,escalate\nA,t,2d,\"1d:a,2d:a,3d:a,4d:a,5d:a,6d:a,7d:a,8d:a,9d:a,10d:a\"\n",
        "rule,touch,after,shift\nA,t,2d,later\n",
        "rule,touch,after,cap\nA,t,2d,none\n",
        "rule,touch,after,time\nA,t,2d,25:00\n",
        "rule,touch,after,time\nA,t,2d,10\n",
        "rule,touch,after,quiet\nA,t,2d,21:00\n",
        "rule,touch,after,quiet\nA,t,2d,08:00-08:00\n",
        "\xff\xfe",
        "rule,touch,after\nA,\xc0\xaf,3d\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        enum status status = read_text(texts[i]);
        tap_report(status == STATUS_USAGE, texts[i][0] == '\0' ? "an empty file" : "wrong", __FILE__, (int)i);
        done();
    }
}

// Every prefix of a policy, and every policy with one byte changed, is read or refused: under the sanitizers too.
static void test_broken_bytes(void)
{
    static const char good[] =
        "rule,segment,touch,anchor,after,factor,escalate,when\n"
        "A,\"new|lost\",\"t, \"\"x\"\"\",first_order,3d,,\"3d:a,P7D:b\",orders > 1 and who = 'x'\n"
        "#,\n"
        "B,*,t,2026-11-02,,2,,\n";
    char bytes[sizeof good];
    bool known = true;
    for (size_t length = 0; length < sizeof good; length++) {
        enum status status = read_bytes(good, length);
        known = known && (status == STATUS_DONE || status == STATUS_USAGE);
        done();
    }
    for (size_t i = 0; i < sizeof good - 1; i++) {
        static const char odd[] = {'\0', '"', ',', '\n', '#', '@', '\xff', '|', ':'};
        memcpy(bytes, good, sizeof good);
        bytes[i] = odd[i % sizeof odd];
        enum status status = read_bytes(bytes, sizeof good - 1);
        known = known && (status == STATUS_DONE || status == STATUS_USAGE);
        done();
    }
    CHECK(known);
}

int main(void)
{
    char folder[] = "/tmp/test_policy.XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || freopen("said", "wb", stderr) == NULL) {
        return 1;
    }
    test_every_column();
    test_a_short_rule_has_defaults();
    test_an_anchor_is_a_column_or_a_date();
    test_winback();
    test_wrong_policies();
    test_broken_bytes();
    remove("people.csv");
    remove("policy.csv");
    remove("said");
    rmdir(folder);
    return tap_done();
}
