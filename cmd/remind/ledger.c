// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ledger: opening under the lock, reading into a history, appending.
 *
 * The order is what makes it safe: lock, then see that the path still names the locked file (an editor may have
 * replaced it), then read, cut, write, fdatasync. The file is read through a window; what is kept of it is the history.
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
#include "lines.h"
#include "number.h"
#include "output.h"
#include "text.h"
#include "utf8.h"

struct ledger {
    struct ledger_options options;
    const struct diag *diag;
    int descriptor; // -1: there is no file, and none is wanted
    struct lines lines;
    uint64_t size;        // of the file, a torn last line left out
    uint64_t sound_until; // up to this place what is held of it is known to be text
    struct history *history;
    struct text scratch; // of the entry being looked at
    struct text run;
    bool failed; // in reading again
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
    if (ledger->descriptor == -1) {
        return (errno == ENOENT && ledger->options.may_be_fresh) || fail(ledger, "cannot open");
    }
    return is_regular(ledger);
}

static struct slice header(void)
{
    return slice_of(entry_header);
}

// Is this the first line of a ledger? A spreadsheet may have put a byte-order mark before it.
static bool is_header(struct slice line)
{
    struct slice mark = slice_of("\xef\xbb\xbf");
    size_t start = slice_starts(line, mark) ? mark.length : 0;
    return slice_equal(slice_part(line, start, line.length), slice_part(header(), 0, header().length - 1));
}

static enum status refuse(const struct ledger *ledger, uint64_t line, const char *reason)
{
    diag_error_at(ledger->options.path, line, "%s", reason);
    return STATUS_DATA;
}

// A file that is no ledger must never be cut or appended to.
static enum status refuse_file(const struct ledger *ledger)
{
    diag_error_at(ledger->options.path, 1, "not a ledger: the first line is not '%.*s'", (int)header().length - 1,
                  header().data);
    return STATUS_DATA;
}

// Takes off a last line that was not finished.
static enum status cut_torn_line(struct ledger *ledger, size_t length)
{
    bool cut = ledger->options.change && ftruncate(ledger->descriptor, (off_t)ledger->size) == 0;
    int error = errno;
    diag_error_at(ledger->options.path, 0, "the last line is not whole (%zu byte%s without a line feed): %s", length,
                  length == 1 ? "" : "s", cut ? "cut off" : "not read");
    if (cut || !ledger->options.change) {
        return STATUS_DONE;
    }
    errno = error;
    fail(ledger, "cannot cut it off");
    return STATUS_SYSTEM;
}

// An editor or a person leaves such lines; they trace no contact.
static bool is_blank(struct slice line)
{
    return slice_trim(line).length == 0;
}

// A line that was read before, so that there is no end of the file before it.
static bool read_again(struct ledger *ledger, uint64_t *place, struct slice *line)
{
    enum lines_result result = lines_at(&ledger->lines, place, line);
    if (result == LINES_FAILED && !ledger->failed) {
        fail(ledger, "cannot read");
    } else if (result != LINES_LINE && !ledger->failed) {
        diag_error_at(ledger->options.path, 0, "changed while it was read");
    }
    ledger->failed = ledger->failed || result != LINES_LINE;
    return result == LINES_LINE;
}

bool ledger_line(struct ledger *ledger, uint64_t *place, struct slice *line)
{
    if (*place == 0 && ledger->size > 0 && !read_again(ledger, place, line)) {
        return false;
    }
    do {
        if (*place >= ledger->size || !read_again(ledger, place, line)) {
            return false;
        }
    } while (is_blank(*line));
    return true;
}

bool ledger_failed(const struct ledger *ledger)
{
    return ledger->failed;
}

bool ledger_entry(struct ledger *ledger, uint64_t *place, struct entry *entry)
{
    struct slice line;
    return ledger_line(ledger, place, &line) && entry_read(line, &ledger->scratch, entry) == NULL;
}

