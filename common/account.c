// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * account: reasons are few, so they are kept in a list and looked for in it.
 */
#include "account.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "heap.h"

struct account_reason {
    const char *text;
    uint64_t count;
};

void account_leave_out(struct account *account, const char *reason)
{
    for (size_t i = 0; i < account->reason_count; i++) {
        if (account->reasons[i].text == reason || strcmp(account->reasons[i].text, reason) == 0) {
            account->reasons[i].count++;
            return;
        }
    }
    account->reasons =
        heap_grow(account->reasons, &account->reason_capacity, account->reason_count + 1, sizeof *account->reasons);
    account->reasons[account->reason_count++] = (struct account_reason){reason, 1};
}

void account_add_surplus(struct account *account, const char *file, uint64_t line)
{
    if (account->surplus++ == 0) {
        account->surplus_file = file;
        account->surplus_line = line;
    }
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

// How many of the rows given out the mode could use.
static uint64_t count_used(const struct account *account)
{
    uint64_t unused = account->rejected - account->ungiven;
    for (size_t i = 0; i < account->reason_count; i++) {
        unused += account->reasons[i].count;
    }
    return unused < account->given ? account->given - unused : 0;
}

static void say_surplus(const struct account *account, const struct diag *diag)
{
    if (account->surplus > 0 && account->not_surplus) {
        diag_note(diag,
                  "%s: %" PRIu64 " record%s more cells than the header, all empty, the first in line %" PRIu64
                  " (an unquoted comma?)",
                  account->surplus_file, account->surplus, account->surplus == 1 ? " has" : "s have",
                  account->surplus_line);
    }
}

void account_say(const struct account *account, const struct diag *diag, bool where)
{
    if (account->headers > 0) {
        diag_note(diag, "%" PRIu64 " repeated header%s left out", account->headers, plural(account->headers));
    }
    if (account->padded > 0) {
        diag_note(diag, "%" PRIu64 " short record%s padded", account->padded, plural(account->padded));
    }
    say_surplus(account, diag);
    for (size_t i = 0; i < account->reason_count; i++) {
        uint64_t count = account->reasons[i].count;
        diag_note(diag, "%" PRIu64 " row%s left out: %s", count, plural(count), account->reasons[i].text);
    }
    if (account->uncounted > 0) {
        diag_note(diag, "%" PRIu64 " row%s left out: %s", account->uncounted, plural(account->uncounted),
                  account->uncounted_reason);
    }
    if (where) {
        diag_detail(diag, "%" PRIu64 " row%s not kept by --where", account->not_kept, plural(account->not_kept));
    }
    diag_detail(diag, "%" PRIu64 " row%s read, %" PRIu64 " used", account->read, plural(account->read),
                count_used(account));
}

void account_say_rejected(const struct account *account, const char *file)
{
    if (account->rejected == 0) {
        return;
    }
    if (file != NULL) {
        diag_error("%" PRIu64 " record%s rejected, see %s", account->rejected, plural(account->rejected), file);
    } else {
        diag_error("%" PRIu64 " ragged record%s left out", account->rejected, plural(account->rejected));
    }
}

void account_free(struct account *account)
{
    free(account->reasons);
    *account = (struct account){0};
}
