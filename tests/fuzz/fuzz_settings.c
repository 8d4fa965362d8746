// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as the file of remind's --settings. Beyond surviving: it is read, or refused with lines that all lie in the
 * file; what was read stays the same when a comment and a blank line are added; and every scope holds for the labels it
 * names.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../cmd/remind/provisions.h"
#include "date.h"
#include "encoding.h"
#include "memory.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct diag quiet = {.quiet = true};
static const struct cell_forms forms = {.decimal = '.'};

// The customers that the settings are read for.
static struct table *open_people(const struct clock *clock)
{
    static const char *const paths[] = {"-"};
    static const char people[] = "customer,segment,stage,tier\n";
    struct table_options options = {.reader.block_size = 512, .forms = &forms, .clock = clock, .diag = &quiet};
    memory_fill(0, slice_of(people));
    struct table *table = table_open(paths, 1, &options);
    require(!table_stopped(table));
    return table;
}

// Reads the bytes as settings. What is said goes to `said`.
static enum status read_settings(struct provisions *provisions, struct table *table, struct slice bytes,
                                 struct text *said)
{
    static const char *const roles[POLICY_DIMENSIONS] = {NULL};
    memory_fill(0, bytes);
    memory_listen();
    enum status status = provisions_read(provisions, "-", table, roles, NULL);
    memory_heard(said);
    return status;
}

static bool is_same_scope(const struct provisions_scope *a, const struct provisions_scope *b)
{
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        size_t count = a->wanted[i].count;
        if (count != b->wanted[i].count ||
            (count > 0 && memcmp(a->wanted[i].numbers, b->wanted[i].numbers, count * sizeof(uint32_t)) != 0)) {
            return false;
        }
    }
    return true;
}

static bool is_same_limit(const struct provisions_limit *a, const struct provisions_limit *b)
{
    return a->of_owner == b->of_owner && a->minutes == b->minutes && a->most == b->most && a->cap.most == b->cap.most &&
           a->cap.unit == b->cap.unit && a->cap.period.months == b->cap.period.months &&
           a->cap.period.seconds == b->cap.period.seconds && slice_equal(a->text, b->text);
}

static bool is_same_list(const struct slice *a, const struct slice *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!slice_equal(a[i], b[i])) {
            return false;
        }
    }
    return true;
}

static bool is_same(const struct provisions *a, const struct provisions *b)
{
    bool same = a->limit_count == b->limit_count && a->quiet_count == b->quiet_count &&
                a->holiday_count == b->holiday_count && is_same_list(a->holidays, b->holidays, a->holiday_count) &&
                (a->zone == NULL ? b->zone == NULL : b->zone != NULL && strcmp(a->zone, b->zone) == 0);
    for (size_t i = 0; same && i < a->limit_count; i++) {
        same = is_same_scope(&a->limits[i].scope, &b->limits[i].scope) && is_same_limit(&a->limits[i], &b->limits[i]);
    }
    for (size_t i = 0; same && i < a->quiet_count; i++) {
        same = is_same_scope(&a->quiets[i].scope, &b->quiets[i].scope) &&
               a->quiets[i].hours.from == b->quiets[i].hours.from &&
               a->quiets[i].hours.until == b->quiets[i].hours.until;
    }
    return same;
}

// Nothing behind the last row changes the rows before it.
static void check_more(const struct provisions *provisions, struct table *table, struct slice bytes)
{
    struct text more = {0};
    struct text said = {0};
    struct provisions again;
    text_append(&more, bytes);
    text_append_string(&more, "\n# a comment, with \"quotes\n\n");
    require(read_settings(&again, table, text_slice(&more), &said) == STATUS_DONE && said.length == 0);
    require(is_same(provisions, &again));
    provisions_free(&again);
    text_free(&more);
    text_free(&said);
}

// Every scope matches the labels it names first, and a scope without conditions matches any.
static void check_scope(const struct provisions_scope *scope)
{
    uint32_t numbers[PROVISIONS_DIMENSIONS];
    bool any = true;
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        any = any && scope->wanted[i].count == 0;
        numbers[i] = scope->wanted[i].count == 0 ? LABELS_OTHER : scope->wanted[i].numbers[0];
    }
    require(provisions_match(scope, numbers));
    for (size_t i = 0; i < PROVISIONS_DIMENSIONS; i++) {
        numbers[i] = LABELS_OTHER;
    }
    require(provisions_match(scope, numbers) == any);
}

static void check_read(const struct provisions *provisions)
{
    for (size_t i = 0; i < provisions->limit_count; i++) {
        check_scope(&provisions->limits[i].scope);
        require(provisions->limits[i].cap.most >= 0 && provisions->limits[i].text.length > 0);
    }
    for (size_t i = 0; i < provisions->quiet_count; i++) {
        check_scope(&provisions->quiets[i].scope);
        require(provisions->quiets[i].hours.from != provisions->quiets[i].hours.until);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct clock clock = {0};
    struct slice content = {(const char *)bytes, size};
    struct provisions provisions;
    struct text said = {0};
    diag_set_program("remind");
    date_from_civil((struct date_civil){2026, 11, 21}, &clock.today);
    struct table *table = open_people(&clock);
    enum status status = read_settings(&provisions, table, content, &said);
    if (status == STATUS_DONE) {
        size_t mark;
        const char *marked = encoding_of_mark(content, &mark);
        require(said.length == 0);
        check_read(&provisions);
        if (marked == NULL || encoding_is_utf8(marked)) {
            check_more(&provisions, table, content);
        }
    } else {
        require(status == STATUS_USAGE);
        memory_check_places(text_slice(&said), "remind", content);
    }
    provisions_free(&provisions);
    table_free(table);
    text_free(&said);
    return 0;
}
