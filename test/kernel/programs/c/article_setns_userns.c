#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/capability.h>
#include <errno.h>
#include <string.h>
#include <signal.h>
/* link: -lcap */
#define errExit(msg)    do { perror(msg); exit(EXIT_FAILURE); } while (0)
static void display_creds_and_caps(char *str)
{
    cap_t caps;
    char *s;
    printf("%seUID = %ld; eGID = %ld; ", str, (long) geteuid(), (long) getegid());
    caps = cap_get_proc();
    if (caps == NULL) errExit("cap_get_proc");
    s = cap_to_text(caps, NULL);
    printf("capabilities: %s\n", s);
    cap_free(caps); cap_free(s);
}
#define STACK_SIZE (1024 * 1024)
static char child_stack[STACK_SIZE];
static void test_setns(char *pname, int fd)
{
    if (setns(fd, CLONE_NEWUSER) != -1) {
        printf("%s setns() succeeded\n", pname);
        display_creds_and_caps(pname);
    } else printf("%s setns() failed: %s\n", pname, strerror(errno));
}
static int childFunc(void *arg)
{
    long fd = (long) arg;
    usleep(100000);
    test_setns("child: ", fd);
    return 0;
}
int main(int argc, char *argv[])
{
    long fd;
    pid_t first, child_pid;
    first = fork();
    if (first == 0) { if (unshare(CLONE_NEWUSER)) errExit("unshare"); pause(); exit(0);}
    usleep(50000);
    char path[64];
    sprintf(path, "/proc/%d/ns/user", first);
    fd = open(path, O_RDONLY);
    if (fd == -1) errExit("open");
    child_pid = clone(childFunc, child_stack + STACK_SIZE, CLONE_NEWUSER | SIGCHLD, (void *) fd);
    if (child_pid == -1) errExit("clone");
    test_setns("parent:", fd);
    printf("\n");
    if (waitpid(child_pid, NULL, 0) == -1) errExit("waitpid");
    kill(first, SIGTERM);
    exit(EXIT_SUCCESS);
}
