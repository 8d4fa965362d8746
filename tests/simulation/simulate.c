// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * simulate: a shop for a year. Every night cron runs remind, or misses it, runs it twice, one after the other or side
 * by side, is killed at some system call, or has a wrong clock; the staff mark what they saw; customers come, buy, opt
 * out and pause.
 *
 * What remind does is compared with what the model (model.h) says it must do, run by run, and what the staff saw is
 * checked by itself: no contact twice (but where it was snoozed), none recorded that nobody saw, no more for an owner
 * and day than the limit, nor for a customer than the cap; in the end, no occurrence forgotten. The same seed is the
 * same year.
 *
 * simulate REMIND CALENDAR PEOPLE DAYS SEED [BREACH], in an empty folder; with KILLER the path of kill_at.so. A BREACH
 * plants one fault, which must be found: the status is then 1. forget: a line of the ledger is lost; twice, lose: a
 * contact stands twice on a list, or on none; limit, cap: one more than the limit; optout: customers who opted out are
 * not called so; swallow: a customer is left out.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model.h"

enum { LINE = 1024, KILLED = 77, REFUSED = 3, KEY = 64, FAULTS_SHOWN = 20, CALLS = 14 };

// A contact somebody has on a list.
struct sighting {
    char key[KEY];
    struct contact contact;
    size_t times; // seen, less those it was snoozed after
    bool listed;  // on a list, not marked since
};

struct run_id {
    char text[MODEL_TEXT * 2];
    size_t contacts;
    bool printed;
};

struct world {
    const char *remind;
    const char *calendar;
    const char *killer; // NULL: nobody is killed
    const char *breach; // "" for none
    uint64_t random;
    struct person *people;
    size_t count;
    size_t limit;
    struct model *model;
    int start;
    int today;
    long consumed; // bytes of the ledger
    struct sighting *sightings;
    size_t sighting_count;
    size_t sighting_capacity;
    size_t *by_key; // hash table of sightings, + 1
    size_t by_key_size;
    struct run_id *runs;
    size_t run_count;
    size_t run_capacity;
    size_t faults;
    bool planted;
    size_t made_runs, killed, doubles, refusals, missed_nights, reprints, printed, deferred, missed, marks;
};

