#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int dup2(int fd, int to) { return (int)SYS2(SYS_dup2, fd, to); }
