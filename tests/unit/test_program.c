// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * program: whole runs of a small program in this process, with what they wrote and their status; the generated parts
 * too.
 */
#include "program.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "row.h"
#include "slice.h"
#include "tap.h"
#include "text.h"

// A mode that copies its input, and reads a side file where it is told to.
struct copy_settings {
    const char *file;
    const char *side;
    struct option_list words;
    int status;
    bool bad;
};

static const char *const status_words[] = {"done", "data", "usage", "system", NULL};

#define AT(field) offsetof(struct copy_settings, field)

static const struct option copy_options[] = {
    {.kind = OPTION_FILE, .letter = 'f', .name = "file", .value = "FILE", .help = "put FILE first", .offset = AT(file)},
    {.kind = OPTION_FILE, .name = "side", .value = "FILE", .help = "read FILE too", .offset = AT(side)},
    {.kind = OPTION_LIST,
     .letter = 'w',
     .name = "word",
     .value = "'A WORD'",
     .help = "a word that's [odd]: \\ and so on, long enough that it does not fit into one line of help",
     .offset = AT(words)},
    {.kind = OPTION_CHOICE, .name = "status", .help = "how it ends", .offset = AT(status), .choices = status_words},
    {.kind = OPTION_FLAG, .name = "bad", .help = "refuse to start", .offset = AT(bad)},
    {.kind = OPTION_FLAG, .name = "concealed", .help = "not shown", .offset = AT(bad), .hidden = true},
    {.kind = OPTION_END},
};

static const struct copy_settings copy_defaults = {.status = STATUS_DONE};

static bool copy_check(const void *settings, struct program *program)
{
    const struct copy_settings *copy = settings;
    if (copy->bad) {
        program_wrong(program, "option '--bad': %d is %s", 7, "odd");
    }
    return !copy->bad;
}

static enum status copy_run(const void *settings, struct program *program)
{
    const struct copy_settings *copy = settings;
    struct slice first = {0};
    if (copy->file != NULL && !program_file(program, copy->file, &first)) {
        return STATUS_SYSTEM;
    }
    if (copy->side != NULL && table_stopped(program_side_table(program, copy->side))) {
        return STATUS_DATA;
    }
    struct table *table = program_input(program);
    if (table_stopped(table)) {
        return table_status(table);
    }
    struct writer *writer = program_writer(program, table);
    if (writer == NULL) {
        return STATUS_SYSTEM;
    }
    output_write(program_output(program), first);
    const struct columns *columns = table_columns(table);
    for (size_t i = 0; i < columns->count; i++) {
        writer_name(writer, columns->names[i]);
    }
    writer_end(writer);
    struct row row;
    while (table_next(table, &row)) {
        writer_pass(writer, &row);
        writer_end(writer);
    }
    return (enum status)copy->status;
}

// A mode that reads nothing and tells what it was given.
static enum status tell_run(const void *settings, struct program *program)
{
    (void)settings;
    struct writer *writer = program_writer(program, NULL);
    const struct cell_forms *forms = program_forms(program);
    writer_whole(writer, program_digits(program));
    writer_whole(writer, forms->decimal);
    writer_whole(writer, (int64_t)forms->null_count);
    writer_text(writer, forms->null_count > 1 ? forms->nulls[1] : slice_of("none"));
    writer_whole(writer, forms->dates);
    writer_day(writer, program_clock(program)->today);
    writer_time(writer, program_clock(program)->now);
    writer_whole(writer, program_diag(program)->verbose);
    writer_end(writer);
    return STATUS_DONE;
}

static const struct option no_options[] = {{.kind = OPTION_END}};
static const struct mode copy = {.name = "copy",
                                 .summary = "copies a table",
                                 .usage = "[FILE|-]...",
                                 .examples = {"toy copy a.csv", "toy copy -f b a.csv"},
                                 .options = copy_options,
                                 .defaults = &copy_defaults,
                                 .settings_size = sizeof copy_defaults,
                                 .check = copy_check,
                                 .run = copy_run};
static const struct mode tell = {.name = "tell",
                                 .summary = "tells what it was given",
                                 .examples = {"toy tell", "toy tell --digits=3"},
                                 .options = no_options,
                                 .run = tell_run};
static const struct mode *const modes[] = {&copy, &tell, NULL};

static char directory[] = "/tmp/regulars-XXXXXX";

struct run {
    int status;
    struct text out;
    struct text err;
};

