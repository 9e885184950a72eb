#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/stat.h>
int fchmod(int fd, mode_t mode) { return (int)SYS2(SYS_fchmod, fd, mode); }
