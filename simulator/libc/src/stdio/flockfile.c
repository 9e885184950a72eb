#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <libc/syscall.h>

/* 0 free, 1 taken, 2 taken and somebody waits. */
static void take(FILE *f) {
  int expected = 0;
  if (__atomic_compare_exchange_n(&f->lock, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return;
  while (__atomic_exchange_n(&f->lock, 2, __ATOMIC_SEQ_CST) != 0) RAW4(SYS_futex, &f->lock, 128, 2, 0);
}

void flockfile(FILE *f) {
  int me = SELF->tid;
  if (f->owner != me) {
    take(f);
    f->owner = me;
  }
  f->depth++;
}

int ftrylockfile(FILE *f) {
  int me = SELF->tid, expected = 0;
  if (f->owner != me && !__atomic_compare_exchange_n(&f->lock, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return EBUSY;
  f->owner = me;
  f->depth++;
  return 0;
}

void funlockfile(FILE *f) {
  if (--f->depth > 0) return;
  f->owner = 0;
  if (__atomic_exchange_n(&f->lock, 0, __ATOMIC_SEQ_CST) == 2) RAW3(SYS_futex, &f->lock, 129, 1);
}
