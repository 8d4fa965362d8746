// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * program: a table of modes made into a program: parsing, help, opening, closing, statuses. The only file that exits.
 *
 * program_main finds the mode by the first word, copies its default settings, parses the mode's and the common options
 * into their structs, sets the clock, and calls run. What a mode opens through the functions below is closed and freed
 * by program_main, which also decides whether -o FILE takes its place: unless a table stopped or the status is 2 or 3.
 * The run's status is the gravest of what run returned, what the tables say at their end, and what the output says.
 *
 * A descriptor that the caller left closed stays unusable, so that no file opened later is taken for standard output.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "cell.h"
#include "clock.h"
#include "diag.h"
#include "mode.h"
#include "options.h"
#include "output.h"
#include "table.h"
#include "writer.h"

struct program;

// `modes` is NULL-terminated. Gives the exit status. The program's name in messages and help is argv[0]'s last part, so
// that an installed prefix shows; `name` stands in where there is none.
int program_main(const char *name, const char *summary, const struct mode *const *modes, int argc, char **argv);

const struct diag *program_diag(const struct program *program);
const struct clock *program_clock(const struct program *program);
const struct cell_forms *program_forms(const struct program *program);
int program_digits(const struct program *program);
const char *program_encoding(const struct program *program); // as --encoding names it; NULL: UTF-8

// The operands, as typed.
size_t program_operand_count(const struct program *program);
const char *program_operand(const struct program *program, size_t index);

// The table of the operands, or of standard input when there are none. May be stopped already.
struct table *program_input(struct program *program);

// A table of its own from these paths, with all reading options of the run (for funnel's join=a.csv).
struct table *program_input_files(struct program *program, const char *const *paths, size_t count);

// A side table (customers, policy, treatments): own delimiter, no --where, no rejects, always with a header.
struct table *program_side_table(struct program *program, const char *path);

// The same for what this run may write anew at its end: a state that goes on from run to run.
struct table *program_replaced_table(struct program *program, const char *path);

// Reads a whole small file (a rule file; 16 MiB at most), "-" being standard input; a UTF-8 byte-order mark is dropped.
// False, said, when it cannot be read: return STATUS_SYSTEM. The bytes live as long as the run.
bool program_file(struct program *program, const char *path, struct slice *bytes);

// Standard input can be read once: a second use of it, by an operand, a side table or a file, is said as a usage error
// and gives a table that is stopped, or false.

// Where results go: -o or standard output. NULL when it cannot be opened, which was said: return STATUS_SYSTEM.
struct output *program_output(struct program *program);

// A writer on it, in the input's delimiter unless -D says otherwise; `input` NULL: comma. NULL as above.
struct writer *program_writer(struct program *program, const struct table *input);

// Ends the output before the mode does: what was written is flushed and checked, and -o FILE takes its place. For a
// mode that records what it has printed. STATUS_DONE only when the output took all of it; its writers are freed.
enum status program_deliver(struct program *program);

// For `check` of a mode that writes text instead of a table: false, said, where an option tells how a table is written.
bool program_writes_text(struct program *program);

// Says a usage error and the help to try; gives STATUS_USAGE.
enum status program_wrong(struct program *program, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
