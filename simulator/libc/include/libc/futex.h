#ifndef _LIBC_FUTEX_H
#define _LIBC_FUTEX_H
#include <libc/syscall.h>
#define FUTEX_WAIT_ 0
#define FUTEX_WAKE_ 1
#define FUTEX_PRIVATE_ 128
struct timespec;
/* Waits while *at is `value`; `until` (of the clock, 0 real time, 1 monotonic) or for ever. The kernel's result. */
long __futex_wait(volatile int *at, int value, const struct timespec *until, int clock, int shared);
void __futex_wake(volatile int *at, int count, int shared);
/* A lock in one word: 0 free, 1 taken, 2 taken and somebody waits. */
void __lock(int *lock);
void __unlock(int *lock);
#endif
