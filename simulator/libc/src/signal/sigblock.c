#define _GNU_SOURCE
#include <signal.h>
static int with(int how, int mask) {
  sigset_t set = { { (unsigned)mask } }, old;
  return sigprocmask(how, &set, &old) < 0 ? -1 : (int)old.__val[0];
}
int sigblock(int mask) { return with(SIG_BLOCK, mask); }
int sigsetmask(int mask) { return with(SIG_SETMASK, mask); }
int siggetmask(void) { return sigblock(0); }
