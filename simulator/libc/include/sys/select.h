#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H
#include <bits/types.h>
#include <bits/time.h>
#include <bits/sigset.h>
#define FD_SETSIZE 1024
#define NFDBITS 64
typedef long fd_mask;
typedef struct { fd_mask fds_bits[16]; } fd_set;
#define FD_ZERO(set) do { for (int __i = 0; __i < 16; __i++) (set)->fds_bits[__i] = 0; } while (0)
#define FD_SET(fd, set) ((void)((set)->fds_bits[(fd) / 64] |= (fd_mask)(1UL << ((fd) % 64))))
#define FD_CLR(fd, set) ((void)((set)->fds_bits[(fd) / 64] &= ~(fd_mask)(1UL << ((fd) % 64))))
#define FD_ISSET(fd, set) (((set)->fds_bits[(fd) / 64] & (fd_mask)(1UL << ((fd) % 64))) != 0)
int select(int, fd_set *restrict, fd_set *restrict, fd_set *restrict, struct timeval *restrict);
int pselect(int, fd_set *restrict, fd_set *restrict, fd_set *restrict, const struct timespec *restrict, const sigset_t *restrict);
#endif