static void slurp(FILE *file, struct text *into)
{
    rewind(file);
    for (int byte = fgetc(file); byte != EOF; byte = fgetc(file)) {
        text_append_byte(into, (char)byte);
    }
    fclose(file);
}

// The program run with these words and this standard input.
static struct run run_with(const char *input, const char *const words[])
{
    enum { WORDS_MOST = 16 };
    char *argv[WORDS_MOST] = {(char *)"/somewhere/toy"};
    int argc = 1;
    for (; words[argc - 1] != NULL; argc++) {
        argv[argc] = (char *)words[argc - 1];
    }
    FILE *files[3] = {tmpfile(), tmpfile(), tmpfile()};
    int saved[3];
    fputs(input, files[0]);
    rewind(files[0]);
    fflush(stdout);
    for (int i = 0; i < 3; i++) {
        saved[i] = dup(i);
        dup2(fileno(files[i]), i);
    }
    struct run run = {0};
    run.status = program_main("toy", "is it a toy?", modes, argc, argv);
    fflush(stderr);
    for (int i = 0; i < 3; i++) {
        dup2(saved[i], i);
        close(saved[i]);
    }
    fclose(files[0]);
    slurp(files[1], &run.out);
    slurp(files[2], &run.err);
    return run;
}

#define RUN(input, ...) run_with(input, (const char *const[]){__VA_ARGS__, NULL})

static void discard(struct run *run)
{
    text_free(&run->out);
    text_free(&run->err);
}

static void expect(struct run run, int status, const char *out, const char *err)
{
    CHECK(run.status == status);
    CHECK_TEXT(text_string(&run.out), out);
    CHECK_TEXT(text_string(&run.err), err);
    discard(&run);
}

// `out` and `err` are parts that must occur.
static void expect_parts(struct run run, int status, const char *out, const char *err)
{
    if (!CHECK(run.status == status && strstr(text_string(&run.out), out) != NULL &&
               strstr(text_string(&run.err), err) != NULL)) {
        printf("# status %d, out: %s, err: %s\n", run.status, text_string(&run.out), text_string(&run.err));
    }
    discard(&run);
}

static const char *path(const char *name)
{
    static char paths[4][64];
    static int next;
    char *full = paths[next++ % 4];
    snprintf(full, sizeof paths[0], "%s/%s", directory, name);
    return full;
}

static void put(const char *name, const char *content)
{
    FILE *file = fopen(path(name), "w");
    fputs(content, file);
    fclose(file);
}

static bool holds(const char *name, const char *content)
{
    struct text bytes = {0};
    FILE *file = fopen(path(name), "r");
    if (file == NULL) {
        return content == NULL;
    }
    slurp(file, &bytes);
    bool same = content != NULL && strcmp(text_string(&bytes), content) == 0;
    text_free(&bytes);
    return same;
}

static void test_help(void)
{
    expect(RUN("", "--help"), 0,
           "toy - is it a toy?\n"
           "\n"
           "Usage: toy MODE [OPTION]... [FILE|-]...\n"
           "\n"
           "Modes:\n"
           "  copy        copies a table\n"
           "  tell        tells what it was given\n"
           "\n"
           "'toy MODE --help' shows a mode's examples and options; 'toy --version' the version.\n",
           "");
    expect_parts(RUN("", "copy", "--help"), 0,
                 "toy copy - copies a table\n"
                 "\n"
                 "Examples:\n"
                 "  toy copy a.csv\n"
                 "  toy copy -f b a.csv\n"
                 "\n"
                 "Usage: toy copy [OPTION]... [FILE|-]...\n"
                 "\n"
                 "Options:\n"
                 "  -f, --file=FILE         put FILE first\n"
                 "      --side=FILE         read FILE too\n"
                 "  -w, --word='A WORD'     a word that's [odd]: \\ and so on, long enough that it\n"
                 "                          does not fit into one line of help\n"
                 "      --status=done|data|usage|system\n"
                 "                          how it ends\n"
                 "      --bad               refuse to start\n"
                 "\n"
                 "Common options:\n",
                 "");
    expect_parts(RUN("", "copy", "-h", "--nonsense"), 0, "Examples:", "");
    expect_parts(RUN("", "tell", "--help"), 0, "Usage: toy tell [OPTION]...\n\nCommon options:\n", "");
    expect_parts(RUN("", "-V"), 0, "toy (regulars) ", "");
    expect_parts(RUN("", "copy", "--version"), 0, "toy (regulars) ", "");
}

