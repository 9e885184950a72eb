#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <unistd.h>

long syscall(long nr, ...) {
  va_list ap;
  va_start(ap, nr);
  long a = va_arg(ap, long), b = va_arg(ap, long), c = va_arg(ap, long), d = va_arg(ap, long), e = va_arg(ap, long), f = va_arg(ap, long);
  va_end(ap);
  return __ret(__syscall(nr, a, b, c, d, e, f));
}
