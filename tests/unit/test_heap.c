// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tests of heap: zeroed memory, growth by doubling, and status 3 when a size overflows. What ends the program runs in a
 * child.
 */
#include "heap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "diag.h"
#include "tap.h"

static void memory_is_zero_and_a_count_of_zero_can_be_freed(void)
{
    int *numbers = heap_allocate(1000, sizeof *numbers);
    bool zero = true;
    for (int i = 0; i < 1000; i++) {
        zero = zero && numbers[i] == 0;
    }
    CHECK(zero);
    free(numbers);
    free(heap_allocate(0, 8));
    free(heap_allocate(8, 0));
    free(heap_resize(NULL, 0, 8));
}

static void resize_keeps_what_was_there(void)
{
    char *bytes = heap_resize(NULL, 3, 1);
    memcpy(bytes, "abc", 3);
    bytes = heap_resize(bytes, 100000, 1);
    CHECK(memcmp(bytes, "abc", 3) == 0);
    bytes = heap_resize(bytes, 2, 1);
    CHECK(memcmp(bytes, "ab", 2) == 0);
    free(bytes);
}

static void grow_doubles_and_does_nothing_when_there_is_room(void)
{
    size_t capacity = 0;
    int *numbers = NULL;
    size_t changes = 0;
    for (size_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        numbers = heap_grow(numbers, &capacity, i + 1, sizeof *numbers);
        changes += capacity != before;
        numbers[i] = (int)i;
    }
    CHECK(capacity >= 100000 && capacity < 200000 + 16);
    CHECK(changes <= 17);
    CHECK(numbers[0] == 0 && numbers[7] == 7 && numbers[99999] == 99999);
    int *same = heap_grow(numbers, &capacity, 1, sizeof *numbers);
    CHECK(same == numbers);
    size_t before = capacity;
    numbers = heap_grow(numbers, &capacity, before * 5, sizeof *numbers);
    CHECK(capacity >= before * 5);
    free(numbers);
}

static void string_copies_the_bytes_and_ends_them(void)
{
    char *string = heap_string((struct slice){"regulars", 7});
    CHECK_TEXT(string, "regular");
    free(string);
    string = heap_string((struct slice){NULL, 0});
    CHECK_TEXT(string, "");
    free(string);
}

static void allocate_too_much(size_t count)
{
    free(heap_allocate(count, 16));
}

static void resize_too_much(size_t count)
{
    free(heap_resize(NULL, count, 16));
}

static void grow_too_much(size_t count)
{
    size_t capacity = 0;
    free(heap_grow(NULL, &capacity, count, 16));
}

// The exit status of `request`, for so many elements of 16 bytes that the bytes overflow to 16, and what it said.
static int status_of(void (*request)(size_t), char said[64])
{
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        request(SIZE_MAX / 16 + 2);
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], said, 63);
    said[length < 0 ? 0 : length] = '\0';
    close(ends[0]);
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_size_that_overflows_is_no_memory_and_status_3(void)
{
    char said[64];
    CHECK(status_of(allocate_too_much, said) == STATUS_SYSTEM);
    CHECK_TEXT(said, "remind: out of memory\n");
    CHECK(status_of(resize_too_much, said) == STATUS_SYSTEM);
    CHECK_TEXT(said, "remind: out of memory\n");
    CHECK(status_of(grow_too_much, said) == STATUS_SYSTEM);
    CHECK_TEXT(said, "remind: out of memory\n");
}

int main(void)
{
    diag_set_program("remind");
    memory_is_zero_and_a_count_of_zero_can_be_freed();
    resize_keeps_what_was_there();
    grow_doubles_and_does_nothing_when_there_is_room();
    string_copies_the_bytes_and_ends_them();
    a_size_that_overflows_is_no_memory_and_status_3();
    return tap_done();
}
