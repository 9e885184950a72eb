#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <poll.h>
int poll(struct pollfd *fds, nfds_t count, int timeout) { return (int)CANCELLABLE(SYS3(SYS_poll, fds, count, timeout)); }
