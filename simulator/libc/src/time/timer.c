#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
#include <time.h>

/* In timer_thread.c. */
int __timer_create_thread(clockid_t clock, struct sigevent *event, int *id);

/* A timer_t holds the kernel's number. */
int timer_create(clockid_t clock, struct sigevent *event, timer_t *timer) {
  int id;
  int threads = event && event->sigev_notify == SIGEV_THREAD;
  if ((threads ? __timer_create_thread(clock, event, &id) : (int)SYS3(SYS_timer_create, clock, event, &id)) < 0) return -1;
  *timer = (timer_t)(long)id;
  return 0;
}
int timer_delete(timer_t timer) { return (int)SYS1(SYS_timer_delete, timer); }
int timer_settime(timer_t timer, int flags, const struct itimerspec *value, struct itimerspec *old) { return (int)SYS4(SYS_timer_settime, timer, flags, value, old); }
int timer_gettime(timer_t timer, struct itimerspec *value) { return (int)SYS2(SYS_timer_gettime, timer, value); }
int timer_getoverrun(timer_t timer) { return (int)SYS1(SYS_timer_getoverrun, timer); }
