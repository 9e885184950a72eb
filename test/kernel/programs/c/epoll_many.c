#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <sys/signalfd.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>

static const char *ev(uint32_t e)
{
    static char b[64]; b[0] = 0;
    if (e & EPOLLIN) strcat(b, "IN ");
    if (e & EPOLLOUT) strcat(b, "OUT ");
    if (e & EPOLLHUP) strcat(b, "HUP ");
    if (e & EPOLLERR) strcat(b, "ERR ");
    if (e & EPOLLRDHUP) strcat(b, "RDHUP ");
    return b;
}
enum { TIMER, SIG, EVENT, PIPE };
int main(void)
{
    int ep = epoll_create1(EPOLL_CLOEXEC);
    int tf = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct itimerspec its = { { 0, 50000000 }, { 0, 20000000 } };
    timerfd_settime(tf, 0, &its, NULL);
    sigset_t m; sigemptyset(&m); sigaddset(&m, SIGCHLD); sigaddset(&m, SIGUSR1);
    sigprocmask(SIG_BLOCK, &m, NULL);
    int sf = signalfd(-1, &m, SFD_CLOEXEC);
    int ef = eventfd(3, EFD_SEMAPHORE | EFD_NONBLOCK);
    int p[2]; pipe(p);
    struct epoll_event e;
    int fds[] = { tf, sf, ef, p[0] };
    for (int i = 0; i < 4; i++) { e.events = EPOLLIN | (i == PIPE ? EPOLLET : 0); e.data.u64 = i; if (epoll_ctl(ep, EPOLL_CTL_ADD, fds[i], &e)) perror("add"); }
    if (epoll_ctl(ep, EPOLL_CTL_ADD, tf, &e)) printf("again: %s\n", strerror(errno));
    e.events = EPOLLIN; if (epoll_ctl(ep, EPOLL_CTL_ADD, 0, &e) && errno == EPERM) printf("stdin cannot be polled\n"); else epoll_ctl(ep, EPOLL_CTL_DEL, 0, NULL);
    if (epoll_ctl(ep, EPOLL_CTL_ADD, ep, &e)) printf("self: %s\n", strerror(errno));
    if (fork() == 0) { close(p[0]); usleep(35000); kill(getppid(), SIGUSR1); usleep(45000); write(p[1], "hello", 5); usleep(30000); _exit(9); }
    close(p[1]);
    int timers = 0, done = 0;
    while (!done) {
        struct epoll_event evs[8];
        int n = epoll_wait(ep, evs, 8, 1000);
        if (n <= 0) { printf("epoll_wait %d\n", n); break; }
        for (int i = 0; i < n; i++) {
            switch (evs[i].data.u64) {
            case TIMER: { uint64_t x; if (read(tf, &x, 8) == 8) printf("timer %d: %llu %s\n", ++timers, (unsigned long long)x, ev(evs[i].events)); break; }
            case SIG: { struct signalfd_siginfo si; read(sf, &si, sizeof si);
                printf("signal %s code %d status %d\n", strsignal(si.ssi_signo), si.ssi_code, si.ssi_signo == SIGCHLD ? si.ssi_status : -1);
                if (si.ssi_signo == SIGCHLD) { int st; wait(&st); printf("exit %d\n", WEXITSTATUS(st)); done = 1; } break; }
            case EVENT: { uint64_t x; ssize_t r = read(ef, &x, 8); printf("event %zd %llu\n", r, (unsigned long long)x); break; }
            case PIPE: { char b[10]; ssize_t r = read(p[0], b, 3); printf("pipe %zd %.*s %s\n", r, (int)(r > 0 ? r : 0), b, ev(evs[i].events)); break; }
            }
        }
    }
    struct itimerspec left; timerfd_gettime(tf, &left);
    printf("interval %ld, left %d\n", left.it_interval.tv_nsec, left.it_value.tv_nsec <= 50000000);
    return 0;
}
