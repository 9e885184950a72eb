#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int getpriority(int which, id_t who) {
  long value = SYS2(SYS_getpriority, which, who);
  return value < 0 ? -1 : (int)(20 - value);
}
