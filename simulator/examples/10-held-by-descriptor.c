/*
 * Title: an open file keeps a namespace
 * Idea: A namespace ends with its last process, unless something else holds it. An open descriptor of /proc/PID/ns/… does: after the
 *       process is gone, its host name is still there, and can be entered.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

int main(void)
{
    int ready[2], fd;
    char path[64], name[65], byte;
    pid_t child;

    if (pipe(ready) < 0)
        die("pipe");
    child = fork();
    if (child < 0)
        die("fork");
    if (child == 0) {
        close(ready[0]);
        if (unshare(CLONE_NEWUTS) < 0)
            die("unshare");
        if (sethostname("left-behind", 11) < 0)
            die("sethostname");
        if (write(ready[1], "!", 1) != 1)
            die("write");
        pause();
    }
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) {        /* the child could not: it has said why */
        wait(NULL);
        return EXIT_FAILURE;
    }
    snprintf(path, sizeof path, "/proc/%d/ns/uts", child);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        die(path);

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    if (access(path, F_OK) < 0)
        perror("its file in /proc");

    if (setns(fd, CLONE_NEWUTS) < 0)
        die("setns");
    gethostname(name, sizeof name);
    printf("entered through the descriptor: %s\n", name);
    return EXIT_SUCCESS;
}
