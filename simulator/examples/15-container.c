/*
 * Title: a container in a hundred lines
 * Idea: New namespaces, a host name, a root directory of its own with its own /proc, and a command in it: what is left of
 *       Docker when images and networks are taken away. It needs no privilege, thanks to the user namespace.
 * Run it with a command:  ./a.out ps
 */
/* run: {"args": ["hostname"]} */
/* run: {"args": ["sh", "-c", "echo pid $$ uid $(id -u); ls -d /proc/[0-9]*; exit 5"]} */
/* run: {"args": ["no-such-command"]} */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOT "rootfs"
#define STACK_SIZE (256 * 1024)

struct container {
    char **command;
    int mapped[2];
};

static void die(const char *what)
{
    fprintf(stderr, "container: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static void put(pid_t pid, const char *name, const char *text)
{
    char path[64];
    int fd;

    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) < 0)
        die(path);
    close(fd);
}

static void change_root(void)
{
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        die("making / private");
    if (mount(ROOT, ROOT, NULL, MS_BIND | MS_REC, NULL) < 0)
        die("bind mount");
    if (chdir(ROOT) < 0)
        die("chdir");
    if (mount("proc", "proc", "proc", 0, NULL) < 0)
        die("mounting /proc");
    if (syscall(SYS_pivot_root, ".", "oldroot") < 0)
        die("pivot_root");
    if (chdir("/") < 0 || umount2("/oldroot", MNT_DETACH) < 0)
        die("leaving the old root");
}

static int inside(void *argument)
{
    struct container *container = argument;
    char byte;

    close(container->mapped[1]);
    if (read(container->mapped[0], &byte, 1) < 0)
        die("read");
    if (sethostname("container", 9) < 0)
        die("sethostname");
    change_root();
    if (setgid(0) < 0 || setuid(0) < 0)
        die("becoming root");
    setenv("PATH", "/bin", 1);
    execvp(container->command[0], container->command);
    die(container->command[0]);
    return 127;
}

int main(int argc, char *argv[])
{
    struct container container = { .command = argv + 1 };
    char *stack = malloc(STACK_SIZE), map[64];
    int flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP, status;
    pid_t pid;

    if (argc < 2) {
        fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\n", argv[0]);
        return 2;
    }
    if (!stack || pipe2(container.mapped, O_CLOEXEC) < 0)
        die("preparing");
    pid = clone(inside, stack + STACK_SIZE, flags | SIGCHLD, &container);
    if (pid < 0)
        die("clone");
    snprintf(map, sizeof map, "0 %d 1", getuid());
    put(pid, "uid_map", map);
    put(pid, "setgroups", "deny");
    snprintf(map, sizeof map, "0 %d 1", getgid());
    put(pid, "gid_map", map);
    close(container.mapped[1]);
    if (waitpid(pid, &status, 0) < 0)
        die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
