#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <poll.h>
#include <sys/select.h>
/* The kernel changes the timeout: it gets a copy. */
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
  struct timespec copy;
  if (timeout) copy = *timeout;
  return (int)CANCELLABLE(SYS5(SYS_ppoll, fds, count, timeout ? &copy : 0, mask, 8));
}
int pselect(int count, fd_set *reads, fd_set *writes, fd_set *exceptions, const struct timespec *timeout, const sigset_t *mask) {
  struct timespec copy;
  struct { const sigset_t *mask; unsigned long size; } with = { mask, 8 };
  if (timeout) copy = *timeout;
  return (int)CANCELLABLE(SYS6(SYS_pselect6, count, reads, writes, exceptions, timeout ? &copy : 0, &with));
}
