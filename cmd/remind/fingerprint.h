// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fingerprint: a short name for any bytes that does not show them: the first half of their SHA-256, as hexadecimal.
 *
 * The same bytes have the same fingerprint everywhere and for ever. Bytes that are one of few (a phone number is one of
 * a few thousand million) can still be found by trying all of them.
 */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include <stdint.h>

#include "slice.h"
#include "text.h"

#define FINGERPRINT_SIZE 32 // digits
#define FINGERPRINT_BYTES 32

// The whole SHA-256 (FIPS 180-4).
void fingerprint_bytes(struct slice of, uint8_t out[FINGERPRINT_BYTES]);

// Adds FINGERPRINT_SIZE digits to *out, in which `of` may not lie.
void fingerprint_append(struct text *out, struct slice of);

#endif
