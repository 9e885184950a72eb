#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int munlockall(void) { return (int)SYS0(SYS_munlockall); }
