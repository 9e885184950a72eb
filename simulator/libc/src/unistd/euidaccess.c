#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
#include <unistd.h>
/* The kernel's faccessat knows no flags; faccessat2 does. */
int faccessat(int dirfd, const char *path, int mode, int flags) {
  return (int)(flags ? SYS4(SYS_faccessat2, dirfd, path, mode, flags) : SYS3(SYS_faccessat, dirfd, path, mode));
}
int euidaccess(const char *path, int mode) { return faccessat(AT_FDCWD, path, mode, AT_EACCESS); }
int eaccess(const char *path, int mode) { return euidaccess(path, mode); }
