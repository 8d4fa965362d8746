// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lunar: the table, and counting in it.
 *
 * Source: lunar-javascript 1.7.7 (6tail, MIT), which calculates from the new moons and solar terms, for all 2,486
 * months. Compared month by month with lunardate 0.3.0 (1900 to 2099), chinese-days 1.5.7 and the new moons of PyEphem
 * in Beijing time (UTC+8; local mean time before 1929). All agree but for these first days of a month: 1933-07-23
 * (lunardate and chinese-days 07-22; new moon 00:03), 1954-11-25 and 1978-09-02 (lunardate a day later, a day earlier),
 * 1996-06-16 and 2060-04-01 (chinese-days a day off), 1906-04-24 (new moon 04-23 23:52 in the time of that year, but
 * all three tables have the 24th) and 2057-09-29 (lunardate the 28th; the new moon is seconds from midnight).
 */
#include "lunar.h"

#include "date.h"

#define MONTHS 12

// Bit n: the month in place n, leap month included, has 30 days; then from bit 13 the number of the leap month (0:
// none), from bit 17 the days from January 1 to the first day of the year.
static const uint32_t table[] = {
    // clang-format off
    0x3d16d2, 0x620752, 0x4c0ea5, 0x38b64a, 0x5c064b, 0x440a9b, 0x309556, 0x56056a, // 1900
    0x400b59, 0x2a5752, 0x500752, 0x3adb25, 0x600b25, 0x480a4b, 0x32b4ab, 0x5802ad, // 1908
    0x42056b, 0x2c4b69, 0x520da9, 0x3efd92, 0x640e92, 0x4c0d25, 0x36ba4d, 0x5c0a56, // 1916
    0x4602b6, 0x2e95b5, 0x5606d4, 0x400ea9, 0x2c5e92, 0x500e92, 0x3acd26, 0x5e052b, // 1924
    0x480a57, 0x32b2b6, 0x580b5a, 0x4406d4, 0x2e6ec9, 0x520749, 0x3cf693, 0x620a93, // 1932
    0x4c052b, 0x34ca5b, 0x5a0aad, 0x46056a, 0x309b55, 0x560ba4, 0x400b49, 0x2a5a93, // 1940
    0x500a95, 0x38f52d, 0x5e0536, 0x480aad, 0x34b5aa, 0x5805b2, 0x420da5, 0x2e7d4a, // 1948
    0x540d4a, 0x3d0a95, 0x600a97, 0x4c0556, 0x36cab5, 0x5a0ad5, 0x4606d2, 0x308ea5, // 1956
    0x560ea5, 0x40064a, 0x286c97, 0x4e0a9b, 0x3af55a, 0x5e056a, 0x480b69, 0x34b752, // 1964
    0x5a0b52, 0x420b25, 0x2c964b, 0x520a4b, 0x3d14ab, 0x6002ad, 0x4a056d, 0x36cb69, // 1972
    0x5c0da9, 0x460d92, 0x309d25, 0x560d25, 0x415a4d, 0x640a56, 0x4e02b6, 0x38c5b5, // 1980
    0x5e06d5, 0x480ea9, 0x34be92, 0x5a0e92, 0x440d26, 0x2c6a56, 0x500a57, 0x3d14d6, // 1988
    0x62035a, 0x4a06d5, 0x36b6c9, 0x5c0749, 0x460693, 0x2e952b, 0x54052b, 0x3e0a5b, // 1996
    0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49, 0x32ba93, 0x580a95, 0x42052d, // 2004
    0x2c8aad, 0x500ab5, 0x3d35aa, 0x6205d2, 0x4c0da5, 0x36dd4a, 0x5c0d4a, 0x460c95, // 2012
    0x30952e, 0x540556, 0x3e0ab5, 0x2a55b2, 0x5006d2, 0x38cea5, 0x5e0725, 0x48064b, // 2020
    0x32ac97, 0x560cab, 0x42055a, 0x2c6ad6, 0x520b69, 0x3d7752, 0x620b52, 0x4c0b25, // 2028
    0x36da4b, 0x5a0a4b, 0x4404ab, 0x2ea55b, 0x5405ad, 0x3e0b6a, 0x2a5b52, 0x500d92, // 2036
    0x3afd25, 0x5e0d25, 0x480a55, 0x32b4ad, 0x5804b6, 0x4005b5, 0x2c6daa, 0x520ec9, // 2044
    0x3f1e92, 0x620e92, 0x4c0d26, 0x36ca56, 0x5a0a57, 0x4404d6, 0x2e86d5, 0x540755, // 2052
    0x400749, 0x286e93, 0x4e0693, 0x38f52b, 0x5e052b, 0x460a5b, 0x32b55a, 0x58056a, // 2060
    0x420b65, 0x2c974a, 0x520b4a, 0x3d1a95, 0x620a95, 0x4a052d, 0x34caad, 0x5a0ab5, // 2068
    0x4605aa, 0x2e8ba5, 0x540da5, 0x400d4a, 0x2a7c95, 0x4e0c96, 0x38f94e, 0x5e0556, // 2076
    0x480ab5, 0x32b5b2, 0x5806d2, 0x420ea5, 0x2e8e4a, 0x50068b, 0x3b0c97, 0x6004ab, // 2084
    0x4a055b, 0x34cad6, 0x5a0b6a, 0x460752, 0x309725, 0x540b45, 0x3e0a8b, 0x28549b, // 2092
    0x4e04ab, // 2100
    // clang-format on
};

