#define _GNU_SOURCE
#include <errno.h>
#include <libc/cancel.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <sys/mman.h>

static void forget(struct __tcb *t) {
  __lock(&__threads_lock);
  for (struct __tcb **at = &__threads; *at; at = &(*at)->next) {
    if (*at != t) continue;
    *at = t->next;
    break;
  }
  __unlock(&__threads_lock);
  if (t->map) munmap(t->map, t->map_size);
}

int pthread_join(pthread_t thread, void **result) {
  struct __tcb *t = THREAD(thread);
  if (t->detached || t->joined) return EINVAL;
  if (t == SELF) return EDEADLK;
  t->joined = 1;
  if (__cancel_hook) __cancel_hook();
  for (int tid; (tid = *(volatile int *)&t->tid) != 0;) {
    /* the kernel wakes who waits without the private flag */
    if (__futex_wait(&t->tid, tid, 0, 0, 1) == -EINTR && __cancel_hook) {
      t->joined = 0;
      __cancel_hook();
      t->joined = 1;
    }
  }
  if (result) *result = t->result;
  forget(t);
  return 0;
}
int pthread_tryjoin_np(pthread_t thread, void **result) { return *(volatile int *)&THREAD(thread)->tid ? EBUSY : pthread_join(thread, result); }
int pthread_detach(pthread_t thread) {
  struct __tcb *t = THREAD(thread);
  if (t->detached) return EINVAL;
  t->detached = 1;
  return 0;
}
