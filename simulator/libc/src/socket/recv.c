#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
ssize_t recv(int fd, void *data, size_t length, int flags) { return (ssize_t)CANCELLABLE(SYS6(SYS_recvfrom, fd, data, length, flags, 0, 0)); }
