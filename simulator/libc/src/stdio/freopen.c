#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/stdio.h>
#include <stdio.h>
#include <unistd.h>

/* The new file takes the old one's descriptor. Without a path the same file is opened again with the mode. */
FILE *freopen(const char *path, const char *mode, FILE *f) {
  int flags, how = __file_mode(mode, &flags), old = f->fd;
  char self[32];
  if (!path) {
    sprintf(self, "/proc/self/fd/%d", old);
    path = self;
  }
  int kept = old >= 0 && path == self ? dup(old) : -1;
  if (kept >= 0) sprintf(self, "/proc/self/fd/%d", kept);
  __file_close(f);
  int fd = how < 0 ? -1 : open(path, how, 0666);
  if (kept >= 0) close(kept);
  if (fd < 0) {
    __file_unlink(f);
    return 0;
  }
  if (old >= 0 && fd != old) {
    dup3(fd, old, how & O_CLOEXEC);
    close(fd);
    fd = old;
  }
  f->flags |= flags;
  f->fd = fd;
  if ((flags & F_APPENDING) && (flags & F_NO_READS)) lseek(fd, 0, SEEK_END);
  return f;
}
