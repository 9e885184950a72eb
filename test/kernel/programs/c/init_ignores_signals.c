/* what reaches the init of a pid namespace */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sched.h>
#include <unistd.h>
#include <string.h>
#include <sys/wait.h>

static int ready[2], done[2], usr1[2];

static void on_usr1(int sig) { static const char msg[] = "init: SIGUSR1 handled\n"; write(1, msg, sizeof msg - 1); write(usr1[1], "u", 1); }

int init_main(void *arg)
{
    pid_t kid;
    int st;
    char c;

    signal(SIGUSR1, on_usr1);
    printf("init: kill(self, SIGTERM) = %d\n", kill(getpid(), SIGTERM));
    printf("init: kill(self, SIGKILL) = %d\n", kill(getpid(), SIGKILL));
    fflush(stdout);
    if ((kid = fork()) == 0) {
        printf("kid : kill(1, SIGKILL) = %d\n", kill(1, SIGKILL));
        fflush(stdout);
        kill(1, SIGUSR1);
        read(usr1[0], &c, 1);
        raise(SIGTERM);
        puts("kid : not reached");
    }
    while (waitpid(kid, &st, 0) < 0) ;
    printf("init: kid killed by %d (%s)\n", WTERMSIG(st), strsignal(WTERMSIG(st)));
    fflush(stdout);
    write(ready[1], "r", 1);
    while (read(done[0], &c, 1) < 0) ;
    printf("init: still here after SIGTERM from outside\n");
    fflush(stdout);
    write(ready[1], "s", 1);
    for (;;) pause();
    return 0;
}

int main(void)
{
    int st;
    char c, *stk = malloc(65536);
    pipe(ready); pipe(done); pipe(usr1);
    pid_t p = clone(init_main, stk + 65536, CLONE_NEWPID | SIGCHLD, NULL);
    if (p < 0) { perror("clone"); return 1; }
    read(ready[0], &c, 1);
    printf("main: kill(init, SIGTERM) = %d\n", kill(p, SIGTERM));
    fflush(stdout);
    write(done[1], "d", 1);
    read(ready[0], &c, 1);
    kill(p, SIGKILL);
    waitpid(p, &st, 0);
    printf("main: init killed by signal %d\n", WIFSIGNALED(st) ? WTERMSIG(st) : -1);
    return 0;
}
