// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What tail.h promises: records come out in order, whole, without the last ones.
 */
#include "tail.h"

#include "tap.h"
#include "text.h"

// A record of `cells` cells that all hold `word`.
static struct tail_record make(const char *word, size_t cells, uint64_t line)
{
    static struct slice all[3];
    for (size_t i = 0; i < cells; i++) {
        all[i] = slice_of(word);
    }
    struct row row = {.cells = all, .count = cells, .raw = slice_of(word), .regular = true, .line = line, .file = "f"};
    return (struct tail_record){.result = READER_ROW, .row = row};
}

static void test_order(void)
{
    for (uint64_t count = 1; count <= 5; count++) {
        struct tail *tail = tail_create(count);
        for (int round = 0; round < 2; round++) {
            uint64_t given = 0;
            for (uint64_t line = 1; line <= 12; line++) {
                char word[] = {(char)('a' + line), '\0'};
                struct tail_record record = make(word, 1 + line % 3, line);
                if (tail_pass(tail, &record)) {
                    given++;
                    CHECK(record.row.line == given && record.row.count == 1 + given % 3);
                    CHECK(record.row.cells[given % 3].data[0] == (char)('a' + given) && record.row.regular);
                }
            }
            CHECK(given == 12 - count);
            tail_drop(tail);
        }
        tail_free(tail);
    }
}

static void test_malformed(void)
{
    struct tail *tail = tail_create(1);
    char why[] = "why";
    struct tail_record record = {.result = READER_MALFORMED, .row = {.raw = slice_of("\"x"), .line = 3}};
    record.problem = (struct reader_problem){why, 3, STATUS_DATA};
    CHECK(!tail_pass(tail, &record));
    why[0] = '?'; // a copy was made
    record = make("", 0, 4);
    CHECK(tail_pass(tail, &record));
    CHECK(record.result == READER_MALFORMED && record.row.line == 3 && slice_is(record.row.raw, "\"x"));
    CHECK(record.problem.line == 3 && record.problem.status == STATUS_DATA);
    CHECK_TEXT(record.problem.text, "why");
    tail_free(tail);
    tail_free(NULL);
}

// As many as the user likes: memory is for what comes.
static void test_many(void)
{
    struct tail *tail = tail_create(UINT64_MAX);
    struct tail_record record = make("x", 1, 1);
    CHECK(!tail_pass(tail, &record));
    record = make("x", 1, 2);
    CHECK(!tail_pass(tail, &record));
    tail_free(tail);
}

int main(void)
{
    test_order();
    test_malformed();
    test_many();
    return tap_done();
}
