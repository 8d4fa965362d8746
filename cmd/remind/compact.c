// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * compact: a ledger without the lines that can no longer matter.
 *
 * What is done, skipped or missed is one line, whatever led to it, and stays for ever: an anchor that is corrected or a
 * rule that is edited can make its day due again. A rule that was stopped for a customer is the line that says so.
 * Everything younger than a period stays as it is, because limits look back; so do contacts still open, runs that were
 * not printed, and the first line, from whose day on contacts are missed. The line that is left of an occurrence stands
 * where its first line stood, so that the occurrences of a rule keep their order.
 *
 * Reads the ledger under its lock; keeps about 450 bytes a contact, and the new file.
 */
#include <stdint.h>

#include "arena.h"
#include "clock.h"
#include "entry.h"
#include "history.h"
#include "ledger.h"
#include "map.h"
#include "period.h"
#include "program.h"
#include "remind.h"
#include "text.h"

struct compact_settings {
    const char *ledger;
    struct period older_than;
    bool dry_run;
    bool no_wait;
};

static const struct option options[] = {
    {.kind = OPTION_FILE,
     .name = "ledger",
     .value = "FILE",
     .help = "the file in which 'remind due' records",
     .offset = offsetof(struct compact_settings, ledger),
     .written = true},
    {.kind = OPTION_PERIOD,
     .name = "older-than",
     .value = "PERIOD",
     .help = "leave all lines younger than this as they are (1y); no shorter than a limit looks back",
     .offset = offsetof(struct compact_settings, older_than)},
    {.kind = OPTION_FLAG,
     .letter = 'n',
     .name = "dry-run",
     .help = "tell what would be left, but change nothing",
     .offset = offsetof(struct compact_settings, dry_run)},
    {.kind = OPTION_FLAG,
     .name = "no-wait",
     .help = "fail with status 3 when another run holds the ledger's lock",
     .offset = offsetof(struct compact_settings, no_wait)},
    {.kind = OPTION_END},
};

static const struct compact_settings defaults = {.older_than = {12, 0}};

// Of one nominal day of a thread.
struct fate {
    uint64_t first;       // place of its first line
    struct slice missed;  // its `missed` line, or empty
    struct slice closed;  // its last `done` or `skip`, or empty
    bool missed_is_first; // of the two
    int64_t closed_at;
    bool whole; // stays as it is
};

// A customer and a rule.
struct thread {
    struct slice stopped; // its last `stop` line, or empty
    uint64_t stopped_place;
    bool whole;
};

struct run_of_due {
    bool unfinished;
    bool stays; // a `due` line of it does
};

struct compacting {
    const struct compact_settings *settings;
    struct ledger *ledger;
    int64_t horizon;     // local seconds: what is later stays
    struct map *fates;   // struct fate, by customer/rule/nominal
    struct map *threads; // struct thread, by customer/rule
    struct map *runs;    // struct run_of_due
    struct arena arena;  // of lines
    struct text scratch;
    struct text out;
    int64_t entries;
    int64_t kept;
    int64_t bytes;
};

static bool check(const void *given, struct program *program)
{
    const struct compact_settings *settings = given;
    struct period day = {0, 86400};
    if (settings->ledger == NULL) {
        program_wrong(program, "which ledger? name it with --ledger=FILE");
    } else if (period_days(settings->older_than) < period_days(day)) {
        program_wrong(program, "--older-than must be a day at least: today's lines count towards today's limits");
    } else {
        return true;
    }
    return false;
}

// What counts from now or from the ledger's last entry, whichever is earlier: a clock that is wrong must not make lines
// old.
static void set_horizon(struct compacting *all, const struct clock *clock)
{
    int32_t first;
    int64_t last;
    bool any = history_span(ledger_history(all->ledger), &first, &last);
    int64_t from = any && last < clock->now ? last : clock->now;
    all->horizon = period_add(from, all->settings->older_than, -1);
}

