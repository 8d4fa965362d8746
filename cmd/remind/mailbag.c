// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * mailbag: names of files, and what stands in their way.
 */
#include "mailbag.h"

#include <sys/stat.h>

#include "fingerprint.h"
#include "key.h"
#include "output.h"

enum { NAME_MAX_BYTES = 200 };

bool mailbag_opens(const char *folder)
{
    struct stat there;
    bool exists = stat(folder, &there) == 0;
    if (!exists || !S_ISDIR(there.st_mode)) {
        diag_error_at(folder, 0, exists ? "not a folder" : "no such folder: make it first");
        return false;
    }
    return true;
}

void mailbag_path(struct text *path, const char *folder, struct slice owner)
{
    struct text name = {0};
    key_append_part(&name, owner);
    text_append_string(path, folder);
    text_append_byte(path, '/');
    if (owner.length == 0) {
        text_append_byte(path, '%'); // which no encoded name is
    } else if (name.length > NAME_MAX_BYTES) {
        text_append_string(path, "%-");
        fingerprint_append(path, owner);
    } else if (owner.data[0] == '.') {
        text_append_string(path, "%2E");
        text_append(path, slice_part(text_slice(&name), 1, name.length));
    } else {
        text_append(path, text_slice(&name));
    }
    text_append_string(path, ".eml");
    text_free(&name);
}

static bool is_same(const char *path, const struct stat *file)
{
    struct stat status;
    return path != NULL && stat(path, &status) == 0 && status.st_dev == file->st_dev && status.st_ino == file->st_ino;
}

enum status mailbag_takes(const struct program *program, const char *path, const char *other)
{
    struct stat there;
    if (lstat(path, &there) == -1) {
        return STATUS_DONE; // nothing is there, or writing will tell
    }
    if (!S_ISREG(there.st_mode)) {
        diag_error_at(path, 0, "not a regular file, and would be written over");
        return STATUS_SYSTEM;
    }
    bool reads = is_same(other, &there);
    for (size_t i = 0; i < program_operand_count(program); i++) {
        reads = reads || is_same(program_operand(program, i), &there);
    }
    if (reads) {
        diag_error("--split would overwrite '%s', which is read", path);
    }
    return reads ? STATUS_USAGE : STATUS_DONE;
}

bool mailbag_put(const char *path, struct slice message)
{
    struct output *output = output_open(path);
    if (output == NULL) {
        return false;
    }
    output_write(output, message);
    return output_close(output, true) == STATUS_DONE;
}
