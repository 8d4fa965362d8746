// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * program: a table of modes made into a program: parsing, help, opening, closing, statuses. The only file that exits.
 *
 * A mode file exports one constant of struct mode. program_main finds the mode by the first word, copies its default
 * settings, parses the mode's and the common options into their structs, sets the clock, and calls run. What a mode opens
 * through the functions below is closed and freed by program_main, which also decides whether -o FILE takes its place: it
 * does unless a table stopped or the status is 2 or 3.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "cell.h"
#include "clock.h"
#include "diag.h"
#include "options.h"
#include "output.h"
#include "table.h"
#include "writer.h"

struct program;

struct mode {
    const char *name;
    const char *summary;          // one sentence, lower case, no full stop
    const char *usage;            // operands in the synopsis: "[FILE|-]..."; NULL: takes none and reads no input
    const char *examples[2];      // lead the help; each runs as it stands
    const struct option *options; // its own; the common ones are added
    const void *defaults;         // a settings struct
    size_t settings_size;
    bool (*check)(const void *settings,
                  struct program *program); // what needs no input, or NULL; false: program_wrong was called
    enum status (*run)(const void *settings, struct program *program);
};

// `modes` is NULL-terminated. Gives the exit status.
int program_main(const char *name, const char *summary, const struct mode *const *modes, int argc, char **argv);

const struct diag *program_diag(const struct program *program);
const struct clock *program_clock(const struct program *program);
const struct cell_forms *program_forms(const struct program *program);
int program_digits(const struct program *program);
char program_decimal(const struct program *program);

// The operands, as typed.
size_t program_operand_count(const struct program *program);
const char *program_operand(const struct program *program, size_t index);

// The table of the operands, or of standard input when there are none. May be stopped already.
struct table *program_input(struct program *program);

// A table of its own from these paths, with all reading options of the run (for funnel's join=a.csv).
struct table *program_input_files(struct program *program, const char *const *paths, size_t count);

// A side table (customers, policy, treatments): own delimiter, no --where, no rejects, always with a header.
struct table *program_side_table(struct program *program, const char *path);

// Reads a whole small file (a rule file), "-" being standard input. False, said, when it cannot be read. The bytes live as
// long as the run.
bool program_file(struct program *program, const char *path, struct slice *bytes);

// Where results go: -o or standard output. NULL when it cannot be opened, which was said: return STATUS_SYSTEM.
struct output *program_output(struct program *program);

// A writer on it, in the input's delimiter unless -D says otherwise; `input` NULL: comma. NULL as above.
struct writer *program_writer(struct program *program, const struct table *input);

// Says a usage error and the help to try; gives STATUS_USAGE.
enum status program_wrong(struct program *program, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
