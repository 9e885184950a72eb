#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) { return (int)CANCELLABLE(SYS4(SYS_accept4, fd, address, length, flags)); }
