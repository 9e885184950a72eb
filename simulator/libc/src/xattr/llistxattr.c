#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/xattr.h>
ssize_t llistxattr(const char *path, char *list, size_t size) { return (ssize_t)SYS3(SYS_llistxattr, path, list, size); }
