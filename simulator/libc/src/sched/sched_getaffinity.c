#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sched.h>
#include <string.h>
/* The kernel fills as many bytes as it has processors for; the rest is 0. */
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set) {
  long done = SYS3(SYS_sched_getaffinity, pid, size, set);
  if (done < 0) return -1;
  memset((char *)set + done, 0, size - (size_t)done);
  return 0;
}
