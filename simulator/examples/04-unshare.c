/*
 * Title: unshare moves the caller
 * Idea: unshare() makes new namespaces for the process that calls it. A child that was made before keeps the old ones, a
 *       child made afterwards is born into the new ones.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *who)
{
    char name[65];

    gethostname(name, sizeof name);
    printf("%-16s %s\n", who, name);
    fflush(stdout);
}

int main(void)
{
    int go[2];
    char byte;

    if (pipe(go) < 0) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    if (fork() == 0) {                          /* the older child waits until the parent has moved */
        close(go[1]);
        if (read(go[0], &byte, 1) < 0)
            perror("read");
        say("older child:");
        _exit(EXIT_SUCCESS);
    }
    close(go[0]);

    if (unshare(CLONE_NEWUTS) < 0) {
        perror("unshare");
        return EXIT_FAILURE;
    }
    if (sethostname("moved", 5) < 0)
        perror("sethostname");
    say("caller:");

    if (fork() == 0) {
        say("younger child:");
        _exit(EXIT_SUCCESS);
    }
    wait(NULL);
    close(go[1]);                               /* end of file wakes the older child */
    wait(NULL);
    return EXIT_SUCCESS;
}