static void fault(struct world *world, const char *format, ...)
{
    char day[MODEL_TEXT];
    va_list arguments;
    if (++world->faults > FAULTS_SHOWN) {
        return;
    }
    day_print(world->today, day);
    va_start(arguments, format);
    printf("# %s: ", day);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

static void give_up(const char *what)
{
    perror(what);
    exit(2);
}

// xorshift64*
static unsigned random_below(struct world *world, unsigned limit)
{
    world->random ^= world->random >> 12;
    world->random ^= world->random << 25;
    world->random ^= world->random >> 27;
    return (unsigned)((world->random * UINT64_C(2685821657736338717)) >> 33) % limit;
}

static bool chance(struct world *world, unsigned percent)
{
    return random_below(world, 100) < percent;
}

static void make_person(struct world *world, size_t index)
{
    static const char *const segments[] = {"demanding", "regular", "regular", "plain", "plain"};
    static const char *const owners[] = {"mei", "tom", "ann"};
    struct person *person = &world->people[index];
    bool joined = chance(world, 70);
    snprintf(person->id, sizeof person->id, "c%zu", index);
    snprintf(person->segment, sizeof person->segment, "%s", segments[random_below(world, 5)]);
    snprintf(person->owner, sizeof person->owner, "%s", owners[random_below(world, 3)]);
    // Who is not there yet comes on some day of the year, with a first order.
    person->first_order =
        joined ? world->start - (int)random_below(world, 400) : world->start + (int)random_below(world, 330);
    person->last_order =
        joined && chance(world, 60)
            ? person->first_order + (int)random_below(world, (unsigned)(world->start - person->first_order) + 1)
            : person->first_order;
    person->birthday = day_of(1960 + (int)random_below(world, 45), 1, 1) + (int)random_below(world, 366);
    person->contract = chance(world, 30) ? person->first_order - (int)random_below(world, 60) : MODEL_NEVER;
    person->gap = 10 + (int)random_below(world, 90);
    person->paused_until = MODEL_NEVER;
    person->joined = joined;
    person->opted_out = chance(world, 10);
    person->ever_held = person->opted_out;
}

static void live(struct world *world, struct person *person)
{
    person->joined = person->joined || person->first_order <= world->today;
    if (!person->joined) {
        return;
    }
    if (random_below(world, (unsigned)person->gap * 2) == 0) {
        person->last_order = world->today;
    }
    if (random_below(world, 4000) == 0) {
        person->opted_out = !person->opted_out;
    }
    if (random_below(world, 3000) == 0) {
        person->paused_until = world->today + 5 + (int)random_below(world, 60);
    }
    person->ever_held = person->ever_held || person->opted_out || person->paused_until > world->today;
}

static void print_day(FILE *file, int day, const char *end)
{
    char text[MODEL_TEXT] = "";
    if (day != MODEL_NEVER) {
        day_print(day, text);
    }
    fprintf(file, "%s%s", text, end);
}

static void write_people(const struct world *world)
{
    FILE *file = fopen("people.csv", "w");
    if (file == NULL) {
        give_up("people.csv");
    }
    fprintf(file, "customer,segment,owner,first_order,last_order,birthday,contract,usual_gap,paused_until,opt_out\n");
    for (size_t i = 0; i < world->count; i++) {
        const struct person *person = &world->people[i];
        if (!person->joined || (i == 0 && strcmp(world->breach, "swallow") == 0)) {
            continue;
        }
        fprintf(file, "%s,%s,%s,", person->id, person->segment, person->owner);
        print_day(file, person->first_order, ",");
        print_day(file, person->last_order, ",");
        print_day(file, person->birthday, ",");
        print_day(file, person->contract, ",");
        fprintf(file, "%d,", person->gap);
        print_day(file, person->paused_until, ",");
        fprintf(file, "%s\n",
                person->opted_out && strcmp(world->breach, "optout") != 0 ? "yes"
                : i % 2 == 0                                              ? "no"
                                                                          : "");
    }
    if (fclose(file) != 0) {
        give_up("people.csv");
    }
}

static void redirect(const char *path, int descriptor)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file == -1 || dup2(file, descriptor) == -1) {
        _exit(126);
    }
    close(file);
}

// Starts a program; `kill_at` 0 lets it live.
static pid_t start(const struct world *world, char *const *arguments, const char *out, const char *err,
                   unsigned kill_at, bool half)
{
    char number[16];
    pid_t child = fork();
    if (child != 0) {
        return child;
    }
    redirect(out, STDOUT_FILENO);
    redirect(err, STDERR_FILENO);
    if (kill_at > 0) {
        snprintf(number, sizeof number, "%u", kill_at);
        setenv("LD_PRELOAD", world->killer, 1);
        setenv("KILL_AT", number, 1);
        if (half) {
            setenv("KILL_HALF", "1", 1);
        }
    }
    execv(world->remind, arguments);
    _exit(127);
}

