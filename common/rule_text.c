// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule_text: cuts a source into rules and compiles each with what grammar gives.
 *
 * A rule is found by lines first (a line that begins with a blank belongs to the one above), then read by tokens, so
 * that a `;`, `#` or `->` within quotes is never taken for a sign. After an error reading goes on behind the next `;`
 * or with the next rule.
 */
#include "rule_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "complaints.h"
#include "evaluation.h"
#include "grammar.h"
#include "heap.h"
#include "kinds.h"
#include "lexer.h"
#include "node.h"
#include "slice.h"
#include "utf8.h"

// One rule that is being read.
struct reading {
    struct rule_text *text;
    const struct lexer_source *source;
    struct grammar grammar;
    struct rule rule;
};

static bool at_quote(const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    return lexer_next(&ahead).kind == LEXER_TEXT;
}

static void complain(struct reading *reading, size_t offset, const char *text)
{
    grammar_fail(&reading->grammar, offset, "%s", text);
}

// The name up to the colon, which is passed. False when there is none.
static bool read_name(struct reading *reading)
{
    struct lexer *lexer = &reading->grammar.lexer;
    struct slice text = reading->source->text;
    size_t start = lexer->position;
    size_t width = 0;
    if (at_quote(lexer)) {
        reading->rule.name = slice_trim_value(lexer_next(lexer).text);
    }
    size_t from = lexer->position;
    size_t colon = lexer_find_colon(lexer);
    struct slice rest = slice_trim_value(slice_part(text, from, colon));
    if (from == start) {
        reading->rule.name = rest;
    } else if (rest.length > 0) {
        complain(reading, (size_t)(rest.data - text.data), "':' is missing behind the name in quotes");
        return false;
    }
    if (colon >= lexer->end || lexer_byte(text, colon, &width) != ':') {
        size_t end = rest.length > 0 ? (size_t)(rest.data - text.data) + rest.length : from;
        complain(reading, end,
                 slice_equal_fold(rest, slice_of("else")) ? "':' is missing; the last rule is written NAME: else"
                                                          : "':' is missing; a rule is written NAME : EXPRESSION");
        return false;
    }
    if (reading->rule.name.length == 0) {
        complain(reading, start, "a name is missing before ':'");
        return false;
    }
    lexer->position = colon + width;
    return true;
}

// The points up to the colon, which is passed. False when there is no such thing.
static bool read_points(struct reading *reading)
{
    struct grammar *grammar = &reading->grammar;
    grammar_advance(grammar);
    size_t start = grammar->token.start;
    if (grammar->token.kind == LEXER_COLON) {
        complain(reading, start, "points are missing before ':'");
        return false;
    }
    struct node *points = grammar_expression(grammar);
    if (grammar->failed) {
        return false;
    }
    if (grammar->token.kind != LEXER_COLON) {
        complain(reading, grammar->token.start, "':' is missing; a rule is written POINTS : EXPRESSION");
        return false;
    }
    reading->rule.name = slice_part(reading->source->text, start, grammar->passed);
    reading->rule.points = kinds_as(grammar, points, NODE_NUMBER);
    return true;
}

// What belongs to sets in which the first match wins.
static void refuse_among_points(struct reading *reading)
{
    struct grammar *grammar = &reading->grammar;
    complain(reading, grammar->token.start,
             grammar->token.kind == LEXER_ARROW ? "'->' has no place here, as points have no treatment"
                                                : "'else' has no place here, as all true rules count; write 'true'");
}

