// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What output.h promises: bytes arrive whole and in order, a named file is replaced at the end or not at all (also
 * when a signal or an exit comes first), and a device that fails gives status 3. What may end the process runs in a
 * child.
 */
#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptor.h"
#include "tap.h"

enum { CONTENT_SIZE = 1 << 20 };

static const char *content(const char *path)
{
    static char bytes[CONTENT_SIZE];
    size_t length = 0;
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        length = fread(bytes, 1, sizeof bytes - 1, file);
        fclose(file);
    }
    bytes[length] = '\0';
    return file == NULL ? "(none)" : bytes;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

// Files in the present directory, to see whether a temporary was left behind.
static int file_count(void)
{
    int count = 0;
    DIR *directory = opendir(".");
    while (readdir(directory) != NULL) {
        count++;
    }
    closedir(directory);
    return count - 2;
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? (unsigned)(status.st_mode & 07777) : 0;
}

static void write_named(const char *path, const char *text, bool keep)
{
    struct output *output = output_open(path);
    output_write(output, slice_of(text));
    CHECK(output_close(output, keep) == STATUS_DONE);
}

static void test_named(void)
{
    umask(027);
    write_named("out", "new\n", true);
    CHECK_TEXT(content("out"), "new\n");
    CHECK(mode_of("out") == 0640);
    chmod("out", 0604);
    write_named("out", "newer\n", true);
    CHECK_TEXT(content("out"), "newer\n");
    CHECK(mode_of("out") == 0604);
    write_named("out", "unwanted\n", false);
    CHECK_TEXT(content("out"), "newer\n");
    write_named("out", "", true);
    CHECK_TEXT(content("out"), "");
    CHECK(file_count() == 1);
}

static void test_two_at_once(void)
{
    struct output *one = output_open("one");
    struct output *two = output_open("two");
    output_write(one, slice_of("1"));
    output_write(two, slice_of("2"));
    CHECK(output_close(one, true) == STATUS_DONE);
    CHECK(output_close(two, true) == STATUS_DONE);
    CHECK_TEXT(content("one"), "1");
    CHECK_TEXT(content("two"), "2");
    CHECK(unlink("one") == 0 && unlink("two") == 0 && file_count() == 1);
}

// Reading the file goes on undisturbed while its successor is written.
static void test_output_is_input(void)
{
    write_file("out", "old");
    char seen[4] = "";
    FILE *input = fopen("out", "rb");
    struct output *output = output_open("out");
    output_write(output, slice_of("new"));
    output_flush(output);
    CHECK(fread(seen, 1, 3, input) == 3);
    CHECK_TEXT(seen, "old");
    CHECK(output_close(output, true) == STATUS_DONE);
    CHECK_TEXT(content("out"), "new");
    fclose(input);
}

