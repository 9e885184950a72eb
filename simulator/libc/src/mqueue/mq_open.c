#define _GNU_SOURCE
#include <errno.h>
#include <libc/syscall.h>
#include <mqueue.h>
#include <stdarg.h>
/* The kernel's names have no slash in front. */
static const char *bare(const char *name) {
  if (*name == '/') return name + 1;
  errno = EINVAL;
  return 0;
}
mqd_t mq_open(const char *name, int flags, ...) {
  mode_t mode = 0;
  struct mq_attr *attr = 0;
  if (!bare(name)) return -1;
  if (flags & O_CREAT) {
    va_list ap;
    va_start(ap, flags);
    mode = va_arg(ap, mode_t);
    attr = va_arg(ap, struct mq_attr *);
    va_end(ap);
  }
  return (mqd_t)SYS4(SYS_mq_open, bare(name), flags, mode, attr);
}
int mq_unlink(const char *name) {
  if (!bare(name)) return -1;
  int result = (int)SYS1(SYS_mq_unlink, bare(name));
  if (result < 0 && errno == EPERM) errno = EACCES;
  return result;
}
