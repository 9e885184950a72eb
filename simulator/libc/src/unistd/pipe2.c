#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int pipe2(int fds[2], int flags) { return (int)SYS2(SYS_pipe2, fds, flags); }
