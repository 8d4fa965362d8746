// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calendars: names in a map; the one without a name has the empty key.
 */
#include "calendars.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "holidays.h"
#include "map.h"

struct calendars {
    struct map *named;    // struct workdays *
    const char *encoding; // of lists
};

struct calendars *calendars_create(const char *encoding)
{
    struct calendars *calendars = heap_allocate(1, sizeof *calendars);
    calendars->encoding = encoding;
    calendars->named = map_create(sizeof(struct workdays *));
    return calendars;
}

static struct workdays *calendar_at(const struct calendars *calendars, uint32_t index)
{
    return *(struct workdays **)map_value(calendars->named, index);
}

void calendars_free(struct calendars *calendars)
{
    if (calendars == NULL) {
        return;
    }
    for (uint32_t i = 0; i < map_count(calendars->named); i++) {
        workdays_free(calendar_at(calendars, i));
    }
    map_free(calendars->named);
    free(calendars);
}

// The files behind the name; `list` is the whole, for the message.
static enum status read_files(struct workdays *workdays, const char *encoding, struct slice files, struct slice list)
{
    enum status status = STATUS_DONE;
    for (size_t at = 0; status == STATUS_DONE && at <= files.length;) {
        size_t end = slice_find(files, ',', at);
        char *path = heap_string(slice_trim(slice_part(files, at, end)));
        if (path[0] == '\0' || strcmp(path, "-") == 0) {
            diag_error("--holidays: a file's name is missing in '%.*s'", (int)list.length, list.data);
            status = STATUS_USAGE;
        } else {
            status = holidays_read(workdays, path, encoding);
        }
        free(path);
        at = end + 1;
    }
    return status;
}

// A name ends at the first '=', unless a path began before it.
static size_t name_length(struct slice list)
{
    size_t equals = slice_find(list, '=', 0);
    return equals == list.length || slice_find(list, '/', 0) < equals || slice_find(list, ',', 0) < equals ? 0 : equals;
}

enum status calendars_read(struct calendars *calendars, struct slice list)
{
    size_t length = name_length(list);
    struct slice name = slice_trim_value(slice_part(list, 0, length));
    struct slice files = slice_part(list, length == 0 ? 0 : length + 1, list.length);
    if (slice_is(name, "none")) {
        diag_error("--holidays: 'none' is Monday to Friday always: give the calendar another name");
        return STATUS_USAGE;
    }
    struct workdays **workdays = map_add(calendars->named, name, NULL);
    if (*workdays == NULL) {
        *workdays = workdays_create();
    }
    return read_files(*workdays, calendars->encoding, files, list);
}

enum status calendars_read_all(struct calendars *calendars, const struct option_list *lists)
{
    enum status status = STATUS_DONE;
    for (size_t i = 0; status == STATUS_DONE && i < lists->count; i++) {
        status = calendars_read(calendars, slice_of(lists->values[i]));
    }
    return status;
}

static void explain_missing(const struct calendars *calendars, struct slice name, struct text *problem)
{
    size_t count = calendars == NULL ? 0 : map_count(calendars->named);
    struct slice *names = heap_allocate(count + 1, sizeof *names);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = map_key(calendars->named, i);
    }
    names[count] = slice_of("none");
    long nearest = diag_nearest(name, names, count + 1);
    text_format(problem, "no calendar '%.*s'", (int)name.length, name.data);
    if (nearest >= 0) {
        text_format(problem, " (did you mean '%.*s'?)", (int)names[nearest].length, names[nearest].data);
    } else {
        text_format(problem, ": give it with --holidays=%.*s=FILE", (int)name.length, name.data);
    }
    free(names);
}

bool calendars_find(const struct calendars *calendars, struct slice name, struct workdays **workdays,
                    struct text *problem)
{
    uint32_t index = calendars == NULL ? MAP_NONE : map_find(calendars->named, name);
    *workdays = NULL;
    if (index != MAP_NONE) {
        *workdays = calendar_at(calendars, index);
        return true;
    }
    if (name.length == 0 || slice_is(name, "none")) {
        return true;
    }
    explain_missing(calendars, name, problem);
    return false;
}

void calendars_name_unknown(const struct calendars *calendars, const struct diag *diag)
{
    for (uint32_t i = 0; i < map_count(calendars->named); i++) {
        struct slice name = map_key(calendars->named, i);
        struct text years = {0};
        for (int year = 0; workdays_next_unknown(calendar_at(calendars, i), &year);) {
            text_format(&years, "%s%d", years.length == 0 ? "" : ", ", year);
        }
        if (years.length > 0) {
            diag_note(diag, "--holidays%s%.*s: nothing is known of %s, taken as Monday to Friday; add that year's file",
                      name.length > 0 ? "=" : "", (int)name.length, name.data, text_string(&years));
        }
        text_free(&years);
    }
}
