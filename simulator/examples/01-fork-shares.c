/*
 * Title: fork shares every namespace
 * Idea: A child of fork() gets a copy of its parent's memory, but not of its parent's namespaces: both processes
 *       point to the same nsproxy. What the child does to the host name, the parent sees, too.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *who)
{
    char name[65], link[64];
    ssize_t length = readlink("/proc/self/ns/uts", link, sizeof link - 1);

    if (length < 0) {
        perror("readlink");
        exit(EXIT_FAILURE);
    }
    link[length] = '\0';
    gethostname(name, sizeof name);
    printf("%s: %s, host name \"%s\"\n", who, link, name);
    fflush(stdout);
}

int main(void)
{
    const char *changed = "renamed-by-child";

    say("parent before");
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (child == 0) {
        say("child");
        if (sethostname(changed, strlen(changed)) < 0)
            perror("child: sethostname");
        _exit(EXIT_SUCCESS);
    }
    waitpid(child, NULL, 0);
    say("parent after");
    return EXIT_SUCCESS;
}
