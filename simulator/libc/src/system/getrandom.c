#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/random.h>
ssize_t getrandom(void *buffer, size_t length, unsigned flags) { return (ssize_t)CANCELLABLE(SYS3(SYS_getrandom, buffer, length, flags)); }
