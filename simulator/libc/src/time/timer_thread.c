#define _GNU_SOURCE
#include <errno.h>
#include <libc/syscall.h>
#include <libc/thread.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The libc's own signal for this; no program can block it. */
#define SIGTIMER 32

/* What one timer calls. The kernel hands its address back with each signal. */
struct call { void (*function)(union sigval); union sigval value; };
static pthread_t helper;
static pid_t helper_of;

static void *call_it(void *argument) {
  struct call *c = argument;
  c->function(c->value);
  return 0;
}

/* Waits for the timers' signals, and has a new thread make each call, so that none keeps another waiting. */
static void *wait_for_timers(void *none) {
  unsigned long only = 1ul << (SIGTIMER - 1);
  siginfo_t info;
  RAW4(SYS_rt_sigprocmask, SIG_BLOCK, &only, 0, 8);
  for (;;) {
    if (RAW4(SYS_rt_sigtimedwait, &only, &info, 0, 8) != SIGTIMER || info.si_code != SI_TIMER) continue;
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread, &attributes, call_it, info.si_value.sival_ptr);
    pthread_attr_destroy(&attributes);
  }
  return none;
}

/* One helper for all timers of a process; a child of fork has none yet. Signals of the program are not for it. */
static int start_helper(void) {
  sigset_t all, before;
  if (helper_of == getpid()) return 0;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  int failed = pthread_create(&helper, 0, wait_for_timers, 0);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  if (failed) {
    errno = EAGAIN;
    return -1;
  }
  helper_of = getpid();
  return 0;
}

int __timer_create_thread(clockid_t clock, struct sigevent *event, int *id) {
  if (start_helper() < 0) return -1;
  struct call *c = malloc(sizeof *c);
  if (!c) return -1;
  c->function = event->sigev_notify_function;
  c->value = event->sigev_value;
  struct sigevent own = { .sigev_value.sival_ptr = c, .sigev_signo = SIGTIMER, .sigev_notify = SIGEV_THREAD_ID };
  own.sigev_notify_thread_id = ((struct __tcb *)helper)->tid;
  if (SYS3(SYS_timer_create, clock, &own, id) < 0) {
    free(c);
    return -1;
  }
  return 0;
}
