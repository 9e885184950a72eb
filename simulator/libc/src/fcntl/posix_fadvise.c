#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
int posix_fadvise(int fd, off_t offset, off_t length, int advice) { return (int)-RAW4(SYS_fadvise64, fd, offset, length, advice); }
int posix_fallocate(int fd, off_t offset, off_t length) { return (int)-RAW4(SYS_fallocate, fd, 0, offset, length); }