static bool is_link(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

static void test_links(void)
{
    CHECK(mkdir("deep", 0777) == 0 && symlink("../out", "deep/link") == 0 && symlink("deep/link", "link") == 0);
    write_named("link", "through two links\n", true);
    CHECK(is_link("link") && is_link("deep/link"));
    CHECK_TEXT(content("out"), "through two links\n");
    CHECK(symlink("absent", "dangling") == 0);
    write_named("dangling", "made\n", true);
    CHECK(is_link("dangling"));
    CHECK_TEXT(content("absent"), "made\n");
    CHECK(symlink("round", "round") == 0 && output_open("round") == NULL);
    CHECK(unlink("round") == 0 && unlink("link") == 0 && unlink("dangling") == 0 && unlink("absent") == 0);
    CHECK(unlink("deep/link") == 0 && rmdir("deep") == 0);
}

static void test_unwritable(void)
{
    CHECK(output_open("absent/out") == NULL);
    CHECK(output_open(".") == NULL);
    CHECK(output_open("") == NULL);
    struct output *output = output_open("/dev/null"); // no file to be replaced
    output_write(output, slice_of("x"));
    CHECK(output_close(output, true) == STATUS_DONE);
    output = output_open("/dev/full");
    output_write(output, slice_of("x"));
    CHECK(!output_failed(output));
    output_flush(output);
    CHECK(output_failed(output));
    CHECK(output_close(output, true) == STATUS_SYSTEM);
}

// Blocks, runs longer than a block, and reserved bytes come out as one.
static void test_order(void)
{
    static char large[300000];
    memset(large, 'l', sizeof large);
    struct output *output = output_open("large");
    size_t expected = 0;
    for (int i = 0; i < 10000; i++) {
        output_write(output, slice_of("0123456789"));
        memcpy(output_reserve(output, 65536), "abc", 3);
        output_advance(output, 3);
        expected += 13;
    }
    output_write(output, (struct slice){large, sizeof large});
    output_write(output, (struct slice){NULL, 0});
    output_write(output, slice_of("end"));
    CHECK(output_close(output, true) == STATUS_DONE);
    const char *bytes = content("large");
    CHECK(strlen(bytes) == expected + sizeof large + 3);
    bool good = strcmp(bytes + expected + sizeof large, "end") == 0;
    for (size_t i = 0; i < expected; i++) {
        good = good && bytes[i] == "0123456789abc"[i % 13];
    }
    CHECK(good);
    CHECK(unlink("large") == 0);
}

// Runs `job` in a child without standard error; how it ended, as waitpid says.
static int in_child(void (*job)(void))
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        job();
        _exit(99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static struct output *begin_out(void)
{
    struct output *output = output_open("out");
    output_write(output, slice_of("half"));
    output_flush(output);
    return output;
}

static void die_of_term(void)
{
    begin_out();
    raise(SIGTERM);
}

static void exit_early(void)
{
    static struct output *volatile kept; // still reachable when leaks are looked for
    kept = begin_out();
    output_flush(kept);
    exit(STATUS_SYSTEM);
}

static void ignore_hup(void)
{
    signal(SIGHUP, SIG_IGN);
    struct output *output = begin_out();
    raise(SIGHUP);
    _exit((int)output_close(output, true));
}

// A child of its own that exits must not take the file away.
static void fork_and_exit(void)
{
    struct output *output = begin_out();
    pid_t child = fork();
    if (child == 0) {
        exit(0);
    }
    waitpid(child, NULL, 0);
    _exit((int)output_close(output, true));
}

static void test_endings(void)
{
    write_file("out", "old");
    int status = in_child(die_of_term);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    CHECK_TEXT(content("out"), "old");
    CHECK(file_count() == 1);
    status = in_child(exit_early);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_SYSTEM);
    CHECK_TEXT(content("out"), "old");
    CHECK(file_count() == 1);
    status = in_child(ignore_hup);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_DONE);
    CHECK_TEXT(content("out"), "half");
    write_file("out", "old");
    status = in_child(fork_and_exit);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_DONE);
    CHECK_TEXT(content("out"), "half");
    CHECK(file_count() == 1);
}

static void write_standard(void)
{
    struct output *output = output_open(NULL);
    output_write(output, slice_of("x"));
    _exit((int)output_close(output, true));
}

static void closed_standard(void)
{
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    descriptor_guard();
    int other = open("out", O_WRONLY);
    if (other <= STDERR_FILENO) {
        _exit(98);
    }
    write_standard();
}

static void full_standard(void)
{
    dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
    write_standard();
}

static void abandoned_pipe(void)
{
    int ends[2];
    if (pipe(ends) == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
    }
    write_standard();
}

static void abandoned_pipe_ignored(void)
{
    signal(SIGPIPE, SIG_IGN);
    abandoned_pipe();
}

static void test_standard(void)
{
    write_file("out", "old");
    int status = in_child(closed_standard);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_SYSTEM);
    CHECK_TEXT(content("out"), "old");
    status = in_child(full_standard);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_SYSTEM);
    status = in_child(abandoned_pipe);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
    status = in_child(abandoned_pipe_ignored);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == STATUS_SYSTEM);
}

int main(void)
{
    char directory[] = "/tmp/test_output.XXXXXX";
    if (mkdtemp(directory) == NULL || chdir(directory) != 0) {
        perror(directory);
        return 1;
    }
    test_named();
    test_two_at_once();
    test_output_is_input();
    test_links();
    test_unwritable();
    test_order();
    test_endings();
    test_standard();
    CHECK(unlink("out") == 0 && chdir("/") == 0 && rmdir(directory) == 0);
    return tap_done();
}
