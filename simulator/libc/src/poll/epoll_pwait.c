#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/epoll.h>
int epoll_pwait(int epfd, struct epoll_event *events, int most, int timeout, const sigset_t *mask) { return (int)CANCELLABLE(SYS6(SYS_epoll_pwait, epfd, events, most, timeout, mask, 8)); }
