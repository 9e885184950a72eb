#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
int pthread_spin_init(pthread_spinlock_t *l, int shared) {
  (void)shared;
  *l = 0;
  return 0;
}
int pthread_spin_destroy(pthread_spinlock_t *l) {
  (void)l;
  return 0;
}
int pthread_spin_trylock(pthread_spinlock_t *l) { return __atomic_exchange_n(l, 1, __ATOMIC_SEQ_CST) ? EBUSY : 0; }
int pthread_spin_lock(pthread_spinlock_t *l) {
  while (pthread_spin_trylock(l)) sched_yield();
  return 0;
}
int pthread_spin_unlock(pthread_spinlock_t *l) {
  __atomic_store_n(l, 0, __ATOMIC_SEQ_CST);
  return 0;
}
