// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as the lines of a ledger. Beyond surviving: whether its plain lines are read quickly and added some at a
 * time, or every line by itself, the same is known of every contact.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "../../cmd/remind/entry.h"
#include "../../cmd/remind/history.h"
#include "date.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { TODAY = 20778 }; // 2026-11-21

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static bool same_entry(const struct entry *plain, const struct entry *entry)
{
    static const enum contact_column columns[] = {CONTACT_OWNER, CONTACT_DUE, CONTACT_KEY};
    bool same = plain->event == entry->event && plain->at == entry->at && slice_equal(plain->run, entry->run);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        same = same && slice_equal(plain->contact[columns[i]], entry->contact[columns[i]]);
    }
    return same &&
           (entry->event == ENTRY_PRINTED ||
            (slice_equal(plain->key.customer, entry->key.customer) && slice_equal(plain->key.rule, entry->key.rule) &&
             plain->key.nominal == entry->key.nominal && plain->key.level == entry->key.level));
}

// The line that the bytes begin with, with its end and without; false when it has none.
static bool first_line(struct slice bytes, struct slice *whole, struct slice *line)
{
    size_t end = slice_find(bytes, '\n', 0);
    *whole = slice_part(bytes, 0, end + (end < bytes.length));
    *line = slice_part(bytes, 0, end > 0 && end < bytes.length && bytes.data[end - 1] == '\r' ? end - 1 : end);
    return end < bytes.length;
}

// Reads the first line both ways; false when it is no entry.
static bool read_both(struct slice bytes, const struct entry *before, struct text *scratch, struct entry *entry,
                      struct entry *plain, bool *is_plain)
{
    struct slice whole;
    struct slice line;
    size_t length;
    bool ended = first_line(bytes, &whole, &line);
    bool read = entry_read(line, scratch, entry) == NULL;
    *is_plain = entry_read_plain(bytes, before, plain, &length);
    bool quoted = slice_find(line, '"', 0) < line.length;
    require(*is_plain == (ended && read && !quoted));
    require(!*is_plain || (length == whole.length && same_entry(plain, entry)));
    return read;
}

static bool same_occurrence(const struct history_occurrence *a, const struct history_occurrence *b)
{
    return a->place == b->place && a->nominal == b->nominal && a->snoozed_to == b->snoozed_to && a->older == b->older &&
           a->levels == b->levels && a->closed == b->closed && a->missed == b->missed && a->deferred == b->deferred &&
           a->mark == b->mark;
}

static void compare(const struct history *a, const struct history *b)
{
    struct slice id[2];
    require(history_count(a) == history_count(b) && history_run_count(a) == history_run_count(b));
    for (size_t i = 0; i < history_count(a); i++) {
        require(same_occurrence(history_at(a, i), history_at(b, i)));
    }
    for (size_t i = 0; i < history_run_count(a); i++) {
        const struct history_run *runs[] = {history_run(a, i, &id[0]), history_run(b, i, &id[1])};
        require(slice_equal(id[0], id[1]) && runs[0]->contacts == runs[1]->contacts &&
                runs[0]->printed == runs[1]->printed);
    }
}

// Whoever asks by the key gets what the same thread has in the other history.
static void ask(const struct history *a, const struct history *b, const struct key *key)
{
    const struct history_thread *one =
        history_thread(a, history_customer(a, key->customer), history_rule(a, key->rule));
    const struct history_thread *other =
        history_thread(b, history_customer(b, key->customer), history_rule(b, key->rule));
    require(one != NULL && other != NULL && one->stopped == other->stopped && one->closed_on == other->closed_on);
    require(same_occurrence(history_find(a, one, key->nominal), history_find(b, other, key->nominal)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct slice rest = {(const char *)bytes, size};
    struct history *alone = history_create(TODAY);
    struct history *together = history_create(TODAY);
    struct history_entry plain[HISTORY_AT_ONCE];
    const struct entry *before = NULL;
    struct text scratch = {0};
    size_t count = 0;
    while (rest.length > 0) {
        struct entry entry;
        struct slice whole;
        struct slice line;
        bool is_plain;
        first_line(rest, &whole, &line);
        bool read = read_both(rest, before, &scratch, &entry, &plain[count].entry, &is_plain);
        if (read) {
            history_add(alone, &entry, (uint64_t)(rest.data - (const char *)bytes));
        }
        plain[count].place = (uint64_t)(rest.data - (const char *)bytes);
        before = is_plain ? &plain[count].entry : NULL;
        count += is_plain;
        if (count == HISTORY_AT_ONCE || !is_plain) {
            history_add_all(together, plain, count);
            count = 0;
        }
        if (read && !is_plain) {
            history_add(together, &entry, (uint64_t)(rest.data - (const char *)bytes));
        }
        if (read && count == 0 && entry.event != ENTRY_PRINTED) {
            ask(alone, together, &entry.key);
        }
        rest = slice_part(rest, whole.length, rest.length);
    }
    history_add_all(together, plain, count);
    compare(alone, together);
    history_free(alone);
    history_free(together);
    text_free(&scratch);
    return 0;
}
