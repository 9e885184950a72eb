/*
 * Title: a cgroup namespace changes names only
 * Idea: Every other namespace gives a process something of its own. A cgroup namespace gives it another root to see: the process stays in
 *       the same group, but /proc/PID/cgroup calls that group "/". Seen from outside the root, paths begin with "/..".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUP "/sys/fs/cgroup/lesson"

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Prints the line of the unified hierarchy from /proc/PID/cgroup. */
static void say(const char *who, const char *pid)
{
    char path[64], line[256];
    FILE *file;

    snprintf(path, sizeof path, "/proc/%s/cgroup", pid);
    file = fopen(path, "r");
    if (!file)
        die(path);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "0::", 3) == 0)
            printf("%-28s %s", who, line + 3);
    fclose(file);
    fflush(stdout);
}

static void join(const char *group)
{
    char path[128];
    int fd;

    snprintf(path, sizeof path, "%s/cgroup.procs", group);
    fd = open(path, O_WRONLY);
    if (fd < 0 || write(fd, "0", 1) != 1)
        die(path);
    close(fd);
}

int main(void)
{
    char parent[16];

    snprintf(parent, sizeof parent, "%d", getpid());
    if (mkdir(GROUP, 0755) < 0 && errno != EEXIST)
        die(GROUP);
    if (fork() == 0) {
        say("child, at first:", "self");
        join(GROUP);
        say("child, in its group:", "self");
        if (unshare(CLONE_NEWCGROUP) < 0)
            die("unshare");
        say("child, in its namespace:", "self");
        say("its parent, seen from there:", parent);
        _exit(EXIT_SUCCESS);
    }
    wait(NULL);
    say("parent:", "self");
    if (rmdir(GROUP) < 0)
        die("rmdir");
    return EXIT_SUCCESS;
}
