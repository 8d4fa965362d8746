// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * model: the list of models.
 */
#include "model.h"

#include "betageometric.h"
#include "bgbb.h"
#include "gammagamma.h"
#include "nbd.h"
#include "pnbd.h"
#include "sbg.h"

static const struct model *const models[] = {
    &betageometric_mbgnbd,
    &betageometric_bgnbd,
    &pnbd_model,
    &betageometric_mbgcnbd,
    &nbd_model,
    &bgbb_model,
    &sbg_model,
    &gammagamma_model,
    NULL,
};

const struct model *model_find(struct slice name)
{
    for (size_t i = 0; models[i] != NULL; i++) {
        if (slice_is(name, models[i]->name)) {
            return models[i];
        }
    }
    return NULL;
}

const struct model *const *model_all(void)
{
    return models;
}
