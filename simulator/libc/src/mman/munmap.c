#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int munmap(void *address, size_t length) { return (int)SYS2(SYS_munmap, address, length); }
