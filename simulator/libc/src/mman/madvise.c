#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int madvise(void *address, size_t length, int advice) { return (int)SYS3(SYS_madvise, address, length, advice); }
