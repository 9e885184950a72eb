#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) { return (ssize_t)CANCELLABLE(SYS4(SYS_pwrite64, fd, from, count, at)); }