static void test_wrong_usage(void)
{
    expect(RUN("", "cpoy"), 2, "", "toy: unknown mode 'cpoy' (did you mean 'copy'?)\ntry 'toy --help'\n");
    expect(RUN("", "something"), 2, "", "toy: unknown mode 'something'\ntry 'toy --help'\n");
    expect(run_with("", (const char *const[]){NULL}), 2, "", "toy: which mode?\ntry 'toy --help'\n");
    expect(RUN("", "-q", "copy"), 2, "", "toy: the mode comes first, then its options\ntry 'toy --help'\n");
    expect(RUN("", "--hlep"), 2, "", "toy: unknown option '--hlep' (did you mean '--help'?)\ntry 'toy --help'\n");
    expect(RUN("a\n", "copy", "--flie=x"), 2, "",
           "toy: unknown option '--flie' (did you mean '--file'?)\ntry 'toy copy --help'\n");
    expect(RUN("a\n", "copy", "--bad"), 2, "", "toy: option '--bad': 7 is odd\ntry 'toy copy --help'\n");
    expect(RUN("a\n", "tell", "x"), 2, "", "toy: operand 'x', but this mode takes none\ntry 'toy tell --help'\n");
    expect(RUN("a\n", "copy", "--today=2023-02-29"), 2, "",
           "toy: option '--today': '2023-02-29': not a date or time\ntry 'toy copy --help'\n");
    expect_parts(RUN("a\n", "copy", "--time-zone=Nowhere/At_All"), 2, "", "option '--time-zone': 'Nowhere/At_All'");
}

static void test_common_values(void)
{
    expect_parts(RUN("a\n", "copy", "-t", "-d,"), 2, "", "'--tabs' and '--delimiter'");
    expect_parts(RUN("a\n", "copy", "-t", "-d\\t"), 0, "a\n", "");
    expect_parts(RUN("a\n", "copy", "-d\""), 2, "", "option '--delimiter'");
    expect_parts(RUN("a\n", "copy", "-D\n"), 2, "", "option '--output-delimiter'");
    expect_parts(RUN("a\n", "copy", "--digits=0"), 2, "", "1 to 17");
    expect_parts(RUN("a\n", "copy", "--digits=18"), 2, "", "1 to 17");
    expect_parts(RUN("a\n", "copy", "--decimal=;"), 2, "", "option '--decimal'");
    expect_parts(RUN("a\n", "copy", "--max-rejects=5"), 2, "", "needs '--rejects'");
}

static void test_what_a_mode_is_given(void)
{
    expect(RUN("", "tell", "--today=2026-11-21 08:00", "--time-zone=UTC", "--digits=5", "--decimal=,", "--null=x,无,",
               "--dates=mdy", "-v"),
           0, "5,44,2,无,2,2026-11-21,2026-11-21 08:00:00,1\n", "");
    expect(RUN("", "tell", "--today=2026-11-21", "--time-zone=UTC", "--null="), 0,
           "10,46,0,none,0,2026-11-21,2026-11-21 23:59:59,0\n", "");
}

static void test_tables(void)
{
    expect(RUN("a;b\n1;2\n", "copy"), 0, "a;b\n1;2\n", "");
    expect(RUN("a;b\n1;2\n", "copy", "-", "-D|"), 0, "a|b\n1|2\n", "");
    put("one.csv", "a,b\n1,2\n");
    put("two.csv", "b,a\n3,4\n");
    expect(RUN("", "copy", path("one.csv"), path("two.csv")), 0, "a,b\n1,2\n4,3\n", "");
    expect_parts(RUN("", "copy", path("none.csv")), 3, "", "No such file or directory");
    expect(RUN("a\n1\n", "copy", "--side=-"), 2, "",
           "toy: standard input can be read only once\ntry 'toy copy --help'\n");
    expect(RUN("a\n1\n", "copy", "-f-"), 2, "", "toy: standard input can be read only once\ntry 'toy copy --help'\n");
    expect(RUN("a\n1\n", "copy", "-", "-"), 2, "",
           "toy: standard input can be read only once\ntry 'toy copy --help'\n");
    expect(RUN("a;b\n1;2\n", "copy", "-d;", "--side", path("one.csv")), 0, "a;b\n1;2\n", "");
}

