#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <sys/prctl.h>
int prctl(int option, ...) {
  va_list ap;
  va_start(ap, option);
  long a = va_arg(ap, long), b = va_arg(ap, long), c = va_arg(ap, long), d = va_arg(ap, long);
  va_end(ap);
  return (int)SYS5(SYS_prctl, option, a, b, c, d);
}
