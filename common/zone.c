// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zone: offsets from compiled tz files (RFC 8536) and, after a file's last transition, from its POSIX rule.
 *
 * Time is seen as a row of spans of one offset each. A span knows the offset before it, which decides both the local
 * times that its start skips and those that it repeats. The last span looked up is kept: dates of a log are near each
 * other, so nearly every question is two comparisons.
 */
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "zone_rule.h"

#define DIRECTORY "/usr/share/zoneinfo"
#define LARGEST_FILE 262144
#define LONGEST_NAME 255
#define LONGEST_FOOTER 127
#define HEADER_SIZE 44

#define TABLE_END INT64_C(4102444800) // 2100-01-01

struct zone {
    size_t count;     // of transitions
    int64_t *times;   // of the transitions, ascending
    int32_t *offsets; // count + 1: before the first, after the first, ...
    struct zone_rule rule;
    struct zone_span last;
};

static struct zone_span find_span(const struct zone *zone, int64_t instant)
{
    size_t low = 0;
    size_t high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->times[middle] <= instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct zone_span span = {
        .from = low == 0 ? ZONE_BEGINNING : zone->times[low - 1],
        .until = low == zone->count ? ZONE_END : zone->times[low],
        .offset = zone->offsets[low],
        .before = zone->offsets[low == 0 ? 0 : low - 1],
    };
    if (low == zone->count && zone->rule.exists) {
        zone_rule_apply(&zone->rule, instant, &span);
    }
    return span;
}

int64_t zone_to_local(struct zone *zone, int64_t instant)
{
    if (instant < zone->last.from || instant >= zone->last.until) {
        zone->last = find_span(zone, instant);
    }
    return instant + zone->last.offset;
}

// The first local time that is this span's alone: after the hour its start repeats, or skips.
static int64_t own_start(const struct zone_span *span)
{
    return span->from + (span->offset > span->before ? span->offset : span->before);
}

int64_t zone_to_instant(struct zone *zone, int64_t local)
{
    if (local >= own_start(&zone->last) && local < zone->last.until + zone->last.offset) {
        return local - zone->last.offset;
    }
    // The first span that ends after this local time has it, or begins by skipping it.
    struct zone_span span = find_span(zone, local - ZONE_WIDEST_OFFSET);
    while (local >= span.until + span.offset) {
        span = find_span(zone, span.until);
    }
    zone->last = span;
    return local - (local < span.from + span.offset ? span.before : span.offset);
}

static uint32_t read_32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int32_t read_signed_32(const unsigned char *bytes)
{
    int64_t value = read_32(bytes);
    return (int32_t)(value > INT32_MAX ? value - (INT64_C(1) << 32) : value);
}

static int64_t read_signed_64(const unsigned char *bytes)
{
    uint64_t value = (uint64_t)read_32(bytes) << 32 | read_32(bytes + 4);
    return value > INT64_MAX ? -(int64_t)(UINT64_MAX - value) - 1 : (int64_t)value;
}

// The counts of one block of a tz file.
struct block {
    size_t universal_count;
    size_t standard_count;
    size_t leap_count;
    size_t time_count;
    size_t type_count;
    size_t name_size;
};

static bool read_block(const unsigned char *bytes, size_t size, struct block *block)
{
    if (size < HEADER_SIZE || memcmp(bytes, "TZif", 4) != 0) {
        return false;
    }
    block->universal_count = read_32(bytes + 20);
    block->standard_count = read_32(bytes + 24);
    block->leap_count = read_32(bytes + 28);
    block->time_count = read_32(bytes + 32);
    block->type_count = read_32(bytes + 36);
    block->name_size = read_32(bytes + 40);
    return block->universal_count < size && block->standard_count < size && block->leap_count < size &&
           block->time_count < size && block->type_count < size && block->name_size < size;
}

static size_t block_size(const struct block *block, size_t time_size)
{
    return HEADER_SIZE + block->time_count * (time_size + 1) + block->type_count * 6 + block->name_size +
           block->leap_count * (time_size + 4) + block->standard_count + block->universal_count;
}

// The newline, TZ string and newline after the second block.
static bool read_footer(const unsigned char *bytes, size_t size, struct zone_rule *rule)
{
    if (size < 2 || bytes[0] != '\n') {
        return false;
    }
    const unsigned char *end = memchr(bytes + 1, '\n', size - 1);
    if (end == NULL || end - bytes - 1 > LONGEST_FOOTER) {
        return false;
    }
    char text[LONGEST_FOOTER + 1] = {0};
    memcpy(text, bytes + 1, (size_t)(end - bytes - 1));
    return text[0] == '\0' || zone_rule_read(text, rule);
}