static void take_runs(struct compacting *all)
{
    const struct history *history = ledger_history(all->ledger);
    for (size_t i = 0; i < history_run_count(history); i++) {
        struct slice id;
        const struct history_run *run = history_run(history, i, &id);
        struct run_of_due *kept = map_add(all->runs, id, NULL);
        kept->unfinished = run->contacts > 0 && !run->printed;
    }
}

// The part of the key that names the occurrence: without the level, which is one digit.
static struct slice name_of(const struct entry *entry)
{
    struct slice key = entry->contact[CONTACT_KEY];
    return slice_part(key, 0, key.length - 2);
}

// customer/rule
static struct slice thread_of(const struct entry *entry)
{
    const struct key *key = &entry->key;
    return (struct slice){key->customer.data, key->customer.length + 1 + key->rule.length};
}

static bool is_over(const struct fate *fate)
{
    return fate->missed.length > 0 || fate->closed.length > 0;
}

// It was closed earlier than something before it: a clock was wrong, and nothing is to be concluded from the order.
static void close_fate(struct fate *fate, const struct entry *entry)
{
    fate->whole = fate->whole || (is_over(fate) && entry->at < fate->closed_at);
    fate->closed_at = entry->at;
}

static void survey_event(struct compacting *all, struct fate *fate, struct thread *thread, const struct entry *entry,
                         struct slice line)
{
    switch (entry->event) {
    case ENTRY_MISSED:
        fate->whole = fate->whole || fate->missed.length > 0;
        close_fate(fate, entry);
        fate->missed_is_first = fate->closed.length == 0;
        fate->missed = arena_copy(&all->arena, line);
        break;
    case ENTRY_DONE:
    case ENTRY_SKIP:
        close_fate(fate, entry);
        fate->closed = arena_copy(&all->arena, line);
        break;
    case ENTRY_STOP:
        fate->whole = true;
        thread->stopped = arena_copy(&all->arena, line);
        break;
    default: // it came again after it was over
        fate->whole = fate->whole || is_over(fate);
    }
}

static void survey_contact(struct compacting *all, const struct entry *entry, struct slice line, uint64_t place)
{
    size_t known = map_count(all->fates);
    struct thread *thread = map_add(all->threads, thread_of(entry), NULL);
    struct fate *fate = map_add(all->fates, name_of(entry), NULL);
    const struct run_of_due *run = entry->run.length > 0 ? map_add(all->runs, entry->run, NULL) : NULL;
    if (map_count(all->fates) > known) {
        fate->first = place;
    }
    if (place == 0 || entry->at > all->horizon || (entry->event == ENTRY_DUE && run != NULL && run->unfinished)) {
        fate->whole = true;
        thread->whole = true;
    }
    survey_event(all, fate, thread, entry, line);
    thread->stopped_place = entry->event == ENTRY_STOP ? place : thread->stopped_place;
}

static void keep(struct compacting *all, struct slice line)
{
    text_append(&all->out, line);
    text_append_byte(&all->out, '\n');
    all->kept++;
}

// One line that stays as it is.
static void keep_whole(struct compacting *all, const struct entry *entry, struct slice line)
{
    if (entry->event == ENTRY_DUE && entry->run.length > 0) {
        struct run_of_due *run = map_add(all->runs, entry->run, NULL);
        run->stays = true;
    }
    keep(all, line);
}

// What is left of an occurrence that is over.
static void keep_fate(struct compacting *all, const struct fate *fate)
{
    struct slice lines[] = {fate->missed_is_first ? fate->missed : fate->closed,
                            fate->missed_is_first ? fate->closed : fate->missed};
    for (size_t i = 0; i < 2; i++) {
        if (lines[i].length > 0) {
            keep(all, lines[i]);
        }
    }
}

static void write_contact(struct compacting *all, const struct entry *entry, struct slice line, uint64_t place)
{
    const struct thread *thread = map_value(all->threads, map_find(all->threads, thread_of(entry)));
    const struct fate *fate = map_value(all->fates, map_find(all->fates, name_of(entry)));
    if (thread->stopped.length > 0 && !thread->whole) {
        if (place == thread->stopped_place) {
            keep(all, line);
        }
    } else if (fate->whole || !is_over(fate)) {
        keep_whole(all, entry, line);
    } else if (place == fate->first) {
        keep_fate(all, fate);
    }
}

