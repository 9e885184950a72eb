#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/stdio.h>

FILE *fdopen(int fd, const char *mode) {
  int flags, how = __file_mode(mode, &flags);
  if (how < 0) return 0;
  int is = fcntl(fd, F_GETFL);
  if (is < 0) return 0;
  if (((is & O_ACCMODE) == O_RDONLY && !(flags & F_NO_WRITES)) || ((is & O_ACCMODE) == O_WRONLY && !(flags & F_NO_READS))) {
    errno = EINVAL;
    return 0;
  }
  if ((flags & F_APPENDING) && !(is & O_APPEND) && fcntl(fd, F_SETFL, is | O_APPEND) < 0) return 0;
  return __file_new(flags, fd);
}