static int status_of(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) == -1) {
        if (errno != EINTR) {
            give_up("waitpid");
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

// The arguments of a run of `remind due` on a day.
struct due_arguments {
    char today[MODEL_TEXT + 8];
    char holidays[LINE];
    char limit[32];
    char reprint[64];
    char *list[16];
};

static void set_due(const struct world *world, struct due_arguments *to, int day, const char *reprint)
{
    char text[MODEL_TEXT];
    size_t n = 0;
    day_print(day, text);
    snprintf(to->today, sizeof to->today, "--today=%s", text);
    snprintf(to->holidays, sizeof to->holidays, "--holidays=CN=%s", world->calendar);
    snprintf(to->limit, sizeof to->limit, "--limit=%zu", world->limit + (strcmp(world->breach, "limit") == 0));
    to->list[n++] = "remind";
    to->list[n++] = "due";
    to->list[n++] = "--policy=policy.csv";
    to->list[n++] = "--settings=settings.csv";
    to->list[n++] = "--ledger=sent.csv";
    to->list[n++] = to->today;
    to->list[n++] = to->holidays;
    to->list[n++] = to->limit;
    if (reprint != NULL) {
        snprintf(to->reprint, sizeof to->reprint, "--reprint=%s", reprint);
        to->list[n++] = to->reprint;
    }
    to->list[n++] = "people.csv";
    to->list[n] = NULL;
}

static bool read_key(const char *key, struct contact *contact)
{
    size_t person;
    char rule[MODEL_TEXT];
    int year;
    int month;
    int day;
    if (sscanf(key, "c%zu/%15[^/]/%4d-%2d-%2d/%1d", &person, rule, &year, &month, &day, &contact->level) != 6) {
        return false;
    }
    contact->person = person;
    contact->nominal = day_of(year, month, day);
    for (contact->rule = 0; contact->rule < model_rule_count(); contact->rule++) {
        if (strcmp(model_rule_name(contact->rule), rule) == 0) {
            return true;
        }
    }
    return false;
}

static uint64_t hash(const char *key)
{
    uint64_t value = UINT64_C(1469598103934665603);
    for (; *key != '\0'; key++) {
        value = (value ^ (unsigned char)*key) * UINT64_C(1099511628211);
    }
    return value ^ value >> 29;
}

static size_t *slot_of(const struct world *world, const char *key)
{
    size_t slot = hash(key) & (world->by_key_size - 1);
    while (world->by_key[slot] != 0 && strcmp(world->sightings[world->by_key[slot] - 1].key, key) != 0) {
        slot = (slot + 1) & (world->by_key_size - 1);
    }
    return &world->by_key[slot];
}

static void make_room(struct world *world)
{
    if (world->sighting_count < world->sighting_capacity) {
        return;
    }
    world->sighting_capacity = world->sighting_capacity == 0 ? 1024 : world->sighting_capacity * 2;
    world->by_key_size = world->sighting_capacity * 2;
    world->sightings = realloc(world->sightings, world->sighting_capacity * sizeof *world->sightings);
    free(world->by_key);
    world->by_key = calloc(world->by_key_size, sizeof *world->by_key);
    if (world->sightings == NULL || world->by_key == NULL) {
        give_up("sightings");
    }
    for (size_t i = 0; i < world->sighting_count; i++) {
        *slot_of(world, world->sightings[i].key) = i + 1;
    }
}

// The contact of this key; added when it is new.
static struct sighting *sighting_of(struct world *world, const char *key)
{
    make_room(world);
    size_t *slot = slot_of(world, key);
    if (*slot == 0) {
        struct sighting *sighting = &world->sightings[world->sighting_count++];
        *sighting = (struct sighting){.times = 0};
        snprintf(sighting->key, sizeof sighting->key, "%s", key);
        if (!read_key(key, &sighting->contact)) {
            fault(world, "a key that is none: %s", key);
        }
        *slot = world->sighting_count;
    }
    return &world->sightings[*slot - 1];
}

static void see(struct world *world, const char *key)
{
    struct sighting *sighting = sighting_of(world, key);
    if (++sighting->times > 1) {
        fault(world, "contacted twice: %s", key);
    }
    sighting->listed = true;
}

// The cells of a line without its end; quotes do not occur but around the columns nobody asks for.
static size_t cut(char *line, char **cells, size_t most)
{
    size_t count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *cell = line; cell != NULL && count < most; count++) {
        char *comma = strchr(cell, ',');
        cells[count] = cell;
        if (comma != NULL) {
            *comma++ = '\0';
        }
        cell = comma;
    }
    return count;
}

// The staff get the list of a run. Returns how many contacts were on it.
static size_t hand_out(struct world *world, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[LINE];
    char *cells[32];
    size_t count = 0;
    if (file == NULL) {
        give_up(path);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        size_t n = cut(line, cells, 32);
        if (n < 13 || strcmp(cells[12], "key") == 0) {
            continue;
        }
        bool plant = !world->planted && world->today > world->start + 20;
        if (plant && strcmp(world->breach, "lose") == 0) {
            world->planted = true;
            continue;
        }
        see(world, cells[12]);
        count++;
        if (plant && strcmp(world->breach, "twice") == 0) {
            world->planted = true;
            see(world, cells[12]);
        }
    }
    fclose(file);
    return count;
}

static struct run_id *run_of(struct world *world, const char *text)
{
    for (size_t i = world->run_count; i > 0; i--) {
        if (strcmp(world->runs[i - 1].text, text) == 0) {
            return &world->runs[i - 1];
        }
    }
    if (world->run_count == world->run_capacity) {
        world->run_capacity = world->run_capacity * 2 + 64;
        world->runs = realloc(world->runs, world->run_capacity * sizeof *world->runs);
        if (world->runs == NULL) {
            give_up("runs");
        }
    }
    struct run_id *run = &world->runs[world->run_count++];
    *run = (struct run_id){.contacts = 0};
    snprintf(run->text, sizeof run->text, "%s", text);
    return run;
}

// What one run, or one sheet of marks, added to the ledger.
struct entry {
    enum event event; // EVENTS: printed
    char run[MODEL_TEXT * 2];
    char key[KEY];
    struct contact contact;
    int back;
};

struct entries {
    struct entry *items;
    size_t count;
    size_t capacity;
};

static void add_entry(struct world *world, struct entries *entries, char **cells)
{
    static const char *const names[] = {"due", "deferred", "missed", "done", "skip", "snooze", "stop", "printed"};
    struct entry entry = {.event = EVENT_DUE};
    int year = 0;
    int month = 0;
    int day = 0;
    size_t event = 0;
    while (event < EVENTS && strcmp(cells[0], names[event]) != 0) {
        event++;
    }
    entry.event = (enum event)event;
    snprintf(entry.run, sizeof entry.run, "%s", cells[2]);
    snprintf(entry.key, sizeof entry.key, "%s", cells[15]);
    if (event < EVENTS && !read_key(entry.key, &entry.contact)) {
        fault(world, "the ledger has the key '%s'", entry.key);
    }
    if (event < EVENTS && sscanf(cells[8], "%4d-%2d-%2d", &year, &month, &day) == 3) {
        entry.contact.due = day_of(year, month, day);
        entry.back = entry.contact.due;
    }
    if (entries->count == entries->capacity) {
        entries->capacity = entries->capacity * 2 + 256;
        entries->items = realloc(entries->items, entries->capacity * sizeof *entries->items);
        if (entries->items == NULL) {
            give_up("entries");
        }
    }
    entries->items[entries->count++] = entry;
}

// The whole lines that the ledger has beyond those read before.
static void read_ledger(struct world *world, struct entries *entries)
{
    FILE *file = fopen("sent.csv", "r");
    char line[LINE];
    char *cells[32];
    entries->count = 0;
    if (file == NULL) {
        return;
    }
    if (fseek(file, world->consumed, SEEK_SET) != 0) {
        give_up("sent.csv");
    }
    while (fgets(line, sizeof line, file) != NULL && strchr(line, '\n') != NULL) {
        world->consumed += (long)strlen(line);
        if (cut(line, cells, 32) >= 16 && strcmp(cells[0], "event") != 0) {
            add_entry(world, entries, cells);
        }
    }
    fclose(file);
}

static void expect_entry(struct world *world, const struct entry *entry, enum event event,
                         const struct contact *contact)
{
    const struct contact *is = &entry->contact;
    bool same = entry->event == event && is->person == contact->person && is->rule == contact->rule &&
                is->nominal == contact->nominal && is->level == contact->level && is->due == contact->due;
    if (!same) {
        char nominal[MODEL_TEXT];
        char due[MODEL_TEXT];
        day_print(contact->nominal, nominal);
        day_print(contact->due, due);
        fault(world, "recorded event %d of %s, where the model has event %d of c%zu/%s/%s/%d due %s", (int)entry->event,
              entry->key, (int)event, contact->person, model_rule_name(contact->rule), nominal, contact->level, due);
    }
}

// Is the contact already known to be put off? Then it is not recorded again.
static void keep_new(struct world *world, struct contacts *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!model_was_deferred(world->model, &list->items[i])) {
            list->items[count++] = list->items[i];
        }
    }
    list->count = count;
}

