// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output: a block of bytes before write(2), and the temporary file that becomes the named one.
 *
 * Signals are held back while the temporary is made, renamed or removed, so that a handler finds either its name or
 * nothing to do. What exists under the name and is no regular file (a device, a pipe) is written to directly.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "heap.h"
#include "text.h"

enum { LINKS_MAX = 40 };

// What a signal or an exit must remove: read by handlers, so changed only while signals are held back.
enum { NAMED_AT_ONCE = 4 };
static const char *volatile abandoned[NAMED_AT_ONCE];
static volatile pid_t abandoned_by;

static const int deadly[] = {SIGHUP, SIGINT, SIGTERM};
enum { DEADLY_COUNT = sizeof deadly / sizeof deadly[0] };

static void hold_signals(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < DEADLY_COUNT; i++) {
        sigaddset(&held, deadly[i]);
    }
    sigprocmask(SIG_BLOCK, &held, before);
}

static void release_signals(const sigset_t *before)
{
    sigprocmask(SIG_SETMASK, before, NULL);
}

// A child made by fork() inherits the name, but the file is not its own.
static void remove_abandoned(void)
{
    for (size_t i = 0; i < NAMED_AT_ONCE && abandoned_by == getpid(); i++) {
        if (abandoned[i] != NULL) {
            unlink(abandoned[i]);
            abandoned[i] = NULL;
        }
    }
}

static void die_by(int number)
{
    remove_abandoned();
    signal(number, SIG_DFL);
    raise(number);
}

// Puts `after` where `before` stands.
static void replace_abandoned(const char *before, const char *after)
{
    for (size_t i = 0; i < NAMED_AT_ONCE; i++) {
        if (abandoned[i] == before) {
            abandoned[i] = after;
            return;
        }
    }
}

