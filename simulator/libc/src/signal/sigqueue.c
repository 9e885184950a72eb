#define _GNU_SOURCE
#include <libc/syscall.h>
#include <signal.h>
#include <unistd.h>
int sigqueue(pid_t pid, int signo, union sigval value) {
  siginfo_t info = { 0 };
  info.si_signo = signo;
  info.si_code = SI_QUEUE;
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value = value;
  return (int)SYS3(SYS_rt_sigqueueinfo, pid, signo, &info);
}
