#define _GNU_SOURCE
#include <errno.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <limits.h>
#include <string.h>

/* `readers`: how many read, -1 while one writes; `lock` counts changes for those who wait. */
int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *attr) {
  (void)attr;
  memset(l, 0, sizeof *l);
  return 0;
}
int pthread_rwlock_destroy(pthread_rwlock_t *l) { return l->__data.readers ? EBUSY : 0; }

int pthread_rwlock_tryrdlock(pthread_rwlock_t *l) {
  int now = __atomic_load_n(&l->__data.readers, __ATOMIC_SEQ_CST);
  while (now >= 0) if (__atomic_compare_exchange_n(&l->__data.readers, &now, now + 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return 0;
  return EBUSY;
}
int pthread_rwlock_trywrlock(pthread_rwlock_t *l) {
  int none = 0;
  if (!__atomic_compare_exchange_n(&l->__data.readers, &none, -1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return EBUSY;
  l->__data.writer = SELF->tid;
  return 0;
}

static int wait_for(pthread_rwlock_t *l, int (*attempt)(pthread_rwlock_t *)) {
  if (l->__data.readers == -1 && l->__data.writer == SELF->tid) return EDEADLK;
  for (;;) {
    int seen = __atomic_load_n(&l->__data.lock, __ATOMIC_SEQ_CST);
    if (attempt(l) == 0) return 0;
    __atomic_add_fetch(&l->__data.waiting, 1, __ATOMIC_SEQ_CST);
    __futex_wait(&l->__data.lock, seen, 0, 0, 0);
    __atomic_sub_fetch(&l->__data.waiting, 1, __ATOMIC_SEQ_CST);
  }
}
int pthread_rwlock_rdlock(pthread_rwlock_t *l) { return wait_for(l, pthread_rwlock_tryrdlock); }
int pthread_rwlock_wrlock(pthread_rwlock_t *l) { return wait_for(l, pthread_rwlock_trywrlock); }

int pthread_rwlock_unlock(pthread_rwlock_t *l) {
  if (__atomic_load_n(&l->__data.readers, __ATOMIC_SEQ_CST) == -1) {
    l->__data.writer = 0;
    __atomic_store_n(&l->__data.readers, 0, __ATOMIC_SEQ_CST);
  } else if (__atomic_sub_fetch(&l->__data.readers, 1, __ATOMIC_SEQ_CST) > 0) return 0;
  __atomic_add_fetch(&l->__data.lock, 1, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&l->__data.waiting, __ATOMIC_SEQ_CST)) __futex_wake(&l->__data.lock, INT_MAX, 0);
  return 0;
}
