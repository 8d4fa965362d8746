// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * character: decodes strictly (RFC 3629) and knows widths by block, which is enough to align columns.
 */
#include "character.h"

struct character character_at(struct slice bytes)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)bytes.data[0];
    struct character lone = {first, 1, first < 0x80};
    size_t length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
    if (length == 1 || length > bytes.length) {
        return lone;
    }
    uint32_t code = first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if ((byte & 0xC0) != 0x80) {
            return lone;
        }
        code = code << 6 | (byte & 0x3F);
    }
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return lone;
    }
    return (struct character){code, length, true};
}

bool character_is_control(struct character character)
{
    return character.valid && (character.code < 0x20 || (character.code >= 0x7F && character.code < 0xA0));
}

struct range {
    uint32_t first, last;
};

static bool is_among(uint32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

int character_width(uint32_t code)
{
    static const struct range wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
    };
    static const struct range upon[] = {{0x300, 0x36F}, {0x200B, 0x200D}, {0xFE00, 0xFE0F}};
    if (code < 0x300) {
        return 1;
    }
    if (is_among(code, upon, sizeof upon / sizeof upon[0])) {
        return 0;
    }
    return is_among(code, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}
