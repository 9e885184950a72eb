#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int ttyname_r(int fd, char *to, size_t size) {
  char link[32];
  struct stat open_file, named;
  if (!isatty(fd)) return errno;
  sprintf(link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, to, size);
  if (length < 0) return errno;
  if ((size_t)length == size) return ERANGE;
  to[length] = '\0';
  /* the name may mean another terminal in this mount namespace */
  if (fstat(fd, &open_file) < 0 || stat(to, &named) < 0 || named.st_ino != open_file.st_ino || named.st_dev != open_file.st_dev) return ENODEV;
  return 0;
}
char *ttyname(int fd) {
  static char name[64];
  int error = ttyname_r(fd, name, sizeof name);
  if (!error) return name;
  errno = error;
  return 0;
}
