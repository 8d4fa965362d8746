// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * wanted: see wanted.h.
 */
#include "wanted.h"

#include "slice.h"
#include "text.h"

const char *const wanted_spend_words[] = {"gg", "none", NULL};

static void take_all_continuous(struct wanted *wanted)
{
    for (const struct model *const *model = model_all(); *model != NULL; model++) {
        if ((*model)->kind == MODEL_CONTINUOUS) {
            wanted->models[wanted->count++] = *model;
        }
    }
}

static void list_names(struct text *names)
{
    for (const struct model *const *model = model_all(); *model != NULL; model++) {
        if ((*model)->kind != MODEL_SPEND) {
            text_append_string(names, (*model)->name);
            text_append_string(names, ", ");
        }
    }
    text_append_string(names, "auto");
}

static bool no_model(struct program *program, struct slice word)
{
    struct text names = {0};
    list_names(&names);
    program_wrong(program, "--model: '%.*s' is no model; there are %s", (int)word.length, word.data,
                  text_string(&names));
    text_free(&names);
    return false;
}

static bool is_there(const struct wanted *wanted, const struct model *model)
{
    bool found = false;
    for (size_t i = 0; i < wanted->count; i++) {
        found = found || wanted->models[i] == model;
    }
    return found;
}

static bool take(struct wanted *wanted, struct slice word, struct program *program)
{
    const struct model *model = model_find(word);
    if (model != NULL && model->kind == MODEL_SPEND) {
        program_wrong(program, "--model: '%s' is chosen with --spend", model->name);
        return false;
    }
    if (model == NULL) {
        return no_model(program, word);
    }
    if (wanted->count > 0 && wanted->models[0]->kind != model->kind) {
        program_wrong(program, "--model: '%s' and '%s' do not read the same columns", wanted->models[0]->name,
                      model->name);
        return false;
    }
    if (!is_there(wanted, model)) {
        wanted->models[wanted->count++] = model;
    }
    return true;
}

bool wanted_read(struct wanted *wanted, const char *list, enum wanted_spend spend, struct program *program)
{
    struct slice words = slice_of(list);
    *wanted = (struct wanted){.spend = spend == WANTED_SPEND_GG};
    if (slice_is(words, "auto")) {
        wanted->best = true;
        take_all_continuous(wanted);
        return true;
    }
    for (size_t start = 0; start <= words.length;) {
        size_t end = slice_find(words, ',', start);
        if (!take(wanted, slice_trim(slice_part(words, start, end)), program)) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

bool wanted_litt(const struct wanted *wanted)
{
    bool uses = false;
    for (size_t i = 0; i < wanted->count; i++) {
        uses = uses || wanted->models[i]->uses_litt;
    }
    return uses;
}