// A signal that is ignored (nohup) stays ignored.
static void watch_signals(void)
{
    for (size_t i = 0; i < DEADLY_COUNT; i++) {
        struct sigaction action;
        if (sigaction(deadly[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL) {
            memset(&action, 0, sizeof action);
            action.sa_handler = die_by;
            sigemptyset(&action.sa_mask);
            sigaction(deadly[i], &action, NULL);
        }
    }
}

// Says why the file cannot be made; gives NULL.
static struct output *refuse(const char *path, int error)
{
    diag_error("%s: %s", path, strerror(error));
    return NULL;
}

static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

// Where the symbolic link `path` points; NULL with errno when that is not to be known.
static char *follow(const char *path)
{
    char to[PATH_MAX];
    ssize_t length = readlink(path, to, sizeof to);
    if (length == -1) {
        return NULL;
    }
    struct text target = {0};
    if (to[0] != '/') {
        text_append(&target, (struct slice){path, directory_length(path)});
    }
    text_append(&target, (struct slice){to, (size_t)length});
    char *name = heap_string(text_slice(&target));
    text_free(&target);
    return name;
}

// The file behind `path` after all links, which need not exist. NULL with errno.
static char *resolve(const char *path, struct stat *status, bool *exists)
{
    char *name = heap_string(slice_of(path));
    for (int links = 0; links < LINKS_MAX; links++) {
        *exists = lstat(name, status) == 0;
        if (!*exists || !S_ISLNK(status->st_mode)) {
            return name;
        }
        char *next = follow(name);
        free(name);
        if (next == NULL) {
            return NULL;
        }
        name = next;
    }
    free(name);
    errno = ELOOP;
    return NULL;
}

static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static char *temporary_name(const char *target)
{
    struct text name = {0};
    size_t directory = directory_length(target);
    text_append(&name, (struct slice){target, directory});
    text_append_string(&name, ".");
    text_append_string(&name, target + directory);
    text_append_string(&name, ".XXXXXX");
    char *made = heap_string(text_slice(&name));
    text_free(&name);
    return made;
}

// Makes the temporary beside the target and has it removed should the program end early.
static bool make_temporary(struct output *output)
{
    sigset_t before;
    watch_signals();
    hold_signals(&before);
    output->temporary = temporary_name(output->target);
    output->descriptor = mkstemp(output->temporary);
    int error = errno;
    if (output->descriptor != -1) {
        replace_abandoned(NULL, output->temporary);
        abandoned_by = getpid();
    }
    release_signals(&before);
    errno = error;
    return output->descriptor != -1;
}

static void forget(struct output *output)
{
    free(output->path);
    free(output->target);
    free(output->temporary);
    free(output);
}

static bool open_named(struct output *output)
{
    struct stat status;
    bool exists;
    output->target = resolve(output->path, &status, &exists);
    if (output->target == NULL) {
        return false;
    }
    if (output->target[0] == '\0') {
        errno = ENOENT;
        return false;
    }
    if (exists && access(output->target, W_OK) == -1) { // renaming would not ask
        return false;
    }
    output->mode = exists ? status.st_mode & 07777 : usual_mode();
    if (!exists || S_ISREG(status.st_mode)) {
        return make_temporary(output);
    }
    free(output->target);
    output->target = NULL;
    output->descriptor = open(output->path, O_WRONLY | O_NOCTTY);
    return output->descriptor != -1;
}

struct output *output_open(const char *path)
{
    descriptor_guard();
    struct output *output = heap_allocate(1, sizeof *output);
    if (path == NULL || strcmp(path, "-") == 0) {
        output->descriptor = STDOUT_FILENO;
    } else {
        output->path = heap_string(slice_of(path));
        atexit(remove_abandoned); // registered anew by each output; a second run finds nothing to remove
        if (!open_named(output)) {
            int error = errno;
            forget(output);
            return refuse(path, error);
        }
    }
    descriptor_widen(output->descriptor);
    return output;
}

static void send(struct output *output, struct slice bytes)
{
    if (output->error == 0 && !descriptor_write(output->descriptor, bytes.data, bytes.length)) {
        output->error = errno;
    }
}

void output_flush(struct output *output)
{
    send(output, (struct slice){output->block, output->used});
    output->used = 0;
}

void output_sync(struct output *output)
{
    output_flush(output);
    if (output->error == 0 && fsync(output->descriptor) == -1) {
        output->error = errno;
    }
}

void output_write(struct output *output, struct slice bytes)
{
    if (bytes.length > OUTPUT_BLOCK - output->used) {
        output_flush(output);
        if (bytes.length >= OUTPUT_BLOCK) {
            send(output, bytes);
            return;
        }
    }
    if (bytes.length > 0) {
        memcpy(output->block + output->used, bytes.data, bytes.length);
        output->used += bytes.length;
    }
}

bool output_is_terminal(const struct output *output)
{
    return isatty(output->descriptor) != 0;
}

// Closing is what reports late errors of some file systems. Standard output itself stays open, so that its number is
// not given to another file.
static void close_checked(struct output *output)
{
    int descriptor = output->path == NULL ? dup(output->descriptor) : output->descriptor;
    if (descriptor != -1 && close(descriptor) == -1 && errno != EINTR && output->error == 0) {
        output->error = errno;
    }
}

static void settle_temporary(struct output *output, bool keep)
{
    sigset_t before;
    hold_signals(&before);
    if (keep && output->error == 0 && rename(output->temporary, output->target) == -1) {
        output->error = errno;
    }
    if (!keep || output->error != 0) {
        unlink(output->temporary);
    }
    replace_abandoned(output->temporary, NULL);
    release_signals(&before);
}

static enum status report(const struct output *output)
{
    if (output->error == 0) {
        return STATUS_DONE;
    }
    if (output->path == NULL) {
        diag_error("write error: %s", strerror(output->error));
    } else {
        diag_error("%s: write error: %s", output->path, strerror(output->error));
    }
    return STATUS_SYSTEM;
}

enum status output_close(struct output *output, bool keep)
{
    if (keep || output->target == NULL) {
        output_flush(output);
    }
    if (output->target != NULL && fchmod(output->descriptor, output->mode) == -1 && output->error == 0) {
        output->error = errno;
    }
    close_checked(output);
    if (output->target != NULL) {
        settle_temporary(output, keep);
    }
    enum status status = report(output);
    forget(output);
    return status;
}
