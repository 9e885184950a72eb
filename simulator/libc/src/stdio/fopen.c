#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/stdio.h>
#include <unistd.h>

FILE *fopen(const char *path, const char *mode) {
  int flags, how = __file_mode(mode, &flags);
  if (how < 0) return 0;
  int fd = open(path, how, 0666);
  if (fd < 0) return 0;
  if ((flags & F_APPENDING) && (flags & F_NO_READS)) lseek(fd, 0, SEEK_END);
  FILE *f = __file_new(flags, fd);
  if (!f) close(fd);
  return f;
}
