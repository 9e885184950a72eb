#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>

/* All signals are blocked in between, so that a handler cannot fork before the signal is sent. */
int raise(int signo) {
  unsigned long all = ~0ul, old;
  RAW4(SYS_rt_sigprocmask, SIG_BLOCK, &all, &old, 8);
  long pid = RAW0(SYS_getpid), tid = RAW0(SYS_gettid);
  long result = RAW3(SYS_tgkill, pid, tid, signo);
  RAW4(SYS_rt_sigprocmask, SIG_SETMASK, &old, 0, 8);
  return (int)__ret(result);
}
