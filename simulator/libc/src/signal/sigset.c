#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>

static int bad(int signo) {
  if (signo >= 1 && signo <= 64) return 0;
  errno = EINVAL;
  return 1;
}
int sigemptyset(sigset_t *set) {
  for (int i = 0; i < 16; i++) set->__val[i] = 0;
  return 0;
}
int sigfillset(sigset_t *set) {
  for (int i = 0; i < 16; i++) set->__val[i] = ~0ul;
  set->__val[0] &= ~(3ul << 31);
  return 0;
}
int sigaddset(sigset_t *set, int signo) {
  if (bad(signo) || signo == 32 || signo == 33) {
    errno = EINVAL;
    return -1;
  }
  set->__val[0] |= 1ul << (signo - 1);
  return 0;
}
int sigdelset(sigset_t *set, int signo) {
  if (bad(signo) || signo == 32 || signo == 33) {
    errno = EINVAL;
    return -1;
  }
  set->__val[0] &= ~(1ul << (signo - 1));
  return 0;
}
int sigismember(const sigset_t *set, int signo) { return bad(signo) ? -1 : (int)(set->__val[0] >> (signo - 1) & 1); }
int sigisemptyset(const sigset_t *set) { return set->__val[0] == 0; }
int sigorset(sigset_t *to, const sigset_t *a, const sigset_t *b) {
  for (int i = 0; i < 16; i++) to->__val[i] = a->__val[i] | b->__val[i];
  return 0;
}
int sigandset(sigset_t *to, const sigset_t *a, const sigset_t *b) {
  for (int i = 0; i < 16; i++) to->__val[i] = a->__val[i] & b->__val[i];
  return 0;
}
