/*
 * Title: who adopts orphans
 * Idea: When a process ends, its children get a new parent: the nearest ancestor that asked for it with PR_SET_CHILD_SUBREAPER, or
 *       process 1 of their pid namespace. And when that process 1 ends, everybody in its namespace is killed.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

/* A grandchild that says, after its parent has ended, who is its parent then. */
static void make_orphan(const char *where)
{
    int gone[2];
    char byte;

    if (pipe(gone) < 0) {
        perror("pipe");
        exit(EXIT_FAILURE);
    }
    fflush(stdout);
    if (fork() == 0) {
        if (fork() == 0) {
            close(gone[1]);
            if (read(gone[0], &byte, 1) < 0)    /* until the last writer has closed it */
                perror("read");
            printf("%s: my new parent is %d\n", where, getppid());
            fflush(stdout);
        }
        _exit(EXIT_SUCCESS);
    }
    close(gone[0]);
    wait(NULL);                                 /* now the one in the middle is no more */
    close(gone[1]);
}

static int init(void *unused)
{
    (void)unused;
    make_orphan("in a pid namespace");
    wait(NULL);                                 /* process 1 gets it, and must wait for it */
    return 0;
}

int main(void)
{
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
        perror("prctl");
    make_orphan("with a reaper");
    wait(NULL);
    prctl(PR_SET_CHILD_SUBREAPER, 0);

    if (clone(init, stack + sizeof stack, CLONE_NEWPID | SIGCHLD, NULL) < 0) {
        perror("clone");
        return EXIT_FAILURE;
    }
    wait(NULL);
    return EXIT_SUCCESS;
}
