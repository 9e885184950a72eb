#define _GNU_SOURCE
#include <errno.h>
#include <libc/clone.h>
#include <libc/futex.h>
#include <libc/pthread.h>
#include <libc/syscall.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* Stacks of detached threads that are gone: the kernel has set their tid to 0. */
static void reap(void) {
  for (struct __tcb **at = &__threads; *at;) {
    struct __tcb *t = *at;
    if (!t->detached || t->tid || !t->exiting || !t->map) {
      at = &t->next;
      continue;
    }
    *at = t->next;
    munmap(t->map, t->map_size);
  }
}

static int run(void *given) {
  struct __tcb *self = given;
  RAW4(SYS_rt_sigprocmask, SIG_SETMASK, &self->mask, 0, 8);
  __thread_end(self->start(self->argument));
}

static size_t default_stack(void) {
  struct rlimit r;
  if (getrlimit(RLIMIT_STACK, &r) < 0 || r.rlim_cur == RLIM_INFINITY) return 0x200000;
  return r.rlim_cur < 0x4000 ? 0x4000 : (r.rlim_cur + 4095) & ~4095ul;
}

/* A mapping with the guard below, then the stack, and on top the thread's variables and block. */
static struct __tcb *make(const struct __attr *attr, char **stack, size_t *size) {
  size_t room = __tls_room(), guard = attr && attr->guard_size ? attr->guard_size : 4096;
  char *map = 0;
  *size = attr && attr->stack_size ? attr->stack_size : default_stack();
  if (attr && attr->stack) *stack = attr->stack;
  else {
    map = mmap(0, *size + guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (map == MAP_FAILED || mprotect(map + guard, *size, PROT_READ | PROT_WRITE) < 0) return 0;
    *stack = map + guard;
  }
  *size = (*size - room) & ~63ul;
  struct __tcb *t = __tls_make(*stack + *size);
  t->map = map;
  t->map_size = map ? (size_t)(*stack - map) + *size + room : 0;
  t->map_size = (t->map_size + 4095) & ~4095ul;
  return t;
}

int pthread_create(pthread_t *to, const pthread_attr_t *given, void *(*start)(void *), void *argument) {
  const struct __attr *attr = (const struct __attr *)given;
  char *stack;
  size_t size;
  unsigned long all = ~0ul;
  __threads_begin();
  __lock(&__threads_lock);
  reap();
  struct __tcb *t = make(attr, &stack, &size);
  if (!t) {
    __unlock(&__threads_lock);
    return EAGAIN;
  }
  t->start = start;
  t->argument = argument;
  t->detached = attr && attr->detached;
  *to = (pthread_t)t;
  RAW4(SYS_rt_sigprocmask, SIG_BLOCK, &all, &t->mask, 8);
  struct clone_args args = {
    .flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
    .child_tid = (unsigned long)&t->tid, .parent_tid = (unsigned long)&t->tid, .stack = (unsigned long)stack, .stack_size = size, .tls = (unsigned long)t,
  };
  unsigned long mask = t->mask.__val[0];
  t->next = __threads->next;
  __threads->next = t;
  __atomic_add_fetch(&__thread_count, 1, __ATOMIC_SEQ_CST);
  long result = __clone_with(&args, run, t);
  if (result < 0) {
    __threads->next = t->next;
    __atomic_sub_fetch(&__thread_count, 1, __ATOMIC_SEQ_CST);
    if (t->map) munmap(t->map, t->map_size);
  }
  __unlock(&__threads_lock);
  RAW4(SYS_rt_sigprocmask, SIG_SETMASK, &mask, 0, 8);
  return result < 0 ? (result == -ENOMEM ? EAGAIN : (int)-result) : 0;
}
