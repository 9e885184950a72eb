#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int dup3(int fd, int to, int flags) { return (int)SYS3(SYS_dup3, fd, to, flags); }
