#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/eventfd.h>
#include <signal.h>
#include <unistd.h>
#include <stdint.h>
#include <time.h>
#include <pthread.h>
#include <errno.h>
#include <sys/wait.h>
#define MAX 10
static int efd;
static void *poster(void *a) { for (int i = 0; i < 3; i++) { uint64_t v = i + 1; usleep(1000); write(efd, &v, 8); } return NULL; }
static void tick(union sigval v) { printf("timer thread %d\n", v.sival_int); }
int main(void) {
  sigset_t m; sigemptyset(&m); sigaddset(&m, SIGINT); sigaddset(&m, SIGCHLD); sigaddset(&m, SIGUSR1); sigprocmask(SIG_BLOCK, &m, NULL);
  int sfd = signalfd(-1, &m, SFD_NONBLOCK | SFD_CLOEXEC), tfd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), ep = epoll_create1(0);
  efd = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK);
  struct itimerspec its = { { 0, 50000000 }, { 0, 50000000 } }; timerfd_settime(tfd, 0, &its, NULL);
  int fds[] = { sfd, tfd, efd }; for (int i = 0; i < 3; i++) { struct epoll_event e = { .events = EPOLLIN, .data.fd = fds[i] }; epoll_ctl(ep, EPOLL_CTL_ADD, fds[i], &e); }
  pid_t c = fork(); if (!c) { usleep(120000); kill(getppid(), SIGUSR1); usleep(50000); _exit(7); }
  int ticks = 0, done = 0;
  while (!done) {
    struct epoll_event ev[MAX]; int n = epoll_wait(ep, ev, MAX, -1);
    for (int i = 0; i < n; i++) {
      if (ev[i].data.fd == tfd) { uint64_t x; read(tfd, &x, 8); printf("tick %d (%llu)\n", ++ticks, (unsigned long long)x); }
      else if (ev[i].data.fd == sfd) { struct signalfd_siginfo si; while (read(sfd, &si, sizeof si) == sizeof si) { printf("signal %s from %d code %d status %d\n", strsignal(si.ssi_signo), si.ssi_pid, si.ssi_code, si.ssi_status); if (si.ssi_signo == SIGCHLD) done = 1; } }
    }
  }
  wait(NULL);
  pthread_t t; pthread_create(&t, NULL, poster, NULL);
  pthread_join(t, NULL); uint64_t v; int n = 0; while (read(efd, &v, 8) == 8) n++; printf("semaphore %d %s\n", n, strerror(errno));
  timer_t tm; struct sigevent se = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = tick, .sigev_value.sival_int = 5 }; timer_create(CLOCK_REALTIME, &se, &tm);
  struct itimerspec one = { {0,0},{0,1000000} }; timer_settime(tm, 0, &one, NULL); usleep(30000);
  se = (struct sigevent){ .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGINT, .sigev_value.sival_int = 42 }; timer_t t2; timer_create(CLOCK_MONOTONIC, &se, &t2); timer_settime(t2, 0, &one, NULL);
  siginfo_t si; int s = sigwaitinfo(&m, &si); printf("sig %d code %d value %d overrun %d\n", s, si.si_code, si.si_value.sival_int, timer_getoverrun(t2));
  struct timespec z = { 0, 1000 }; printf("%d %s\n", sigtimedwait(&m, &si, &z), strerror(errno));
  return 0;
}
