// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * quiet: reads hours and moves a time to their end.
 */
#include "quiet.h"

#include "date.h"
#include "text.h"

// The toolkit reads a time behind a date, in all its forms.
bool quiet_read_time(struct slice text, int32_t *second)
{
    struct date_time time;
    struct text whole = {0};
    text_append_string(&whole, "2000-01-01 ");
    text_append(&whole, slice_trim_value(text));
    bool read = date_read(text_slice(&whole), DATE_YMD, &time) && time.has_time && !time.has_offset;
    text_free(&whole);
    if (read) {
        *second = time.second;
    }
    return read;
}

bool quiet_read(struct slice text, struct quiet *quiet)
{
    struct quiet read;
    size_t hyphen = slice_find(text, '-', 0);
    if (hyphen == text.length || !quiet_read_time(slice_part(text, 0, hyphen), &read.from)) {
        return false;
    }
    struct slice end = slice_trim_value(slice_part(text, hyphen + 1, text.length));
    if (slice_is(end, "24:00")) {
        read.until = 0;
    } else if (!quiet_read_time(end, &read.until)) {
        return false;
    }
    if (read.from == read.until) {
        return false;
    }
    *quiet = read;
    return true;
}

int64_t quiet_end(const struct quiet *quiet, int64_t local)
{
    int64_t second = local % DATE_DAY_SECONDS;
    second += second < 0 ? DATE_DAY_SECONDS : 0;
    int64_t midnight = local - second;
    bool over_midnight = quiet->until < quiet->from;
    if (over_midnight && second >= quiet->from) {
        return midnight + DATE_DAY_SECONDS + quiet->until;
    }
    bool inside = second < quiet->until && (over_midnight || second >= quiet->from);
    return inside ? midnight + quiet->until : local;
}
