#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
ssize_t flistxattr(int fd, char *list, size_t size) { return (ssize_t)SYS3(SYS_flistxattr, fd, list, size); }
