// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * remind: its modes and what it is for; nothing else.
 */
#include "remind.h"

#include <stddef.h>

#include "program.h"

static const struct mode *const modes[] = {
    &remind_due,    &remind_open,    &remind_digest, &remind_ics,     &remind_mark, &remind_check,
    &remind_silent, &remind_compact, &remind_dates,  &remind_preview, NULL,
};

int main(int argc, char **argv)
{
    return program_main("remind", "who is to be contacted today, by whom, through which channel, and why?", modes, argc,
                        argv);
}
