/*
 * Title: the first child is process 1
 * Idea: unshare(CLONE_NEWPID) does not move the caller: a process keeps its number for life. Its first child becomes process 1 of the
 *       new namespace, and once that one has ended, nobody can be born there any more: fork says ENOMEM.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void have_child(void)
{
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child < 0) {
        perror("fork");
        return;
    }
    if (child == 0) {
        printf("child: I am %d, my parent is %d\n", getpid(), getppid());
        fflush(stdout);
        _exit(EXIT_SUCCESS);
    }
    waitpid(child, NULL, 0);
}

int main(void)
{
    pid_t before = getpid();

    if (unshare(CLONE_NEWPID) < 0) {
        perror("unshare");
        return EXIT_FAILURE;
    }
    printf("unshare has %s my number\n", getpid() == before ? "not changed" : "changed");
    have_child();
    have_child();
    return EXIT_SUCCESS;
}
