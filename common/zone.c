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

#include "date.h"
#include "heap.h"
#include "slice.h"

#define DIRECTORY "/usr/share/zoneinfo"
#define LARGEST_FILE 262144
#define LONGEST_NAME 255
#define LONGEST_FOOTER 127
#define HEADER_SIZE 44

// No clock is further from Greenwich than this, with room to spare; looking for a local time starts that much earlier.
#define WIDEST_OFFSET 100000

// Before and after all time, with room for adding offsets.
#define BEGINNING (-(INT64_C(1) << 60))
#define END_OF_TIME (INT64_C(1) << 60)

#define TABLE_END INT64_C(4102444800) // 2100-01-01

struct span {
    int64_t from; // instants
    int64_t until;
    int32_t offset;
    int32_t before; // the offset of the span before this one
};

// When in a year the clocks change.
struct change {
    enum { CHANGE_MONTH, CHANGE_JULIAN, CHANGE_DAY } kind; // Mm.w.d, Jn, n
    int month;
    int week;
    int day;
    int32_t time; // seconds of the wall clock after that day's midnight; may be negative or above a day
};

// A POSIX TZ string: what holds every year.
struct yearly {
    bool exists;
    bool has_summer;
    int32_t standard;
    int32_t summer;
    struct change to_summer;
    struct change to_standard;
};

struct zone {
    size_t count;     // of transitions
    int64_t *times;   // of the transitions, ascending
    int32_t *offsets; // count + 1: before the first, after the first, ...
    struct yearly yearly;
    struct span last;
};

static bool take(const char **text, char symbol)
{
    if (**text != symbol) {
        return false;
    }
    ++*text;
    return true;
}

// Digits up to `most` in value; -1 when there are none or too many.
static int take_number(const char **text, int most)
{
    int value = -1;
    while (**text >= '0' && **text <= '9') {
        value = (value < 0 ? 0 : value) * 10 + (**text - '0');
        if (value > most) {
            return -1;
        }
        ++*text;
    }
    return value;
}

// "EST", "<+0330>".
static bool take_abbreviation(const char **text)
{
    const char *start = *text;
    if (take(text, '<')) {
        size_t length = strcspn(*text, ">");
        *text += length;
        return length > 0 && take(text, '>');
    }
    while ((**text >= 'A' && **text <= 'Z') || (**text >= 'a' && **text <= 'z')) {
        ++*text;
    }
    return *text - start >= 3;
}

// "[+-]hh[:mm[:ss]]" in seconds.
static bool take_time(const char **text, int32_t *seconds)
{
    bool negative = take(text, '-');
    if (!negative) {
        take(text, '+');
    }
    int hours = take_number(text, 167);
    int minutes = take(text, ':') ? take_number(text, 59) : 0;
    int rest = take(text, ':') ? take_number(text, 59) : 0;
    if (hours < 0 || minutes < 0 || rest < 0) {
        return false;
    }
    *seconds = hours * 3600 + minutes * 60 + rest;
    *seconds = negative ? -*seconds : *seconds;
    return true;
}

static bool take_month_day(const char **text, struct change *change)
{
    change->kind = CHANGE_MONTH;
    change->month = take_number(text, 12);
    change->week = take(text, '.') ? take_number(text, 5) : -1;
    change->day = take(text, '.') ? take_number(text, 6) : -1;
    return change->month >= 1 && change->week >= 1 && change->day >= 0;
}

static bool take_change(const char **text, struct change *change)
{
    *change = (struct change){.kind = CHANGE_DAY, .time = 2 * 3600};
    if (take(text, 'M')) {
        if (!take_month_day(text, change)) {
            return false;
        }
    } else {
        change->kind = take(text, 'J') ? CHANGE_JULIAN : CHANGE_DAY;
        change->day = take_number(text, 365);
        if (change->day < (change->kind == CHANGE_JULIAN)) {
            return false;
        }
    }
    return !take(text, '/') || take_time(text, &change->time);
}

// POSIX counts offsets west of Greenwich.
static bool take_offset(const char **text, int32_t *offset)
{
    if (!take_time(text, offset) || *offset < -WIDEST_OFFSET || *offset > WIDEST_OFFSET) {
        return false;
    }
    *offset = -*offset;
    return true;
}

