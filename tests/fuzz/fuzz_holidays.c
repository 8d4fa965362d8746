// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Any bytes as a file of holidays in JSON, and as JSON of any shape. What is read to its end is read so again, never
 * beyond the bytes; a fault lies in a line that is there; and of a calendar, whatever it says, shifted days keep their
 * order.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../cmd/remind/holidays.h"
#include "../../cmd/remind/json.h"
#include "../../cmd/remind/workdays.h"
#include "memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool skip(struct slice input)
{
    struct json json = json_of(input);
    bool good = json_skip(&json) && json_end(&json);
    require(json.at <= input.length);
    require(good == (json.fault == NULL));
    require(json_line(&json) >= 1);
    return good;
}

static void shift(struct workdays *workdays)
{
    for (int how = 0; how < WORKDAYS_SHIFTS; how++) {
        int32_t before = INT32_MIN;
        for (int32_t day = 20500; day < 20600; day++) {
            int32_t moved = workdays_shift(workdays, day, (enum workdays_shift)how);
            require(moved >= before);
            before = moved;
        }
    }
}

// Reads the bytes; what is said goes into a text that is forgotten.
static enum status read_quietly(struct workdays *workdays)
{
    char *message = NULL;
    size_t length = 0;
    FILE *console = stderr;
    stderr = open_memstream(&message, &length); // a variable with the C libraries of Linux and BSD
    require(stderr != NULL);
    enum status status = holidays_read(workdays, "-", NULL);
    fclose(stderr);
    stderr = console;
    free(message);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct slice input = {(const char *)bytes, size};
    struct workdays *workdays = workdays_create();
    bool good = skip(input);
    require(skip(input) == good);
    memory_fill(0, input);
    enum status status = read_quietly(workdays);
    require(status == STATUS_DONE || status == STATUS_USAGE || status == STATUS_DATA);
    if (status == STATUS_DONE) {
        shift(workdays);
    }
    workdays_free(workdays);
    return 0;
}
