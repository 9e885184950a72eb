/*
 * Title: "docker exec" in forty lines
 * Idea: A command inside a running container is only this: find a process of the container, enter its namespaces one after
 *       the other, fork (a new pid namespace counts for children only), and exec.
 * Run it with the pid of a process and a command:  ./a.out PID hostname
 */
/* run: {"before": ["unshare --map-root-user --uts --ipc sh -c 'hostname box; exec sleep 1000'"], "args": ["@P", "sh", "-c", "hostname; id -u; exit 3"]} */
/* run: {"args": []} */
/* run: {"args": ["99999", "true"]} */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    static const char *const types[] = { "user", "ipc", "uts", "net", "pid", "mnt" };
    int fds[6], status = 0;

    if (argc < 3) {
        fprintf(stderr, "usage: %s PID COMMAND [ARGUMENT...]\n", argv[0]);
        return 2;
    }
    for (int i = 0; i < 6; i++) {               /* open all before entering any: /proc may be another one there */
        char path[64], own[64];
        struct stat here, there;
        snprintf(own, sizeof own, "/proc/self/ns/%s", types[i]);
        snprintf(path, sizeof path, "/proc/%s/ns/%s", argv[1], types[i]);
        fds[i] = open(path, O_RDONLY | O_CLOEXEC);
        if (fds[i] < 0 || fstat(fds[i], &there) < 0 || stat(own, &here) < 0) {
            perror(path);
            return 1;
        }
        if (here.st_ino == there.st_ino)
            fds[i] = -1;                        /* both are in the same one already */
    }
    for (int i = 0; i < 6; i++)
        if (fds[i] >= 0 && setns(fds[i], 0) < 0) {
            perror(types[i]);
            return 1;
        }
    if (fork() == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    wait(&status);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
