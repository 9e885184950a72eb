/*
 * Title: clone with one flag at a time
 * Idea: Each CLONE_NEW… flag replaces exactly one pointer in the child's set of namespaces. The child compares its
 *       own links in /proc/self/ns with its parent's and says which of them differ.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK_SIZE (64 * 1024)
#define COUNT(array) (sizeof (array) / sizeof (array)[0])

static const struct {
    const char *name;
    int flag;
} types[] = {
    { "mnt", CLONE_NEWNS }, { "uts", CLONE_NEWUTS }, { "ipc", CLONE_NEWIPC }, { "net", CLONE_NEWNET },
    { "pid", CLONE_NEWPID }, { "cgroup", CLONE_NEWCGROUP }, { "user", CLONE_NEWUSER },
};

static char stack[STACK_SIZE];
static char parents[COUNT(types)][64];

static void read_link(const char *type, char *to)
{
    char path[64];
    ssize_t length;

    snprintf(path, sizeof path, "/proc/self/ns/%s", type);
    length = readlink(path, to, 63);
    to[length < 0 ? 0 : length] = '\0';
}

static int compare(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(types); i++) {
        char mine[64];

        read_link(types[i].name, mine);
        /* as pid 1 of a new namespace, /proc still shows the old one: no "self" there */
        if (mine[0] == '\0')
            printf(" %s=?", types[i].name);
        else if (strcmp(mine, parents[i]) != 0)
            printf(" %s", types[i].name);
    }
    printf("\n");
    fflush(stdout);
    return 0;
}

int main(void)
{
    for (size_t i = 0; i < COUNT(types); i++)
        read_link(types[i].name, parents[i]);

    for (size_t i = 0; i < COUNT(types); i++) {
        printf("clone with the flag for %-6s: new are", types[i].name);
        fflush(stdout);
        if (clone(compare, stack + STACK_SIZE, types[i].flag | SIGCHLD, NULL) < 0) {
            printf(" none\n");
            fflush(stdout);
            perror("clone");
            continue;
        }
        wait(NULL);
    }
    return EXIT_SUCCESS;
}
