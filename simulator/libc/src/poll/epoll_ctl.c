#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/epoll.h>
int epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event) { return (int)SYS4(SYS_epoll_ctl, epfd, operation, fd, event); }
