#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
int fallocate(int fd, int mode, off_t offset, off_t length) { return (int)SYS4(SYS_fallocate, fd, mode, offset, length); }