static bool has_year(int year)
{
    return year >= LUNAR_FIRST_YEAR && year <= LUNAR_LAST_YEAR;
}

static int leap_of(int year)
{
    return (int)(table[year - LUNAR_FIRST_YEAR] >> 13 & 15);
}

static int length_at(int year, int place)
{
    return 29 + (int)(table[year - LUNAR_FIRST_YEAR] >> place & 1);
}

static int32_t new_year(int year)
{
    int32_t january = 0;
    date_from_civil((struct date_civil){year, 1, 1}, &january);
    return january + (int32_t)(table[year - LUNAR_FIRST_YEAR] >> 17);
}

// The place of a month among those of its year; the year has it.
static int place_of(int year, int month, bool leap)
{
    int leap_month = leap_of(year);
    return month - 1 + (leap || (leap_month != 0 && month > leap_month));
}

static int32_t first_of(int year, int place)
{
    int32_t day = new_year(year);
    for (int i = 0; i < place; i++) {
        day += length_at(year, i);
    }
    return day;
}

bool lunar_from_day(int32_t day, struct lunar_day *lunar)
{
    int year = date_to_civil(day).year;
    if (year >= LUNAR_FIRST_YEAR && year <= LUNAR_LAST_YEAR + 1 && (year > LUNAR_LAST_YEAR || day < new_year(year))) {
        year--;
    }
    if (!has_year(year)) {
        return false;
    }
    int leap = leap_of(year);
    int months = MONTHS + (leap != 0);
    int32_t first = new_year(year);
    int place = 0;
    while (place < months && day >= first + length_at(year, place)) {
        first += length_at(year, place++);
    }
    if (place == months) {
        return false;
    }
    bool after = leap != 0 && place >= leap;
    *lunar = (struct lunar_day){year, place + !after, leap != 0 && place == leap, day - first + 1};
    return true;
}

bool lunar_to_day(struct lunar_day lunar, int32_t *day)
{
    if (!has_year(lunar.year) || lunar.month < 1 || lunar.month > MONTHS || lunar.day < 1 ||
        (lunar.leap && leap_of(lunar.year) != lunar.month)) {
        return false;
    }
    int place = place_of(lunar.year, lunar.month, lunar.leap);
    *day = first_of(lunar.year, place) + lunar.day - 1;
    return lunar.day <= length_at(lunar.year, place);
}

bool lunar_in_year(struct lunar_day lunar, int year, int32_t *day)
{
    if (!has_year(year)) {
        return false;
    }
    int place = place_of(year, lunar.month, lunar.leap && leap_of(year) == lunar.month);
    int length = length_at(year, place);
    *day = first_of(year, place) + (lunar.day < length ? lunar.day : length) - 1;
    return true;
}

// Digits up to the next '-', 'L' or the end, into *value; gives back where they end.
static size_t read_number(struct slice text, size_t at, int *value)
{
    size_t start = at;
    for (*value = 0; at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && at < start + 4; at++) {
        *value = *value * 10 + (text.data[at] - '0');
    }
    return at == start ? SIZE_MAX : at;
}

static bool read_dash(struct slice text, size_t *at)
{
    return *at < text.length && text.data[(*at)++] == '-';
}

bool lunar_read(struct slice text, struct lunar_day *lunar)
{
    static const char *const words[] = {"lunar ", "农历"};
    struct slice rest = {0};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_starts(text, slice_of(words[i]))) {
            rest = slice_trim(slice_part(text, slice_of(words[i]).length, text.length));
        }
    }
    *lunar = (struct lunar_day){0};
    size_t at = read_number(rest, 0, &lunar->month);
    if (at == 4) {
        lunar->year = lunar->month;
        at = read_dash(rest, &at) ? read_number(rest, at, &lunar->month) : SIZE_MAX;
    }
    if (at != SIZE_MAX && at < rest.length && rest.data[at] == 'L') {
        lunar->leap = true;
        at++;
    }
    at = at != SIZE_MAX && read_dash(rest, &at) ? read_number(rest, at, &lunar->day) : SIZE_MAX;
    return at == rest.length && lunar->month >= 1 && lunar->month <= MONTHS && lunar->day >= 1 && lunar->day <= 30;
}

size_t lunar_print(char out[LUNAR_SIZE], struct lunar_day lunar)
{
    size_t length = 0;
    out[length++] = (char)('0' + lunar.month / 10);
    out[length++] = (char)('0' + lunar.month % 10);
    if (lunar.leap) {
        out[length++] = 'L';
    }
    out[length++] = '-';
    out[length++] = (char)('0' + lunar.day / 10);
    out[length++] = (char)('0' + lunar.day % 10);
    return length;
}
