#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>

static char *now;

int brk(void *to) {
  now = (char *)RAW1(SYS_brk, to);
  if (now >= (char *)to) return 0;
  errno = ENOMEM;
  return -1;
}

void *sbrk(intptr_t more) {
  if (!now) brk(0);
  char *before = now;
  if (more == 0) return before;
  return brk(before + more) < 0 ? (void *)-1 : before;
}
