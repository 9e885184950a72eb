#define _GNU_SOURCE
#include <errno.h>
#include <libc/pthread.h>
#include <libc/syscall.h>
#include <signal.h>
#include <unistd.h>
int pthread_kill(pthread_t thread, int signo) {
  int tid = THREAD(thread)->tid;
  if (signo == SIGCANCEL || signo == SIGSETXID) return EINVAL;
  return tid ? (int)-RAW3(SYS_tgkill, getpid(), tid, signo) : 0;
}
pid_t pthread_gettid_np(pthread_t thread) { return THREAD(thread)->tid; }
