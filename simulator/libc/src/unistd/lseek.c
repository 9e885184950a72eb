#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
off_t lseek(int fd, off_t offset, int whence) { return (off_t)SYS3(SYS_lseek, fd, offset, whence); }
