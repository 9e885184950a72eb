#define _GNU_SOURCE
#include <libc/fork.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <libc/setxid.h>
#include <libc/stdio.h>
#include <libc/syscall.h>
#include <signal.h>

struct __tcb *__threads;
int __threads_lock, __thread_count = 1;

static void after_fork(int moment) {
  if (moment == 0) {
    __lock(&__threads_lock);
    return;
  }
  if (moment == 1) {
    /* only this thread is in the child */
    __threads = SELF;
    SELF->next = 0;
    __thread_count = 1;
  }
  __unlock(&__threads_lock);
}

/* A second thread comes: from now on locks lock. */
void __threads_begin(void) {
  if (__threads) return;
  __threads = SELF;
  __lock_hook = __lock;
  __unlock_hook = __unlock;
  __file_lock = flockfile;
  __file_unlock = funlockfile;
  if (!__fork_hook) __fork_hook = after_fork;
  __setxid_begin();
}
