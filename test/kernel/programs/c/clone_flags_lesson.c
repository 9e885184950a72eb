#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
#include <signal.h>
#include <fcntl.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
static int g; static char st[8][65536];
static int f(void *a) { g++; chdir("/tmp"); close(7); return (long)a; }
static int tf(void *a) { *(int *)a = getpid(); syscall(SYS_exit, 0); return 0; }
static void report(const char *n, int r) { int s = 0; char c[256]; if (r < 0) { printf("%s: %s\n", n, strerror(errno)); return; } pid_t w = waitpid(r, &s, __WALL); getcwd(c, 256); printf("%s: g=%d cwd=%s fd7=%s status=%d w=%d\n", n, g, c, fcntl(7, F_GETFD) < 0 ? "closed" : "open", WEXITSTATUS(s), w == r); chdir("/home/learner"); dup2(0, 7); }
int main(void) {
  dup2(0, 7);
  report("none", clone(f, st[0] + 65536, SIGCHLD, (void *)1L));
  report("VM", clone(f, st[1] + 65536, CLONE_VM | SIGCHLD, (void *)2L));
  report("FS", clone(f, st[2] + 65536, CLONE_FS | SIGCHLD, (void *)3L));
  report("FILES", clone(f, st[3] + 65536, CLONE_FILES | SIGCHLD, (void *)4L));
  report("VFORK|VM", clone(f, st[4] + 65536, CLONE_VFORK | CLONE_VM | SIGCHLD, (void *)5L));
  report("no signal", clone(f, st[5] + 65536, 0, (void *)6L));
  report("THREAD without VM", clone(f, st[5] + 65536, CLONE_THREAD, 0));
  report("SIGHAND without VM", clone(f, st[5] + 65536, CLONE_SIGHAND, 0));
  report("NEWNS|FS", clone(f, st[5] + 65536, CLONE_NEWNS | CLONE_FS | SIGCHLD, 0));
  report("NEWUSER|FS", clone(f, st[5] + 65536, CLONE_NEWUSER | CLONE_FS | SIGCHLD, 0));
  report("NULL stack", clone(f, NULL, SIGCHLD, 0));
  int pidfd = -1, ptid = 0; int r = clone(f, st[6] + 65536, CLONE_PIDFD | SIGCHLD, (void *)7L, &pidfd); printf("pidfd %s\n", pidfd >= 0 ? "given" : "none"); siginfo_t si; if (waitid(P_PIDFD, pidfd, &si, WEXITED) == 0) printf("waitid: code %d status %d\n", si.si_code, si.si_status);
  r = clone(f, st[6] + 65536, CLONE_PARENT_SETTID | SIGCHLD, (void *)8L, &ptid); printf("ptid %s\n", ptid == r ? "equals" : "differs"); wait(0);
  int tp = 0; r = clone(tf, st[7] + 65536, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, &tp); usleep(10000); printf("thread saw pid %s\n", tp == getpid() ? "mine" : "other"); if (wait(0) < 0) perror("wait");
  r = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); if (r == 0) { printf("raw clone child\n"); fflush(stdout); _exit(3); } int s; wait(&s); printf("%d\n", WEXITSTATUS(s)); return 0;
}
