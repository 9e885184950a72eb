#define _GNU_SOURCE
#include <signal.h>
static int change(int how, int signo) {
  sigset_t set;
  sigemptyset(&set);
  return sigaddset(&set, signo) < 0 ? -1 : sigprocmask(how, &set, 0);
}
int sighold(int signo) { return change(SIG_BLOCK, signo); }
int sigrelse(int signo) { return change(SIG_UNBLOCK, signo); }
int sigignore(int signo) { return signal(signo, SIG_IGN) == SIG_ERR ? -1 : 0; }
int sigpause(int signo) {
  sigset_t set;
  sigprocmask(SIG_BLOCK, 0, &set);
  return sigdelset(&set, signo) < 0 ? -1 : sigsuspend(&set);
}
