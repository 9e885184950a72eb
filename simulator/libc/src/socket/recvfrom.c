#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
ssize_t recvfrom(int fd, void *data, size_t length, int flags, struct sockaddr *address, socklen_t *size) { return (ssize_t)CANCELLABLE(SYS6(SYS_recvfrom, fd, data, length, flags, address, size)); }
