#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
int remove(const char *path) {
  if (unlink(path) == 0) return 0;
  if (errno != EISDIR && errno != EPERM) return -1;
  int error = errno;
  if (rmdir(path) == 0) return 0;
  if (errno == ENOTDIR) errno = error;
  return -1;
}
