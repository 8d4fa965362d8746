// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fingerprint: SHA-256 as in FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2. The constants of section 4.2.2 are the first 32
 * bits of the fractional parts of the cube roots of the first 64 primes, the first state (5.3.3) those of the square
 * roots of the first 8.
 */
#include "fingerprint.h"

#include <stddef.h>
#include <string.h>

enum { BLOCK = 64, ROUNDS = 64, WORDS = 8, LENGTH_AT = BLOCK - 8 };

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static void expand(const uint8_t block[BLOCK], uint32_t schedule[ROUNDS])
{
    for (size_t i = 0; i < 16; i++) {
        const uint8_t *at = block + 4 * i;
        schedule[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    for (size_t i = 16; i < ROUNDS; i++) {
        uint32_t early = schedule[i - 15];
        uint32_t late = schedule[i - 2];
        schedule[i] = schedule[i - 16] + (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3) + schedule[i - 7] +
                      (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10);
    }
}

static void add_block(uint32_t state[WORDS], const uint8_t block[BLOCK])
{
    uint32_t schedule[ROUNDS];
    uint32_t now[WORDS];
    expand(block, schedule);
    memcpy(now, state, sizeof now);
    for (size_t i = 0; i < ROUNDS; i++) {
        uint32_t a = now[0];
        uint32_t e = now[4];
        uint32_t first = now[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & now[5]) ^ (~e & now[6])) +
                         constants[i] + schedule[i];
        uint32_t second =
            (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]));
        memmove(now + 1, now, (WORDS - 1) * sizeof *now);
        now[4] += first;
        now[0] = first + second;
    }
    for (size_t i = 0; i < WORDS; i++) {
        state[i] += now[i];
    }
}

// The last bytes, a single 1 bit behind them, and the length in bits at the end of the last block.
static void add_rest(uint32_t state[WORDS], struct slice rest, uint64_t length)
{
    uint8_t block[BLOCK] = {0};
    if (rest.length > 0) {
        memcpy(block, rest.data, rest.length);
    }
    block[rest.length] = 0x80;
    if (rest.length >= LENGTH_AT) {
        add_block(state, block);
        memset(block, 0, sizeof block);
    }
    for (size_t i = 0; i < 8; i++) {
        block[LENGTH_AT + i] = (uint8_t)(length * 8 >> (56 - 8 * i));
    }
    add_block(state, block);
}

void fingerprint_bytes(struct slice of, uint8_t out[FINGERPRINT_BYTES])
{
    uint32_t state[WORDS] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t at = 0;
    for (; of.length - at >= BLOCK; at += BLOCK) {
        add_block(state, (const uint8_t *)of.data + at);
    }
    add_rest(state, slice_part(of, at, of.length), of.length);
    for (size_t i = 0; i < FINGERPRINT_BYTES; i++) {
        out[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
    }
}

void fingerprint_append(struct text *out, struct slice of)
{
    uint8_t bytes[FINGERPRINT_BYTES];
    fingerprint_bytes(of, bytes);
    for (size_t i = 0; i < FINGERPRINT_SIZE / 2; i++) {
        text_format(out, "%02x", (unsigned)bytes[i]);
    }
}
