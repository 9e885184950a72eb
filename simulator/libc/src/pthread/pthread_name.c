#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int of_other(pthread_t thread, int flags) {
  char path[48];
  sprintf(path, "/proc/self/task/%d/comm", THREAD(thread)->tid);
  return open(path, flags);
}
int pthread_setname_np(pthread_t thread, const char *name) {
  size_t length = strlen(name);
  if (length > 15) return ERANGE;
  if (THREAD(thread) == SELF) return prctl(PR_SET_NAME, name) < 0 ? errno : 0;
  int fd = of_other(thread, O_RDWR);
  if (fd < 0) return errno;
  int error = write(fd, name, length) < 0 ? errno : 0;
  close(fd);
  return error;
}
int pthread_getname_np(pthread_t thread, char *to, size_t size) {
  if (size < 16) return ERANGE;
  if (THREAD(thread) == SELF) return prctl(PR_GET_NAME, to) < 0 ? errno : 0;
  int fd = of_other(thread, O_RDONLY);
  if (fd < 0) return errno;
  ssize_t length = read(fd, to, size - 1);
  int error = length < 0 ? errno : 0;
  close(fd);
  if (length > 0) to[length - (to[length - 1] == '\n')] = '\0';
  return error;
}
