#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
static int set(int fd, const char *path, const struct timeval times[2], int flags) {
  struct timespec t[2];
  for (int i = 0; times && i < 2; i++) t[i] = (struct timespec){ times[i].tv_sec, times[i].tv_usec * 1000 };
  return path ? utimensat(fd, path, times ? t : 0, flags) : futimens(fd, times ? t : 0);
}
int lutimes(const char *path, const struct timeval times[2]) { return set(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW); }
int futimes(int fd, const struct timeval times[2]) { return set(fd, 0, times, 0); }