// Holds what a run recorded against what the model says; a run that was killed may have recorded only the first of it.
static void compare_run(struct world *world, const struct entry *entries, size_t count, bool whole)
{
    struct forecast forecast = *model_forecast(world->model, world->today);
    const struct contacts *parts[] = {&forecast.printed, &forecast.deferred, &forecast.missed};
    size_t at = 0;
    keep_new(world, &forecast.deferred);
    for (size_t part = 0; part < 3; part++) {
        for (size_t i = 0; i < parts[part]->count; i++, at++) {
            if (at < count) {
                expect_entry(world, &entries[at], (enum event)part, &parts[part]->items[i]);
            } else if (whole) {
                fault(world, "not recorded: event %zu of c%zu/%s", part, parts[part]->items[i].person,
                      model_rule_name(parts[part]->items[i].rule));
            }
        }
    }
    for (; at < count && entries[at].event != EVENTS; at++) {
        fault(world, "recorded, but not in the model: event %d of %s", (int)entries[at].event, entries[at].key);
    }
}

static void record(struct world *world, const struct entry *entry)
{
    struct run_id *run = entry->run[0] == '\0' ? NULL : run_of(world, entry->run);
    if (entry->event == EVENTS) {
        run->printed = true;
        return;
    }
    if (entry->event == EVENT_DUE) {
        if (model_breaks_cap(world->model, &entry->contact, world->today)) {
            fault(world, "a customer's cap is broken by %s", entry->key);
        }
        sighting_of(world, entry->key);
        world->printed++;
    }
    world->deferred += entry->event == EVENT_DEFERRED;
    world->missed += entry->event == EVENT_MISSED;
    if (run != NULL) {
        run->contacts += entry->event == EVENT_DUE;
    }
    model_record(world->model, entry->event, &entry->contact, world->today, entry->back);
}

