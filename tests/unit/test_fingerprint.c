// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fingerprint: SHA-256 of the published examples (FIPS 180-2, appendix B; the empty message and the million 'a' of the
 * NIST example files), and of every length around the borders of a block.
 */
#include "../../cmd/remind/fingerprint.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

static const char *hex(struct slice of)
{
    static char digits[2 * FINGERPRINT_BYTES + 1];
    uint8_t bytes[FINGERPRINT_BYTES];
    fingerprint_bytes(of, bytes);
    for (size_t i = 0; i < FINGERPRINT_BYTES; i++) {
        snprintf(digits + 2 * i, 3, "%02x", (unsigned)bytes[i]);
    }
    return digits;
}

int main(void)
{
    static char million[1000000];
    memset(million, 'a', sizeof million);
    CHECK_TEXT(hex((struct slice){"", 0}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_TEXT(hex(slice_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_TEXT(hex(slice_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK_TEXT(hex((struct slice){million, sizeof million}),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");

    // sha256sum of so many 'a': the padding fits into the last block, just fits, and needs one more.
    CHECK_TEXT(hex((struct slice){million, 55}), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK_TEXT(hex((struct slice){million, 56}), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK_TEXT(hex((struct slice){million, 63}), "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
    CHECK_TEXT(hex((struct slice){million, 64}), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");

    struct text text = {0};
    text_append_string(&text, "x");
    fingerprint_append(&text, slice_of("abc"));
    CHECK_TEXT(text_string(&text), "xba7816bf8f01cfea414140de5dae2223");
    text_free(&text);
    return tap_done();
}
