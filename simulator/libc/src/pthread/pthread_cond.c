#define _GNU_SOURCE
#include <errno.h>
#include <libc/cancel.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <limits.h>
#include <string.h>

#define SHARED 128
#define CLOCK(c) ((c)->__data.clock & 15)

int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *attr) {
  memset(c, 0, sizeof *c);
  c->__data.clock = attr ? attr->__align : 0;
  return 0;
}
int pthread_cond_destroy(pthread_cond_t *c) {
  (void)c;
  return 0;
}

/* Each signal changes the sequence: whoever has seen the old one and waits goes on. */
int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until) {
  int seen = c->__data.sequence, shared = c->__data.clock & SHARED, result = 0;
  if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) return EINVAL;
  if (__cancel_hook) __cancel_hook();
  __atomic_add_fetch(&c->__data.waiters, 1, __ATOMIC_SEQ_CST);
  pthread_mutex_unlock(m);
  for (;;) {
    long waited = __futex_wait(&c->__data.sequence, seen, until, CLOCK(c), shared);
    if (waited == -ETIMEDOUT) result = ETIMEDOUT;
    if (waited != -EINTR || __atomic_load_n(&c->__data.sequence, __ATOMIC_SEQ_CST) != seen) break;
    if (__cancel_hook && SELF->cancelled && !SELF->cancel_disabled) break;
  }
  __atomic_sub_fetch(&c->__data.waiters, 1, __ATOMIC_SEQ_CST);
  pthread_mutex_lock(m);
  if (__cancel_hook) __cancel_hook();
  return result;
}
int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m) { return pthread_cond_timedwait(c, m, 0); }

static int wake(pthread_cond_t *c, int count) {
  if (__atomic_load_n(&c->__data.waiters, __ATOMIC_SEQ_CST) == 0) return 0;
  __atomic_add_fetch(&c->__data.sequence, 1, __ATOMIC_SEQ_CST);
  __futex_wake(&c->__data.sequence, count, c->__data.clock & SHARED);
  return 0;
}
int pthread_cond_signal(pthread_cond_t *c) { return wake(c, 1); }
int pthread_cond_broadcast(pthread_cond_t *c) { return wake(c, INT_MAX); }

int pthread_condattr_init(pthread_condattr_t *a) {
  a->__align = 0;
  return 0;
}
int pthread_condattr_destroy(pthread_condattr_t *a) {
  (void)a;
  return 0;
}
int pthread_condattr_setclock(pthread_condattr_t *a, clockid_t clock) {
  if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) return EINVAL;
  a->__align = (a->__align & SHARED) | clock;
  return 0;
}
int pthread_condattr_setpshared(pthread_condattr_t *a, int shared) {
  a->__align = (a->__align & 15) | (shared ? SHARED : 0);
  return 0;
}
