// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * completion: one script a shell, complete in itself.
 *
 * bash falls back on file names wherever nothing else is offered (complete -o default), so only modes, options and the
 * words of choices are written there.
 */
#include "completion.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "mode.h"
#include "options.h"
#include "text.h"

// What a help sentence must look like between single quotes: `quote` stands for a quote, a backslash before the others.
static void quoted(struct text *out, const char *sentence, const char *quote, const char *escaped)
{
    for (const char *byte = sentence; *byte != '\0'; byte++) {
        if (*byte == '\'') {
            text_append_string(out, quote);
            continue;
        }
        if (strchr(escaped, *byte) != NULL) {
            text_append_byte(out, '\\');
        }
        text_append_byte(out, *byte);
    }
}

static void choice_words(const struct option *option, struct text *out)
{
    for (size_t i = 0; option->choices[i] != NULL; i++) {
        text_format(out, "%s%s", i == 0 ? "" : " ", option->choices[i]);
    }
}

static void bash_names(const struct option *options, struct text *out)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (!option->hidden) {
            text_format(out, " --%s%s", option->name, option->kind == OPTION_FLAG ? "" : "=");
        }
    }
}

static void bash_choices(const char *mode, const struct option *options, struct text *out)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (!option->hidden && option->kind == OPTION_CHOICE) {
            text_format(out, "    %s:--%s) words='", mode, option->name);
            choice_words(option, out);
            text_append_string(out, "' ;;\n");
        }
    }
}

void completion_bash(const char *program, const struct mode *const *modes, const struct option *common,
                     struct text *out)
{
    text_format(out,
                "# bash completion of %s\n_%s()\n{\n"
                "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n"
                "    COMPREPLY=()\n"
                "    if [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
                "    if [ \"$cur\" = = ]; then cur=; fi\n"
                "    case ${COMP_WORDS[1]}:$prev in\n",
                program, program);
    for (size_t i = 0; modes[i] != NULL; i++) {
        for (size_t j = 0; mode_options(modes[i], j) != NULL; j++) {
            bash_choices(modes[i]->name, mode_options(modes[i], j), out);
        }
    }
    bash_choices("*", common, out);
    text_append_string(out, "    *)\n        case $COMP_CWORD:${COMP_WORDS[1]}:$cur in\n        1:*) words='");
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_format(out, "%s ", modes[i]->name);
    }
    text_append_string(out, "--help --version' ;;\n");
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_format(out, "        *:%s:-*) words='", modes[i]->name);
        for (size_t j = 0; mode_options(modes[i], j) != NULL; j++) {
            bash_names(mode_options(modes[i], j), out);
        }
        bash_names(common, out);
        text_append_string(out, "' ;;\n");
    }
    text_format(out,
                "        esac ;;\n    esac\n"
                "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                "    case ${COMPREPLY-} in *=) compopt -o nospace ;; esac\n}\n"
                "complete -o default -F _%s %s\n",
                program, program);
}

static void zsh_options(const struct option *options, struct text *out)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (option->hidden) {
            continue;
        }
        bool flag = option->kind == OPTION_FLAG;
        if (option->letter != 0) {
            text_format(out, "            '(-%c --%s)'{-%c%s,--%s%s}", option->letter, option->name, option->letter,
                        flag ? "" : "+", option->name, flag ? "" : "=");
        } else {
            text_format(out, "            --%s%s", option->name, flag ? "" : "=");
        }
        text_append_string(out, "'[");
        quoted(out, option->help, "'\\''", "[]:\\");
        text_append_byte(out, ']');
        if (option->kind == OPTION_CHOICE) {
            text_append_string(out, ": :(");
            choice_words(option, out);
            text_append_byte(out, ')');
        } else if (!flag) {
            text_format(out, ": :%s", option->kind == OPTION_FILE ? "_files" : " ");
        }
        text_append_string(out, "' \\\n");
    }
}

void completion_zsh(const char *program, const struct mode *const *modes, const struct option *common, struct text *out)
{
    text_format(out,
                "#compdef %s\n\nlocal -a modes\nmodes=(\n"
                "    '--help:list the modes'\n    '--version:print the version'\n",
                program);
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_format(out, "    '%s:", modes[i]->name);
        quoted(out, modes[i]->summary, "'\\''", "\\");
        text_append_string(out, "'\n");
    }
    text_append_string(out, ")\nif (( CURRENT == 2 )); then\n    _describe mode modes\n    return\nfi\n"
                            "shift words\n(( CURRENT-- ))\ncase $words[1] in\n");
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_format(out, "    %s)\n        _arguments -s \\\n", modes[i]->name);
        for (size_t j = 0; mode_options(modes[i], j) != NULL; j++) {
            zsh_options(mode_options(modes[i], j), out);
        }
        zsh_options(common, out);
        text_append_string(out, "            '*: :_files' ;;\n");
    }
    text_append_string(out, "esac\n");
}

static void fish_options(const char *program, const char *condition, const struct option *options, struct text *out)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (option->hidden) {
            continue;
        }
        text_format(out, "complete -c %s -n '%s' -l %s", program, condition, option->name);
        if (option->letter != 0) {
            text_format(out, " -s %c", option->letter);
        }
        if (option->kind == OPTION_CHOICE) {
            text_append_string(out, " -x -a '");
            choice_words(option, out);
            text_append_byte(out, '\'');
        } else if (option->kind != OPTION_FLAG) {
            text_append_string(out, option->kind == OPTION_FILE ? " -r -F" : " -x");
        }
        text_append_string(out, " -d '");
        quoted(out, option->help, "\\'", "\\");
        text_append_string(out, "'\n");
    }
}

void completion_fish(const char *program, const struct mode *const *modes, const struct option *common,
                     struct text *out)
{
    struct text condition = {0};
    text_format(out, "# fish completion of %s\n", program);
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_format(out, "complete -c %s -n __fish_use_subcommand -f -a %s -d '", program, modes[i]->name);
        quoted(out, modes[i]->summary, "\\'", "\\");
        text_append_string(out, "'\n");
    }
    for (size_t i = 0; modes[i] != NULL; i++) {
        text_clear(&condition);
        text_format(&condition, "__fish_seen_subcommand_from %s", modes[i]->name);
        for (size_t j = 0; mode_options(modes[i], j) != NULL; j++) {
            fish_options(program, text_string(&condition), mode_options(modes[i], j), out);
        }
    }
    fish_options(program, "not __fish_use_subcommand", common, out);
    text_free(&condition);
}
