#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
int sigwait(const sigset_t *set, int *signo) {
  int result;
  do result = sigtimedwait(set, 0, 0); while (result < 0 && errno == EINTR);
  if (result < 0) return errno;
  *signo = result;
  return 0;
}