// Entries of runs, each in one piece but for what two of them append when they are done.
static void take_runs(struct world *world, const struct entries *entries, bool whole)
{
    for (size_t i = 0; i < entries->count;) {
        size_t end = i;
        while (end < entries->count && entries->items[end].event != EVENTS &&
               strcmp(entries->items[end].run, entries->items[i].run) == 0) {
            end++;
        }
        if (end > i) {
            compare_run(world, &entries->items[i], end - i, whole);
        }
        for (; i < end; i++) {
            record(world, &entries->items[i]);
        }
        if (i < entries->count && entries->items[i].event == EVENTS) {
            record(world, &entries->items[i++]);
        }
    }
}

// A run that had nothing to record must have had nothing to do.
static void expect_idle(struct world *world)
{
    compare_run(world, NULL, 0, true);
}

static bool file_has(const char *path, const char *words)
{
    char bytes[1 << 14];
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(bytes, 1, sizeof bytes - 1, file);
    if (file != NULL) {
        fclose(file);
    }
    bytes[length] = '\0';
    return strstr(bytes, words) != NULL;
}

static void reprint(struct world *world, struct run_id *run)
{
    struct due_arguments arguments;
    struct entries entries = {0};
    size_t contacts = run->contacts;
    set_due(world, &arguments, world->today, run->text);
    int status = status_of(start(world, arguments.list, "again.csv", "again.err", 0, false));
    if (status != 0 || hand_out(world, "again.csv") != contacts) {
        fault(world, "the run %s was not reprinted (status %d)", run->text, status);
    }
    run->printed = true;
    world->reprints++;
    read_ledger(world, &entries);
    take_runs(world, &entries, true);
    free(entries.items);
}

// Runs that died are named by the next one; the staff then ask for their lists.
static void reprint_named(struct world *world, const char *said)
{
    for (size_t i = 0; i < world->run_count; i++) {
        char words[96];
        snprintf(words, sizeof words, "--reprint=%s ", world->runs[i].text);
        bool named = file_has(said, words);
        bool unfinished = world->runs[i].contacts > 0 && !world->runs[i].printed;
        if (named != unfinished) {
            fault(world, "run %s is %s", world->runs[i].text, named ? "named, but was printed" : "not named");
        }
        if (unfinished) {
            reprint(world, &world->runs[i]);
        }
    }
}

