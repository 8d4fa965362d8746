// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * knowledge: see knowledge.h.
 */
#include "knowledge.h"

#include <stdlib.h>

#include "heap.h"

bool knowledge_learn(struct knowledge *knowledge, const struct wanted *wanted, const struct buyers *buyers,
                     const struct diag *diag, enum status *status)
{
    bool good = true;
    knowledge->estimates = heap_allocate(buyers->group_count, sizeof *knowledge->estimates);
    for (size_t i = 0; i < buyers->group_count; i++) {
        struct estimates *estimates = &knowledge->estimates[i];
        good = estimates_learn(estimates, wanted, buyers, i, diag) && good;
        if (wanted->spend && buyers->worth && !estimates_learn_spend(estimates, buyers, i, diag)) {
            *status = STATUS_DATA;
        }
    }
    *status = good ? *status : STATUS_DATA;
    return good;
}

bool knowledge_open(struct knowledge *knowledge, const char *path, const char *by, enum unit unit,
                    struct program *program, enum status *status)
{
    return parameters_read(&knowledge->parameters, path, by, unit, program, status);
}

// The one model of a group that is to be used. False, said, when it is not clear.
static bool choose(struct estimates *chosen, const struct estimates *given, const struct wanted *wanted, bool named,
                   const char *path)
{
    for (size_t i = 0; i < given->count; i++) {
        if (named ? given->models[i].model == wanted->models[0] : given->count == 1) {
            chosen->models[chosen->count++] = given->models[i];
        }
    }
    chosen->spend = given->spend;
    chosen->has_spend = given->has_spend;
    if (chosen->count == 1 && chosen->models[0].model->kind == wanted->models[0]->kind) {
        return true;
    }
    if (chosen->count == 1) {
        const char *name = chosen->models[0].model->name;
        diag_error("%s: %s reads a table of another kind than this is taken for; say so with --model=%s", path, name,
                   name);
        return false;
    }
    diag_error(given->count > 1 && !named ? "%s: there are several models; choose one with --model=NAME"
                                          : "%s: it has no parameters of the model wanted",
               path);
    return false;
}

bool knowledge_take(struct knowledge *knowledge, const char *path, const struct wanted *wanted, bool named,
                    const struct buyers *buyers, const struct diag *diag, enum status *status)
{
    char label[BUYERS_LABEL_SIZE];
    knowledge->estimates = heap_allocate(buyers->group_count, sizeof *knowledge->estimates);
    for (size_t i = 0; i < buyers->group_count; i++) {
        const struct estimates *given = parameters_of(&knowledge->parameters, buyers_group_name(buyers, i));
        if (given == NULL) {
            diag_error("%s%s has no parameters for this group (fit it too, or leave it out with --where)",
                       buyers_label(buyers, i, diag, label), path);
            *status = STATUS_DATA;
            return false;
        }
        if (!choose(&knowledge->estimates[i], given, wanted, named, path)) {
            *status = STATUS_USAGE;
            return false;
        }
        if (wanted->spend && given->has_spend && !estimates_spend_has_mean(given)) {
            diag_error("%s: q is not above 1, so there is no mean spend: expected_spend stays blank", path);
            *status = STATUS_DATA;
        }
    }
    return true;
}

void knowledge_free(struct knowledge *knowledge)
{
    free(knowledge->estimates);
    parameters_free(&knowledge->parameters);
}
