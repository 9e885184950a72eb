#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <stdarg.h>

int fcntl(int fd, int command, ...) {
  va_list ap;
  va_start(ap, command);
  long argument = va_arg(ap, long);
  va_end(ap);
  return (int)CANCELLABLE(SYS3(SYS_fcntl, fd, command, argument));
}
