#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/epoll.h>
int epoll_create(int size) { return (int)SYS1(SYS_epoll_create, size); }