// A run that is let alone.
static void run_whole(struct world *world)
{
    struct due_arguments arguments;
    struct entries entries = {0};
    struct run_id *unfinished = NULL;
    set_due(world, &arguments, world->today, NULL);
    int status = status_of(start(world, arguments.list, "today.csv", "today.err", 0, false));
    world->made_runs++;
    read_ledger(world, &entries);
    if (status != 0 || entries.count == 0) {
        fault(world, "a run ended with status %d and %zu lines", status, entries.count);
    }
    if (entries.count == 1) {
        expect_idle(world);
    }
    take_runs(world, &entries, true);
    hand_out(world, "today.csv");
    for (size_t i = 0; i < world->run_count; i++) {
        unfinished = world->runs[i].contacts > 0 && !world->runs[i].printed ? &world->runs[i] : unfinished;
    }
    reprint_named(world, "today.err");
    free(entries.items);
}

// A run that ends at one of its system calls. What it printed counts only when it got to say so in the ledger.
static void run_killed(struct world *world)
{
    struct due_arguments arguments;
    struct entries entries = {0};
    set_due(world, &arguments, world->today, NULL);
    int status = status_of(
        start(world, arguments.list, "dead.csv", "dead.err", 1 + random_below(world, CALLS), chance(world, 50)));
    world->made_runs++;
    world->killed += status == KILLED;
    read_ledger(world, &entries);
    if (status != KILLED && status != 0) {
        fault(world, "a run to be killed ended with status %d", status);
    }
    take_runs(world, &entries, status == 0);
    if (entries.count > 0 && entries.items[entries.count - 1].event == EVENTS) {
        hand_out(world, "dead.csv");
    }
    free(entries.items);
}

static void run_side_by_side(struct world *world)
{
    struct due_arguments arguments;
    struct entries entries = {0};
    set_due(world, &arguments, world->today, NULL);
    pid_t one = start(world, arguments.list, "one.csv", "one.err", 0, false);
    pid_t two = start(world, arguments.list, "two.csv", "two.err", 0, false);
    int status = status_of(one) | status_of(two);
    world->made_runs += 2;
    world->doubles++;
    read_ledger(world, &entries);
    if (status != 0) {
        fault(world, "two runs at once ended with status %d", status);
    }
    take_runs(world, &entries, true);
    hand_out(world, "one.csv");
    hand_out(world, "two.csv");
    free(entries.items);
}

// With its clock `days` off nothing may be printed or recorded.
static void run_with_wrong_clock(struct world *world, int days)
{
    struct due_arguments arguments;
    struct entries entries = {0};
    set_due(world, &arguments, world->today + days, NULL);
    int status = status_of(start(world, arguments.list, "wrong.csv", "wrong.err", 0, false));
    world->made_runs++;
    world->refusals++;
    read_ledger(world, &entries);
    if (status != REFUSED || entries.count > 0 || hand_out(world, "wrong.csv") > 0) {
        fault(world, "a clock %d days off: status %d, %zu lines recorded", days, status, entries.count);
    }
    free(entries.items);
}

// Takes a contact off all lists, whatever level it was printed at; one that is `snoozed` comes back.
static void take_off(struct world *world, const struct contact *contact, bool snoozed)
{
    for (int level = 0; level < MODEL_LEVELS; level++) {
        char key[KEY];
        char nominal[MODEL_TEXT];
        day_print(contact->nominal, nominal);
        snprintf(key, sizeof key, "c%zu/%s/%s/%d", contact->person, model_rule_name(contact->rule), nominal, level);
        struct sighting *sighting = sighting_of(world, key);
        sighting->times = snoozed ? 0 : sighting->times;
        sighting->listed = false;
    }
}

struct mark {
    size_t sighting;
    enum event event;
    int days;
};

