/*
 * Title: a user namespace and its uid map
 * Idea: In a new user namespace a process has every capability, but no name: its uid reads 65534 until somebody writes
 *       uid_map. The parent writes it here, and the child, who waits, becomes uid 0 inside without being root outside.
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
static int started[2], mapped[2];

static int write_file(pid_t pid, const char *name, const char *text)
{
    char path[64];
    int fd, failed;

    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    fd = open(path, O_WRONLY);
    failed = fd < 0 || write(fd, text, strlen(text)) < 0;
    if (failed)
        perror(name);
    else
        printf("parent: %s := %s\n", name, text);
    if (fd >= 0)
        close(fd);
    return failed;
}

static int child(void *unused)
{
    char byte;

    (void)unused;
    close(started[0]);
    close(mapped[1]);
    printf("child : before the map I am uid %d, gid %d\n", getuid(), getgid());
    fflush(stdout);
    close(started[1]);                          /* end of file tells the parent */
    if (read(mapped[0], &byte, 1) != 0)
        perror("read");
    printf("child : with the map I am uid %d, gid %d\n", getuid(), getgid());
    fflush(stdout);
    execlp("cat", "cat", "/proc/self/uid_map", NULL);
    perror("cat");
    return 1;
}

int main(void)
{
    char uid[32], gid[32], byte;
    pid_t pid;

    if (pipe2(started, O_CLOEXEC) < 0 || pipe2(mapped, O_CLOEXEC) < 0) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid = clone(child, stack + STACK_SIZE, CLONE_NEWUSER | SIGCHLD, NULL);
    if (pid < 0) {
        perror("clone");
        return EXIT_FAILURE;
    }
    close(started[1]);
    if (read(started[0], &byte, 1) != 0)
        perror("read");
    snprintf(uid, sizeof uid, "0 %d 1", getuid());
    snprintf(gid, sizeof gid, "0 %d 1", getgid());
    write_file(pid, "uid_map", uid);
    write_file(pid, "setgroups", "deny");       /* without it, gid_map is refused to the unprivileged */
    write_file(pid, "gid_map", gid);
    fflush(stdout);
    close(mapped[1]);                           /* … and this one the child */
    close(mapped[0]);
    waitpid(pid, NULL, 0);
    return EXIT_SUCCESS;
}
