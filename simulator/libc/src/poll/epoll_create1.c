#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/epoll.h>
int epoll_create1(int flags) { return (int)SYS1(SYS_epoll_create1, flags); }
