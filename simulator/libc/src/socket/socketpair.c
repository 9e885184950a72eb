#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int socketpair(int family, int type, int protocol, int fds[2]) { return (int)SYS4(SYS_socketpair, family, type, protocol, fds); }
