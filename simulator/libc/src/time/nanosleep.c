#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <time.h>

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *left) {
  if (clock == CLOCK_THREAD_CPUTIME_ID) return EINVAL;
  long result;
  if (__cancel_hook) __cancel_hook();
  result = RAW4(SYS_clock_nanosleep, clock, flags, request, left);
  if (__cancel_hook && result < 0) __cancel_hook();
  return (int)-result;
}

int nanosleep(const struct timespec *request, struct timespec *left) {
  int error = clock_nanosleep(CLOCK_REALTIME, 0, request, left);
  if (!error) return 0;
  errno = error;
  return -1;
}
