/*
 * Title: a bind mount keeps a namespace
 * Idea: "ip netns add" and "unshare --uts=FILE" do this: they bind mount /proc/PID/ns/… on an ordinary file. The namespace then has a
 *       name in the file tree and lives until that is unmounted, although no process is in it and no descriptor is open.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "/tmp/kept-uts"

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void enter_and_print(const char *file)
{
    char name[65];
    int fd = open(file, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        die(file);
    if (setns(fd, CLONE_NEWUTS) < 0) {
        perror("setns");
    } else {
        gethostname(name, sizeof name);
        printf("inside %s the host is called %s\n", file, name);
        fflush(stdout);
    }
    close(fd);
}

int main(void)
{
    int fd = open(NAME, O_CREAT | O_WRONLY, 0644), status;

    if (fd < 0)
        die(NAME);
    close(fd);

    if (fork() == 0) {                          /* makes the namespace, names it, and goes */
        if (unshare(CLONE_NEWUTS) < 0)
            die("unshare");
        if (sethostname("on-file", 7) < 0)
            die("sethostname");
        if (mount("/proc/self/ns/uts", NAME, NULL, MS_BIND, NULL) < 0)
            die("mount");
        _exit(EXIT_SUCCESS);
    }
    wait(&status);
    if (status != 0) {
        unlink(NAME);
        return EXIT_FAILURE;
    }
    if (fork() == 0) {
        enter_and_print(NAME);
        _exit(EXIT_SUCCESS);
    }
    wait(NULL);

    if (umount(NAME) < 0)
        die("umount");
    printf("unmounted; now it is an empty file again:\n");
    enter_and_print(NAME);
    unlink(NAME);
    return EXIT_SUCCESS;
}
