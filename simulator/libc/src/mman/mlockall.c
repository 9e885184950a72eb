#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int mlockall(int flags) { return (int)SYS1(SYS_mlockall, flags); }
