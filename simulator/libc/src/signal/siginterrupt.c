#define _GNU_SOURCE
#include <signal.h>
extern unsigned long __interrupting[1];
int siginterrupt(int signo, int interrupt) {
  struct sigaction action;
  if (sigaction(signo, 0, &action) < 0) return -1;
  if (interrupt) {
    __interrupting[0] |= 1ul << (signo - 1);
    action.sa_flags &= ~SA_RESTART;
  } else {
    __interrupting[0] &= ~(1ul << (signo - 1));
    action.sa_flags |= SA_RESTART;
  }
  return sigaction(signo, &action, 0);
}
