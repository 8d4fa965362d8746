// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output: where bytes leave the program, standard output or -o FILE, checked to the last flush.
 *
 * Written in blocks of 256 KiB with write(2); short writes and EINTR are handled; a pipe is asked for 1 MiB where the
 * system offers it. The first failure is kept and everything after it is dropped: output_failed tells, output_close
 * says it once on standard error ("write error: ...") and gives status 3, also for EPIPE when SIGPIPE is ignored.
 *
 * A named file is written beside its place (same directory, its old mode or 0666 less the umask) and renamed by
 * output_close; without that, or when a signal or an exit comes first, the temporary is removed and the old file stays
 * as it was, so the output may safely be the input. The temporaries' names are file-scope state: a signal must find
 * them, those of four outputs at once (-o, --rejects and others).
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "diag.h"
#include "slice.h"

#define OUTPUT_BLOCK ((size_t)256 * 1024)

// All but `block` and `used` is output's own.
struct output {
    int descriptor;
    int error;       // errno of the first failure, 0 while all is well
    char *path;      // as the user named it; NULL for standard output
    char *target;    // the file to be replaced, links resolved; NULL when there is no temporary
    char *temporary; // its name
    mode_t mode;     // that the file is to have
    size_t used;     // bytes of the block
    char block[OUTPUT_BLOCK];
};

// `path` NULL or "-" is standard output. NULL (and a message) when the file cannot be made.
struct output *output_open(const char *path);

void output_write(struct output *output, struct slice bytes);

// Sends what is buffered (a reader on the other end of a pipe sees it). Said before a risky step, not for every record.
void output_flush(struct output *output);

// Room for `size` (at most 64 KiB) bytes in the block; the caller writes there and says how many with output_advance.
static inline char *output_reserve(struct output *output, size_t size)
{
    if (size > OUTPUT_BLOCK - output->used) {
        output_flush(output);
    }
    return output->block + output->used;
}

static inline void output_advance(struct output *output, size_t size)
{
    output->used += size;
}

// Sends what is buffered and waits until the disk has it, for a file that must not be lost once it takes its place.
void output_sync(struct output *output);

// Is it read by a person at a terminal?
bool output_is_terminal(const struct output *output);

static inline bool output_failed(const struct output *output)
{
    return output->error != 0;
}

// Flushes, checks, closes; with `keep` a named file takes its place, else it is dropped. Frees the output.
enum status output_close(struct output *output, bool keep);

#endif
