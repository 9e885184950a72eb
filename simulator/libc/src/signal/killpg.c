#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
int killpg(pid_t group, int signo) {
  if (group >= 0) return kill(-group, signo);
  errno = EINVAL;
  return -1;
}
