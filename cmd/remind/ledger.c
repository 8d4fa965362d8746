// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ledger: opening under the lock, reading into a history, appending.
 *
 * The order is what makes it safe: lock, then see that the path still names the locked file (an editor may have
 * replaced it), then read, cut, write, fdatasync. Bytes stay in memory for the life of the ledger: the file's size.
 */
#define _DEFAULT_SOURCE // flock(2) is not in POSIX; fcntl's locks vanish when any descriptor of the file is closed
#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "descriptor.h"
#include "heap.h"
#include "number.h"
#include "text.h"
#include "utf8.h"

struct ledger {
    struct ledger_options options;
    const struct diag *diag;
    int descriptor; // -1: there is no file, and none is wanted
    struct text bytes;
    uint64_t size; // of the file
    struct history *history;
    struct text scratch; // of the entry being looked at
    struct text run;
};

static bool fail(const struct ledger *ledger, const char *what)
{
    diag_error_at(ledger->options.path, 0, "%s: %s", what, strerror(errno));
    return false;
}

static int lock(int descriptor, int how)
{
    int result;
    do {
        result = flock(descriptor, how);
    } while (result == -1 && errno == EINTR);
    return result;
}

static bool take_lock(const struct ledger *ledger)
{
    if (lock(ledger->descriptor, LOCK_EX | LOCK_NB) == 0) {
        return true;
    }
    if (errno != EWOULDBLOCK) {
        return fail(ledger, "cannot lock");
    }
    if (ledger->options.no_wait) {
        diag_error_at(ledger->options.path, 0, "another run holds the lock");
        return false;
    }
    diag_note(ledger->diag, "%s: waiting for another run", ledger->options.path);
    return lock(ledger->descriptor, LOCK_EX) == 0 || fail(ledger, "cannot lock");
}