// An entry made on a day, without a time, is not later than any time of that day.
static bool is_later(int64_t at, int64_t now)
{
    bool whole_day = (at + 1) % DATE_DAY_SECONDS == 0;
    return at > now && !(whole_day && at - now < DATE_DAY_SECONDS);
}

bool ledger_leaves_out(const struct ledger *ledger, int64_t at)
{
    return is_later(at, ledger->options.until);
}

// A line that cannot be read may be the only trace of a contact, so none is passed over.
static const char *read_line(struct ledger *ledger, struct slice line, uint64_t place)
{
    struct entry entry;
    bool cut;
    if (utf8_check(line, &cut) != line.length) {
        return "not valid UTF-8";
    }
    const char *problem = entry_read(line, &ledger->scratch, &entry);
    if (problem == NULL && !is_later(entry.at, ledger->options.until)) {
        history_add(ledger->history, &entry, place);
    }
    return problem;
}

// What is held of the file from here on and is text.
static struct slice sound_bytes(struct ledger *ledger)
{
    struct slice held = lines_held(&ledger->lines, ledger->size);
    if (ledger->sound_until <= ledger->size) {
        bool cut;
        ledger->sound_until = ledger->size + utf8_check(held, &cut);
    }
    return slice_part(held, 0, (size_t)(ledger->sound_until - ledger->size));
}

// Reads on over lines with nothing unusual about them, as far as they are held, and gives their number. The history
// gets them some at a time, as it asks memory for all of them at once.
static size_t read_plain_lines(struct ledger *ledger)
{
    struct history_entry entries[HISTORY_AT_ONCE];
    const struct entry *before = NULL;
    struct slice bytes = sound_bytes(ledger);
    size_t lines = 0;
    size_t count = 0;
    size_t length;
    while (entry_read_plain(bytes, before, &entries[count].entry, &length)) {
        before = &entries[count].entry;
        entries[count].place = ledger->size;
        count += !is_later(before->at, ledger->options.until);
        if (count == HISTORY_AT_ONCE) {
            history_add_all(ledger->history, entries, count);
            count = 0;
        }
        bytes = slice_part(bytes, length, bytes.length);
        ledger->size += length;
        lines++;
    }
    history_add_all(ledger->history, entries, count);
    lines_pass(&ledger->lines, ledger->size);
    return lines;
}

static enum status read_lines(struct ledger *ledger)
{
    for (uint64_t number = 1;; number++) {
        number += number > 1 ? read_plain_lines(ledger) : 0;
        struct slice line;
        uint64_t place = ledger->size;
        enum lines_result result = lines_at(&ledger->lines, &place, &line);
        const char *problem = NULL;
        switch (result) {
        case LINES_END:
            return STATUS_DONE;
        case LINES_FAILED:
            fail(ledger, "cannot read");
            return STATUS_SYSTEM;
        case LINES_TORN:
            return number > 1 || slice_starts(header(), line) ? cut_torn_line(ledger, line.length)
                                                              : refuse_file(ledger);
        default:
            if (number == 1 && !is_header(line)) {
                return refuse_file(ledger);
            }
            problem = number == 1 || is_blank(line) ? NULL : read_line(ledger, line, ledger->size);
        }
        if (problem != NULL) {
            return refuse(ledger, number, problem);
        }
        ledger->size = place;
    }
}

static enum status load(struct ledger *ledger)
{
    bool opened = ledger->options.change ? open_locked(ledger) : open_for_reading(ledger);
    if (!opened) {
        return STATUS_SYSTEM;
    }
    ledger->lines.descriptor = ledger->descriptor;
    return read_lines(ledger);
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
    lines_free(&ledger->lines);
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

bool ledger_replace(struct ledger *ledger, struct slice content)
{
    struct output *output = output_open(ledger->options.path);
    if (output == NULL) {
        return false;
    }
    output_write(output, content);
    output_sync(output);
    return output_close(output, true) == STATUS_DONE && sync_directory(ledger);
}
