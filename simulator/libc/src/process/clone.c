#define _GNU_SOURCE
#include <libc/clone.h>
#include <libc/syscall.h>
#include <sched.h>
#include <stdarg.h>

int clone(int (*fn)(void *), void *stack, int flags, void *arg, ...) {
  va_list ap;
  va_start(ap, arg);
  int *parent_tid = va_arg(ap, int *);
  void *tls = va_arg(ap, void *);
  int *child_tid = va_arg(ap, int *);
  va_end(ap);
  if (!fn || !stack) {
    errno = EINVAL;
    return -1;
  }
  long top = (long)stack & -16;
  return (int)__ret(__clone(SYS_clone, flags, top, (long)parent_tid, (long)child_tid, (long)tls, fn, arg, (void *)top));
}
