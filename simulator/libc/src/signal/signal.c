#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>

unsigned long __interrupting[1];

__sighandler_t signal(int signo, __sighandler_t handler) {
  struct sigaction action = { 0 }, old;
  if (handler == SIG_ERR || signo < 1 || signo >= NSIG) {
    errno = EINVAL;
    return SIG_ERR;
  }
  action.sa_handler = handler;
  sigaddset(&action.sa_mask, signo);
  action.sa_flags = __interrupting[0] >> (signo - 1) & 1 ? 0 : SA_RESTART;
  if (sigaction(signo, &action, &old) < 0) return SIG_ERR;
  return old.sa_handler;
}
__sighandler_t bsd_signal(int signo, __sighandler_t handler) { return signal(signo, handler); }
