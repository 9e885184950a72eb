#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
#include <sys/stat.h>
int fstat(int fd, struct stat *st) {
  if (fd < 0) {
    errno = EBADF;
    return -1;
  }
  return (int)SYS4(SYS_newfstatat, fd, "", st, AT_EMPTY_PATH);
}