// What the staff do with the lists in their hands. Returns how many marks there are.
static size_t choose_marks(struct world *world, struct mark *marks)
{
    size_t count = 0;
    size_t all = world->sighting_count;
    for (size_t i = 0; i < all; i++) {
        struct contact contact = world->sightings[i].contact;
        unsigned dice = world->sightings[i].listed ? random_below(world, 1000) : 0;
        if (!world->sightings[i].listed || dice >= 450) {
            continue;
        }
        take_off(world, &contact, false);
        if (model_is_over(world->model, &contact)) {
            continue;
        }
        enum event event = dice < 330 ? EVENT_DONE : dice < 390 ? EVENT_SKIP : dice < 444 ? EVENT_SNOOZE : EVENT_STOP;
        marks[count++] = (struct mark){i, event, 1 + (int)random_below(world, 12)};
    }
    return count;
}

static void write_marks(const struct world *world, const struct mark *marks, size_t count)
{
    static const char *const words[EVENTS] = {[EVENT_DONE] = "done", [EVENT_SKIP] = "skip", [EVENT_STOP] = "stop"};
    FILE *file = fopen("marks.csv", "w");
    if (file == NULL) {
        give_up("marks.csv");
    }
    fprintf(file, "key,mark\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "%s,", world->sightings[marks[i].sighting].key);
        if (marks[i].event == EVENT_SNOOZE) {
            fprintf(file, "snooze %dd\n", marks[i].days);
        } else {
            fprintf(file, "%s\n", words[marks[i].event]);
        }
    }
    if (fclose(file) != 0) {
        give_up("marks.csv");
    }
}

static size_t take_marks(struct world *world)
{
    struct entries entries = {0};
    read_ledger(world, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        record(world, &entries.items[i]);
        if (entries.items[i].event == EVENT_SNOOZE) {
            take_off(world, &entries.items[i].contact, true);
        }
    }
    size_t count = entries.count;
    free(entries.items);
    return count;
}

static void mark(struct world *world)
{
    char today[MODEL_TEXT];
    char day[MODEL_TEXT + 8];
    char *arguments[] = {"remind", "mark", "--ledger=sent.csv", day, "marks.csv", NULL};
    struct mark *marks = calloc(world->sighting_count + 1, sizeof *marks);
    if (marks == NULL) {
        give_up("marks");
    }
    size_t count = choose_marks(world, marks);
    size_t recorded = 0;
    write_marks(world, marks, count);
    day_print(world->today, today);
    snprintf(day, sizeof day, "--today=%s", today);
    if (world->killer != NULL && chance(world, 10)) {
        status_of(
            start(world, arguments, "marked.csv", "marked.err", 1 + random_below(world, CALLS), chance(world, 50)));
        recorded = take_marks(world);
    }
    int status = count == 0 ? 0 : status_of(start(world, arguments, "marked.csv", "marked.err", 0, false));
    recorded += take_marks(world);
    if (status != 0 || recorded != count) {
        fault(world, "%zu marks, %zu recorded, status %d", count, recorded, status);
    }
    world->marks += count;
    free(marks);
}

// How many of an owner's contacts were recorded today.
static void check_limit(struct world *world)
{
    size_t most = model_most_today(world->model, world->today);
    if (most > world->limit) {
        fault(world, "an owner got %zu contacts, the limit is %zu", most, world->limit);
    }
}

// Takes the last line of the ledger away that says due.
static void forget_a_line(struct world *world)
{
    FILE *file = fopen("sent.csv", "r+");
    char *bytes = malloc((size_t)world->consumed + 1);
    if (file == NULL || bytes == NULL || fread(bytes, 1, (size_t)world->consumed, file) != (size_t)world->consumed) {
        give_up("sent.csv");
    }
    bytes[world->consumed] = '\0';
    char *last = NULL;
    for (char *at = strstr(bytes, "\ndue,"); at != NULL; at = strstr(at + 1, "\ndue,")) {
        last = at + 1;
    }
    if (last != NULL) {
        memset(last, ' ', strcspn(last, "\n")); // a blank line is passed over
        rewind(file);
        fwrite(bytes, 1, (size_t)world->consumed, file);
        world->planted = true;
    }
    fclose(file);
    free(bytes);
}