// A run that was printed needs no word of it once nothing it printed is left.
static void write_printed(struct compacting *all, const struct entry *entry, struct slice line, uint64_t place)
{
    const struct run_of_due *run = map_add(all->runs, entry->run, NULL);
    if (place == 0 || entry->at > all->horizon || run->stays) {
        keep(all, line);
    }
}

typedef void visit(struct compacting *all, const struct entry *entry, struct slice line, uint64_t place);

// Every line, with the place from which it is found; the first line's is 0.
static bool visit_all(struct compacting *all, visit *contact, visit *printed)
{
    struct slice line;
    struct entry entry;
    uint64_t place = 0;
    uint64_t next = 0;
    while (ledger_line(all->ledger, &next, &line)) {
        if (entry_read(line, &all->scratch, &entry) != NULL) { // it could be read before
            diag_error_at(all->settings->ledger, 0, "changed while it was read");
            return false;
        }
        if (entry.event != ENTRY_PRINTED) {
            contact(all, &entry, line, place);
        } else if (printed != NULL) {
            printed(all, &entry, line, place);
        }
        place = next;
    }
    return !ledger_failed(all->ledger); // else all that follows would be dropped
}

static void count_line(struct compacting *all, const struct entry *entry, struct slice line, uint64_t place)
{
    (void)entry;
    (void)place;
    all->entries++;
    all->bytes += (int64_t)line.length + 1;
}

static bool compact(struct compacting *all, const struct clock *clock)
{
    set_horizon(all, clock);
    take_runs(all);
    text_append_string(&all->out, entry_header);
    return visit_all(all, count_line, count_line) && visit_all(all, survey_contact, NULL) &&
           visit_all(all, write_contact, write_printed);
}

static void print_counts(const struct compacting *all, struct writer *writer)
{
    static const char *const names[] = {"entries", "kept", "bytes", "bytes_kept"};
    int64_t header = (int64_t)slice_of(entry_header).length;
    int64_t counts[] = {all->entries, all->kept, all->bytes + header, (int64_t)all->out.length};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        writer_whole(writer, counts[i]);
    }
    writer_end(writer);
}

static enum status replace(struct compacting *all, struct program *program)
{
    struct writer *writer = program_writer(program, NULL);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    if (!compact(all, program_clock(program))) {
        return STATUS_SYSTEM;
    }
    if (!all->settings->dry_run && all->kept < all->entries && !ledger_replace(all->ledger, text_slice(&all->out))) {
        return STATUS_SYSTEM;
    }
    print_counts(all, writer);
    return STATUS_DONE;
}

static enum status run(const void *given, struct program *program)
{
    const struct compact_settings *settings = given;
    enum status status;
    struct ledger_options how = {
        .path = settings->ledger, .change = !settings->dry_run, .no_wait = settings->no_wait, .until = INT64_MAX};
    struct compacting all = {
        .settings = settings,
        .ledger = ledger_open(&how, program_clock(program), program_diag(program), &status),
    };
    if (all.ledger == NULL) {
        return status;
    }
    all.fates = map_create(sizeof(struct fate));
    all.threads = map_create(sizeof(struct thread));
    all.runs = map_create(sizeof(struct run_of_due));
    status = replace(&all, program);
    ledger_close(all.ledger);
    map_free(all.fates);
    map_free(all.threads);
    map_free(all.runs);
    arena_free(&all.arena);
    text_free(&all.scratch);
    text_free(&all.out);
    return status;
}

const struct mode remind_compact = {
    .name = "compact",
    .summary = "rewrites a ledger without the lines that can no longer matter",
    .examples = {"remind compact --ledger=remind/sent.csv --today=2028-01-31 --dry-run",
                 "remind compact --ledger=remind/sent.csv --today=2028-01-31 --older-than=2y"},
    .options = options,
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .check = check,
    .run = run,
};