static void test_files(void)
{
    put("rules", "\xef\xbb\xbfvip\n");
    expect(RUN("a\n", "copy", "-f", path("rules")), 0, "vip\na\n", "");
    put("empty", "");
    expect(RUN("a\n", "copy", "-f", path("empty")), 0, "a\n", "");
    expect(RUN("rule\n", "copy", "-f-", path("one.csv")), 0, "rule\na,b\n1,2\n", "");
    expect_parts(RUN("a\n", "copy", "-f", path("nothing")), 3, "", "nothing: No such file or directory");
    expect_parts(RUN("a\n", "copy", "-f", directory), 3, "", ": Is a directory");
    expect_parts(RUN("a\n", "copy", "-f", "/dev/zero"), 3, "", "larger than 16 MiB");
}

// -o takes its place unless the status is 2 or 3 or a table stopped; whatever the mode returned, the gravest counts.
static void test_output_and_status(void)
{
    put("out", "old\n");
    expect(RUN("a\n1\n", "copy", "-o", path("out"), "--status=usage"), 2, "", "");
    CHECK(holds("out", "old\n"));
    expect(RUN("a\n1\n", "copy", "-o", path("out"), "--status=system"), 3, "", "");
    CHECK(holds("out", "old\n"));
    expect_parts(RUN("a,b\n1\n", "copy", "-o", path("out")), 1, "", "stdin:2");
    CHECK(holds("out", "old\n"));
    expect(RUN("a\n1\n", "copy", "-o", path("out"), "--status=data"), 1, "", "");
    CHECK(holds("out", "a\n1\n"));
    put("out", "old\n");
    expect(RUN("a\n2\n", "copy", "-o", path("out")), 0, "", "");
    CHECK(holds("out", "a\n2\n"));
    expect_parts(RUN("a,b\n1\n3,4\n", "copy", "--rejects", path("rejects"), "-o", path("out")), 1, "", "");
    CHECK(holds("out", "a,b\n3,4\n"));
    expect_parts(RUN("a\n1\n", "copy", "-o", "/nonexistent/out"), 3, "", "No such file or directory");
}

// What the shells and the manual are given: texts with all their special characters, hidden options left out.
static void test_generated(void)
{
    expect_parts(RUN("", "copy", "--generate=mdoc"), 0,
                 ".Bl -tag -width Ds\n"
                 ".It Fl f , Fl Fl file Ns = Ns Ar \"FILE\"\n"
                 "Put FILE first.\n"
                 ".It Fl Fl side Ns = Ns Ar \"FILE\"\n"
                 "Read FILE too.\n"
                 ".It Fl w , Fl Fl word Ns = Ns Ar \"\\&'A WORD'\"\n"
                 "A word that's [odd]: \\e and so on, long enough that it does not fit into one\n"
                 "line of help.\n"
                 ".It Fl Fl status Ns = Ns Ar \"done|data|usage|system\"\n"
                 "How it ends.\n"
                 ".It Fl Fl bad\n"
                 "Refuse to start.\n"
                 ".El\n",
                 "");
    expect(RUN("", "tell", "--generate=mdoc"), 0, "", "");
    expect_parts(RUN("", "--generate=mdoc"), 0, ".It Fl o , Fl Fl output Ns = Ns Ar \"FILE\"\n", "");
    expect_parts(RUN("", "--generate=roles"), 0, ".It Cm customer\n", "");
    expect_parts(RUN("", "--generate=layouts"), 0, ".It Cm shopify\nShopify orders: customer Email, date Created at",
                 "");
    expect_parts(
        RUN("", "--generate=fish"), 0,
        "complete -c toy -n '__fish_seen_subcommand_from copy' -l word -s w -x -d 'a word that\\'s [odd]: \\\\ and",
        "");
    expect_parts(RUN("", "--generate=zsh"), 0, "'(-w --word)'{-w+,--word=}'[a word that'\\''s \\[odd\\]\\: \\\\ and",
                 "");
    expect_parts(RUN("", "--generate=bash"), 0, "copy:--status) words='done data usage system' ;;", "");
    const char *const shells[] = {"--generate=bash", "--generate=zsh", "--generate=fish", "--generate=mdoc", "--help"};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        struct run run = RUN("", "copy", shells[i]);
        CHECK(strstr(text_string(&run.out), "concealed") == NULL && strstr(run.out.data, "no-fast-lane") == NULL);
        discard(&run);
    }
}

int main(void)
{
    if (mkdtemp(directory) == NULL) {
        return 1;
    }
    test_help();
    test_wrong_usage();
    test_common_values();
    test_what_a_mode_is_given();
    test_tables();
    test_files();
    test_output_and_status();
    test_generated();
    const char *const names[] = {"one.csv", "two.csv", "rules", "empty", "out", "rejects"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(path(names[i]));
    }
    rmdir(directory);
    return tap_done();
}
