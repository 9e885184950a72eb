#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
__sighandler_t sysv_signal(int signo, __sighandler_t handler) {
  struct sigaction action = { 0 }, old;
  action.sa_handler = handler;
  action.sa_flags = SA_ONESHOT | SA_NOMASK | SA_INTERRUPT;
  return sigaction(signo, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}
