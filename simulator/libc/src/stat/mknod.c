#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/syscall.h>
#include <sys/stat.h>
int mknodat(int dirfd, const char *path, mode_t mode, dev_t dev) {
  if (dev == (unsigned)dev) return (int)SYS4(SYS_mknodat, dirfd, path, mode, dev);
  errno = EINVAL;
  return -1;
}
int mknod(const char *path, mode_t mode, dev_t dev) { return mknodat(AT_FDCWD, path, mode, dev); }
int mkfifoat(int dirfd, const char *path, mode_t mode) { return mknodat(dirfd, path, mode | S_IFIFO, 0); }
int mkfifo(const char *path, mode_t mode) { return mkfifoat(AT_FDCWD, path, mode); }
