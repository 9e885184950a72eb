#ifndef _POLL_H
#define _POLL_H
#include <bits/types.h>
#include <bits/time.h>
#include <bits/sigset.h>
#define POLLIN 1
#define POLLPRI 2
#define POLLOUT 4
#define POLLRDNORM 0x40
#define POLLRDBAND 0x80
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#define POLLERR 8
#define POLLHUP 16
#define POLLNVAL 32
#ifdef __USE_GNU
#define POLLMSG 0x400
#define POLLREMOVE 0x1000
#define POLLRDHUP 0x2000
#endif
typedef unsigned long nfds_t;
struct pollfd { int fd; short events, revents; };
int poll(struct pollfd *, nfds_t, int);
#ifdef __USE_GNU
int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
#endif
#endif
