#define _GNU_SOURCE
#include <libc/futex.h>
#include <pthread.h>
#include <limits.h>

/* 0 not yet, 1 under way, 2 done. */
int pthread_once(pthread_once_t *once, void (*function)(void)) {
  int none = 0;
  if (__atomic_compare_exchange_n(once, &none, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
    function();
    __atomic_store_n(once, 2, __ATOMIC_SEQ_CST);
    __futex_wake(once, INT_MAX, 0);
  }
  while (__atomic_load_n(once, __ATOMIC_SEQ_CST) != 2) __futex_wait(once, 1, 0, 0, 0);
  return 0;
}