static void night(struct world *world)
{
    if (world->today > world->start && chance(world, 12)) {
        world->missed_nights++;
        return;
    }
    if (world->killer != NULL && chance(world, 20)) {
        run_killed(world);
    }
    if (chance(world, 8)) {
        run_side_by_side(world);
    }
    run_whole(world);
    if (chance(world, 15)) {
        world->doubles++;
        run_whole(world);
    }
    check_limit(world);
    if (strcmp(world->breach, "forget") == 0 && !world->planted && world->today > world->start + 20) {
        forget_a_line(world);
    }
    mark(world);
    if (chance(world, 4)) {
        run_with_wrong_clock(world, -1 - (int)random_below(world, 30));
    }
    if (chance(world, 4)) {
        run_with_wrong_clock(world, 32 + (int)random_below(world, 4000));
    }
}

static void check_end(struct world *world)
{
    size_t occurrences;
    size_t forgotten;
    size_t unseen = 0;
    run_whole(world);
    forgotten = model_count_forgotten(world->model, world->today, &occurrences);
    for (size_t i = 0; i < world->sighting_count; i++) {
        unseen += model_was_printed(world->model, &world->sightings[i].contact) && world->sightings[i].times == 0;
    }
    if (forgotten > 0) {
        fault(world, "forgotten: %zu of %zu occurrences", forgotten, occurrences);
    }
    if (unseen > 0) {
        fault(world, "recorded as due, but on nobody's list: %zu", unseen);
    }
    printf("# customers %zu, occurrences of plain rules %zu, forgotten %zu\n", world->count, occurrences, forgotten);
    printf("# runs %zu: nights missed %zu, made twice %zu, killed %zu, clocks refused %zu, reprints %zu\n",
           world->made_runs, world->missed_nights, world->doubles, world->killed, world->refusals, world->reprints);
    printf("# contacts %zu, put off %zu, missed %zu, marks %zu; faults %zu\n", world->printed, world->deferred,
           world->missed, world->marks, world->faults);
}

static void live_days(struct world *world, int days)
{
    int holiday = 0;
    for (world->today = world->start; world->today < world->start + days; world->today++) {
        for (size_t i = 0; i < world->count; i++) {
            live(world, &world->people[i]);
        }
        write_people(world);
        holiday = holiday > 0 ? holiday - 1 : chance(world, 1) ? 3 + (int)random_below(world, 15) : 0;
        if (holiday > 0 && world->today > world->start) {
            world->missed_nights++; // the machine is off
        } else {
            night(world);
        }
    }
    world->today--;
    check_end(world);
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fprintf(stderr, "usage: simulate REMIND CALENDAR PEOPLE DAYS SEED [BREACH]\n");
        return 2;
    }
    struct world world = {
        .remind = argv[1],
        .calendar = argv[2],
        .killer = getenv("KILLER"),
        .breach = argc > 6 ? argv[6] : "",
        .random = strtoull(argv[5], NULL, 10) * UINT64_C(0x9E3779B97F4A7C15) + 1,
        .count = strtoul(argv[3], NULL, 10),
        .start = day_of(2026, 1, 5),
    };
    FILE *policy = fopen("policy.csv", "w");
    world.limit = world.count / 40 + 2;
    world.people = calloc(world.count, sizeof *world.people);
    if (policy == NULL || world.people == NULL) {
        give_up("policy.csv");
    }
    model_write_policy(policy);
    fclose(policy);
    FILE *settings = fopen("settings.csv", "w");
    if (settings == NULL) {
        give_up("settings.csv");
    }
    model_write_settings(settings, strcmp(world.breach, "cap") == 0);
    fclose(settings);
    for (size_t i = 0; i < world.count; i++) {
        make_person(&world, i);
    }
    world.model = model_create(world.people, world.count, world.limit, world.calendar);
    if (world.model == NULL) {
        give_up(world.calendar);
    }
    live_days(&world, atoi(argv[4]));
    printf("1..1\n%s 1 - %s days of cron\n", world.faults == 0 ? "ok" : "not ok", argv[4]);
    model_free(world.model);
    free(world.people);
    free(world.sightings);
    free(world.by_key);
    free(world.runs);
    return world.faults == 0 ? 0 : 1;
}
