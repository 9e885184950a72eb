/*
 * Title: pid namespaces nest
 * Idea: A process has one number in its own pid namespace and one in each that encloses it. Each level here makes the next one
 *       with clone(CLONE_NEWPID); the innermost process asks the outermost /proc for all of its numbers.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEPTH = 4, STACK_SIZE = 64 * 1024 };

static char stacks[DEPTH][STACK_SIZE];

/* The line NSpid of /proc/self/status: how the mounted /proc's own namespace, and each below it, calls this process. */
static void print_numbers(void)
{
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");

    if (!status) {
        perror("/proc/self/status");
        return;
    }
    while (fgets(line, sizeof line, status))
        if (strncmp(line, "NSpid:", 6) == 0)
            printf("%s", line);
    fclose(status);
}

static int level(void *argument)
{
    long depth = (long)argument;

    printf("level %ld: I am %d, my parent is %d\n", depth, getpid(), getppid());
    if (depth == DEPTH) {
        print_numbers();
        fflush(stdout);
        return 0;
    }
    fflush(stdout);
    if (clone(level, stacks[depth] + STACK_SIZE, CLONE_NEWPID | SIGCHLD, (void *)(depth + 1)) < 0) {
        perror("clone");
        return 1;
    }
    wait(NULL);
    return 0;
}

int main(void)
{
    return level((void *)0);
}
