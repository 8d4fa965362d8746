// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quadrature: see quadrature.h. The nodes come from GSL's tables, exact to the last digits for 8, 16 and 32.
 */
#include "quadrature.h"

#include <gsl/gsl_integration.h>

#include "diag.h"

void quadrature_set(struct quadrature *quadrature, size_t count)
{
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(count);
    if (table == NULL) {
        diag_out_of_memory();
    }
    quadrature->count = count;
    for (size_t i = 0; i < count; i++) {
        gsl_integration_glfixed_point(0, 1, i, &quadrature->nodes[i], &quadrature->weights[i], table);
    }
    gsl_integration_glfixed_table_free(table);
}
