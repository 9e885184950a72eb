#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/mman.h>
int msync(void *address, size_t length, int flags) { return (int)CANCELLABLE(SYS3(SYS_msync, address, length, flags)); }
