// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as a policy of remind. Beyond surviving: it is read, or refused with lines that all lie in the file; and
 * what was read stays the same when a comment and a blank line are added.
 */
#include <stdbool.h>
#include <stdint.h>

#include "../../cmd/remind/policy.h"
#include "date.h"
#include "encoding.h"
#include "memory.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};

// The customers that every policy is read for.
static struct table *open_people(const struct clock *clock)
{
    static const char *const paths[] = {"-"};
    static const char people[] = "customer,segment,stage,tier,first_order,last_order,who,how,days,orders,t_x,x\n";
    struct table_options options = {.reader.block_size = 512, .forms = &forms, .clock = clock, .diag = &quiet};
    memory_fill(0, slice_of(people));
    struct table *table = table_open(paths, 1, &options);
    require(!table_stopped(table));
    return table;
}

// Reads the bytes as a policy. What is said goes to `said`.
static enum status read_policy(struct policy *policy, struct table *table, const struct clock *clock,
                               struct slice bytes, struct text *said)
{
    struct policy_scope scope = {.table = table, .forms = &forms, .clock = clock, .block_size = 512};
    memory_fill(0, bytes);
    memory_listen();
    enum status status = policy_read(policy, "-", &scope);
    memory_heard(said);
    return status;
}

static bool is_same_rule(const struct policy_rule *a, const struct policy_rule *b)
{
    return slice_equal(a->id, b->id) && slice_equal(a->touch, b->touch) && a->enabled == b->enabled &&
           a->kind == b->kind && slice_equal(a->anchor, b->anchor) && slice_equal(a->when_text, b->when_text) &&
           a->period.months == b->period.months && a->period.seconds == b->period.seconds;
}

// Nothing behind the last rule changes the rules before it.
static void check_more(const struct policy *policy, struct table *table, const struct clock *clock, struct slice bytes)
{
    struct text more = {0};
    struct text said = {0};
    struct policy again;
    text_append(&more, bytes);
    text_append_string(&more, "\n# a comment, with \"quotes\n\n");
    require(read_policy(&again, table, clock, text_slice(&more), &said) == STATUS_DONE && said.length == 0);
    require(again.count == policy->count);
    for (size_t i = 0; i < policy->count; i++) {
        require(is_same_rule(&policy->rules[i], &again.rules[i]));
    }
    policy_free(&again);
    text_free(&more);
    text_free(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct clock clock = {0};
    struct slice content = {(const char *)bytes, size};
    struct policy policy;
    struct text said = {0};
    diag_set_program("remind");
    date_from_civil((struct date_civil){2026, 11, 21}, &clock.today);
    struct table *table = open_people(&clock);
    enum status status = read_policy(&policy, table, &clock, content, &said);
    if (status == STATUS_DONE) {
        size_t mark;
        const char *marked = encoding_of_mark(content, &mark);
        require(said.length == 0 && policy.count > 0);
        if (marked == NULL || encoding_is_utf8(marked)) {
            check_more(&policy, table, &clock, content);
        }
    } else {
        require(status == STATUS_USAGE);
        memory_check_places(text_slice(&said), "remind", content);
    }
    policy_free(&policy);
    table_free(table);
    text_free(&said);
    return 0;
}
