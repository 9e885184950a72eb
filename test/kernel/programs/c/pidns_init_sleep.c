/* a PID namespace whose init mounts its own proc and sleeps */
/* run: {"args": ["/tmp/proc2"]} */
/* run: {"args": []} */
#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/mount.h>
#include <stdio.h>
#include <errno.h>

#define errExit(msg) do { perror(msg); exit(EXIT_FAILURE); } while (0)

static int childFunc(void *arg)
{
    usleep(100000);
    printf("childFunc(): PID  = %ld\n", (long) getpid());
    printf("childFunc(): PPID = %ld\n", (long) getppid());

    char *mount_point = arg;
    if (mount_point != NULL) {
        if (mkdir(mount_point, 0555) == -1 && errno != EEXIST)
            errExit("mkdir");
        if (mount("proc", mount_point, "proc", 0, NULL) == -1)
            errExit("mount");
        printf("Mounting procfs at %s\n", mount_point);
    }
    execlp("sleep", "sleep", "3", (char *) NULL);
    errExit("execlp");
}

#define STACK_SIZE (1024 * 1024)
static char child_stack[STACK_SIZE];

int main(int argc, char *argv[])
{
    pid_t child_pid;
    child_pid = clone(childFunc, child_stack + STACK_SIZE, CLONE_NEWPID | SIGCHLD, argv[1]);
    if (child_pid == -1)
        errExit("clone");
    printf("PID returned by clone(): %ld\n", (long) child_pid);
    if (waitpid(child_pid, NULL, 0) == -1)
        errExit("waitpid");
    if (argc > 1) {
        char cmd[100];
        snprintf(cmd, sizeof(cmd), "ls -d %s/[0-9]* 2>&1; umount %s", argv[1], argv[1]);
        fflush(stdout);
        printf("system -> %d\n", system(cmd));
    }
    exit(EXIT_SUCCESS);
}
