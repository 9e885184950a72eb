#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/uio.h>
ssize_t preadv(int fd, const struct iovec *pieces, int count, off_t at) { return (ssize_t)CANCELLABLE(SYS5(SYS_preadv, fd, pieces, count, at, 0)); }
