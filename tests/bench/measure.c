// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * measure: runs one command and tells what it took, for tests/bench/run. Not installed, not part of `make`.
 *
 *     measure FILE COMMAND [ARGUMENT]...    writes "WALL CPU PEAK" to FILE: seconds, seconds of user and system, bytes
 *
 * A program of its own because Linux counts the memory of the process that starts a command as the command's peak: this
 * one is small. Ends with the command's status.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int report(const char *path, double wall)
{
    struct rusage usage;
    FILE *file = fopen(path, "w");
    if (file == NULL || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
        return -1;
    }
    fprintf(file, "%.6f %.6f %ld\n", wall, seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss * 1024);
    return fclose(file);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: measure FILE COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    double begin = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || report(argv[1], now() - begin) != 0) {
        perror("measure");
        return 3;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