static bool parse_yearly(const char *text, struct yearly *yearly)
{
    *yearly = (struct yearly){.exists = true};
    if (!take_abbreviation(&text) || !take_offset(&text, &yearly->standard)) {
        return false;
    }
    if (*text == '\0') {
        return true;
    }
    yearly->has_summer = true;
    yearly->summer = yearly->standard + 3600;
    if (!take_abbreviation(&text) || (*text != ',' && *text != '\0' && !take_offset(&text, &yearly->summer))) {
        return false;
    }
    // A summer without dates has those of the United States, as everywhere else.
    const char *dates = *text == '\0' ? ",M3.2.0,M11.1.0" : text;
    return take(&dates, ',') && take_change(&dates, &yearly->to_summer) && take(&dates, ',') &&
           take_change(&dates, &yearly->to_standard) && *dates == '\0';
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Any year, also those beyond date.h's calendar, which questions at its ends reach.
static int64_t year_start(int64_t year)
{
    int64_t before = year - 1 + 400 * 10000; // full years since year 1, kept positive
    int64_t days = before * 365 + before / 4 - before / 100 + before / 400;
    return days - INT64_C(146097) * 10000 + DATE_FIRST;
}

static int64_t month_day(int64_t year, const struct change *change)
{
    static const int starts[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    bool leap = is_leap(year);
    int64_t first = year_start(year) + starts[change->month - 1] + (leap && change->month > 2);
    int64_t next = year_start(year) + starts[change->month] + (leap && change->month > 1);
    int weekday = date_weekday((int32_t)first) % 7;
    int64_t day = first + (change->day - weekday + 7) % 7 + 7 * (change->week - 1);
    return day < next ? day : day - 7;
}

// The local time, in seconds, of a change in `year`.
static int64_t change_time(int64_t year, const struct change *change)
{
    int64_t day = 0;
    if (change->kind == CHANGE_MONTH) {
        day = month_day(year, change);
    } else if (change->kind == CHANGE_JULIAN) {
        day = year_start(year) + change->day - 1 + (is_leap(year) && change->day > 59);
    } else {
        day = year_start(year) + change->day;
    }
    return day * DATE_DAY_SECONDS + change->time;
}

static int64_t year_of(int64_t instant)
{
    int64_t day = instant / DATE_DAY_SECONDS - (instant % DATE_DAY_SECONDS < 0);
    return date_to_civil((int32_t)day).year;
}

// Narrows `span`, which holds `instant`, by the changes of the years around it.
static void apply_yearly(const struct yearly *yearly, int64_t instant, struct span *span)
{
    span->offset = yearly->standard;
    if (!yearly->has_summer) {
        return;
    }
    int64_t year = year_of(instant);
    int64_t from = BEGINNING;
    int32_t before = span->before;
    // Where summer is all year, it begins in the very second in which it ends, and has to win.
    for (int64_t i = year - 2; i <= year + 2; i++) {
        int64_t summer = change_time(i, &yearly->to_summer) - yearly->standard;
        int64_t standard = change_time(i, &yearly->to_standard) - yearly->summer;
        if (summer <= instant && summer >= from) {
            from = summer;
            span->offset = yearly->summer;
            before = yearly->standard;
        }
        if (standard <= instant && standard > from) {
            from = standard;
            span->offset = yearly->standard;
            before = yearly->summer;
        }
        if (summer > instant && summer < span->until) {
            span->until = summer;
        }
        if (standard > instant && standard < span->until) {
            span->until = standard;
        }
    }
    if (from > span->from) {
        span->from = from;
        span->before = before;
    }
}

static struct span find_span(const struct zone *zone, int64_t instant)
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
    struct span span = {
        .from = low == 0 ? BEGINNING : zone->times[low - 1],
        .until = low == zone->count ? END_OF_TIME : zone->times[low],
        .offset = zone->offsets[low],
        .before = zone->offsets[low == 0 ? 0 : low - 1],
    };
    if (low == zone->count && zone->yearly.exists) {
        apply_yearly(&zone->yearly, instant, &span);
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
static int64_t own_start(const struct span *span)
{
    return span->from + (span->offset > span->before ? span->offset : span->before);
}

int64_t zone_to_instant(struct zone *zone, int64_t local)
{
    if (local >= own_start(&zone->last) && local < zone->last.until + zone->last.offset) {
        return local - zone->last.offset;
    }
    // The first span that ends after this local time has it, or begins by skipping it.
    struct span span = find_span(zone, local - WIDEST_OFFSET);
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
static bool read_footer(const unsigned char *bytes, size_t size, struct yearly *yearly)
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
    return text[0] == '\0' || parse_yearly(text, yearly);
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
            zone->times[i] < BEGINNING || zone->times[i] > END_OF_TIME) {
            return false;
        }
        zone->offsets[i + 1] = read_signed_32(offsets + (size_t)types[i] * 6);
    }
    for (size_t i = 0; i <= zone->count; i++) {
        if (zone->offsets[i] < -WIDEST_OFFSET || zone->offsets[i] > WIDEST_OFFSET) {
            return false;
        }
    }
    return true;
}

// Version 2 and later: a first block of 32-bit times to be passed over, and the same with 64 bits. Files that count leap
// seconds have other instants than ours.
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
    return read_footer(bytes + start, size - start, &zone->yearly);
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
    struct yearly yearly;
    if (colon || !parse_yearly(name, &yearly)) {
        return false;
    }
    set_fixed(zone, yearly.standard);
    zone->yearly = yearly;
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
    if (zone->count == 0 || !zone->yearly.has_summer) {
        return;
    }
    struct span span = find_span(zone, zone->times[zone->count - 1]);
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
