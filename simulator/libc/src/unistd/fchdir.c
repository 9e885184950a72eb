#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int fchdir(int fd) { return (int)SYS1(SYS_fchdir, fd); }
