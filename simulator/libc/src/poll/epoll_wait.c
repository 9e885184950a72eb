#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/epoll.h>
int epoll_wait(int epfd, struct epoll_event *events, int most, int timeout) { return (int)CANCELLABLE(SYS4(SYS_epoll_wait, epfd, events, most, timeout)); }
