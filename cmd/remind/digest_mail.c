// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * digest_mail: an owner's contacts as a message, on standard output or in a file for each owner.
 *
 * Every message is known to have an address, and every file a free place, before the first is written.
 */
#include "clock.h"
#include "date.h"
#include "digest.h"
#include "mailbag.h"
#include "message.h"
#include "output.h"
#include "writer.h"

// "2 contacts for 2026-11-21, cost 0.60"
static void append_subject(const struct digest *digest, const struct clock *clock, const struct owner *owner,
                           struct text *subject)
{
    char digits[MONEY_SIZE];
    char day[DATE_SIZE];
    size_t length = date_print(day, clock->today);
    text_format(subject, "%zu contact%s for %.*s", owner->count, owner->count == 1 ? "" : "s", (int)length, day);
    if (digest->cost != TABLE_NO_COLUMN) {
        length = money_print(digits, owner->cost);
        text_format(subject, ", cost %.*s", (int)length, digits);
    }
}

// Puts the message of an owner into *out.
static void compose(struct digest *digest, const struct digest_settings *settings, const struct clock *clock,
                    uint32_t index, const struct address *to, struct text *out)
{
    const struct owner *owner = map_value(digest->owners, index);
    struct text subject = {0};
    if (settings->subject != NULL) {
        text_append_string(&subject, settings->subject);
    } else {
        append_subject(digest, clock, owner, &subject);
    }
    text_clear(&digest->out);
    digest_append_block(digest, map_key(digest->owners, index), owner);
    struct message message = {
        .from = slice_of(settings->from == NULL ? "" : settings->from),
        .to = to->address,
        .to_name = to->name,
        .subject = text_slice(&subject),
        .body = text_slice(&digest->out),
    };
    message_append(out, &message, clock);
    text_free(&subject);
}

// The address of --to or of the owner; NULL, said, when there is none.
static const struct address *address_of(const struct digest *digest, const struct digest_settings *settings,
                                        uint32_t index, struct address *single)
{
    struct slice name = map_key(digest->owners, index);
    if (settings->to != NULL) {
        *single = (struct address){slice_of(settings->to), {"", 0}};
        return single;
    }
    const struct address *address = addresses_find(&digest->addresses, name);
    if (address == NULL) {
        struct text plain = {0};
        digest_append_plain(&plain, name);
        diag_error_at(settings->owners, 0, "no address of %s%s%s",
                      name.length > 0 ? "owner '" : "contacts without an owner", text_string(&plain),
                      name.length > 0 ? "'" : ": add a row whose owner is blank");
        text_free(&plain);
    }
    return address;
}

static enum status write_mail(struct digest *digest, const struct digest_settings *settings, struct program *program)
{
    struct address single;
    size_t count = map_count(digest->owners);
    if (count == 0) {
        diag_note(program_diag(program), "no contacts, and so no message");
        return program_output(program) == NULL ? STATUS_SYSTEM : STATUS_DONE;
    }
    if (count > 1) {
        diag_error(
            "--mail is for one owner, and these are contacts of %zu: use --split=DIR, or --where=\"owner = '...'\"",
            count);
        return STATUS_DATA;
    }
    const struct address *address = address_of(digest, settings, 0, &single);
    if (address == NULL) {
        return STATUS_DATA;
    }
    struct text message = {0};
    compose(digest, settings, program_clock(program), 0, address, &message);
    struct output *output = program_output(program);
    if (output != NULL) {
        output_write(output, text_slice(&message));
    }
    text_free(&message);
    return output == NULL ? STATUS_SYSTEM : STATUS_DONE;
}

// Before anything is written: all owners have an address, and nothing is in the way.
static enum status check_split(struct digest *digest, const struct digest_settings *settings, struct program *program)
{
    enum status status = mailbag_opens(settings->split) ? STATUS_DONE : STATUS_SYSTEM;
    for (uint32_t i = 0; status != STATUS_SYSTEM && i < map_count(digest->owners); i++) {
        struct text path = {0};
        mailbag_path(&path, settings->split, map_key(digest->owners, i));
        enum status found = address_of(digest, settings, i, NULL) == NULL
                                ? STATUS_DATA
                                : mailbag_takes(program, text_string(&path), settings->owners);
        status = found > status ? found : status;
        text_free(&path);
    }
    return status;
}

static bool write_one(struct digest *digest, const struct digest_settings *settings, const struct clock *clock,
                      struct writer *writer, uint32_t index)
{
    const struct address *address = address_of(digest, settings, index, NULL);
    const struct owner *owner = map_value(digest->owners, index);
    struct text path = {0};
    struct text message = {0};
    mailbag_path(&path, settings->split, map_key(digest->owners, index));
    compose(digest, settings, clock, index, address, &message);
    bool written = mailbag_put(text_string(&path), text_slice(&message));
    if (written) {
        writer_text(writer, map_key(digest->owners, index));
        writer_text(writer, address->address);
        writer_whole(writer, (int64_t)owner->count);
        writer_text(writer, text_slice(&path));
        writer_end(writer);
    }
    text_free(&path);
    text_free(&message);
    return written;
}

static enum status write_split(struct digest *digest, const struct digest_settings *settings, struct program *program)
{
    static const char *const names[] = {"owner", "address", "contacts", "file"};
    enum status status = check_split(digest, settings, program);
    struct writer *writer = status == STATUS_DONE ? program_writer(program, digest->table) : NULL;
    if (writer == NULL) {
        return status == STATUS_DONE ? STATUS_SYSTEM : status;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        writer_name(writer, slice_of(names[i]));
    }
    writer_end(writer);
    for (uint32_t i = 0; i < map_count(digest->owners); i++) {
        if (!write_one(digest, settings, program_clock(program), writer, i)) {
            return STATUS_SYSTEM;
        }
    }
    return STATUS_DONE;
}

enum status digest_write_messages(struct digest *digest, const struct digest_settings *settings,
                                  struct program *program)
{
    enum status status = STATUS_DONE;
    digest_widen(digest);
    if (settings->owners != NULL) {
        status = addresses_read(&digest->addresses, program_side_table(program, settings->owners));
    }
    if (status != STATUS_DONE) {
        return status;
    }
    return settings->mail ? write_mail(digest, settings, program) : write_split(digest, settings, program);
}
