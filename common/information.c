// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * information: gathers a text, then writes it whole and checked like any other output.
 */
#include "information.h"

#include <stdbool.h>
#include <stddef.h>

#include "completion.h"
#include "help.h"
#include "manual.h"
#include "output.h"
#include "settings.h"
#include "text.h"

static enum status print(struct text *text)
{
    struct output *output = output_open(NULL);
    enum status status = STATUS_SYSTEM;
    if (output != NULL) {
        output_write(output, text_slice(text));
        status = output_close(output, true);
    }
    text_free(text);
    return status;
}

static enum status print_generated(const struct information *about, int part)
{
    struct text out = {0};
    switch (part) {
    case SETTINGS_GENERATE_MDOC:
        manual_options(about->mode == NULL ? settings_options : mode_options(about->mode, 0), &out);
        for (size_t i = 1; about->mode != NULL && mode_options(about->mode, i) != NULL; i++) {
            manual_options(mode_options(about->mode, i), &out);
        }
        break;
    case SETTINGS_GENERATE_BASH:
        completion_bash(about->program, about->modes, settings_options, &out);
        break;
    case SETTINGS_GENERATE_ZSH:
        completion_zsh(about->program, about->modes, settings_options, &out);
        break;
    case SETTINGS_GENERATE_FISH:
        completion_fish(about->program, about->modes, settings_options, &out);
        break;
    case SETTINGS_GENERATE_LAYOUTS:
        manual_layouts(&out);
        break;
    default:
        manual_roles(&out);
    }
    return print(&out);
}

static enum status print_help(const struct information *about)
{
    struct text out = {0};
    if (about->mode == NULL) {
        help_program(about->program, about->summary, about->modes, &out);
    } else {
        help_mode(about->program, about->mode, settings_options, &out);
    }
    return print(&out);
}

static enum status print_version(const struct information *about)
{
    struct text out = {0};
    text_format(&out, "%s (regulars) %s\nLicense GPL-3.0-or-later; there is no warranty\n", about->program,
                REGULARS_VERSION);
    return print(&out);
}

bool information_given(const struct information *about, const struct settings *settings, enum status *status)
{
    if (settings->help) {
        *status = print_help(about);
    } else if (settings->version) {
        *status = print_version(about);
    } else if (settings->generate != SETTINGS_GENERATE_NOTHING) {
        *status = print_generated(about, settings->generate);
    } else {
        return false;
    }
    return true;
}