static bool read_transitions(const unsigned char *bytes, const struct block *block, struct zone *zone)
{
    const unsigned char *times = bytes + HEADER_SIZE;
    const unsigned char *types = times + block->time_count * 8;
    const unsigned char *offsets = types + block->time_count;
    zone->count = block->time_count;
    zone->times = heap_allocate(zone->count, sizeof *zone->times);
    zone->offsets = heap_allocate(zone->count + 1, sizeof *zone->offsets);
    zone->offsets[0] = read_signed_32(offsets);
    for (size_t i = 0; i < zone->count; i++) {
        zone->times[i] = read_signed_64(times + i * 8);
        if (types[i] >= block->type_count || (i > 0 && zone->times[i] <= zone->times[i - 1]) ||
            zone->times[i] < ZONE_BEGINNING || zone->times[i] > ZONE_END) {
            return false;
        }
        zone->offsets[i + 1] = read_signed_32(offsets + (size_t)types[i] * 6);
    }
    for (size_t i = 0; i <= zone->count; i++) {
        if (zone->offsets[i] < -ZONE_WIDEST_OFFSET || zone->offsets[i] > ZONE_WIDEST_OFFSET) {
            return false;
        }
    }
    return true;
}

// Version 2 and later: a first block of 32-bit times to be passed over, and the same with 64 bits. Files that count
// leap seconds have other instants than ours.
static bool read_zone(const unsigned char *bytes, size_t size, struct zone *zone)
{
    struct block block;
    if (!read_block(bytes, size, &block) || bytes[4] < '2' || block_size(&block, 4) > size) {
        return false;
    }
    size_t start = block_size(&block, 4);
    bytes += start;
    size -= start;
    if (!read_block(bytes, size, &block) || block_size(&block, 8) > size || block.type_count == 0 ||
        block.leap_count > 0 || !read_transitions(bytes, &block, zone)) {
        return false;
    }
    start = block_size(&block, 8);
    return read_footer(bytes + start, size - start, &zone->rule);
}

static bool read_file(const char *path, struct zone *zone)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    unsigned char *bytes = heap_allocate(LARGEST_FILE, 1);
    size_t size = fread(bytes, 1, LARGEST_FILE, file);
    bool valid = size < LARGEST_FILE && read_zone(bytes, size, zone);
    free(bytes);
    fclose(file);
    return valid;
}

static bool read_named(const char *name, struct zone *zone)
{
    const char *directory = getenv("TZDIR");
    if (directory == NULL || directory[0] == '\0') {
        directory = DIRECTORY;
    }
    char path[4096];
    if (strlen(name) > LONGEST_NAME || strstr(name, "..") != NULL || name[0] == '/') {
        return false;
    }
    int length = snprintf(path, sizeof path, "%s/%s", directory, name);
    return length > 0 && (size_t)length < sizeof path && read_file(path, zone);
}

static bool is_utc(const char *name)
{
    return strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 || strcmp(name, "GMT") == 0;
}

// Without transitions, until something is read into it.
static void set_fixed(struct zone *zone, int32_t offset)
{
    free(zone->times);
    free(zone->offsets);
    *zone = (struct zone){.offsets = heap_allocate(1, sizeof *zone->offsets)};
    zone->offsets[0] = offset;
}

// What a TZ variable may hold: "", ":name", ":/path", "name", "CST-8".
static bool read_variable(const char *text, struct zone *zone)
{
    bool colon = text[0] == ':';
    const char *name = text + colon;
    if (name[0] == '\0' || is_utc(name)) {
        set_fixed(zone, 0);
        return true;
    }
    if (name[0] == '/') {
        return read_file(name, zone);
    }
    if (read_named(name, zone)) {
        return true;
    }
    struct zone_rule rule;
    if (colon || !zone_rule_read(name, &rule)) {
        return false;
    }
    set_fixed(zone, rule.standard);
    zone->rule = rule;
    return true;
}

static bool read_system(struct zone *zone)
{
    const char *variable = getenv("TZ");
    if (variable != NULL) {
        return read_variable(variable, zone);
    }
    if (!read_file("/etc/localtime", zone)) {
        set_fixed(zone, 0);
    }
    return true;
}

static bool read_any(const char *name, struct zone *zone)
{
    if (name == NULL || name[0] == '\0') {
        return read_system(zone);
    }
    if (is_utc(name)) {
        set_fixed(zone, 0);
        return true;
    }
    return read_named(name, zone);
}

// Writes the changes of the coming years into the table, as old tz files have them: finding one there is cheaper than
// working it out.
static void extend(struct zone *zone)
{
    if (zone->count == 0 || !zone->rule.has_summer) {
        return;
    }
    struct zone_span span = find_span(zone, zone->times[zone->count - 1]);
    size_t count = zone->count;
    size_t times_capacity = count;
    size_t offsets_capacity = count + 1;
    while (span.until < TABLE_END) {
        int64_t next = span.until;
        span = find_span(zone, next);
        zone->times = heap_grow(zone->times, &times_capacity, count + 1, sizeof *zone->times);
        zone->offsets = heap_grow(zone->offsets, &offsets_capacity, count + 2, sizeof *zone->offsets);
        zone->times[count++] = next;
        zone->offsets[count] = span.offset;
    }
    zone->count = count;
}

struct zone *zone_open(const char *name)
{
    struct zone *zone = heap_allocate(1, sizeof *zone);
    if (!read_any(name, zone)) {
        zone_free(zone);
        return NULL;
    }
    extend(zone);
    zone->last = find_span(zone, 0);
    return zone;
}

void zone_free(struct zone *zone)
{
    if (zone == NULL) {
        return;
    }
    free(zone->times);
    free(zone->offsets);
    free(zone);
}
