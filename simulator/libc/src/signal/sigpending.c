#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
int sigpending(sigset_t *set) {
  for (int i = 1; i < 16; i++) set->__val[i] = 0;
  return (int)SYS2(SYS_rt_sigpending, set, 8);
}
