#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int shutdown(int fd, int how) { return (int)SYS2(SYS_shutdown, fd, how); }
