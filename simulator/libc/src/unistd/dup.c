#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int dup(int fd) { return (int)SYS1(SYS_dup, fd); }
