#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
ssize_t pread(int fd, void *to, size_t count, off_t at) { return (ssize_t)CANCELLABLE(SYS4(SYS_pread64, fd, to, count, at)); }
