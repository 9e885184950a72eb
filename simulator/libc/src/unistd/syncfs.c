#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int syncfs(int fd) { return (int)SYS1(SYS_syncfs, fd); }
