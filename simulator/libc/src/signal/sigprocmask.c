#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>

/* The libc's own signals (32, 33) can not be blocked. */
int sigprocmask(int how, const sigset_t *set, sigset_t *old) {
  unsigned long given = 0, before;
  if (set) given = set->__val[0] & ~(3ul << 31);
  long result = RAW4(SYS_rt_sigprocmask, how, set ? &given : 0, old ? &before : 0, 8);
  if (result >= 0 && old) {
    old->__val[0] = before;
    for (int i = 1; i < 16; i++) old->__val[i] = 0;
  }
  return (int)__ret(result);
}
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old) {
  int error = errno;
  int result = sigprocmask(how, set, old) < 0 ? errno : 0;
  errno = error;
  return result;
}
