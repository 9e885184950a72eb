#define _GNU_SOURCE
#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>
int nice(int more) {
  int error = errno;
  errno = 0;
  int now = getpriority(PRIO_PROCESS, 0);
  if (now == -1 && errno) return -1;
  if (setpriority(PRIO_PROCESS, 0, now + more) < 0) {
    if (errno == EACCES) errno = EPERM;
    return -1;
  }
  errno = error;
  return getpriority(PRIO_PROCESS, 0);
}
