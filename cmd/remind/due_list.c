// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * due_list: the last steps of a run: record all in one write, print, see that the output took it, record that it was
 * printed.
 *
 * A run killed before the first of these left nothing; killed later, its contacts are recorded and the next run names
 * it.
 */
#include "candidates.h"
#include "contact.h"
#include "due.h"
#include "entry.h"
#include "history.h"
#include "ledger.h"
#include "map.h"
#include "money.h"
#include "number.h"
#include "text.h"

static void append_entry(struct due_run *run, struct text *lines, enum entry_event event,
                         const struct candidate *candidate, struct slice id)
{
    struct contact contact;
    candidate_contact(candidate, &run->reason, &contact);
    entry_append(lines, event, run->clock, id, &contact, (struct slice){"", 0});
}

// One buffer: contacts due, then put off for the first time, then missed.
static void collect_entries(struct due_run *run, struct slice id, struct text *lines)
{
    const struct decision *decision = run->decision;
    size_t due = decision_due_count(decision);
    for (size_t i = 0; i < due; i++) {
        append_entry(run, lines, ENTRY_DUE, decision_at(decision, i), id);
    }
    for (size_t i = due; i < decision_count(decision); i++) {
        if (!decision_at(decision, i)->deferred_before) {
            append_entry(run, lines, ENTRY_DEFERRED, decision_at(decision, i), id);
        }
    }
    for (size_t i = 0; i < decision_missed_count(decision); i++) {
        append_entry(run, lines, ENTRY_MISSED, decision_missed(decision, i), id);
    }
}

static bool record(struct due_run *run, struct slice id)
{
    struct text lines = {0};
    collect_entries(run, id, &lines);
    bool recorded = lines.length == 0 || ledger_append(run->ledger, text_slice(&lines));
    text_free(&lines);
    return recorded;
}

static void print(struct due_run *run)
{
    struct contact contact;
    contact_write_names(run->writer);
    kept_write_names(&run->kept, run->terms.table, run->writer);
    writer_end(run->writer);
    for (size_t i = 0; i < decision_due_count(run->decision); i++) {
        const struct candidate *candidate = decision_at(run->decision, i);
        const struct person *person = candidate->person;
        candidates_expect(decision_all(run->decision), i, decision_due_count(run->decision));
        candidate_contact(candidate, &run->reason, &contact);
        contact_write(run->writer, &contact);
        for (size_t column = 0; column < person->kept_count; column++) {
            writer_text(run->writer, person->kept[column]);
        }
        writer_end(run->writer);
    }
}

struct total {
    size_t contacts;
    double minutes;
    struct money_sum cost;
};

static void add_total(struct map *totals, struct slice name, const struct policy_rule *rule)
{
    struct total *total = map_add(totals, name, NULL);
    total->contacts++;
    total->minutes += rule->minutes;
    money_add_sum(&total->cost, rule->cost);
}

static void say_totals(const struct due_run *run, const char *kind, struct map *totals)
{
    for (uint32_t i = 0; i < map_count(totals); i++) {
        const struct total *total = map_value(totals, i);
        struct slice name = map_key(totals, i);
        char minutes[NUMBER_SIZE];
        char cost[MONEY_SIZE];
        int minutes_length = (int)number_print(minutes, total->minutes, 10);
        int cost_length = (int)money_print(cost, total->cost);
        diag_detail(program_diag(run->program), "%s '%.*s': contacts %zu, minutes %.*s, cost %.*s", kind,
                    (int)name.length, name.data, total->contacts, minutes_length, minutes, cost_length, cost);
    }
    map_free(totals);
}

// How many were put off by each limit, in the order of their first contacts.
static void say_put_off(const struct due_run *run)
{
    struct map *reasons = map_create(sizeof(size_t));
    for (size_t i = decision_due_count(run->decision); i < decision_count(run->decision); i++) {
        (*(size_t *)map_add(reasons, candidate_put_off_by(decision_at(run->decision, i)), NULL))++;
    }
    for (uint32_t i = 0; i < map_count(reasons); i++) {
        struct slice reason = map_key(reasons, i);
        diag_note(program_diag(run->program), "put off by %.*s: %zu", (int)reason.length, reason.data,
                  *(const size_t *)map_value(reasons, i));
    }
    map_free(reasons);
}

// What the list does not show.
static void say_left_out(const struct due_run *run, bool fresh)
{
    const struct diag *diag = program_diag(run->program);
    say_put_off(run);
    if (decision_missed_count(run->decision) > 0) {
        diag_note(diag, "recorded as missed, their time being past: %zu%s", decision_missed_count(run->decision),
                  fresh ? " (days before this new ledger)" : "");
    }
}

// With -v: what today's list asks of each owner, and what it holds of each tag.
static void say_details(const struct due_run *run)
{
    struct map *owners = map_create(sizeof(struct total));
    struct map *tags = map_create(sizeof(struct total));
    for (size_t i = 0; i < decision_due_count(run->decision); i++) {
        const struct candidate *candidate = decision_at(run->decision, i);
        const struct policy_rule *rule = candidate->rule;
        add_total(owners, candidate_owner(candidate), rule);
        if (rule->tag.length > 0) {
            add_total(tags, rule->tag, rule);
        }
    }
    say_totals(run, "owner", owners);
    say_totals(run, "tag", tags);
    diag_detail(program_diag(run->program), "contacts due: %zu", decision_due_count(run->decision));
}

enum status due_list(struct due_run *run)
{
    struct slice id = run->records ? ledger_run(run->ledger, run->clock) : (struct slice){"", 0};
    enum status status = STATUS_SYSTEM;
    int32_t first;
    int64_t last;
    bool fresh = run->ledger != NULL && !history_span(ledger_history(run->ledger), &first, &last);
    if (!run->records || record(run, id)) {
        print(run);
        say_left_out(run, fresh);
        say_details(run);
        status = run->records ? due_finish(run, id, decision_due_count(run->decision)) : STATUS_DONE;
    }
    return status;
}

enum status due_finish(struct due_run *run, struct slice id, size_t contacts)
{
    enum status status = program_deliver(run->program);
    if (status != STATUS_DONE) {
        return status;
    }
    struct text line = {0};
    char count[NUMBER_SIZE];
    size_t length = number_print_whole(count, (int64_t)contacts);
    entry_append(&line, ENTRY_PRINTED, run->clock, id, NULL, (struct slice){count, length});
    bool recorded = ledger_append(run->ledger, text_slice(&line));
    text_free(&line);
    return recorded ? STATUS_DONE : STATUS_SYSTEM;
}
