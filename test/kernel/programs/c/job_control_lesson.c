#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <signal.h>
#include <sys/wait.h>
#include <errno.h>
#include <string.h>
int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  pid_t p = fork(); if (p == 0) { for (;;) pause(); } int s;
  kill(p, SIGSTOP); waitpid(p, &s, WUNTRACED); printf("stopped %d by %d\n", WIFSTOPPED(s), WSTOPSIG(s)); kill(p, SIGCONT); waitpid(p, &s, WCONTINUED); printf("continued %d\n", WIFCONTINUED(s)); printf("nohang %d\n", waitpid(p, &s, WNOHANG)); kill(p, SIGTERM); waitpid(p, &s, 0); printf("%s\n", strsignal(WTERMSIG(s)));
  p = fork(); if (p == 0) { setpgid(0, 0); if (fork() == 0) { pause(); _exit(0); } pause(); _exit(0); } usleep(20000); printf("killpg %d\n", kill(-p, SIGKILL)); waitpid(-p, &s, 0); printf("signal %d\n", WTERMSIG(s)); if (kill(99999, 0)) printf("%s\n", strerror(errno)); if (kill(1, SIGTERM) && errno == EPERM) printf("init is another user's\n");
  signal(SIGCHLD, SIG_IGN); p = fork(); if (p == 0) _exit(3); if (wait(&s) < 0) printf("wait: %s\n", strerror(errno)); signal(SIGCHLD, SIG_DFL); p = fork(); if (p == 0) { raise(SIGSEGV); } siginfo_t si; waitid(P_PID, p, &si, WEXITED | WNOWAIT); printf("code %d status %d\n", si.si_code, si.si_status); wait(&s); printf("core %d sig %d\n", !!WCOREDUMP(s), WTERMSIG(s)); p = fork(); if (p == 0) { execlp("sh", "sh", "-c", "exit 300", (char *)0); } wait(&s); printf("%d\n", WEXITSTATUS(s)); p = vfork(); if (p == 0) { execl("/nope", "nope", (char *)0); _exit(127); } wait(&s); printf("%d\n", WEXITSTATUS(s)); printf("tcgetpgrp %d\n", tcgetpgrp(1) == getpgrp()); char *a[] = { "envprog", NULL }, *e[] = { "ONLY=1", NULL }; execve("/usr/bin/env", a, e); return 1;
}
