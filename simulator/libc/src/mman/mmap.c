#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/mman.h>
void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) { return (void *)SYS6(SYS_mmap, address, length, protection, flags, fd, offset); }
