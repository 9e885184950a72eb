#define _GNU_SOURCE
#include <libc/clone.h>
#include <libc/syscall.h>
#include <linux/sched.h>

long __clone_with(struct clone_args *args, int (*fn)(void *), void *arg) {
  void *top = (void *)((args->stack + args->stack_size) & -16);
  long pid = __clone(SYS_clone3, (long)args, sizeof *args, 0, 0, 0, fn, arg, top);
  if (pid != -ENOSYS) return pid;
  return __clone(SYS_clone, (long)(args->flags | args->exit_signal), (long)top, (long)args->parent_tid, (long)args->child_tid, (long)args->tls, fn, arg, top);
}
