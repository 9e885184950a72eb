#define _GNU_SOURCE
#include <errno.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <limits.h>
#include <string.h>

int pthread_barrier_init(pthread_barrier_t *b, const pthread_barrierattr_t *attr, unsigned count) {
  (void)attr;
  if (count == 0) return EINVAL;
  memset(b, 0, sizeof *b);
  b->__data.wanted = (int)count;
  return 0;
}
int pthread_barrier_destroy(pthread_barrier_t *b) {
  (void)b;
  return 0;
}
int pthread_barrier_wait(pthread_barrier_t *b) {
  __lock(&b->__data.lock);
  int round = b->__data.round;
  if (++b->__data.arrived == b->__data.wanted) {
    b->__data.arrived = 0;
    __atomic_add_fetch(&b->__data.round, 1, __ATOMIC_SEQ_CST);
    __unlock(&b->__data.lock);
    __futex_wake(&b->__data.round, INT_MAX, 0);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  __unlock(&b->__data.lock);
  while (__atomic_load_n(&b->__data.round, __ATOMIC_SEQ_CST) == round) __futex_wait(&b->__data.round, round, 0, 0, 0);
  return 0;
}
