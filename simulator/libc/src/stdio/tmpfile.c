#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FILE *tmpfile(void) {
  char path[] = "/tmp/tmpfXXXXXX";
  int fd = open("/tmp", O_RDWR | O_EXCL | O_TMPFILE, 0600);
  if (fd < 0) {
    fd = mkstemp(path);
    if (fd < 0) return 0;
    unlink(path);
  }
  FILE *f = fdopen(fd, "w+");
  if (!f) close(fd);
  return f;
}