static void read_treatment(struct reading *reading)
{
    struct grammar *grammar = &reading->grammar;
    struct lexer *lexer = &grammar->lexer;
    struct slice text = reading->source->text;
    size_t arrow = grammar->token.start;
    if (at_quote(lexer)) {
        reading->rule.treatment = slice_trim_value(lexer_next(lexer).text);
    } else {
        size_t width = 0;
        size_t at = lexer->position;
        for (; at < lexer->end && text.data[at] != '\n'; at += width) {
            char byte = lexer_byte(text, at, &width);
            if (byte == ';' || byte == '#') {
                break;
            }
        }
        reading->rule.treatment = slice_trim_value(slice_part(text, lexer->position, at));
        lexer->position = at;
    }
    if (reading->rule.treatment.length == 0) {
        complain(reading, arrow, "a treatment is missing behind '->'");
        return;
    }
    grammar_advance(grammar);
}

static bool at_end(const struct grammar *grammar)
{
    return grammar->token.kind == LEXER_END || grammar->token.kind == LEXER_SEMICOLON;
}

static void read_condition(struct reading *reading)
{
    struct grammar *grammar = &reading->grammar;
    grammar_advance(grammar);
    size_t start = grammar->token.start;
    bool word = grammar->token.kind == LEXER_WORD;
    if (word && slice_equal_fold(grammar->token.text, slice_of("else"))) {
        if (reading->text->points) {
            refuse_among_points(reading);
            return;
        }
        reading->rule.is_else = true;
        grammar_advance(grammar);
    } else {
        struct node *root = grammar_expression(grammar);
        bool ends = at_end(grammar) || grammar->token.kind == LEXER_ARROW;
        reading->rule.root = grammar->failed || !ends ? root : kinds_truth(grammar, root);
    }
    reading->rule.source = slice_part(reading->source->text, start, grammar->passed > start ? grammar->passed : start);
    if (!grammar->failed && grammar->token.kind == LEXER_ARROW) {
        if (reading->text->points) {
            refuse_among_points(reading);
        } else {
            read_treatment(reading);
        }
    }
    if (grammar->failed || at_end(grammar)) {
        return;
    }
    if (reading->rule.treatment.length > 0) {
        complain(reading, grammar->token.start, "nothing may stand behind a treatment in quotes");
        return;
    }
    if (grammar->token.kind == LEXER_COLON) {
        complain(reading, grammar->token.start,
                 "a second ':' in one rule; a line that begins with a blank goes on with the one above");
        return;
    }
    if (reading->rule.is_else) {
        complain(reading, grammar->token.start, "'else' stands alone");
        return;
    }
    grammar_unexpected(grammar);
}

// Behind the rule, whatever stands there after an error.
static void recover(struct grammar *grammar)
{
    struct token *token = &grammar->token;
    while (token->kind != LEXER_SEMICOLON && grammar->lexer.position < grammar->lexer.end) {
        *token = lexer_next(&grammar->lexer);
    }
}

static void keep(struct reading *reading)
{
    struct rule_text *text = reading->text;
    text->rules = heap_grow(text->rules, &text->capacity, text->count + 1, sizeof *text->rules);
    text->rules[text->count++] = reading->rule;
    if (reading->rule.is_else) {
        text->else_file = reading->rule.file;
        text->else_line = reading->rule.line;
    }
}

static void leave_out(struct reading *reading)
{
    struct rule_text *text = reading->text;
    text->omissions = heap_grow(text->omissions, &text->left_out_capacity, text->left_out + 1, sizeof *text->omissions);
    text->omissions[text->left_out++] =
        (struct rules_omission){reading->rule.name, arena_copy(text->arena, reading->grammar.lacking)};
}

static void check_order(struct reading *reading, size_t offset)
{
    const struct rule_text *text = reading->text;
    if (text->else_file != NULL) {
        grammar_wrong(&reading->grammar, offset, "a rule behind 'else' (%s:%llu) is never reached", text->else_file,
                      (unsigned long long)text->else_line);
    }
}

