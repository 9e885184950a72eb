#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int getsockopt(int fd, int level, int option, void *value, socklen_t *size) { return (int)SYS5(SYS_getsockopt, fd, level, option, value, size); }
