#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int mprotect(void *address, size_t length, int protection) { return (int)SYS3(SYS_mprotect, address, length, protection); }
