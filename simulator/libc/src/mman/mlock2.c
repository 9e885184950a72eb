#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int mlock2(const void *address, size_t length, unsigned flags) { return (int)SYS3(SYS_mlock2, address, length, flags); }
