/* old /proc in a new pid namespace, then a fresh one */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
static int child(void *arg)
{
  char buf[100]; ssize_t n;
  n = readlink("/proc/self", buf, 99); if (n < 0) perror("readlink /proc/self"); else { buf[n] = 0; printf("/proc/self -> %s\n", buf); }
  fflush(stdout);
  system("ps -o pid,comm 2>&1 | head -2");
  if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)) perror("private");
  if (mount("proc", "/proc", "proc", 0, NULL)) perror("proc");
  n = readlink("/proc/self", buf, 99); buf[n < 0 ? 0 : n] = 0; printf("/proc/self -> %s\n", buf);
  fflush(stdout);
  system("ps -o pid,ppid,comm; ls -d /proc/[0-9]*");
  return 0;
}
int main(void)
{
  static char st[1 << 17];
  pid_t p = clone(child, st + sizeof st, CLONE_NEWPID | CLONE_NEWNS | SIGCHLD, 0);
  if (p < 0) { perror("clone"); return 1; }
  waitpid(p, 0, 0);
  fflush(stdout);
  return system("ls -d /proc/1 /proc/7000");
}
