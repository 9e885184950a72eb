#define _GNU_SOURCE
#include <libc/pthread.h>
#include <libc/syscall.h>
#include <stdlib.h>

void (*__key_destructors_hook)(struct __tcb *);

/* The last thread ends the process. */
void __thread_end(void *result) {
  struct __tcb *self = SELF;
  self->result = result;
  self->cancel_disabled = 1;
  while (self->cleanups) {
    struct __cleanup *c = self->cleanups;
    self->cleanups = c->next;
    c->function(c->argument);
  }
  if (__key_destructors_hook) __key_destructors_hook(self);
  if (__atomic_sub_fetch(&__thread_count, 1, __ATOMIC_SEQ_CST) == 0) exit(0);
  unsigned long all = ~0ul;
  RAW4(SYS_rt_sigprocmask, 0, &all, 0, 8);
  self->exiting = 1;
  for (;;) RAW1(SYS_exit, 0);
}
void pthread_exit(void *result) { __thread_end(result); }
