#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <string.h>
#include <signal.h>
#include <stdio.h>
#include <limits.h>
#include <sys/mount.h>
#include <sys/types.h>
#include <sys/stat.h>
/* run: {"args": ["3"]} */
/* run: {} */
#define errExit(msg)    do { perror(msg); exit(EXIT_FAILURE); } while (0)
#define STACK_SIZE (1024 * 1024)
static char child_stack[STACK_SIZE];
static int childFunc(void *arg)
{
    static int first_call = 1;
    long level = (long) arg;
    if (!first_call) {
        char mount_point[PATH_MAX];
        snprintf(mount_point, PATH_MAX, "/tmp/proc%c", (char) ('0' + level));
        mkdir(mount_point, 0555);
        if (mount("proc", mount_point, "proc", 0, NULL) == -1) errExit("mount");
        printf("Mounting procfs at %s\n", mount_point);
    }
    first_call = 0;
    if (level > 0) {
        level--;
        pid_t child_pid;
        child_pid = clone(childFunc, child_stack + STACK_SIZE, CLONE_NEWPID | SIGCHLD, (void *) level);
        if (child_pid == -1) errExit("clone");
        if (waitpid(child_pid, NULL, 0) == -1) errExit("waitpid");
    } else {
        printf("Final child sleeping\n");
        fflush(stdout);
        execlp("sh", "sh", "-c", "ls -d /tmp/proc*; for i in 0 1 2; do ls /tmp/proc$i | grep '^[0-9]' | tr '\\n' ' '; echo; done", (char *) NULL);
        errExit("execlp");
    }
    return 0;
}
int main(int argc, char *argv[])
{
    long levels;
    levels = (argc > 1) ? atoi(argv[1]) : 5;
    childFunc((void *) levels);
    exit(EXIT_SUCCESS);
}