// One rule from the lexer's position on.
static void read_rule(struct reading *reading)
{
    struct rule_text *text = reading->text;
    struct grammar *grammar = &reading->grammar;
    size_t start = grammar->lexer.position;
    size_t complaints = reading->text->complaints->count;
    struct columnwise *columns = text->evaluation->columns;
    check_order(reading, start);
    if (text->points ? read_points(reading) : read_name(reading)) {
        read_condition(reading);
    }
    if (grammar->failed) {
        recover(grammar);
    }
    if (reading->text->complaints->count > complaints) {
        return;
    }
    if (grammar->absent) {
        // What it asks of whole columns must not be gathered.
        text->evaluation->columns = columns;
        leave_out(reading);
        return;
    }
    keep(reading);
}

// The rules of one line and the lines that go on with it, from `start` to `end`.
static void read_line(struct rule_text *text, const struct lexer_source *source, size_t end)
{
    struct lexer lexer = {.source = source, .position = source->base, .end = end, .arena = text->arena};
    while (true) {
        struct lexer ahead = lexer;
        struct token token = lexer_next(&ahead);
        if (token.kind == LEXER_END) {
            return;
        }
        if (token.kind == LEXER_SEMICOLON) {
            lexer.position = ahead.position;
            continue;
        }
        lexer.position = token.start;
        struct reading reading = {
            .text = text,
            .source = source,
            .grammar = {.scope = text->scope,
                        .evaluation = text->evaluation,
                        .arena = text->arena,
                        .complaints = text->complaints,
                        .lexer = lexer,
                        .tolerant = text->tolerant},
            .rule = {.file = source->file, .line = lexer_line(source, token.start)},
        };
        read_rule(&reading);
        lexer.position = reading.grammar.lexer.position;
        lexer.pattern = false;
    }
}

static bool is_nothing(struct slice line)
{
    struct slice trimmed = slice_trim_value(line);
    return trimmed.length == 0 || trimmed.data[0] == '#';
}

static bool is_continuation(struct slice line)
{
    size_t width = 0;
    return !is_nothing(line) && lexer_byte(line, 0, &width) == ' ';
}

static size_t next_line(struct slice source, size_t at)
{
    size_t end = slice_find(source, '\n', at);
    return end < source.length ? end + 1 : end;
}

// Where the line that begins at `start` and those that go on with it end. Comments and empty lines may stand between.
static size_t find_end(struct slice source, size_t start)
{
    size_t end = next_line(source, start);
    for (size_t at = end; at < source.length;) {
        size_t next = next_line(source, at);
        struct slice line = slice_part(source, at, next);
        if (is_continuation(line)) {
            end = next;
        } else if (!is_nothing(line)) {
            break;
        }
        at = next;
    }
    return end;
}

static bool is_text(struct slice source, const char *file, struct complaints *complaints)
{
    bool cut = false;
    size_t valid = utf8_check(source, &cut);
    if (valid == source.length) {
        return true;
    }
    struct lexer_source place = {.file = file,
                                 .text = source,
                                 .line = 1,
                                 .column = 1,
                                 .whole_line = slice_part(source, 0, next_line(source, 0))};
    lexer_complain(&place, complaints, valid, "not UTF-8 text");
    return false;
}

void rule_text_add(struct rule_text *text, struct slice source, const char *file)
{
    struct slice mark = slice_of("\xef\xbb\xbf");
    if (slice_starts(source, mark)) {
        source = slice_part(source, mark.length, source.length);
    }
    if (!is_text(source, file, text->complaints)) {
        return;
    }
    uint64_t line = 1;
    for (size_t at = 0; at < source.length; line++) {
        size_t next = next_line(source, at);
        struct lexer_source place = {.file = file,
                                     .text = source,
                                     .base = at,
                                     .line = line,
                                     .column = 1,
                                     .whole_line = slice_part(source, at, next)};
        if (!is_nothing(place.whole_line)) {
            next = find_end(source, at);
            read_line(text, &place, next);
            line = lexer_line(&place, next) - (next == source.length && source.data[next - 1] != '\n' ? 0 : 1);
        }
        at = next;
    }
}
