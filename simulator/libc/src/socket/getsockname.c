#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int getsockname(int fd, struct sockaddr *address, socklen_t *length) { return (int)SYS3(SYS_getsockname, fd, address, length); }
