// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * holidays: both forms end in the same two facts: this day is worked on or not, and this year is known.
 */
#include "holidays.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "answer.h"
#include "columns.h"
#include "date.h"
#include "file.h"
#include "json.h"
#include "reader.h"
#include "text.h"
#include "utf8.h"

enum { LONGEST_REST = 366 };

// Of a JSON file.
struct year_file {
    struct json json;
    const char *path;
    struct workdays *workdays;
    int64_t year;
    int64_t papers;
    int64_t days;
    uint64_t first_day_line;
    bool has_year;
    bool has_days;
    struct text text; // scratch
};

static enum status refuse(const char *path, uint64_t line, const char *why)
{
    diag_error_at(path, line, "%s", why);
    return STATUS_USAGE;
}

static bool read_day(struct slice text, int32_t *day)
{
    struct date_time value;
    if (!date_read(slice_trim_value(text), DATE_YMD, &value) || value.has_time) {
        return false;
    }
    *day = value.day;
    return true;
}

static bool fault(struct year_file *file, const char *what)
{
    file->json.fault = file->json.fault == NULL ? what : file->json.fault;
    return false;
}

// One of "days".
static bool read_json_day(struct year_file *file)
{
    struct json *json = &file->json;
    int32_t day = 0;
    bool off = false;
    bool has_day = false;
    bool has_off = false;
    for (bool more = json_open(json, '{'); more && json_key(json, &file->text);) {
        if (slice_is(text_slice(&file->text), "date")) {
            more = json_text(json, &file->text);
            has_day = more && (read_day(text_slice(&file->text), &day) || fault(file, "not a date such as 2026-10-01"));
        } else if (slice_is(text_slice(&file->text), "isOffDay")) {
            has_off = json_truth(json, &off);
        } else {
            json_skip(json);
        }
        more = json->fault == NULL;
    }
    if (json->fault == NULL && !(has_day && has_off)) {
        fault(file, has_day ? "a day without 'isOffDay'" : "a day without 'date'");
    }
    if (json->fault == NULL) {
        workdays_tell(file->workdays, day, !off);
    }
    return json->fault == NULL;
}

static void read_json_days(struct year_file *file)
{
    file->has_days = true;
    for (bool more = json_open(&file->json, '['); more && json_item(&file->json);) {
        more = read_json_day(file);
        file->days++;
    }
}

static void count_papers(struct year_file *file)
{
    for (bool more = json_open(&file->json, '['); more && json_item(&file->json);) {
        more = json_skip(&file->json);
        file->papers++;
    }
}

static void read_json_year(struct year_file *file)
{
    file->has_year = json_whole(&file->json, &file->year);
    if (file->has_year && (file->year < 1 || file->year > 9999)) {
        fault(file, "not a year");
    }
}

static void read_members(struct year_file *file)
{
    struct json *json = &file->json;
    for (bool more = json_open(json, '{'); more && json_key(json, &file->text); more = json->fault == NULL) {
        struct slice name = text_slice(&file->text);
        if (slice_is(name, "year")) {
            read_json_year(file);
        } else if (slice_is(name, "papers")) {
            count_papers(file);
        } else if (slice_is(name, "days")) {
            read_json_days(file);
        } else {
            json_skip(json);
        }
    }
    json_end(json);
}

static enum status read_json(struct workdays *workdays, const char *path, struct slice bytes)
{
    struct year_file file = {.json = json_of(bytes), .path = path, .workdays = workdays};
    read_members(&file);
    text_free(&file.text);
    if (file.json.fault != NULL) {
        return refuse(path, json_line(&file.json), file.json.fault);
    }
    if (!file.has_year || !file.has_days) {
        return refuse(path, 0, file.has_year ? "no 'days' in it" : "no 'year' in it");
    }
    if (file.days > 0 || file.papers > 0) {
        workdays_tell_year(workdays, (int)file.year);
    }
    return STATUS_DONE;
}

// Of a CSV.
struct day_columns {
    size_t date;
    size_t working; // SIZE_MAX: there is none
};

