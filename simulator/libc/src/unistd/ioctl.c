#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <sys/ioctl.h>

int ioctl(int fd, unsigned long request, ...) {
  va_list ap;
  va_start(ap, request);
  long argument = va_arg(ap, long);
  va_end(ap);
  return (int)SYS3(SYS_ioctl, fd, request, argument);
}
