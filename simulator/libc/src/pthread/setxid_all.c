#define _GNU_SOURCE
#include <libc/futex.h>
#include <libc/pthread.h>
#include <libc/setxid.h>
#include <libc/syscall.h>
#include <signal.h>
#include <unistd.h>

/* The ids are each thread's own for the kernel; POSIX says they are the process's. So each thread is interrupted and makes the call, too. */
static struct { long nr, a, b, c; int left; } order;
static int order_lock;
void __restore_rt(void);

static void in_thread(int signo) {
  (void)signo;
  RAW3(order.nr, order.a, order.b, order.c);
  if (__atomic_sub_fetch(&order.left, 1, __ATOMIC_SEQ_CST) == 0) __futex_wake(&order.left, 1, 0);
}

static int for_all(long nr, long a, long b, long c) {
  __lock(&order_lock);
  long result = RAW3(nr, a, b, c);
  if (result >= 0 && __thread_count > 1) {
    __lock(&__threads_lock);
    order.nr = nr, order.a = a, order.b = b, order.c = c;
    order.left = 0;
    for (struct __tcb *t = __threads; t; t = t->next) if (t != SELF && t->tid && !t->exiting) order.left++;
    for (struct __tcb *t = __threads; t; t = t->next) if (t != SELF && t->tid && !t->exiting && RAW3(SYS_tgkill, getpid(), t->tid, SIGSETXID) < 0) __atomic_sub_fetch(&order.left, 1, __ATOMIC_SEQ_CST);
    for (int left; (left = order.left) > 0;) __futex_wait(&order.left, left, 0, 0, 0);
    __unlock(&__threads_lock);
  }
  __unlock(&order_lock);
  return (int)__ret(result);
}

void __setxid_begin(void) {
  struct { void (*handler)(int); unsigned long flags; void (*restorer)(void); unsigned long mask; } action = { in_thread, 0x04000000 | 0x10000000, __restore_rt, ~0ul };
  RAW4(SYS_rt_sigaction, SIGSETXID, &action, 0, 8);
  __setxid_hook = for_all;
}
