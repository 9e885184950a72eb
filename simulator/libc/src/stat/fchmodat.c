#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/syscall.h>
#include <sys/stat.h>
#include <stdio.h>
#include <unistd.h>
/* Without following a link: through /proc, since the system call knows no flags. */
static int no_follow(int dirfd, const char *path, mode_t mode) {
  char self[32];
  struct stat st;
  int fd = openat(dirfd, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return -1;
  int result = fstatat(fd, "", &st, AT_EMPTY_PATH);
  if (result == 0 && S_ISLNK(st.st_mode)) {
    errno = EOPNOTSUPP;
    result = -1;
  } else if (result == 0) {
    sprintf(self, "/proc/self/fd/%d", fd);
    result = chmod(self, mode);
  }
  int error = errno;
  close(fd);
  errno = error;
  return result;
}
int fchmodat(int dirfd, const char *path, mode_t mode, int flags) {
  if (flags & ~AT_SYMLINK_NOFOLLOW) {
    errno = EINVAL;
    return -1;
  }
  return flags ? no_follow(dirfd, path, mode) : (int)SYS3(SYS_fchmodat, dirfd, path, mode);
}
int lchmod(const char *path, mode_t mode) { return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW); }