static bool same_file(const struct ledger *ledger)
{
    struct stat held;
    struct stat named;
    return fstat(ledger->descriptor, &held) == 0 && stat(ledger->options.path, &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

static bool is_regular(const struct ledger *ledger)
{
    struct stat status;
    if (fstat(ledger->descriptor, &status) == -1) {
        return fail(ledger, "cannot open");
    }
    if (!S_ISREG(status.st_mode)) {
        diag_error_at(ledger->options.path, 0, "not a regular file");
        return false;
    }
    return true;
}

static bool open_locked(struct ledger *ledger)
{
    int create = ledger->options.may_be_fresh ? O_CREAT : 0;
    for (;;) {
        ledger->descriptor = open(ledger->options.path, O_RDWR | O_APPEND | create | O_CLOEXEC | O_NOCTTY, 0666);
        if (ledger->descriptor == -1) {
            return fail(ledger, "cannot open");
        }
        if (!is_regular(ledger) || !take_lock(ledger)) {
            return false;
        }
        if (same_file(ledger)) {
            return true;
        }
        close(ledger->descriptor);
    }
}

static bool open_for_reading(struct ledger *ledger)
{
    ledger->descriptor = open(ledger->options.path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool opened = ledger->descriptor != -1 || (errno == ENOENT && ledger->options.may_be_fresh);
    return opened || fail(ledger, "cannot open");
}

static bool read_all(struct ledger *ledger)
{
    struct stat status;
    if (ledger->descriptor == -1) {
        return true;
    }
    if (fstat(ledger->descriptor, &status) == 0 && status.st_size > 0) {
        text_reserve(&ledger->bytes, (size_t)status.st_size + 1);
    }
    for (;;) {
        enum { BLOCK = 1 << 18 };
        ssize_t got = descriptor_read(ledger->descriptor, text_reserve(&ledger->bytes, BLOCK), BLOCK);
        if (got <= 0) {
            ledger->size = ledger->bytes.length;
            return got == 0 || fail(ledger, "cannot read");
        }
        ledger->bytes.length += (size_t)got;
    }
}

static struct slice header(void)
{
    return slice_of(entry_header);
}

// Where the first entry stands, or 0 when the first line is no ledger's. A spreadsheet may have left a byte-order mark
// and CRs.
static size_t first_entry(struct slice bytes)
{
    size_t mark = slice_starts(bytes, slice_of("\xef\xbb\xbf")) ? 3 : 0;
    size_t end = slice_find(bytes, '\n', 0);
    if (end == bytes.length) {
        return 0;
    }
    struct slice line = slice_part(bytes, mark, end > mark && bytes.data[end - 1] == '\r' ? end - 1 : end);
    return slice_equal(line, slice_part(header(), 0, header().length - 1)) ? end + 1 : 0;
}

// Does the file begin as a ledger does? One that is no ledger must never be cut or appended to.
static bool is_ledger(const struct ledger *ledger)
{
    struct slice bytes = text_slice(&ledger->bytes);
    if (bytes.length > 0 && first_entry(bytes) == 0 && !slice_starts(header(), bytes)) {
        diag_error_at(ledger->options.path, 1, "not a ledger: the first line is not '%.*s'", (int)header().length - 1,
                      header().data);
        return false;
    }
    return true;
}

static bool is_text(const struct ledger *ledger)
{
    struct slice bytes = text_slice(&ledger->bytes);
    bool cut;
    size_t good = utf8_check(bytes, &cut);
    if (good == bytes.length) {
        return true;
    }
    uint64_t line = 1;
    for (size_t at = slice_find(bytes, '\n', 0); at < good; at = slice_find(bytes, '\n', at + 1)) {
        line++;
    }
    diag_error_at(ledger->options.path, line, "not valid UTF-8");
    return false;
}

// Takes off a last line that was not finished.
static bool cut_torn_line(struct ledger *ledger)
{
    size_t end = ledger->bytes.length;
    while (end > 0 && ledger->bytes.data[end - 1] != '\n') {
        end--;
    }
    if (end == ledger->bytes.length) {
        return true;
    }
    bool change = ledger->options.change;
    diag_error_at(ledger->options.path, 0, "the last line is not whole (%zu bytes without a line feed): %s",
                  ledger->bytes.length - end, change ? "cut off" : "not read");
    ledger->bytes.length = end;
    if (!change) {
        return true;
    }
    ledger->size = end;
    return ftruncate(ledger->descriptor, (off_t)end) == 0 || fail(ledger, "cannot cut");
}

// The line at *place, without its end; moves on behind it.
static bool next_line(const struct ledger *ledger, uint64_t *place, struct slice *line)
{
    struct slice bytes = text_slice(&ledger->bytes);
    size_t start = (size_t)*place;
    if (start >= bytes.length) {
        return false;
    }
    size_t end = slice_find(bytes, '\n', start);
    *place = end + 1;
    *line = slice_part(bytes, start, end > start && bytes.data[end - 1] == '\r' ? end - 1 : end);
    return true;
}

bool ledger_entry(struct ledger *ledger, uint64_t *place, struct entry *entry)
{
    struct slice line;
    if (*place == 0) {
        *place = first_entry(text_slice(&ledger->bytes));
    }
    return next_line(ledger, place, &line) && entry_read(line, &ledger->scratch, entry) == NULL;
}

// An entry made on a day, without a time, is not later than any time of that day.
static bool is_later(int64_t at, int64_t now)
{
    bool whole_day = (at + 1) % DATE_DAY_SECONDS == 0;
    return at > now && !(whole_day && at - now < DATE_DAY_SECONDS);
}

// A line that cannot be read may be the only trace of a contact, so none is passed over.
static bool read_history(struct ledger *ledger)
{
    uint64_t place = first_entry(text_slice(&ledger->bytes));
    uint64_t here = place;
    struct slice line;
    struct entry entry;
    for (uint64_t number = 2; next_line(ledger, &place, &line); number++, here = place) {
        const char *problem = entry_read(line, &ledger->scratch, &entry);
        if (problem != NULL) {
            diag_error_at(ledger->options.path, number, "%s", problem);
            return false;
        }
        if (!is_later(entry.at, ledger->options.until)) {
            history_add(ledger->history, &entry, here);
        }
    }
    return true;
}

static enum status load(struct ledger *ledger)
{
    bool opened = ledger->options.change ? open_locked(ledger) : open_for_reading(ledger);
    if (!opened || !read_all(ledger)) {
        return STATUS_SYSTEM;
    }
    if (!is_ledger(ledger)) {
        return STATUS_DATA;
    }
    if (!cut_torn_line(ledger)) {
        return STATUS_SYSTEM;
    }
    return is_text(ledger) && read_history(ledger) ? STATUS_DONE : STATUS_DATA;
}

struct ledger *ledger_open(const struct ledger_options *options, const struct clock *clock, const struct diag *diag,
                           enum status *status)
{
    struct ledger *ledger = heap_allocate(1, sizeof *ledger);
    descriptor_guard();
    ledger->options = *options;
    ledger->diag = diag;
    ledger->descriptor = -1;
    ledger->history = history_create(clock->today);
    *status = load(ledger);
    if (*status != STATUS_DONE) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    if (ledger->descriptor != -1) {
        close(ledger->descriptor);
    }
    history_free(ledger->history);
    text_free(&ledger->bytes);
    text_free(&ledger->scratch);
    text_free(&ledger->run);
    free(ledger);
}

struct history *ledger_history(const struct ledger *ledger)
{
    return ledger->history;
}

bool ledger_clock_fits(const struct ledger *ledger, const struct clock *clock, struct period jump)
{
    int32_t first;
    int64_t last;
    char at[DATE_SIZE];
    if (!history_span(ledger->history, &first, &last)) {
        return true;
    }
    int length = (int)entry_print_at(at, last);
    if (is_later(last, clock->now)) {
        diag_error_at(ledger->options.path, 0,
                      "its last entry, of %.*s, is later than now: is the clock right? (--force-clock goes on)", length,
                      at);
        return false;
    }
    if (clock->now > period_add(last, jump, 1)) {
        char most[PERIOD_SIZE];
        period_print(most, jump);
        diag_error_at(ledger->options.path, 0,
                      "its last entry, of %.*s, is more than %s ago: is the clock right? (--force-clock goes on)",
                      length, at, most);
        return false;
    }
    return true;
}

struct slice ledger_run(struct ledger *ledger, const struct clock *clock)
{
    char day[DATE_SIZE];
    size_t length = date_print(day, clock->today);
    day[length++] = '.';
    struct slice prefix = {day, length};
    int64_t last = 0;
    for (size_t i = 0; i < history_run_count(ledger->history); i++) {
        struct slice id;
        int64_t number;
        history_run(ledger->history, i, &id);
        if (slice_starts(id, prefix) && number_read_whole(slice_part(id, prefix.length, id.length), &number) &&
            number > last && number < INT64_MAX) {
            last = number;
        }
    }
    text_clear(&ledger->run);
    text_append(&ledger->run, prefix);
    text_format(&ledger->run, "%lld", (long long)last + 1);
    return text_slice(&ledger->run);
}

// A file just made is safe only once its name is on the disk too.
static bool sync_directory(const struct ledger *ledger)
{
    const char *slash = strrchr(ledger->options.path, '/');
    struct slice name = slash == NULL
                            ? slice_of(".")
                            : (struct slice){ledger->options.path, (size_t)(slash - ledger->options.path) + 1};
    char *directory = heap_string(name);
    int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    // Not every file system lets a directory be opened or synced; then there is nothing more to do.
    bool synced = descriptor == -1 || fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
    if (descriptor != -1) {
        close(descriptor);
    }
    return synced || fail(ledger, "cannot sync its directory");
}

static bool take_back(const struct ledger *ledger)
{
    int error = errno;
    if (ftruncate(ledger->descriptor, (off_t)ledger->size) == -1) {
        diag_error_at(ledger->options.path, 0, "cannot take back what was written: %s", strerror(errno));
    }
    errno = error;
    return fail(ledger, "write error");
}

bool ledger_append(struct ledger *ledger, struct slice lines)
{
    struct text all = {0};
    bool fresh = ledger->size == 0;
    if (fresh) {
        text_append(&all, header());
    }
    text_append(&all, lines);
    bool written = descriptor_write(ledger->descriptor, all.data, all.length) && fdatasync(ledger->descriptor) == 0;
    if (!written) {
        take_back(ledger);
    } else {
        ledger->size += all.length;
    }
    text_free(&all);
    return written && (!fresh || sync_directory(ledger));
}
