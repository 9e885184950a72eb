#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int pipe(int fds[2]) { return (int)SYS1(SYS_pipe, fds); }
