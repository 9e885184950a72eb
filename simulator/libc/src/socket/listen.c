#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int listen(int fd, int backlog) { return (int)SYS2(SYS_listen, fd, backlog); }
