/* the classic surprise: mounting /proc in the child without making / private */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
#define STACK_SIZE (1024*1024)
static char stack[STACK_SIZE];
char *const cmd[] = { "/bin/sh", "-c", "ls -d /proc/1 /proc/self; echo $$", NULL };
int fn(void *arg) {
    if (mount("proc", "/proc", "proc", 0, NULL) != 0) perror("mount");
    execv(cmd[0], cmd);
    return 1;
}
int main() {
    int pid = clone(fn, stack + STACK_SIZE, CLONE_NEWNS | CLONE_NEWPID | SIGCHLD, NULL);
    waitpid(pid, NULL, 0);
    printf("parent's /proc/self: %d, mounts of proc: ", access("/proc/self", F_OK)); fflush(stdout);
    system("grep -c '^proc ' /proc/1/mounts 2>&1; ls /proc/7000/comm 2>&1");
    printf("umount: %d\n", umount("/proc"));
    printf("now /proc/self: %d\n", access("/proc/self", F_OK));
    return 0;
}
