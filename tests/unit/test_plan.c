// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * plan, names, operand: what users type is taken apart as the manual says, and what is no plan is told.
 */
#include "../../cmd/funnel/plan.h"
#include "../../cmd/funnel/names.h"
#include "../../cmd/funnel/operand.h"
#include "tap.h"

// A plan as text: "name" for an event, "name:expression", "name*" for every row, "name|" for a column; or "! problem".
static const char *told(const char *steps, const char *first, const char *second, const char *wide, struct text *out)
{
    const char *values[] = {first, second};
    struct option_list list = {.values = values, .count = (size_t)(first != NULL) + (second != NULL)};
    struct plan plan = {0};
    struct text problem = {0};
    text_clear(out);
    if (!plan_read(&plan, steps, &list, wide, &problem)) {
        text_format(out, "! %s", text_string(&problem));
        plan.count = 0;
    }
    for (size_t i = 0; i < plan.count; i++) {
        const struct plan_step *step = &plan.steps[i];
        text_append_string(out, i > 0 ? " / " : "");
        text_append(out, step->name);
        if (step->kind == PLAN_EXPRESSION) {
            text_append_byte(out, ':');
            text_append(out, step->expression);
        }
        text_append_string(out, step->optional ? " optional" : "");
        if (step->has_window) {
            text_format(out, " within %llds", (long long)step->window.seconds);
        }
        text_append_string(out, step->kind == PLAN_EVERY ? "*" : step->kind == PLAN_COLUMN ? "|" : "");
    }
    plan_free(&plan);
    text_free(&problem);
    return text_string(out);
}

static void test_lists(struct text *out)
{
    CHECK_TEXT(told("a,b,a", NULL, NULL, NULL, out), "a / b / a");
    CHECK_TEXT(told(" a , b c ", NULL, NULL, NULL, out), "a / b c");
    CHECK_TEXT(told("'a, b' ,\"c\"\"d\",e:f", NULL, NULL, NULL, out), "a, b / c\"d / e:f");
    CHECK_TEXT(told("it's,b", NULL, NULL, NULL, out), "it's / b");
    CHECK_TEXT(told("浏览，下单", NULL, NULL, NULL, out), "浏览 / 下单");
    CHECK_TEXT(told(NULL, NULL, NULL, "a,b", out), "a| / b|");
}

static void test_expressions(struct text *out)
{
    CHECK_TEXT(told("a", "b", "c: x > 1", NULL, out), "a / b / c:x > 1");
    CHECK_TEXT(told(NULL, "any: true", "'x:y' : z = 'a:b'", NULL, out), "any* / x:y:z = 'a:b'");
    CHECK_TEXT(told(NULL, "大单：amount > 5", NULL, NULL, out), "大单:amount > 5");
}

static void test_what_is_no_plan(struct text *out)
{
    CHECK_TEXT(told("a,,b", NULL, NULL, NULL, out), "! --steps: a name is empty");
    CHECK_TEXT(told("", NULL, NULL, NULL, out), "! --steps: a name is empty");
    CHECK_TEXT(told("a,'b", NULL, NULL, NULL, out), "! --steps: a quote is not closed");
    CHECK_TEXT(told("'a'b", NULL, NULL, NULL, out),
               "! --steps: text after a closing quote is not '?' or a window like '@7d'");
    CHECK_TEXT(told(NULL, "a:  ", NULL, NULL, out), "! -s: no expression behind the colon");
    CHECK_TEXT(told(NULL, ": x", NULL, NULL, out), "! -s: a name is empty");
    CHECK_TEXT(told("a", NULL, NULL, "b", out), "! --wide-steps names all the steps: leave --steps and -s away");
    CHECK(told("a?", NULL, NULL, NULL, out)[0] == '!');
    CHECK(told("a@7d", NULL, NULL, NULL, out)[0] == '!');
    CHECK(told("a,b@soon", NULL, NULL, NULL, out)[0] == '!');
    CHECK(told("a,b@0d", NULL, NULL, NULL, out)[0] == '!');
    CHECK(told("a,b@-1d", NULL, NULL, NULL, out)[0] == '!');
    CHECK(told("a,'b'@x", NULL, NULL, NULL, out)[0] == '!');
    CHECK_TEXT(told("'a?',\"b@7d\"", NULL, NULL, NULL, out), "a? / b@7d");
    CHECK(told(NULL, NULL, NULL, NULL, out)[0] == '!');
}

static void test_marks(struct text *out)
{
    CHECK_TEXT(told("a,b?,c@1h", NULL, NULL, NULL, out), "a / b optional / c within 3600s");
    CHECK_TEXT(told("a,b?@10s,c @ 10s ?", NULL, NULL, NULL, out), "a / b optional within 10s / c optional within 10s");
    CHECK_TEXT(told("a,'b, c?'?,\"d@e\"@1min", NULL, NULL, NULL, out), "a / b, c? optional / d@e within 60s");
    CHECK_TEXT(told("a", "b?: x > 1", "c@1h?", NULL, out), "a / b:x > 1 optional / c optional within 3600s");
}

// The exclusions as "name from-to", or "! problem".
static const char *excluded(const char *first, const char *second, struct text *out)
{
    const char *values[] = {first, second};
    struct option_list none = {.count = 0};
    struct option_list list = {.values = values, .count = (size_t)(first != NULL) + (second != NULL)};
    struct plan plan = {0};
    struct text problem = {0};
    text_clear(out);
    plan_read(&plan, "a,b,c,d", &none, NULL, &problem);
    if (!plan_exclude(&plan, &list, &problem)) {
        text_format(out, "! %s", text_string(&problem));
        plan.exclusion_count = 0;
    }
    for (size_t i = 0; i < plan.exclusion_count; i++) {
        const struct plan_exclusion *exclusion = &plan.exclusions[i];
        text_format(out, "%s%.*s %zu-%zu", i > 0 ? " / " : "", (int)exclusion->name.length, exclusion->name.data,
                    exclusion->from, exclusion->to);
    }
    plan_free(&plan);
    text_free(&problem);
    return text_string(out);
}

static void test_exclusions(struct text *out)
{
    CHECK_TEXT(excluded("x", NULL, out), "x 1-4");
    CHECK_TEXT(excluded("x@2-3,y", "'a@b'@1-4", out), "x 2-3 / y 1-4 / a@b 1-4");
    const char *const bad[] = {"x@2-2", "x@3-2", "x@0-2",   "x@1-5",           "x@1",
                               "x@1-",  "x@-2",  "x@1-2-3", "x@1-99999999999", "@1-2"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK(excluded(bad[i], NULL, out)[0] == '!');
    }
}

static void test_operands(void)
{
    CHECK(slice_is(operand_word("join=a.csv"), "join"));
    CHECK_TEXT(operand_path("join=a.csv"), "a.csv");
    CHECK(slice_is(operand_word("a b=x=y/z"), "a b"));
    CHECK_TEXT(operand_path("a b=x=y/z"), "x=y/z");
    CHECK(operand_word("./a=b.csv").length == 0);
    CHECK_TEXT(operand_path("./a=b.csv"), "./a=b.csv");
    CHECK(operand_word("-").length == 0);
    CHECK_TEXT(operand_path("=a"), "=a");
}

int main(void)
{
    struct text out = {0};
    test_lists(&out);
    test_expressions(&out);
    test_what_is_no_plan(&out);
    test_marks(&out);
    test_exclusions(&out);
    test_operands();
    text_free(&out);
    return tap_done();
}
