#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/uio.h>
ssize_t readv(int fd, const struct iovec *pieces, int count) { return (ssize_t)CANCELLABLE(SYS3(SYS_readv, fd, pieces, count)); }
