#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/socket.h>
int setsockopt(int fd, int level, int option, const void *value, socklen_t size) { return (int)SYS5(SYS_setsockopt, fd, level, option, value, size); }
