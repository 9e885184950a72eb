#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int bind(int fd, const struct sockaddr *address, socklen_t length) { return (int)SYS3(SYS_bind, fd, address, length); }
