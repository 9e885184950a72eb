#define _GNU_SOURCE
#include <libc/syscall.h>
long __ret(long result) {
  if ((unsigned long)result <= -4096ul) return result;
  errno = (int)-result;
  return -1;
}
