#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
int mincore(void *address, size_t length, unsigned char *pages) { return (int)SYS3(SYS_mincore, address, length, pages); }
