#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
ssize_t read(int fd, void *to, size_t count) { return (ssize_t)CANCELLABLE(SYS3(SYS_read, fd, to, count)); }
