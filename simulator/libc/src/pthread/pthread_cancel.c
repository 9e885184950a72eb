#define _GNU_SOURCE
#include <errno.h>
#include <libc/cancel.h>
#include <libc/pthread.h>
#include <libc/syscall.h>
#include <unistd.h>

void __restore_rt(void);

void pthread_testcancel(void) {
  struct __tcb *self = SELF;
  if (self->cancelled && !self->cancel_disabled) __thread_end(PTHREAD_CANCELED);
}

static void on_signal(int signo) {
  (void)signo;
  if (SELF->cancel_asynchronous) pthread_testcancel();
}

/* The signal interrupts a call that waits; what looks after it, or at the next such call, ends the thread. */
int pthread_cancel(pthread_t thread) {
  static int ready;
  struct __tcb *t = THREAD(thread);
  if (!ready) {
    struct { void (*handler)(int); unsigned long flags; void (*restorer)(void); unsigned long mask; } action = { on_signal, 0x04000000, __restore_rt, 0 };
    RAW4(SYS_rt_sigaction, SIGCANCEL, &action, 0, 8);
    ready = 1;
  }
  __cancel_hook = pthread_testcancel;
  t->cancelled = 1;
  if (t == SELF) {
    if (t->cancel_asynchronous) pthread_testcancel();
    return 0;
  }
  return t->tid ? (int)-RAW3(SYS_tgkill, getpid(), t->tid, SIGCANCEL) : 0;
}

int pthread_setcancelstate(int state, int *old) {
  if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE) return EINVAL;
  if (old) *old = SELF->cancel_disabled;
  SELF->cancel_disabled = state;
  return 0;
}
int pthread_setcanceltype(int type, int *old) {
  if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS) return EINVAL;
  if (old) *old = SELF->cancel_asynchronous;
  SELF->cancel_asynchronous = type;
  if (type) pthread_testcancel();
  return 0;
}
