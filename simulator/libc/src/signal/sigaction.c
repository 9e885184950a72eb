#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>

void __restore_rt(void);
struct kernel_sigaction { __sighandler_t handler; unsigned long flags; void (*restorer)(void); unsigned long mask; };
#define SA_RESTORER 0x04000000

int sigaction(int signo, const struct sigaction *action, struct sigaction *old) {
  struct kernel_sigaction given, before;
  if (signo == 32 || signo == 33) {
    errno = EINVAL;
    return -1;
  }
  if (action) {
    given.handler = action->sa_handler;
    given.flags = (unsigned long)action->sa_flags | SA_RESTORER;
    given.restorer = __restore_rt;
    given.mask = action->sa_mask.__val[0];
  }
  long result = RAW4(SYS_rt_sigaction, signo, action ? &given : 0, old ? &before : 0, 8);
  if (result >= 0 && old) {
    old->sa_handler = before.handler;
    old->sa_mask.__val[0] = before.mask;
    for (int i = 1; i < 16; i++) old->sa_mask.__val[i] = 0;
    old->sa_flags = (int)(before.flags & ~(unsigned long)SA_RESTORER);
    old->sa_restorer = before.restorer;
  }
  return (int)__ret(result);
}
