#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
int accept(int fd, struct sockaddr *address, socklen_t *length) { return (int)CANCELLABLE(SYS3(SYS_accept, fd, address, length)); }