static bool find_columns(const struct row *row, const char *path, struct day_columns *found)
{
    struct columns columns = {0};
    struct text problem = {0};
    columns_set(&columns, row);
    bool good = columns_find(&columns, slice_of("date"), &found->date, &problem);
    if (!good) {
        diag_error_at(path, row->line, "%s: give holidays as date,name,working or as JSON of holiday-cn",
                      text_string(&problem));
    } else if (!columns_has(&columns, slice_of("working"), &found->working)) {
        found->working = SIZE_MAX;
    }
    columns_free(&columns);
    text_free(&problem);
    return good;
}

static struct slice cell_of(const struct row *row, size_t column)
{
    return column < row->count ? slice_trim_value(row->cells[column]) : (struct slice){"", 0};
}

// NULL, or what is wrong.
static const char *read_csv_day(struct workdays *workdays, const struct row *row, const struct day_columns *columns)
{
    struct slice working = cell_of(row, columns->working);
    bool works = false;
    int32_t day;
    if (!read_day(cell_of(row, columns->date), &day)) {
        return "column 'date': not a date such as 2026-12-25";
    }
    if (working.length > 0 && !answer_read(working, &works)) {
        return "column 'working': neither 'yes' nor 'no'";
    }
    workdays_tell_year(workdays, date_to_civil(day).year);
    workdays_tell(workdays, day, works);
    return NULL;
}

static bool passes_over(const struct row *row)
{
    bool empty = true;
    for (size_t i = 0; i < row->count; i++) {
        empty = empty && slice_trim_value(row->cells[i]).length == 0;
    }
    return empty || slice_starts(row->cells[0], slice_of("#"));
}

static enum status read_records(struct workdays *workdays, const char *path, struct reader *reader)
{
    struct day_columns columns = {0};
    struct row row;
    bool headed = false;
    enum reader_result result;
    while ((result = reader_next(reader, &row)) == READER_ROW) {
        if (passes_over(&row)) {
            continue;
        }
        if (!headed && !find_columns(&row, path, &columns)) {
            return STATUS_USAGE;
        }
        const char *wrong = headed ? read_csv_day(workdays, &row, &columns) : NULL;
        if (wrong != NULL) {
            return refuse(path, row.line, wrong);
        }
        headed = true;
    }
    if (result != READER_END) {
        struct reader_problem problem = reader_problem(reader);
        diag_error_at(path, problem.line, "%s", problem.text);
        return problem.status == STATUS_SYSTEM ? STATUS_SYSTEM : STATUS_USAGE;
    }
    return headed ? STATUS_DONE : refuse(path, 0, "nothing in it: give holidays as date,name,working");
}

static enum status read_csv(struct workdays *workdays, const char *path, const char *encoding)
{
    struct reader_options options = {.encoding = encoding, .unless_utf8 = true, .max_field = READER_MAX_FIELD};
    struct reader *reader = reader_open(path, &options);
    if (reader == NULL) {
        return STATUS_SYSTEM;
    }
    enum status status = read_records(workdays, path, reader);
    reader_close(reader);
    return status;
}

static enum status read_bytes(struct workdays *workdays, const char *path, const char *encoding, struct slice bytes)
{
    struct slice text = slice_trim_value(bytes);
    bool cut;
    if (!slice_starts(text, slice_of("{"))) {
        return read_csv(workdays, path, encoding);
    }
    if (utf8_check(bytes, &cut) < bytes.length) {
        return refuse(path, 0, "not UTF-8");
    }
    return read_json(workdays, path, bytes);
}

enum status holidays_read(struct workdays *workdays, const char *path, const char *encoding)
{
    struct text bytes = {0};
    const char *reason;
    if (!file_read(path, &bytes, &reason)) {
        diag_error_at(path, 0, "%s", reason);
        text_free(&bytes);
        return STATUS_SYSTEM;
    }
    enum status status = read_bytes(workdays, path, encoding, text_slice(&bytes));
    if (status == STATUS_DONE && workdays_longest_rest(workdays) > LONGEST_REST) {
        status = refuse(path, 0, "no day of work for more than a year");
    }
    text_free(&bytes);
    return status;
}
