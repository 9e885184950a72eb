/* returning from clone's fn is _exit: stdio is not flushed; exit() is not */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
static char st[20000];
static void bye(void) { printf("atexit handler\n"); }
static int by_return(void *v) { printf("child returns %d; ", *(int *)v); return *(int *)v; }
static int by_exit(void *v) { printf("child exits %d; ", *(int *)v); exit(*(int *)v); }
int main(void)
{
    int n = 300, status;
    atexit(bye);
    clone(by_return, st + sizeof st, SIGCHLD, &n); wait(&status);
    printf("status %d\n", WEXITSTATUS(status));
    fflush(stdout);
    n = -1;
    clone(by_exit, st + sizeof st, SIGCHLD, &n); wait(&status);
    printf("status %d\n", WEXITSTATUS(status));
    return 0;
}
