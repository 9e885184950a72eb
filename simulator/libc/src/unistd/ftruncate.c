#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int ftruncate(int fd, off_t length) { return (int)SYS2(SYS_ftruncate, fd, length); }
