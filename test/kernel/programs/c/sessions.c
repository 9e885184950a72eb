#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
static void who(const char *s) { printf("%s: pid %d pgrp %d sid %d\n", s, getpid(), getpgrp(), getsid(0)); fflush(stdout); }
int main(void)
{
  who("start");
  if (setsid() == -1) printf("setsid: %s\n", strerror(errno)); fflush(stdout);
  if (!fork()) { setpgid(0, 0); who("own group"); if (setpgid(0, 1) == -1) printf("setpgid: %s\n", strerror(errno)); exit(0); }
  wait(NULL);
  if (!fork()) {
    printf("setsid = %d\n", setsid()); who("own session");
    if (open("/dev/tty", O_RDWR) == -1) printf("/dev/tty: %s\n", strerror(errno));
    exit(0);
  }
  wait(NULL);
  pid_t a = fork(); if (!a) { setpgid(0, 0); for (;;) pause(); } setpgid(a, a);
  pid_t b = fork(); if (!b) { for (;;) pause(); } setpgid(b, a);
  int st;
  kill(-a, SIGTERM);
  for (int i = 0; i < 2; i++) { pid_t p = waitpid(-a, &st, 0); printf("%s by %d\n", p == a ? "a" : p == b ? "b" : "?", WTERMSIG(st)); }
  if (waitpid(-a, &st, 0) == -1) perror("nobody left");
  if (killpg(a, 0) == -1) perror("killpg");
  fflush(stdout);
  printf("foreground %d\n", tcgetpgrp(2) == getpgrp()); 
  return 0;
}
