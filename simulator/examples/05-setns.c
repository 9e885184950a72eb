/*
 * Title: setns enters another process's namespace
 * Idea: /proc/PID/ns/uts can be opened like a file. With that descriptor setns() puts the caller where that process is, and
 *       with a descriptor of its own namespace, opened before, it finds the way back.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK_SIZE (64 * 1024)

static char stack[STACK_SIZE];
static int ready[2];

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static int other(void *name)
{
    if (sethostname(name, strlen(name)) < 0)
        perror("sethostname");
    if (write(ready[1], "!", 1) != 1)
        perror("write");
    pause();
    return 0;
}

static void say(const char *when)
{
    char name[65];

    gethostname(name, sizeof name);
    printf("%s: I am on %s\n", when, name);
}

int main(void)
{
    char path[64], byte;
    int home, there;
    pid_t child;

    if (pipe(ready) < 0)
        die("pipe");
    child = clone(other, stack + STACK_SIZE, CLONE_NEWUTS | SIGCHLD, "elsewhere");
    if (child < 0)
        die("clone");
    if (read(ready[0], &byte, 1) != 1)
        die("read");

    snprintf(path, sizeof path, "/proc/%d/ns/uts", child);
    home = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);
    there = open(path, O_RDONLY | O_CLOEXEC);
    if (home < 0 || there < 0)
        die("open");

    say("at first");
    if (setns(there, CLONE_NEWUTS) < 0)
        die("setns");
    say("inside");
    if (setns(home, CLONE_NEWUTS) < 0)
        die("setns back");
    say("back home");

    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
    return EXIT_SUCCESS;
}
