#define _GNU_SOURCE
#include <errno.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <string.h>

#define SHARED 128
#define TYPE(m) ((m)->__data.kind & 3)

int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *attr) {
  memset(m, 0, sizeof *m);
  m->__data.kind = attr ? attr->__align : 0;
  return 0;
}
int pthread_mutex_destroy(pthread_mutex_t *m) { return m->__data.lock ? EBUSY : 0; }

int pthread_mutex_trylock(pthread_mutex_t *m) {
  int free = 0, self = SELF->tid;
  if (TYPE(m) == PTHREAD_MUTEX_RECURSIVE && m->__data.owner == self) {
    m->__data.count++;
    return 0;
  }
  if (!__atomic_compare_exchange_n(&m->__data.lock, &free, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return EBUSY;
  m->__data.owner = self;
  m->__data.count = 1;
  return 0;
}

int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *until) {
  if (pthread_mutex_trylock(m) == 0) return 0;
  if (TYPE(m) == PTHREAD_MUTEX_ERRORCHECK && m->__data.owner == SELF->tid) return EDEADLK;
  while (__atomic_exchange_n(&m->__data.lock, 2, __ATOMIC_SEQ_CST) != 0) {
    long result = __futex_wait(&m->__data.lock, 2, until, 0, m->__data.kind & SHARED);
    if (result == -ETIMEDOUT || result == -EINVAL) return (int)-result;
  }
  m->__data.owner = SELF->tid;
  m->__data.count = 1;
  return 0;
}
int pthread_mutex_lock(pthread_mutex_t *m) { return pthread_mutex_timedlock(m, 0); }

int pthread_mutex_unlock(pthread_mutex_t *m) {
  if (TYPE(m) != PTHREAD_MUTEX_NORMAL && TYPE(m) != PTHREAD_MUTEX_ADAPTIVE_NP && (m->__data.owner != SELF->tid || !m->__data.lock)) return EPERM;
  if (TYPE(m) == PTHREAD_MUTEX_RECURSIVE && --m->__data.count > 0) return 0;
  m->__data.owner = 0;
  if (__atomic_exchange_n(&m->__data.lock, 0, __ATOMIC_SEQ_CST) == 2) __futex_wake(&m->__data.lock, 1, m->__data.kind & SHARED);
  return 0;
}

int pthread_mutexattr_init(pthread_mutexattr_t *a) {
  a->__align = 0;
  return 0;
}
int pthread_mutexattr_destroy(pthread_mutexattr_t *a) {
  (void)a;
  return 0;
}
int pthread_mutexattr_settype(pthread_mutexattr_t *a, int type) {
  if (type < 0 || type > 3) return EINVAL;
  a->__align = (a->__align & ~3) | type;
  return 0;
}
int pthread_mutexattr_gettype(const pthread_mutexattr_t *a, int *type) {
  *type = a->__align & 3;
  return 0;
}
int pthread_mutexattr_setpshared(pthread_mutexattr_t *a, int shared) {
  a->__align = (a->__align & 3) | (shared ? SHARED : 0);
  return 0;
}
