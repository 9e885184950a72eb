#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
ssize_t write(int fd, const void *from, size_t count) { return (ssize_t)CANCELLABLE(SYS3(SYS_write, fd, from, count)); }
