#define _GNU_SOURCE
#include <libc/futex.h>
#include <time.h>

long __futex_wait(volatile int *at, int value, const struct timespec *until, int clock, int shared) {
  int operation = 9 | (shared ? 0 : FUTEX_PRIVATE_) | (clock == CLOCK_REALTIME ? 256 : 0);
  if (!until) return RAW4(SYS_futex, at, FUTEX_WAIT_ | (shared ? 0 : FUTEX_PRIVATE_), value, 0);
  return RAW6(SYS_futex, at, operation, value, until, 0, -1);
}
void __futex_wake(volatile int *at, int count, int shared) { RAW3(SYS_futex, at, FUTEX_WAKE_ | (shared ? 0 : FUTEX_PRIVATE_), count); }

void __lock(int *lock) {
  int free = 0;
  if (__atomic_compare_exchange_n(lock, &free, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return;
  while (__atomic_exchange_n(lock, 2, __ATOMIC_SEQ_CST) != 0) __futex_wait(lock, 2, 0, 0, 0);
}
void __unlock(int *lock) {
  if (__atomic_exchange_n(lock, 0, __ATOMIC_SEQ_CST) == 2) __futex_wake(lock, 1, 0);
}
