#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
int connect(int fd, const struct sockaddr *address, socklen_t length) { return (int)CANCELLABLE(SYS3(SYS_connect, fd, address, length)); }
