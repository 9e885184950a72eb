/*
 * Title: clone with all flags
 * Idea: One call makes seven namespaces at once. Because a user namespace is among them, it needs no privilege: the new
 *       user namespace is made first and owns the six others, so its first process may do everything in them.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK_SIZE (128 * 1024)

static const int ALL = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWCGROUP;

static int inside(void *argument)
{
    const char *name = argument;
    char seen[65] = "";

    printf("inside : pid %d, parent %d, uid %d\n", getpid(), getppid(), getuid());
    if (sethostname(name, strlen(name)) < 0)
        perror("sethostname");
    gethostname(seen, sizeof seen);
    printf("inside : host name %s\n", seen);
    fflush(stdout);
    return 7;
}

int main(void)
{
    char *stack = malloc(STACK_SIZE), seen[65] = "";
    int status;
    pid_t child;

    if (!stack) {
        perror("malloc");
        return EXIT_FAILURE;
    }
    child = clone(inside, stack + STACK_SIZE, ALL | SIGCHLD, "lonely");
    if (child < 0) {
        perror("clone");
        return EXIT_FAILURE;
    }
    if (waitpid(child, &status, 0) < 0) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    gethostname(seen, sizeof seen);
    printf("outside: that process was %s to me, and ended with %d\n", child > 1 ? "not number 1" : "number 1", WEXITSTATUS(status));
    printf("outside: host name %s\n", seen);
    free(stack);
    return EXIT_SUCCESS;
}
