#define _GNU_SOURCE
#include <errno.h>
#include <libc/cancel.h>
#include <libc/futex.h>
#include <limits.h>
#include <semaphore.h>
#include <string.h>
#include <time.h>

struct sem { int value, waiters, shared; };
#define SEM(s) ((struct sem *)(s))

int sem_init(sem_t *s, int shared, unsigned value) {
  if (value > INT_MAX) {
    errno = EINVAL;
    return -1;
  }
  memset(s, 0, sizeof *s);
  SEM(s)->value = (int)value;
  SEM(s)->shared = shared;
  return 0;
}
int sem_destroy(sem_t *s) {
  (void)s;
  return 0;
}
int sem_getvalue(sem_t *s, int *value) {
  *value = SEM(s)->value;
  return 0;
}

static int take(struct sem *s) {
  int now = __atomic_load_n(&s->value, __ATOMIC_SEQ_CST);
  while (now > 0) if (__atomic_compare_exchange_n(&s->value, &now, now - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return 1;
  return 0;
}
int sem_trywait(sem_t *s) {
  if (take(SEM(s))) return 0;
  errno = EAGAIN;
  return -1;
}
int sem_timedwait(sem_t *given, const struct timespec *until) {
  struct sem *s = SEM(given);
  if (__cancel_hook) __cancel_hook();
  while (!take(s)) {
    __atomic_add_fetch(&s->waiters, 1, __ATOMIC_SEQ_CST);
    long result = __futex_wait(&s->value, 0, until, 0, s->shared);
    __atomic_sub_fetch(&s->waiters, 1, __ATOMIC_SEQ_CST);
    if (result == -EINTR || result == -ETIMEDOUT || result == -EINVAL) {
      if (__cancel_hook) __cancel_hook();
      errno = (int)-result;
      return -1;
    }
  }
  return 0;
}
int sem_wait(sem_t *s) { return sem_timedwait(s, 0); }
int sem_post(sem_t *given) {
  struct sem *s = SEM(given);
  if (__atomic_load_n(&s->value, __ATOMIC_SEQ_CST) == INT_MAX) {
    errno = EOVERFLOW;
    return -1;
  }
  __atomic_add_fetch(&s->value, 1, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&s->waiters, __ATOMIC_SEQ_CST)) __futex_wake(&s->value, 1, s->shared);
  return 0;
}
