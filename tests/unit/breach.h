// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * breach: runs a mode whose counting is disturbed, to see that it notices. A test includes the mode's own source, with
 * the name of one function it calls defined as that of a planted one. For the unit tests; to be included after tap.h.
 */
#ifndef BREACH_H
#define BREACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mode.h"
#include "program.h"
#include "tap.h"

static const char breach_log[] = "customer,time,event,channel\n"
                                 "ann,2026-09-01 10:00:00,visit,search\nann,2026-09-02 10:00:00,join,\n"
                                 "bob,2026-09-01 11:00:00,visit,chat\nbob,2026-10-02 10:00:00,visit,chat\n"
                                 "cy,2026-09-03 10:00:00,visit,search\ncy,2026-09-03 11:00:00,join,search\n"
                                 "cy,2026-10-04 10:00:00,order,\n";

// The status of `arguments` (NULL-terminated) with that log; what is said, all of it, comes to `said`.
static int breach_run(const struct mode *mode, char **arguments, char *said, size_t size)
{
    const struct mode *modes[] = {mode, NULL};
    FILE *input = tmpfile();
    FILE *output = tmpfile();
    int count = 0;
    while (arguments[count] != NULL) {
        count++;
    }
    fputs(breach_log, input);
    rewind(input);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(input), STDIN_FILENO);
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(output), STDERR_FILENO);
        exit(program_main("funnel", "", modes, count, arguments));
    }
    int status = -1;
    waitpid(child, &status, 0);
    rewind(output);
    said[fread(said, 1, size - 1, output)] = '\0';
    fclose(input);
    fclose(output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// With all in order the mode is done; with *planted it says so and that is status 1.
static void breach_check(const struct mode *mode, char **arguments, bool *planted)
{
    char said[8192];
    *planted = false;
    CHECK(breach_run(mode, arguments, said, sizeof said) == 0);
    CHECK(strstr(said, "not conserved") == NULL);
    *planted = true;
    CHECK(breach_run(mode, arguments, said, sizeof said) == 1);
    CHECK(strstr(said, "not conserved (a fault of this program)") != NULL);
}

#endif
