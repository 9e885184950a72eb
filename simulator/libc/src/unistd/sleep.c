#define _GNU_SOURCE
#include <errno.h>
#include <time.h>
#include <unistd.h>

unsigned sleep(unsigned seconds) {
  int error = errno;
  struct timespec t = { seconds, 0 };
  if (nanosleep(&t, &t) < 0) return (unsigned)t.tv_sec;
  errno = error;
  return 0;
}
