#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int munlock(const void *address, size_t length) { return (int)SYS2(SYS_munlock, address, length); }
